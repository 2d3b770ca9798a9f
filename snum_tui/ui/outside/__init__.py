"""What is around the program: the terminal, tmux or screen, SSH, other programs. Nothing here knows Textual."""
