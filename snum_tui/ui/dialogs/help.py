"""The keys: those of this pane first, then the rest."""

from rich.text import Text

from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Place
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.sheet import Sheet

_HEADINGS: dict[Place, str] = {
    Place.TREE: N_("In the categories"),
    Place.SERVICES: N_("In the services"),
    Place.NUMBERS: N_("In your numbers"),
    Place.MAIN: N_("Everywhere"),
    Place.LIST: N_("Moving"),
    Place.UNKNOWN: N_("In the unknown orders"),
}


class HelpScreen(Sheet):
    """Made from the registry of actions, so it cannot be out of date."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk)
        self._place = place

    def heading(self) -> str:
        """The title."""
        return self._desk.text(N_("Keys"))

    def content(self) -> Text:
        """One block for each place, this pane's first."""
        text = Text()
        others = [place for place in _HEADINGS if place is not self._place]
        for place in (self._place, *others):
            self._append_block(text, place)
        states = N_("In a question y or Enter agrees, n or Esc declines. Nothing is ever ordered by itself.")
        text.append(self._desk.text(states), "dim")
        return text

    def _append_block(self, text: Text, place: Place) -> None:
        places = {place, Place.APP} if place is Place.MAIN else {place}
        text.append(self._desk.text(_HEADINGS[place]) + "\n", "bold")
        for action in self._desk.keyboard.actions:
            if action.place in places:
                text.append(f"  {action.shown_keys:<12} ", "bold cyan")
                text.append(self._desk.text(action.help) + "\n")
        text.append("\n")
