"""What opens over a screen, and has the keys below it named in place of that screen's own."""

from typing import ClassVar, TypeVar

from textual.screen import ModalScreen

from snum_tui.ui.actions import Place
from snum_tui.ui.dialogs.named_keys import NamesKeys

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """Stands over a screen; only its own keys are heard while it does."""

    PLACE: ClassVar[Place]

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self.PLACE

    def on_screen_resume(self) -> None:
        """Have these keys named from the first frame on, and once another dialog over this one has gone."""
        below = next((screen for screen in reversed(self.app.screen_stack) if isinstance(screen, NamesKeys)), None)
        if below is not None:
            below.name_keys(self.place)
