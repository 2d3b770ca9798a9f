"""The row widget: lists that repaint cells, not tables.

Over SSH a changed price must cost tens of bytes. Textual's own tables repaint themselves whole on any change
(FACTS); this one paints single lines, and asks for just the cells that differ. It knows the keys of all rows and
makes the rows themselves only where they can be seen, so that ten thousand cost no more than a screenful.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Column, Row, Tone, lay_out
from snum_tui.ui.later import after_refresh
from snum_tui.ui.signs import drawn
from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.widgets.cursor_keys import CursorKeys
from snum_tui.ui.widgets.kept_look import KeptLook
from snum_tui.ui.widgets.line import LinesDrawn
from snum_tui.ui.widgets.row_lines import changed_part, draw_hint, draw_row

LIST_WIDTH = 1
"""What Textual is told of the width: rows are cut to fit, so nothing is scrolled sideways, and a list that does not
change its size when its pane does costs no second layout."""
RowMaker = Callable[[str], Row]
"""Makes the row of a key."""


def _no_row(key: str) -> Row:
    return Row(key, ())


class RowList(CursorKeys, KeptLook, ScrollView, can_focus=True, inherit_bindings=False):
    """A list with a cursor. `show` takes the whole new content and paints only what differs."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.LIST)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"row-list--{tone}" for tone in Tone),
        "row-list--cursor",
        "row-list--cursor-blurred",
    }

    class CursorMoved(Message):
        """The cursor stands on another row now; `key` is None in an empty list."""

        def __init__(self, sender: "RowList", key: str | None) -> None:
            super().__init__()
            self.sender = sender
            self.key = key

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.sender

    class Chosen(Message):
        """A row was clicked twice."""

        def __init__(self, sender: "RowList", key: str) -> None:
            super().__init__()
            self.sender = sender
            self.key = key

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.sender

    class VisibleRowsChanged(Message):
        """Other rows than before can be seen."""

        def __init__(self, sender: "RowList") -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.sender

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.auto_links = False
        self._columns: tuple[Column, ...] = ()
        self._keys: tuple[str, ...] = ()
        self._make_row: RowMaker = _no_row
        self._painted: dict[str, Row] = {}
        self._spans: tuple[tuple[int, int], ...] = ()
        self._laid_out: tuple[tuple[Column, ...], int] = ((), 0)
        self._cursor = 0
        self._seen: tuple[str, ...] = ()
        self._styles: dict[tuple[Tone, bool], Style] = {}
        self._lines_drawn = LinesDrawn()
        self._hint = ""

    @property
    def hint(self) -> str:
        """What stands under the rows, or alone: why there are no more, and what to do."""
        return self._hint

    @hint.setter
    def hint(self, hint: str) -> None:
        """Say it from now on; painted anew only where it differs."""
        if hint != self._hint:
            self._hint = hint
            self.refresh()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all rows, in their order."""
        return self._keys

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, made now; for lists that are known to be short."""
        return tuple(self._make_row(key) for key in self._keys)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Each column's left edge and width, at the width that the widget has now."""
        width = self.size.width
        if self._laid_out != (self._columns, width):
            self._laid_out = self._columns, width
            self._spans = lay_out(self._columns, width)
        return self._spans

    @property
    def line_cells(self) -> int:
        """How much of a line is ours: what the scroll bar covers is its own, and painted only where it changes."""
        return self.size.width - self.scrollbar_size_vertical

    @property
    def cursor_index(self) -> int:
        """Which row the cursor is on."""
        return self._cursor

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor, None in an empty list."""
        return self._keys[self._cursor] if self._keys else None

    @property
    def visible_keys(self) -> tuple[str, ...]:
        """Keys of the rows that can be seen, topmost first."""
        top = self.scroll_offset.y
        return self._keys[top : top + self.size.height]

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show this content. The cursor stays on its row; where that is gone, on its place."""
        by_key = {row.key: row for row in rows}
        self.show_keys(columns, tuple(by_key), by_key.__getitem__)

    def show_keys(self, columns: Sequence[Column], keys: tuple[str, ...], make_row: RowMaker) -> None:
        """Show the rows of these keys, each made once it is seen; `make_row` is asked until the next call."""
        columns = tuple(columns)
        self._make_row = make_row
        if columns == self._columns and keys == self._keys:
            self._show_changes()
            return
        old_key, top = self.cursor_key, self.scroll_offset.y
        # A list that shows its top goes on doing so: there stands what a sort is for.
        depth = self._cursor - top if top else None
        self._columns, self._keys, self._painted = columns, keys, {}
        self._cursor = self._place_of(old_key)
        self._take_height()
        self._keep_cursor_in_view(depth)
        self.refresh(Region(0, 0, self.line_cells, self.size.height))
        self._tell_visible()
        if self.cursor_key != old_key:
            self.post_message(self.CursorMoved(self, self.cursor_key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In an empty list no key moves anything: whoever hears it next says why."""
        del action, parameters
        return bool(self._keys)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        index = max(0, min(index, len(self._keys) - 1))
        if index == self._cursor or not self._keys:
            return
        old, self._cursor = self._cursor, index
        self._refresh_row(old)
        self._refresh_row(index)
        self._keep_cursor_in_view()
        self.post_message(self.CursorMoved(self, self.cursor_key))

    def step_to(self, index: int) -> None:
        """The same for a key: behind a paint of prices it would wait for Textual's next frame, 4 ms at worst."""
        self.move_to(index)
        if isinstance(self.app, TerminalApp):
            self.app.paint_now([self])

    def move_to_key(self, key: str) -> None:
        """Put the cursor on the row with this key, if it is there."""
        if key in self._keys:
            self.move_to(self._keys.index(key))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines; a list without a border does without Textual's drawing of one, which costs as much again."""
        if self.styles.gutter or crop.column_span != (0, self.size.width):
            return super().render_lines(crop)
        background, top = self.background_colors[1], self.scroll_offset.y
        spans, width = self.spans, self.line_cells
        lines = self._lines_drawn.of((width, self.has_focus, background, spans))
        filters = self.get_line_filters()

        def paint(y: int) -> Strip:
            strip = self.draw_line(y + top, spans, width)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            return strip

        def look(y: int) -> Hashable:
            index = y + top
            if index >= len(self._keys):
                return self._hint, index - len(self._keys), bool(self._keys)
            return self._row(self._keys[index]), index == self._cursor

        return [lines.line(look(y), partial(paint, y)) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """Paint one line of the viewport."""
        return self.draw_line(y + self.scroll_offset.y, self.spans, self.line_cells)

    def draw_line(self, index: int, spans: Sequence[tuple[int, int]], width: int) -> Strip:
        """Draw the row of an index, or what stands behind the last one, `width` cells wide."""
        if index >= len(self._keys):
            y = index - len(self._keys) - (1 if self._keys else 0)
            hint = draw_hint(self._hint, y, width, self._style(Tone.DIM, on_cursor=False))
            return Strip.blank(width, self.rich_style) if hint is None else hint
        on_cursor = index == self._cursor
        mark = drawn("▸ " if self.has_focus else "▹ ") if on_cursor else "  "
        cells = self._row(self._keys[index]).cells
        line, at = draw_row(mark, self._columns, cells, spans, partial(self._style, on_cursor=on_cursor))
        if at < width:
            line.add_blanks(1)
            at += 1
        return line.strip(at, width, self._style(Tone.PLAIN, on_cursor=False))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_visible()

    def notify_style_update(self) -> None:
        """Forget the computed styles: the theme or the focus changed."""
        super().notify_style_update()
        self._styles.clear()
        self._lines_drawn = LinesDrawn()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the columns out anew."""
        self.refresh()
        self.virtual_size = Size(LIST_WIDTH, len(self._keys))
        self._keep_cursor_in_view()
        self._tell_visible()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self._refresh_row(self._cursor)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click chooses."""
        index = event.y + self.scroll_offset.y
        if index < len(self._keys):
            self.move_to(index)
            if event.chain == 2:
                self.post_message(self.Chosen(self, self._keys[index]))

    def _take_height(self) -> None:
        """Tell Textual how many rows there are; where the bar comes or goes, the screen is laid out anew."""
        size = Size(LIST_WIDTH, len(self._keys))
        if self.show_vertical_scrollbar == (size.height > self.container_size.height):
            self.set_reactive(ScrollView.virtual_size, size)
            after_refresh(self, lambda: self._scroll_update(size))  # the bar: the rows need not wait for it
        else:
            self.virtual_size = size

    def _row(self, key: str) -> Row:
        """Return a row as it is painted, or is about to be."""
        row = self._painted.get(key)
        if row is None:
            row = self._painted[key] = self._make_row(key)
        return row

    def _show_changes(self) -> None:
        old, self._painted = self._painted, {}
        changed = []
        for y, key in enumerate(self.visible_keys):
            was, now = old.get(key), self._row(key)
            if was is not None and was != now:
                changed.append(changed_part(self._columns, self.spans, y, was, now))
        if changed:
            self.refresh(*changed)

    def _refresh_row(self, index: int) -> None:
        """Paint one row as far as its columns go: what stands behind them never changes."""
        y = index - self.scroll_offset.y
        if 0 <= y < self.size.height and self.spans:
            left, span = self.spans[-1]
            self.refresh(Region(0, y, min(self.size.width, left + span + 1), 1))

    def _place_of(self, key: str | None) -> int:
        if key is not None:
            with suppress(ValueError):
                return self._keys.index(key)
        return max(0, min(self._cursor, len(self._keys) - 1))

    def _keep_cursor_in_view(self, depth: int | None = None) -> None:
        """Scroll no further than needed; with a `depth`, so that the cursor stays that far from the top."""
        top, height = self.scroll_offset.y, self.size.height
        if not height:
            return
        if depth is not None and 0 <= depth < height:
            top = max(0, min(self._cursor - depth, len(self._keys) - height))
        if self._cursor < top:
            top = self._cursor
        elif self._cursor >= top + height:
            top = self._cursor - height + 1
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)

    def _tell_visible(self) -> None:
        seen = self.visible_keys
        if seen != self._seen:
            self._seen = seen
            self.post_message(self.VisibleRowsChanged(self))

    def _style(self, tone: Tone, *, on_cursor: bool) -> Style:
        style = self._styles.get((tone, on_cursor))
        if style is None:
            style = self.rich_style + self.get_component_rich_style(f"row-list--{tone}", partial=True)
            if on_cursor:
                name = "row-list--cursor" if self.has_focus else "row-list--cursor-blurred"
                style += self.get_component_rich_style(name, partial=True)
            self._styles[tone, on_cursor] = style
        return style
