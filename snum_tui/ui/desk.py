"""What every screen works with: the engine, the language, the time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from snum_tui.domain.clock import Clock, Instant
from snum_tui.domain.keys import KeyOf
from snum_tui.domain.money import format_amount
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.setting import Setting
from snum_tui.domain.wishes import TerminalWishes
from snum_tui.engine.commands import READ_ONLY, Command
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.accounts import Accounts
from snum_tui.ui.cells import Tone
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.preferences import Preferences
from snum_tui.ui.signs import drawn

if TYPE_CHECKING:
    from snum_tui.ui.clipboard.carrier import Told


class EngineDoor(Protocol):
    """The engine as the screens see it: commands in, the latest snapshot out."""

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        ...

    def submit(self, command: Command) -> None:
        """Hand over a command; never blocks."""
        ...

    def when_changed(self, wake: Callable[[], None]) -> None:
        """Call `wake`, from another thread, after each new snapshot."""
        ...

    def start(self) -> None:
        """Start the work."""
        ...


@dataclass(slots=True)
class Desk:
    """The engine's door, the language, the clock and the keys, handed to whoever paints or asks."""

    engine: EngineDoor
    speaker: Speaker
    clock: Clock
    keyboard: Keyboard = field(default_factory=Keyboard)
    keeps_orders: bool = True
    """Whether the orders outlive the program; those of a demo do not."""
    read_only: bool = False
    """Whether the engine orders, cancels and settles nothing in this session."""
    calm: bool = True
    """Whether countdowns far from their end go in minutes, but for the one under the cursor."""
    tell: Callable[[str, Tone], None] = field(default=lambda _words, _tone: None)
    """Puts a word of the screen's own on the message line."""
    copy: Callable[[str, "Told"], None] = field(default=lambda _text, _told: None)
    """Takes a text to a clipboard, and tells how far it came."""
    wishes: TerminalWishes = field(default_factory=TerminalWishes)
    """What the person wants of the terminal."""
    accounts: Accounts | None = None
    """The person's accounts, where they can be changed from here."""
    preferences: Preferences | None = None
    """The person's settings, where they can be changed from here."""
    settings: tuple[Setting, ...] = ()
    """The settings as they were found last."""
    watch_on_seconds: float = 0.0
    """How long open numbers are watched on after the terminal is lost."""

    @property
    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        return self.engine.latest

    @property
    def is_begun(self) -> bool:
        """Whether there is a site to work with; before the first start is over there is none."""
        return bool(self.snapshot.site)

    @property
    def now(self) -> Instant:
        """This moment."""
        return self.clock.now()

    def text(self, template: str, **values: object) -> str:
        """Translate a marked template and fill it."""
        return self.speaker.text(template, **values)

    def render(self, sentence: Sentence) -> str:
        """Translate a sentence."""
        return self.speaker.render(sentence)

    def is_held_back(self) -> bool:
        """Tell whether nothing may be spent or settled here, and say so where that is the case."""
        if self.read_only:
            self.tell(self.render(READ_ONLY), Tone.WARNING)
        return self.read_only

    def key(self, binding_id: str) -> str:
        """Write the key of an action, `services.order`, as this person has it; without one, how it is done."""
        return self.text("{key}", key=KeyOf(binding_id, ""))

    def amount(self, amount: Decimal) -> str:
        """Write an amount in this site's currency."""
        return format_amount(amount, self.currency, self.speaker.language)

    @property
    def currency(self) -> str:
        """The sign of this site's amounts, as the terminal can draw it."""
        return drawn(self.snapshot.rules.currency)
