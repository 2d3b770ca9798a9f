"""Everything that spends, remembers or waits, on its own thread and event loop."""
