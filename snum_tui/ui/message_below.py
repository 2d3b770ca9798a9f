"""What a screen with a message line says there."""

from typing import TYPE_CHECKING, Any

from snum_tui.ui.cells import Tone
from snum_tui.ui.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from textual.screen import Screen

    _Screen = Screen[Any]  # whatever the screen answers with
else:
    _Screen = object  # as in widgets/kept_look


class SaysBelow(_Screen):
    """A screen with such a line."""

    def say(self, words: str, tone: Tone) -> None:
        """Say something here."""
        self.query_one(MessageLine).show_words(words, tone)

    def explain(self, words: str) -> None:
        """Say why a key did nothing."""
        self.query_one(MessageLine).explain(words)

    def take_back(self) -> None:
        """Say it no longer."""
        self.query_one(MessageLine).take_back()
