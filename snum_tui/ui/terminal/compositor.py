"""Renders the widgets that stand where something is painted, and no others."""

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class NearCompositor(Compositor):
    """Textual asks every widget whose container reaches the place, which over our frame is nearly every widget.

    That was half of the CPU of a tick.
    """

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield each such widget's region, clip and strips."""
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if shown and (crop is None or crop.overlaps(shown)):
                yield region, clip, widget.render_lines(shown.translate(-region.offset))
                if crop is not None and shown.contains_region(crop):
                    return  # they come from front to back, and of two the one in front counts
