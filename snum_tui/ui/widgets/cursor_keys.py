"""What the keys of a list do to its cursor."""

from collections.abc import Sized
from typing import Protocol

from textual.geometry import Size


class _List(Protocol):
    """What has a cursor."""

    @property
    def cursor_index(self) -> int: ...
    @property
    def keys(self) -> Sized: ...
    @property
    def size(self) -> Size: ...

    def step_to(self, index: int) -> None: ...


class CursorKeys:
    """The actions of the registry's list place, for a list that can `step_to` a row."""

    def action_cursor_up(self: _List) -> None:
        """Move one row up."""
        self.step_to(self.cursor_index - 1)

    def action_cursor_down(self: _List) -> None:
        """Move one row down."""
        self.step_to(self.cursor_index + 1)

    def action_page_up(self: _List) -> None:
        """Move one page up."""
        self.step_to(self.cursor_index - max(1, self.size.height - 1))

    def action_page_down(self: _List) -> None:
        """Move one page down."""
        self.step_to(self.cursor_index + max(1, self.size.height - 1))

    def action_first(self: _List) -> None:
        """Move to the first row."""
        self.step_to(0)

    def action_last(self: _List) -> None:
        """Move to the last row."""
        self.step_to(len(self.keys) - 1)
