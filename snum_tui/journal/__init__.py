"""The orders, kept for ever; and the cache, which may vanish."""
