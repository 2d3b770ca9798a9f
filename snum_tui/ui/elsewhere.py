"""A key that does nothing here never stays silent: it says where it works, or why it cannot just now."""

from typing import Protocol, runtime_checkable

from snum_tui.domain.keys import show_key
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import OVER_MAIN, PANES, Action, Place
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.signs import drawn


@runtime_checkable
class Placed(Protocol):
    """A screen that knows which keys are heard on it, and where to say why one of them did nothing."""

    @property
    def place(self) -> Place:
        """Where the person is."""
        ...

    def explain(self, words: str) -> None:
        """Say why a key did nothing."""
        ...

    def take_back(self) -> None:
        """Say it no longer: a key did something."""
        ...


@runtime_checkable
class Speaking(Protocol):
    """A screen on which things can be said."""

    def say(self, words: str, tone: Tone) -> None:
        """Say something."""
        ...


# Where the keys of a place work, and the action that leads there from the main screen.
_WHERE: dict[Place, tuple[str, str]] = {
    Place.SERVICES: (N_("in the services"), "main.go_services"),
    Place.NUMBERS: (N_("in your numbers"), "main.go_numbers"),
    Place.TREE: (N_("in the categories"), "main.go_tree"),
    Place.UNKNOWN: (N_("in the unknown orders"), "main.unknown"),
    Place.MAIN: (N_("on the main screen"), ""),
}
_ONLY_WHERE: dict[Place, str] = {
    Place.QUESTION: N_("in a question"),
    Place.SHEET: N_("in the help and the details"),
}
_BACK = {
    **{place: f"{place}.close" for place in OVER_MAIN},
    Place.NUMBER: "sheet.close",
    Place.SHEET: "sheet.close",
    Place.HELP: "sheet.close",
}
"""What leads back to the main screen from a screen over it."""


_OF_A_NUMBER = frozenset({"main.copy", "numbers.detail", "main.cancel", "main.auto_cancel"})
_OF_A_WAITING_NUMBER = frozenset({"main.cancel", "main.auto_cancel"})


def idle_actions(here: Place, selected: Order | None, to_copy: Order | None) -> frozenset[str]:
    """Name the actions that could do nothing just now, for the number under the cursor and the one to copy."""
    idle: frozenset[str] = frozenset()
    if selected is None:
        idle |= _OF_A_NUMBER | ({"main.filter"} if here is Place.NUMBERS else set())
    elif selected.state is not OrderState.WAITING:
        idle |= _OF_A_WAITING_NUMBER
    return idle | {"main.copy"} if to_copy is None or not to_copy.number else idle - {"main.copy"}


def why_nothing(desk: Desk, key: str, here: Place, empty_hint: str | None) -> str | None:
    """Return why a key (inner name) that nothing took did nothing; None where it is nobody's.

    `empty_hint` is what the list that has the focus says instead of rows, None where it has some.
    """
    actions, moved = desk.keyboard.on(key), desk.keyboard.moved_from(key, here)
    if here is Place.QUESTION and (actions or moved):
        yes, no = desk.key("question.agree"), desk.key("question.decline")
        return desk.text(N_("Answer first: {yes} agrees, {no} declines."), yes=yes, no=no)
    if moved is not None:
        return _moved(desk, key, moved)
    if not actions:
        return None
    if empty_hint is not None and any(one.place is Place.LIST for one in actions):
        return empty_hint or desk.text(N_("There are no rows here yet."))
    if here in PANES and any(one.place is Place.PANE for one in actions):
        return desk.text(N_("Nothing is filtered here. {key} filters."), key=desk.key("main.filter"))
    return _works_elsewhere(desk, key, here)


def _moved(desk: Desk, key: str, moved: Action) -> str:
    values = {"key": drawn(show_key(key)), "what": desk.text(moved.name), "now": desk.key(moved.binding_id)}
    if moved.keys:
        return desk.text(N_("{what} is on {now} now, not on {key}."), **values)
    if moved.in_palette:
        return desk.text(N_("{what} has no key any more; {now} does it."), **values)
    return desk.text(N_("{what} has no key any more."), **values)


def _works_elsewhere(desk: Desk, key: str, here: Place) -> str | None:
    by_place = {one.place: one for one in reversed(desk.keyboard.on(key))}
    pressed = drawn(show_key(key))
    for place, (where, leads_there) in _WHERE.items():
        if (one := by_place.get(place)) is None:
            continue
        values = {"key": pressed, "what": desk.text(one.name), "where": desk.text(where)}
        if (back := _BACK.get(here)) is not None:
            return desk.text(N_("{key} ({what}) works {where}; {way} goes back."), way=desk.key(back), **values)
        if leads_there and here in PANES:
            return desk.text(
                N_("{key} ({what}) works {where}; {way} goes there."), way=desk.key(leads_there), **values
            )
        return desk.text(N_("{key} ({what}) works {where} only."), **values)
    for place, where in _ONLY_WHERE.items():
        if (one := by_place.get(place)) is not None:
            words = N_("{key} ({what}) works {where} only.")
            return desk.text(words, key=pressed, what=desk.text(one.name), where=desk.text(where))
    return None
