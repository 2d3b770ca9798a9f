"""Leaving while numbers are open."""

from snum_tui.domain.sentence import N_
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact
from snum_tui.ui.dialogs.question import Question


def leave_question(desk: Desk) -> Question:
    """Ask whether to leave, and say what becomes of what is open."""
    unknown = len(desk.snapshot.unknown_orders)
    live = len(desk.snapshot.open_numbers) - unknown
    facts = []
    if live:
        facts += [
            Fact(desk.text(N_("Open")), str(live), Tone.BOLD),
            Fact("", _what_becomes_of_them(desk)),
        ]
    if unknown:
        stay = N_("Unknown orders stay in the journal until you settle them ({key}).")
        facts += [
            Fact(desk.text(N_("Unknown")), str(unknown), Tone.BAD),
            Fact("", desk.text(stay, key=desk.key("main.unknown"))),
        ]
    return Question(
        desk.keyboard,
        title=desk.text(N_("Leave while numbers are open?") if live else N_("Leave with an open question?")),
        facts=facts,
        agree=desk.text(N_("Leave")),
        decline=desk.text(N_("Stay")),
    )


def _what_becomes_of_them(desk: Desk) -> str:
    if not desk.keeps_orders:
        return desk.text(N_("This is the demo: its numbers are forgotten."))
    if desk.snapshot.others:
        return desk.text(N_("The other window goes on asking for their codes."))
    return desk.text(
        N_("They are in the journal and come back at the next start, but nobody asks for codes meanwhile.")
    )
