"""The keys: those of this place first, then the rest."""

from textwrap import wrap

from rich.cells import cell_len

from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Action, Place, heard_at
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.sheet import Sheet
from snum_tui.ui.widgets.toned import Piece

# Each block of the help: the places whose keys stand in it.
_BLOCKS: dict[Place, tuple[str, frozenset[Place]]] = {
    Place.TREE: (N_("In the categories"), frozenset({Place.TREE})),
    Place.SERVICES: (N_("In the services"), frozenset({Place.SERVICES})),
    Place.NUMBERS: (N_("In your numbers"), frozenset({Place.NUMBERS})),
    Place.MAIN: (N_("On the main screen"), frozenset({Place.MAIN})),
    Place.APP: (N_("Everywhere"), frozenset({Place.APP})),
    Place.LIST: (N_("Moving"), frozenset({Place.LIST})),
    Place.FILTER: (N_("In a filter"), frozenset({Place.FILTER, Place.PANE})),
    Place.QUESTION: (N_("In a question"), frozenset({Place.QUESTION})),
    Place.PROMPT: (N_("In a line to type"), frozenset({Place.PROMPT, Place.WATCH})),
    Place.PROFILES: (N_("In your profiles"), frozenset({Place.PROFILES})),
    Place.FORM: (N_("In a form"), frozenset({Place.FORM})),
    Place.PALETTE: (N_("In the search for everything"), frozenset({Place.PALETTE})),
    Place.SHEET: (N_("In the details of a number, and here"), frozenset({Place.NUMBER, Place.SHEET})),
    Place.HISTORY: (N_("In the history"), frozenset({Place.HISTORY})),
    Place.LOG: (N_("In the log"), frozenset({Place.LOG})),
    Place.UNKNOWN: (N_("In the unknown orders"), frozenset({Place.UNKNOWN})),
}
KEY_CELLS = 19
NARROW_KEY_CELLS = 5
LEAST_BESIDE = 30
"""So many cells the words need to stand beside the keys of all rows; else each stands right after its own keys."""


class HelpScreen(Sheet):
    """Made from the registry of actions, so it cannot be out of date. The key that opens it closes it, too."""

    PLACE = Place.HELP
    WIDEST = 71

    def __init__(self, desk: Desk, here: Place) -> None:
        super().__init__(desk)
        self._here = here

    def heading(self) -> str:
        """The title."""
        return self._desk.text(N_("Keys"))

    def content(self) -> list[Piece]:
        """One block for each place: that of here, those that are heard here as well, then the rest."""
        pieces: list[Piece] = []
        for place in sorted(_BLOCKS, key=self._distance):
            pieces += self._block(place)
        told = N_("Nothing is ever ordered by itself. Other keys are set under [keys] in config.toml.")
        return [*pieces, (self._desk.text(told), Tone.DIM)]

    def _distance(self, block: Place) -> int:
        places = _BLOCKS[block][1]
        return 0 if self._here in places else 1 if places & heard_at(self._here) else 2

    def _block(self, place: Place) -> list[Piece]:
        heading, places = _BLOCKS[place]
        pieces: list[Piece] = [(self._desk.text(heading) + "\n", Tone.BOLD)]
        for action in self._desk.keyboard.actions:
            if action.place in places:
                pieces += self._line(action)
        return [*pieces, ("\n", Tone.PLAIN)]

    def _line(self, action: Action) -> list[Piece]:
        """Write keys, and beside them what they do; below them where the keys need more room than they have."""
        beside = self.room - KEY_CELLS >= LEAST_BESIDE
        shown = action.shown_keys or self._desk.text(N_("no key"))
        keys, cells = f"  {shown}", KEY_CELLS if beside else NARROW_KEY_CELLS
        indent = " " * cells
        said = wrap(self._desk.text(action.help), self.room - cells)
        first = keys.ljust(cells)
        if cell_len(keys) >= cells:
            said, first = ["", *said], keys
        return [(first, Tone.STRONG), (f"\n{indent}".join(said) + "\n", Tone.PLAIN)]
