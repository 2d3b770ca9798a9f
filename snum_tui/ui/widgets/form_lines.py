"""The lines of a form: one to type into, one for the key, which shows nothing of it, and one to press."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from snum_tui.domain.accounts import Pasted, bare_address, bare_key, first_line, lone_key, open_part, take_apart
from snum_tui.domain.site import ApiKey
from snum_tui.ui.cells import Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.ordered_input import OrderedInput, handed_on, newest_waiting
from snum_tui.ui.widgets.toned import TonedLine

if TYPE_CHECKING:
    _Widget = Widget
else:
    _Widget = object  # beside a widget's own class: Textual takes the styles of the first one alone

_MASK = "•"
LONGEST_KEY = 200


class Edited(Message):
    """What stands in a line has changed."""


class CallPasted(Message):
    """Somebody pasted a call's whole URL, which holds the site's address and perhaps the key; or the key alone.

    The key alone, where an address belongs, has an empty one with it.
    """

    def __init__(self, pasted: Pasted) -> None:
        super().__init__()
        self.pasted = pasted


@runtime_checkable
class Form(Protocol):
    """The screen around the lines."""

    @property
    def stops(self) -> list[Widget]:
        """Return the lines, from top to bottom."""
        ...

    def way_of(self, key: str) -> Callable[[], None] | None:
        """Return what leads from one line to another by this key; None where it means something else."""
        ...


def goes_on(line: Widget, event: events.Key) -> bool:
    """Go on at once where the key says so, before the next one comes; tell whether the key is used up."""
    if handed_on(line, event):
        return True
    form = line.screen
    way = form.way_of(event.key) if isinstance(form, Form) else None
    if way is None:
        return False
    event.stop()
    event.prevent_default()
    way()
    return True


class FormLine(_Widget):
    """A line that hears its keys after all that were pressed before them, also where those wait in another line."""

    def _forward_event(self, event: events.Event) -> None:
        form = self.screen
        is_typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        line = newest_waiting(form.stops) if is_typed and isinstance(form, Form) else None
        super(FormLine, line if isinstance(line, FormLine) else self)._forward_event(event)


class TextLine(FormLine, OrderedInput):
    """One line of text. A paste is its first line that is not blank."""

    def __init__(self, *, limit: int = 300, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(compact=True, select_on_focus=False, max_length=limit, id=id)
        self.cursor_blink = False  # two repaints a second, for ever

    async def _on_key(self, event: events.Key) -> None:
        """Go on where that is what the key does; all else is an edit, and heard by those above next."""
        goes_on(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        if handed_on(self, event):
            return
        event.stop()
        event.prevent_default()
        if line := self.taken_of(event.text):
            self.insert_text_at_cursor(line)

    def taken_of(self, text: str) -> str:
        """Return what is taken of a paste."""
        return first_line(text)

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(Edited())


class AddressLine(TextLine):
    """The site's address. What may be a key in it is masked, and taken out as soon as it is whole.

    So is a key that stands here alone.

    While the line is empty, keys that `passes` stay keys: no address begins with the one for the language.
    """

    def __init__(self, passes: Callable[[str], bool], *, id: str | None = None) -> None:  # noqa: A002 - as above
        super().__init__(id=id)
        self._passes = passes

    @property
    def _value(self) -> Text:
        """What is shown; Textual paints the line from this."""
        shown = open_part(self.value)
        hidden = drawn(_MASK) * (len(self.value) - len(shown))
        return Text(shown + hidden, no_wrap=True, overflow="ignore", end="")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether a key is a letter here; Textual takes those from all others."""
        return super().check_consume_key(key, character) and not self._is_no_letter(key)

    async def _on_key(self, event: events.Key) -> None:
        """Leave a key that is no letter here to those around; all else is heard by those above next."""
        if self._is_no_letter(event.key):
            event.prevent_default()

    def _is_no_letter(self, key: str) -> bool:
        return self._is_meant and not self.value and self._passes(key)

    @property
    def _is_meant(self) -> bool:
        """Whether what comes is for this line; `has_focus` would only know after the burst."""
        return self.screen.focused is self

    def taken_of(self, text: str) -> str:
        """Take the address alone, where it stands in a text."""
        return bare_address(text)

    def _on_paste(self, event: events.Paste) -> None:
        if not self._is_meant:
            return  # it is handed on by those above
        key = lone_key(bare_key(first_line(event.text)))
        pasted = take_apart(event.text) if key is None else Pasted("", key)
        if pasted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(CallPasted(pasted))


class KeyLine(FormLine, Widget, can_focus=True):
    """Takes the key, and shows how many letters of it there are; none of them is ever in what is painted.

    There is nothing to see in it, so there is no cursor to move: Backspace takes the last letter, Ctrl-U all.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"toned--dim"}
    _count: reactive[int] = reactive(0)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.auto_links = False
        self.key = ApiKey("")
        self._hint = ""

    def take(self, key: ApiKey) -> None:
        """Have this key, in place of what is there."""
        self.key = key
        self._count = len(key.reveal())
        self.refresh()
        self.post_message(Edited())

    def say_hint(self, words: str) -> None:
        """Say this where there is no key."""
        if words != self._hint:
            self._hint = words
            self.refresh()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every letter is one of the key's."""
        del key
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Type, take back, or leave the key to others."""
        if goes_on(self, event):
            return
        if event.is_printable and event.character:
            event.stop()
            self.take(ApiKey((self.key.reveal() + event.character)[:LONGEST_KEY]))
        elif event.key in {"backspace", "ctrl+h"}:
            event.stop()
            self.take(ApiKey(self.key.reveal()[:-1]))
        elif event.key == "ctrl+u":
            event.stop()
            self.take(ApiKey(""))

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted in place of what is there: half a key and a whole one make none."""
        if handed_on(self, event):
            return
        event.stop()
        line = first_line(event.text)
        if (pasted := take_apart(line)) is not None:
            self.post_message(CallPasted(pasted))
        elif line:
            self.take(ApiKey(bare_key(line)[:LONGEST_KEY]))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Show it no longer."""
        self.refresh()

    def render(self) -> Text:
        """Paint one mask a letter, as far as there is room, and the cursor."""
        room = max(1, self.size.width - 1)
        text = Text(drawn(_MASK) * min(self._count, room), no_wrap=True, end="", overflow="crop")
        if self.has_focus:
            text.append(" ", "reverse")
        elif not self._count:
            text.append(self._hint, self.get_component_rich_style("toned--dim", partial=True))
        return text


class PressLine(FormLine, TonedLine, can_focus=True):
    """Something to do, with the mark in front where Enter would do it."""

    class Pressed(Message):
        """The person wants it done."""

        def __init__(self, line: "PressLine") -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> "PressLine":
            """The line, by which handlers choose."""
            return self.line

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as above
        super().__init__(id=id)
        self._words = ""

    def show(self, words: str) -> None:
        """Say what it does."""
        if words != self._words:
            self._words = words
            self.refresh()

    def on_focus(self) -> None:
        """Show the mark."""
        self.refresh()

    def on_blur(self) -> None:
        """Show it no longer."""
        self.refresh()

    def on_click(self) -> None:
        """Do it."""
        self.post_message(self.Pressed(self))

    def render(self) -> Text:
        """Paint it."""
        if self.has_focus:
            return self.painted([(drawn("▸") + f"[{self._words}]", Tone.STRONG)])
        return self.painted([(f" [{self._words}]", Tone.PLAIN)])
