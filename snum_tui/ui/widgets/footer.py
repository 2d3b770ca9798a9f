"""The footer: the keys that work here, by priority, ending in "? more"."""

from collections.abc import Collection

from snum_tui.ui.actions import Action, Place
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
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

    def show_place(
        self, place: Place, desk: Desk, joint: tuple[int, str] | None = None, idle: Collection[str] = ()
    ) -> None:
        """Show the keys of the pane that has the focus; those of `idle` actions, which do nothing now, last."""
        shows_rest = desk.keyboard.action("app.help")
        more = _pieces(shows_rest, desk) if shows_rest.keys else []
        room = self.size.width - FRAME_CELLS - length(more)
        pieces: list[Piece] = []
        for one in desk.keyboard.footer_actions(place, one_pane=self.size.width < ONE_PANE, idle=idle):
            candidate = [*_pieces(one, desk), (SEPARATOR, Tone.DIM)]
            if length(candidate) > room:
                break
            room -= length(candidate)
            pieces.extend(candidate)
        self.show([*pieces, *more] if more else pieces[:-1], joint=joint)


def _pieces(one: Action, desk: Desk) -> list[Piece]:
    return [(one.shown_key, Tone.STRONG), (" " + desk.text(one.name), Tone.DIM)]
