"""What the lists show: pure functions from a snapshot to rows."""
