"""A pane: column titles, a row list and a filter."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from snum_tui.ui.actions import Place
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.filter_line import FilterLine
from snum_tui.ui.widgets.row_list import Column, Row, RowList


class ListPane(Vertical):
    """What the three panes of the main screen have in common."""

    PLACE: ClassVar[Place]
    HAS_HEADER: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "clear_filter", show=False, id="pane.clear_filter")]

    class FilterChanged(Message):
        """The person typed another filter."""

        def __init__(self, pane: "ListPane") -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> "ListPane":
            """The pane."""
            return self.pane

    def compose(self) -> ComposeResult:
        """Header, list, filter."""
        if self.HAS_HEADER:
            yield ColumnHeader()
        yield RowList()
        yield FilterLine()

    @property
    def list(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def wanted(self) -> str:
        """The filter as it is typed."""
        return self.query_one(FilterLine).value

    @property
    def is_typing(self) -> bool:
        """Whether the filter line has the focus."""
        return self.query_one(FilterLine).has_focus

    def focus_list(self) -> None:
        """Give the rows the focus."""
        self.screen.set_focus(self.list)

    def show(self, columns: Sequence[Column], rows: Sequence[Row], hint: str) -> None:
        """Show these rows, or the hint where there are none."""
        if self.HAS_HEADER:
            self.query_one(ColumnHeader).show(columns)
        self.list.hint = hint
        self.list.show(columns, rows)

    def open_filter(self) -> None:
        """Let the person type a filter."""
        self.query_one(FilterLine).open()

    def action_clear_filter(self) -> None:
        """Show everything again."""
        self.query_one(FilterLine).action_give_up()

    @on(Input.Changed)
    def _filter_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.FilterChanged(self))

    @on(FilterLine.Done)
    def _filter_done(self, event: FilterLine.Done) -> None:
        event.stop()
        self.focus_list()
