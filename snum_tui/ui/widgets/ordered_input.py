"""A line to type into, whose keys count in the order in which they were pressed."""

from typing import Final

from textual import events
from textual.binding import Binding
from textual.widgets import Input

_EDITS: Final = frozenset(
    binding.action for binding in Input.BINDINGS if isinstance(binding, Binding) and binding.action != "submit"
)
"""Textual's own ways to edit a line and to move in it."""


class OrderedInput(Input):
    """Edits at once.

    Textual lets an Input take letters itself, and sends Backspace and the like on to the app, which comes back with
    what they are bound to. Over a slow line keys come in bursts: a letter typed after a Backspace was there before
    it, and was what it deleted.
    """

    async def _on_key(self, event: events.Key) -> None:
        """Do what edits this line; letters are Input's own, which hears the key next, and all else is bound."""
        edit = None if event.is_printable else self._edit_on(event.key)
        if edit is not None:
            event.stop()
            event.prevent_default()
            await self.app.run_action(edit, self)

    def _edit_on(self, key: str) -> str | None:
        """Return the edit that a key stands for here; None where it stands for something else, as if remapped."""
        for node, bindings in self.screen._modal_binding_chain:  # noqa: SLF001 - what Textual itself goes through
            for binding in bindings.key_to_bindings.get(key, ()):
                return binding.action if node is self and binding.action in _EDITS else None
        return None
