"""Tries an address and a key before there is an engine for them: one getBalance, beside the screen."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, SiteAddress

CONNECT_SECONDS = 8.0
ANSWER_SECONDS = 10.0
_TICK_SECONDS = 0.25

MISTAKE = N_("A mistake inside snum-tui ({kind}). Nothing was ordered; please report it.")

_SITE_IN_TROUBLE = 500
_A_PAGE = N_("{problem} Write only {address}, without the page behind it.")


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: the balance, or a problem, which is about the key or else about the address.

    `is_out_of_reach` where the site may be right and only cannot be asked now.
    """

    balance: Decimal | None = None
    problem: Sentence | None = None
    is_about_key: bool = False
    is_out_of_reach: bool = False


def try_out(address: SiteAddress, key: ApiKey, proxy: str | None, tell: Callable[[Trial], None]) -> None:
    """Ask for the balance once, and call `tell` from a thread within some ten seconds; returns at once."""

    def run() -> None:
        try:
            trial = _try(address, key, proxy)
        except Exception as error:  # noqa: BLE001 - a thread's exception would be lost; the screen says it instead
            trial = Trial(problem=say(MISTAKE, kind=type(error).__name__))
        tell(trial)

    threading.Thread(target=run, name="trying", daemon=True).start()


def _try(address: SiteAddress, key: ApiKey, proxy: str | None) -> Trial:
    import asyncio  # noqa: PLC0415 - httpx and its like load here, on the thread, while the form stands

    from snum_tui.provider.client import SiteClient, Timeouts  # noqa: PLC0415 - as above
    from snum_tui.provider.errors import Busy, KeyRejected, NotReached, Refused, SiteError, Unreadable  # noqa: PLC0415 - as above
    from snum_tui.provider.lookups import Lookups  # noqa: PLC0415 - as above

    timeouts = Timeouts(
        connect_seconds=CONNECT_SECONDS, read_deadline_seconds=ANSWER_SECONDS, tick_seconds=_TICK_SECONDS
    )

    async def ask() -> Trial:
        client = SiteClient(address, key, timeouts=timeouts, proxy=proxy)
        try:
            return Trial(await client.balance())
        except SiteError as error:
            # Who answers getBalance with a refusal is a site of this API, and speaks of the account.
            if isinstance(error, Unreadable) and address.url != address.root:
                return Trial(problem=say(_A_PAGE, problem=error.sentence, address=address.root))
            is_away = isinstance(error, NotReached | Busy) or (error.evidence.status or 0) >= _SITE_IN_TROUBLE
            is_about_key = isinstance(error, KeyRejected | Refused)
            return Trial(None, error.sentence, is_about_key, is_out_of_reach=is_away and not is_about_key)
        finally:
            await client.aclose()

    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(Lookups())
        return runner.run(ask())
