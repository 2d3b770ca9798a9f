"""A line to type into, whose keys count in the order in which they were pressed."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

_EDITS: Final = frozenset(
    binding.action for binding in Input.BINDINGS if isinstance(binding, Binding) and binding.action != "submit"
)
"""Textual's own ways to edit a line and to move in it."""


def handed_on(line: Widget, event: events.Key | events.Paste) -> bool:
    """Hand what was typed or pasted to what has the focus by now; tell whether that is something else.

    Keys come in bursts, as a paste does where the terminal does not frame it, and Textual sends all of a burst to
    what had the focus before the first: what comes after an Enter or a Tab belongs to where it led.
    """
    focused = line.screen.focused
    if focused is None or focused is line:
        return False
    again = events.Key(event.key, event.character) if isinstance(event, events.Key) else events.Paste(event.text)
    again.time = event.time  # when it was pressed: see newest_waiting
    focused.post_message(again)
    event.stop()
    event.prevent_default()
    return True


def newest_waiting(lines: Iterable[Widget]) -> Widget | None:
    """Return the line that has not heard yet the newest of all keys that wait in these; None where none waits.

    Behind that one the next key belongs, wherever the focus is by now: in the queue of its own line it would be
    heard before those that are still to be handed on to it.
    """
    newest: tuple[float, Widget | None] = (0.0, None)
    for line in lines:
        waiting: Iterable[object] = line._message_queue.values  # noqa: SLF001 - nobody else knows what waits
        times = [one.time for one in waiting if isinstance(one, events.Key | events.Paste)]
        if times and max(times) >= newest[0]:
            newest = max(times), line
    return newest[1]


class OrderedInput(Input):
    """Edits at once.

    Textual lets an Input take letters itself, and sends Backspace and the like on to the app, which comes back with
    what they are bound to. Over a slow line keys come in bursts: a letter typed after a Backspace was there before
    it, and was what it deleted.
    """

    AT_ONCE: ClassVar[frozenset[str]] = _EDITS
    """The actions bound here that are done before the next key is heard."""

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
                return binding.action if node is self and binding.action in self.AT_ONCE else None
        return None
