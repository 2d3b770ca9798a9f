"""`snum-tui config`: what holds, and where it comes from."""
