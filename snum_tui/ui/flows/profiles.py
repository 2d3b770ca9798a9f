"""Switching and removing profiles: one question each, while numbers are open."""

from snum_tui.domain.accounts import Account
from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact
from snum_tui.ui.dialogs.question import Question


def switch_question(desk: Desk, name: str) -> Question:
    """Ask whether to leave the numbers that are open in the profile of now, and say what becomes of them."""
    open_numbers = desk.snapshot.open_numbers
    facts = [
        Fact(desk.text(N_("Open")), str(len(open_numbers)), Tone.BOLD),
        Fact("", _what_becomes_of_them(desk)),
    ]
    armed = sum(order.auto_cancel for order in open_numbers)
    if armed and desk.keeps_orders and not desk.snapshot.others:
        words = NP_("{count} would not be cancelled by itself in time.", "{count} would not be cancelled in time.")
        facts.append(Fact(desk.text(N_("auto-cancel")), desk.render(say_count(words, armed)), Tone.BAD))
    return Question(
        desk.keyboard,
        title=desk.text(N_("Switch to {name} while numbers are open?"), name=name),
        facts=facts,
        agree=desk.text(N_("Switch")),
        decline=desk.text(N_("Stay")),
    )


def _what_becomes_of_them(desk: Desk) -> str:
    if not desk.keeps_orders:
        return desk.text(N_("This is the demo: its numbers are forgotten."))
    if desk.snapshot.others:
        return desk.text(N_("The other window goes on asking for their codes."))
    words = N_(
        "They stay in the journal, and nobody asks for their codes until you come back. "
        "In another terminal this does: snum-tui --profile {profile} watch"
    )
    return desk.text(words, profile=desk.snapshot.profile)


def remove_question(desk: Desk, account: Account) -> Question:
    """Ask whether to take a profile out, its key with it; say so where numbers of it are open."""
    facts = [
        Fact(desk.text(N_("Site")), account.site),
        Fact("", desk.text(N_("It goes out of config.toml, its key with it. Its orders stay in the journal."))),
    ]
    if account.open_numbers:
        words = NP_(
            "{count} number is still open: nobody asks for its code any more, until you add a profile {name} with "
            "this site again.",
            "{count} numbers are still open: nobody asks for their codes any more, until you add a profile {name} "
            "with this site again.",
        )
        said = desk.render(say_count(words, account.open_numbers, name=account.orders_as))
        facts.insert(1, Fact(desk.text(N_("Open")), said, Tone.BAD))
    return Question(
        desk.keyboard,
        title=desk.text(N_("Remove profile {name}?"), name=account.name),
        facts=facts,
        agree=desk.text(N_("Remove")),
        decline=desk.text(N_("Keep it")),
        marks_no=True,
    )
