"""How the person is called back to the terminal: bell, title, notification."""
