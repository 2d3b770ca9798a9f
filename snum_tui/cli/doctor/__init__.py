"""`snum-tui doctor`: what could keep snum-tui from working here, and what to do about it. It changes nothing."""
