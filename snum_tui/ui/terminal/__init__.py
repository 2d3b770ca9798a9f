"""The terminal itself: what is written to it, how it is, and what becomes of the screen when it stops or goes."""
