"""The footer: the keys that work here, by priority, ending in "? more", or in what leads to the rest without it."""

from collections.abc import Collection, Sequence

from snum_tui.ui.actions import HELD_BACK, TYPING, Action, Place
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.signs import is_ascii
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import Piece, length

SEPARATOR = "  "
ONE_PANE = 60
"""Below this many columns only one pane is seen at a time, and how to get to the next comes first."""
FRAME_CELLS = 5
"""Corners and the spaces beside the words."""


class Footer(Rule):
    """The frame's last line. As many keys as fit, and always the one that shows the rest."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__("└", "┘", id=id)
        self._shown_for: tuple[object, ...] | None = None

    def show_place(
        self, place: Place, desk: Desk, joint: tuple[int, str] | None = None, idle: Collection[str] = ()
    ) -> None:
        """Show the keys of the pane that has the focus; those of `idle` actions, which do nothing now, last."""
        shown_for = place, joint, frozenset(idle), self.size.width, desk.speaker.language, is_ascii()
        if shown_for == self._shown_for:
            return  # it is asked for with each paint
        actions = desk.keyboard.footer_actions(
            place,
            one_pane=self.size.width < ONE_PANE,
            idle=idle,
            without=HELD_BACK if desk.read_only else (),
        )
        self.show_keys([named(one, desk) for one in actions], way_to_the_rest(desk), joint)
        self._shown_for = shown_for

    def show_dialog(self, dialog: Place, desk: Desk, joint: tuple[int, str] | None = None) -> None:
        """Show the keys of a dialog that is open above: no others are heard."""
        more = [] if dialog is Place.HELP else help_key(desk, typing=dialog in TYPING)
        self.show_keys([named(one, desk) for one in desk.keyboard.dialog_actions(dialog)], more, joint)

    def show_keys(
        self,
        keys: Sequence[Sequence[Piece]],
        more: Sequence[Piece],
        joint: tuple[int, str] | None = None,
        way_back: Sequence[Piece] = (),
    ) -> None:
        """Show as many of these as fit, in their order, and last the key that shows `more`, if there is one.

        The `way_back` stands after them, and is always there.
        """
        self._shown_for = None
        if way_back:
            more = [*way_back, *([(SEPARATOR, Tone.DIM), *more] if more else [])]
        room = self.size.width - FRAME_CELLS + (-length(more) if more else len(SEPARATOR))
        pieces: list[Piece] = []
        for one in keys:
            candidate = [*one, (SEPARATOR, Tone.DIM)]
            if length(candidate) > room:
                break
            room -= length(candidate)
            pieces.extend(candidate)
        self.show([*pieces, *more] if more else pieces[:-1], joint=joint)


def help_key(desk: Desk, *, typing: bool) -> list[Piece]:
    """Return the key that shows all keys, as it is shown; nothing where it has none that is heard here."""
    key = desk.keyboard.help_key(typing=typing)
    return _pieces(key, desk.keyboard.action("app.help").name, desk) if key else []


def way_to_the_rest(desk: Desk) -> list[Piece]:
    """Return the key that shows all keys; where it was taken away, that of the palette, which has them all."""
    return help_key(desk, typing=False) or named(desk.keyboard.action("app.palette"), desk)


def named(one: Action, desk: Desk) -> list[Piece]:
    """Return an action's key and its name."""
    return _pieces(one.shown_key, one.name, desk)


def _pieces(key: str, name: str, desk: Desk) -> list[Piece]:
    return [(key, Tone.STRONG), (" " + desk.text(name), Tone.DIM)]
