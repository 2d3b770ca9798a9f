"""One event of the log, whole."""

from snum_tui.domain.dates import second_of_day
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Event
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact, fact_pieces
from snum_tui.ui.dialogs.sheet import Sheet
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.toned import Piece
from snum_tui.ui.wording import WEIGHT_MARKS, WEIGHT_TONES


class EventScreen(Sheet):
    """When it happened, to the second, and what."""

    def __init__(self, desk: Desk, event: Event) -> None:
        super().__init__(desk)
        self._event = event

    def heading(self) -> str:
        """The title."""
        return self._desk.text(N_("What happened"))

    def content(self) -> list[Piece]:
        """Time and sentence."""
        desk, event = self._desk, self._event
        mark = drawn(WEIGHT_MARKS[event.weight])
        facts = (
            Fact(desk.text(N_("Time")), second_of_day(event.at, desk.speaker.language)),
            Fact(mark, desk.render(event.sentence), WEIGHT_TONES[event.weight]),
        )
        return fact_pieces(facts, self.room)
