"""Pure values and rules: no I/O, no knowledge of the rest of the house."""
