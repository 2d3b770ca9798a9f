"""Everything that happened in this run, the newest first."""

from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from snum_tui.domain.dates import clock_time, day_of_year_and_time, second_of_day
from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Event
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.dialogs.event import EventScreen
from snum_tui.ui.screens.list_screen import ListScreen
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.wording import WEIGHT_MARKS, WEIGHT_TONES

NARROW = 60
"""Below this many columns the day is left to the details."""
WIDE = 100
MARK_CELLS = 2


class LogScreen(ListScreen):
    """The engine's events. A sentence that has no room is cut here; its details show it whole."""

    PLACE = Place.LOG
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.LOG)

    def repaint(self) -> None:
        """Show what happened until now. Who stands at the newest stays at the newest; others keep their row."""
        desk, happened, rows = self._desk, self._desk.snapshot.events, self.rows
        columns = self._columns()
        by_key = {str(event.serial): event for event in reversed(happened)}
        follows = rows.cursor_index == 0
        count = desk.render(say_count(NP_("{count} event", "{count} events"), len(happened)))
        self.show_frame([(desk.text(N_("Log")), Tone.STRONG)], [(count, Tone.PLAIN)])
        self.query_one(ColumnHeader).show(columns)
        rows.hint = "" if happened else desk.text(N_("Nothing has happened yet."))
        rows.show_keys(columns, tuple(by_key), lambda key: self._row(by_key[key]))
        if follows:
            rows.move_to(0)

    def show_detail(self, key: str) -> None:
        """Show one event whole."""
        event = next((one for one in self._desk.snapshot.events if str(one.serial) == key), None)
        if event is not None:
            self.app.push_screen(EventScreen(self._desk, event))

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
        tone = WEIGHT_TONES[event.weight]
        cells = (
            Cell(self._written(event.at), Tone.DIM),
            Cell(drawn(WEIGHT_MARKS[event.weight]), tone),
            Cell(self._desk.render(event.sentence), tone),
        )
        return Row(str(event.serial), cells)

    def _written(self, moment: datetime) -> str:
        width, language = self.app.size.width, self._desk.speaker.language
        if width < NARROW:
            return clock_time(moment)
        return (second_of_day if width >= WIDE else day_of_year_and_time)(moment, language)
