"""A pane: column titles, a row list and a filter."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.filter_line import FilterLine
from snum_tui.ui.widgets.row_list import RowList, RowMaker


class ListPane(Vertical):
    """What the three panes of the main screen have in common."""

    PLACE: ClassVar[Place]
    HAS_HEADER: ClassVar[bool] = True
    ALWAYS_HINTS: ClassVar[bool] = False
    """Whether a hint stands under the rows too, for a list that always has some of its own."""
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.PANE)

    class FilterChanged(Message):
        """The person typed another filter; the pane shows already what matches."""

        def __init__(self, pane: "ListPane") -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> "ListPane":
            """The pane."""
            return self.pane

    class Outgrown(Message):
        """The columns that are shown were chosen for another width: a layout folded a pane away, or unfolded it."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._desk = desk
        self._shown_width = 0
        self._filter: FilterLine | None = None
        self._searched = ""
        self._stood_on: str | None = None
        """The row that the cursor was on before anything was typed, as long as the same list is on show."""

    def compose(self) -> ComposeResult:
        """Header and list; the filter comes when it is asked for, which keeps the first paint fast."""
        if self.HAS_HEADER:
            yield ColumnHeader()
        yield RowList()

    def paint(self, snapshot: Snapshot) -> None:
        """Show a snapshot's rows."""
        raise NotImplementedError

    @property
    def list(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def wanted(self) -> str:
        """The filter as it is typed."""
        return "" if self._filter is None else self._filter.value

    def focus_list(self) -> None:
        """Give the rows the focus."""
        self.screen.set_focus(self.list)

    def show(self, columns: Sequence[Column], rows: Sequence[Row], hint: str) -> None:
        """Show these rows, or the hint where there are none."""
        by_key = {row.key: row for row in rows}
        self.show_keys(columns, tuple(by_key), by_key.__getitem__, hint)

    def show_keys(self, columns: Sequence[Column], keys: tuple[str, ...], make_row: RowMaker, hint: str) -> None:
        """Show the rows of these keys, each made once it is seen, or the hint where there are none."""
        self._shown_width = self.size.width
        if self.HAS_HEADER:
            self.query_one(ColumnHeader).show(columns)
        self.list.hint = hint if self.ALWAYS_HINTS or not keys else ""
        self.list.show_keys(columns, keys, make_row)

    def on_resize(self, _event: events.Resize) -> None:
        """Say when what was painted last no longer fits: the screen hears of its own size before ours is known."""
        if self._shown_width not in {0, self.size.width}:
            self.post_message(self.Outgrown())

    def open_filter(self) -> None:
        """Let the person type a filter."""
        self._filter_line().open()

    def set_filter(self, text: str) -> None:
        """Filter as if this had been typed, and Enter pressed."""
        if text != self.wanted:
            self._filter_line().keep(text)

    def _filter_line(self) -> FilterLine:
        if self._filter is None:
            self._filter = FilterLine(self._filter_typed, self.focus_list)
            self.mount(self._filter)
        return self._filter

    def drop_filter(self) -> None:
        """Show everything again, and leave the focus where it is."""
        if self._filter is not None:
            self._filter.keep("")

    def go_to_best(self) -> None:
        """Put the cursor on the best match, which stands first, as soon as something else is typed."""
        if self.wanted != self._searched:
            self._searched = self.wanted
            if self.wanted:
                self.list.move_to(0)

    def action_clear_filter(self) -> None:
        """Show everything again; where all is shown, whoever hears the key next says so."""
        if self._filter is None or not self._filter.display:
            raise SkipAction
        self._filter.action_give_up()

    def tell_why_no_row(self, desk: Desk) -> None:
        """Say why there is no row that a key could be about."""
        desk.tell(self.list.hint or desk.text(N_("There are no rows here yet.")), Tone.WARNING)

    def _filter_typed(self) -> None:
        rows, had_no_match = self.list, not self.list.keys
        if not self._searched:
            self._stood_on = rows.cursor_key
        self.paint(self._desk.snapshot)
        if had_no_match and not self.wanted and self._stood_on is not None:
            rows.move_to_key(self._stood_on)  # no match has led the person elsewhere
        self.screen.post_message(self.FilterChanged(self))
