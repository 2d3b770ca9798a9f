"""The accounts as the screens see them: tried out, written down, opened. The command line puts it together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from snum_tui.domain.accounts import AccountDraft
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.trying import Trial


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, or the demo, that is ready to be worked with: `enter` puts its engine in the place of the other.

    With a `problem` there is nothing to enter, and all is as before. A demo does not keep its orders.
    """

    enter: Callable[[], None] = lambda: None
    problem: Sentence | None = None
    keeps_orders: bool = True


class Accounts(Protocol):
    """Everything here returns at once, and calls `tell` later, from another thread."""

    def try_out(self, address: SiteAddress, key: ApiKey, tell: Callable[[Trial], None]) -> None:
        """Ask the site for the balance, and nothing else."""
        ...

    def save(self, draft: AccountDraft, tell: Callable[[Sentence | None], None]) -> None:
        """Write a new account into config.toml; tells what kept it from being written, None where nothing did."""
        ...

    def open(self, name: str, tell: Callable[[Opened], None]) -> None:
        """Make the engine of an account ready; the one that runs finishes what is in flight first, and ends."""
        ...

    def open_demo(self, tell: Callable[[Opened], None]) -> None:
        """Make the demo ready, as `open` does an account."""
        ...
