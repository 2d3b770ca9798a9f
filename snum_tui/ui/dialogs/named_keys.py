"""The line of keys at a screen's foot, which is about what is heard: that of the dialog over the screen, if any."""

from typing import TYPE_CHECKING, Any

from snum_tui.ui.actions import Place
from snum_tui.ui.desk import Desk
from snum_tui.ui.widgets.footer import Footer

if TYPE_CHECKING:
    from textual.screen import Screen

    _Screen = Screen[Any]  # whatever the screen answers with
else:
    _Screen = object  # as in widgets/kept_look

Joint = tuple[int, str]
"""Where a line meets the frame, and what is drawn there."""


class NamesKeys(_Screen):
    """A screen with such a line. Before its own keys, it names those of a dialog that is open over it."""

    _desk: Desk
    _dialog: Place | None = None

    def name_keys(self, dialog: Place | None) -> None:
        """Name the keys of a dialog that is open, or those of here."""
        self._dialog = dialog
        self.show_keys()

    def on_screen_resume(self) -> None:
        """Name the keys of here again."""
        if self._dialog is not None:
            self.name_keys(None)

    def show_keys(self) -> None:
        """Paint the line."""
        footer = self.query_one(Footer)
        if self._dialog is None:
            self.show_own_keys(footer)
        else:
            footer.show_dialog(self._dialog, self._desk, self.foot_joint())

    def show_own_keys(self, footer: Footer) -> None:
        """Name the keys of here."""
        raise NotImplementedError

    def foot_joint(self) -> Joint | None:
        """Return where something meets the line; None where nothing does."""
        return None
