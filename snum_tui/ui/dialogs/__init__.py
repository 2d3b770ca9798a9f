"""What opens over the main screen and goes away again."""
