"""What screens over the main one have in common: they can say everything anew."""


class Repaints:
    """A screen that shows what the engine knows, and is told when that, or the language, has changed."""

    def repaint(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError
