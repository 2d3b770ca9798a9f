"""Why keys did nothing: it is said until a key does something."""

from collections.abc import Container, Iterator
from contextlib import contextmanager

from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.elsewhere import Placed


class Refusals:
    """Remembers where it is said, and has it taken back."""

    def __init__(self) -> None:
        self._hears_key = False
        self._said_at: list[Placed] = []
        self._older = 0
        """So many of them are answers to keys before the newest."""

    @contextmanager
    def of_a_key(self) -> Iterator[None]:
        """Take what is said meanwhile for the answer to one key."""
        self._hears_key, self._older = True, len(self._said_at)
        try:
            yield
        finally:
            self._hears_key = False

    def say(self, screen: Placed, words: str) -> None:
        """Say it on a screen."""
        screen.explain(words)
        self._said_at.append(screen)

    def say_if_of_a_key(self, screen: object, words: str) -> bool:
        """Say a warning in the same way where a key is answered with it; False where it must stay.

        What comes of itself, and what is said on a sheet, stays until there is something newer.
        """
        if not self._hears_key or isinstance(screen, Dialog) or not isinstance(screen, Placed):
            return False
        self.say(screen, words)
        return True

    def take_back(self, screens: Container[object]) -> None:
        """Take back what keys before the newest were answered: that one did something.

        `screens` are those that are still there.
        """
        newest = self._said_at[self._older :]
        for screen in self._said_at[: self._older]:
            if screen in screens and screen not in newest:
                screen.take_back()
        self._said_at = newest
