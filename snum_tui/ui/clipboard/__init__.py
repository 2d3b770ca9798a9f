"""The way of a copy: to a tool of this machine, to tmux, or through the terminal to the person's own clipboard."""
