"""The accounts as the screens see them: tried out, written down, opened. The command line puts it together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from snum_tui.domain.accounts import Account, AccountDraft
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.trying import Trial

TellProblem = Callable[[Sentence | None], None]
"""Told what kept something from being done, None where nothing did."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What kept an account from being written down; `is_about_name` where another name would do."""

    problem: Sentence
    is_about_name: bool = False


TellUnsaved = Callable[[Unsaved | None], None]
"""As TellProblem, of an account that was to be written down."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, or the demo, that is ready to be worked with: `enter` puts its engine in the place of the other.

    With a `problem` there is nothing to enter, and all is as before. A demo does not keep its orders.
    """

    enter: Callable[[], None] = lambda: None
    problem: Sentence | None = None
    keeps_orders: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """All accounts there are, those known only by their open numbers last; or why that cannot be told."""

    accounts: tuple[Account, ...] = ()
    problem: Sentence | None = None


class Turning(Protocol):
    """The app, as far as it can go from one engine to another."""

    def keep_place(self) -> None:
        """Have the engine of now keep where the person is."""
        ...

    async def begin_anew(self, opened: Opened) -> None:
        """Put a main screen of what was opened in the place of all screens."""
        ...

    def hand_over(self, call: Callable[[], None]) -> None:
        """Call it soon on the screen's thread; from any thread."""
        ...


class Accounts(Protocol):
    """Everything here returns at once, and calls `tell` later, from another thread."""

    def try_out(self, address: SiteAddress, key: ApiKey, tell: Callable[[Trial], None]) -> None:
        """Ask the site for the balance, and nothing else."""
        ...

    def try_kept(self, name: str, address: SiteAddress, tell: Callable[[Trial], None]) -> None:
        """Ask for the balance with the key that is kept for an account, at an address of the same host."""
        ...

    def look(self, tell: Callable[[Listed], None]) -> None:
        """List the accounts, with the numbers that are open in each."""
        ...

    def save(self, draft: AccountDraft, before: str | None, tell: TellUnsaved) -> None:
        """Write an account into config.toml: a new one, or in the place of the one that had the name `before`."""
        ...

    def remove(self, name: str, then: str, tell: TellProblem) -> None:
        """Take an account out of config.toml; `then` is started with where it was."""
        ...

    def start_with(self, name: str, tell: TellProblem) -> None:
        """Have a start that names no account take this one."""
        ...

    def open(self, name: str, tell: Callable[[Opened], None]) -> None:
        """Make the engine of an account ready; the one that runs finishes what is in flight first, and ends."""
        ...

    def open_demo(self, tell: Callable[[Opened], None]) -> None:
        """Make the demo ready, as `open` does an account."""
        ...
