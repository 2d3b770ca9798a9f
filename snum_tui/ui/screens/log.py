"""Everything that happened in this run, the newest first."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Event
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.event import EventScreen
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import Piece
from snum_tui.ui.wording import WEIGHT_MARKS, WEIGHT_TONES, clock_time, day_of_year_and_time, second_of_day

NARROW = 60
"""Below this many columns the day is left to the details."""
WIDE = 100
MARK_CELLS = 2


class LogScreen(Repaints, Screen[None]):
    """The engine's events. A sentence that has no room is cut here; Enter shows it whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,l", "close", show=False, id="log.close"),
        Binding("enter", "detail", show=False, id="log.detail"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Title, rows, keys."""
        yield Rule("┌", "┐", id="log-title")
        yield ColumnHeader()
        yield RowList()
        yield Rule("└", "┘", id="log-keys")

    def on_mount(self) -> None:
        """Show what happened so far."""
        self.repaint()
        self.query_one(RowList).focus()

    def repaint(self) -> None:
        """Show what happened until now. Who stands at the newest stays at the newest; others keep their row."""
        desk, happened = self._desk, self._desk.snapshot.events
        rows, columns = self.query_one(RowList), self._columns()
        by_key = {str(event.serial): event for event in reversed(happened)}
        follows = rows.cursor_index == 0
        count = desk.render(say_count(NP_("{count} event", "{count} events"), len(happened)))
        self.query_one("#log-title", Rule).show([(desk.text(N_("Log")), Tone.STRONG)], [(count, Tone.PLAIN)])
        self.query_one(ColumnHeader).show(columns)
        rows.hint = "" if happened else desk.text(N_("Nothing has happened yet."))
        rows.show_keys(columns, tuple(by_key), lambda key: self._row(by_key[key]))
        if follows:
            rows.move_to(0)
        self.query_one("#log-keys", Rule).show(self._keys())

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_detail(self) -> None:
        """Show one event whole."""
        key = self.query_one(RowList).cursor_key
        event = next((one for one in self._desk.snapshot.events if str(one.serial) == key), None)
        if event is not None:
            self.app.push_screen(EventScreen(self._desk, event))

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.action_detail()

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the columns for the new width."""
        self.call_after_refresh(self.repaint)

    def _columns(self) -> tuple[Column, ...]:
        width = self.app.size.width
        time_cells = 5 if width < NARROW else 19 if width >= WIDE else 11
        desk = self._desk
        return (
            Column(desk.text(N_("Time")), time_cells),
            Column("", MARK_CELLS),
            Column(desk.text(N_("What happened")), 0),
        )

    def _row(self, event: Event) -> Row:
        width = self.app.size.width
        written = clock_time if width < NARROW else second_of_day if width >= WIDE else day_of_year_and_time
        tone = WEIGHT_TONES[event.weight]
        cells = (
            Cell(written(event.at), Tone.DIM),
            Cell(WEIGHT_MARKS[event.weight], tone),
            Cell(self._desk.render(event.sentence), tone),
        )
        return Row(str(event.serial), cells)

    def _keys(self) -> list[Piece]:
        desk = self._desk
        return [
            ("Enter", Tone.STRONG),
            (" " + desk.text(N_("details")) + "  ", Tone.DIM),
            ("Esc", Tone.STRONG),
            (" " + desk.text(N_("back")), Tone.DIM),
        ]
