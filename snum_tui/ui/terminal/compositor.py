"""Renders the widgets that are seen where something is painted, and no others."""

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class NearCompositor(Compositor):
    """Textual renders every widget whose container reaches into the box around all that changed.

    Over our frame that is nearly every widget: it was half of the CPU of a tick.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: set[Region] = set()

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render what changed."""
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed.clear()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield region, clip and strips of each such widget."""
        bare = Bare(self._changed or [crop or self.size.region])
        for widget, (region, clip) in self.visible_widgets.items():  # from front to back
            shown = region.intersection(clip)
            if bare.cover(shown):
                yield region, clip, widget.render_lines(shown.translate(-region.offset))
                if bare.is_gone:
                    return


class Bare:
    """Where nothing has been painted yet: for each line a number, with a bit for each cell that is still bare."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._lines: dict[int, int] = {}
        for region in regions:
            cells = _cells(region)
            for line in region.line_range:
                self._lines[line] = self._lines.get(line, 0) | cells

    @property
    def is_gone(self) -> bool:
        """Whether everything is painted on."""
        return not self._lines

    def cover(self, painted: Region) -> bool:
        """Take a region as painted on; tell whether any of it was bare."""
        cells, was_bare = _cells(painted), False
        for line in self._lines.keys() & painted.line_range:
            if (bare := self._lines[line]) & cells:
                was_bare = True
                self._lines[line] = bare & ~cells
                if not self._lines[line]:
                    del self._lines[line]
        return was_bare


def _cells(region: Region) -> int:
    return ((1 << region.width) - 1) << max(0, region.x)
