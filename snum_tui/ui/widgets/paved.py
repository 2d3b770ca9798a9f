"""Containers that are wholly covered by what they contain."""

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Paved(Widget):
    """Draws nothing of its own where its children leave no cell free.

    Textual has every container draw its lines, and cuts each of them to pieces, before it finds them covered: with
    a list that changes as a whole, half a millisecond of a key.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what can be seen of the container."""
        covered = sum(child.region.area for child in self.children if child.display)
        return [] if covered == self.region.area else super().render_lines(crop)


class PavedHorizontal(Horizontal, Paved):
    """Children side by side."""


class PavedVertical(Vertical, Paved):
    """Children one below the other."""
