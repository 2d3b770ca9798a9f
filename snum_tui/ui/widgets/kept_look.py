"""Colours that are worked out once."""

from typing import TYPE_CHECKING, Any

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object  # of several bases that are widgets, Textual's style sheets know the first alone


class KeptLook(_Widget):
    """Keeps its background and its styles until Textual says that they may have changed.

    Textual works them out anew for each paint, from those of everything that stands around: a tenth of a
    millisecond each time, and a letter typed over a list paints three widgets.
    """

    _kept_style: Style | None = None
    _kept_backgrounds: tuple[Color, Color] | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:  # Any: as the widget takes them
        self._kept_parts: dict[tuple[tuple[str, ...], bool], Style] = {}
        super().__init__(*arguments, **named)

    @property
    def rich_style(self) -> Style:
        """The style of words."""
        if self._kept_style is None:
            self._kept_style = super().rich_style
        return self._kept_style

    @property
    def background_colors(self) -> tuple[Color, Color]:
        """The background of what stands around, and its own."""
        if self._kept_backgrounds is None:
            self._kept_backgrounds = super().background_colors
        return self._kept_backgrounds

    def get_component_rich_style(self, *names: str, partial: bool = False, default: Style | None = None) -> Style:
        """Return the style of a part of the widget."""
        if default is not None:
            return super().get_component_rich_style(*names, partial=partial, default=default)
        style = self._kept_parts.get((names, partial))
        if style is None:
            style = super().get_component_rich_style(*names, partial=partial)
            self._kept_parts[names, partial] = style
        return style

    def notify_style_update(self) -> None:
        """Forget all of it: the theme or the focus changed."""
        super().notify_style_update()
        self._kept_style = self._kept_backgrounds = None
        self._kept_parts.clear()
