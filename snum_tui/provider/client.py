"""The site's seven documented calls, each a method; the one door of this package."""

from collections.abc import Callable
from decimal import Decimal

from snum_tui.domain.catalogue import Category, Quote, Service
from snum_tui.domain.messages import Message
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.provider import calls, reading
from snum_tui.provider.replies import CancelAccepted, OrderedNumber
from snum_tui.provider.timeouts import Timeouts
from snum_tui.provider.wire import Wire

__all__ = ["SiteClient", "Timeouts"]

_DEFAULT_TIMEOUTS = Timeouts()


class SiteClient:
    """Asks one site, with one key. Every call is sent at most once; repeating it is the caller's business.

    Every method raises a SiteError of errors.py and nothing else, but for cancellation. Belongs to one event loop.
    Amounts are in the account's currency, which the API document names nowhere. Ids are strings, as the site wrote
    them.
    """

    def __init__(
        self,
        address: SiteAddress,
        key: ApiKey,
        *,
        timeouts: Timeouts = _DEFAULT_TIMEOUTS,
        proxy: str | None = None,
    ) -> None:
        self._wire = Wire(address, key, timeouts, proxy)

    async def categories(self) -> tuple[Category, ...]:
        """Call getCategories: what codes can be bought for, in the site's order."""
        return reading.read_categories(await self._wire.ask(calls.CATEGORIES))

    async def services(self, category_id: str) -> tuple[Service, ...]:
        """Call getServices: the rows of a category, in the site's order, some with their quotes."""
        return reading.read_services(await self._wire.ask(calls.SERVICES, category_id), category_id)

    async def quote(self, service_id: str) -> Quote:
        """Call getServiceDetails: the price of one number, and the stock, None where the site does not tell it."""
        return reading.read_quote(await self._wire.ask(calls.QUOTE, service_id), service_id)

    async def balance(self) -> Decimal:
        """Call getBalance: the money left on the account."""
        return reading.read_balance(await self._wire.ask(calls.BALANCE))

    async def order(self, service_id: str, keep: Callable[[bytes], object] = bytes) -> OrderedNumber:
        """Call getNumber, which spends money. Sent once, on a connection of its own.

        `keep` gets the whole reply, freed of the key, before anything in it is read: a mistake in reading it must
        not cost the evidence.

        Of its errors only two kinds prove that nothing was charged: `whole_refusal`, and `evidence.request_sent`
        being False. After any other the order is unknown.
        """
        answer = await self._wire.ask(calls.ORDER, service_id)
        keep(answer.raw)
        return reading.read_order(answer)

    async def message(self, number_id: str) -> Message:
        """Call getMessage: whether the code of a number has come, and the whole text it came in."""
        return reading.read_message(await self._wire.ask(calls.MESSAGE, number_id), number_id)

    async def cancel(self, number_id: str) -> CancelAccepted:
        """Call cancelNumber, which may give the money back. Sent once, on a connection of its own."""
        return reading.read_cancel(await self._wire.ask(calls.CANCEL, number_id))

    async def aclose(self) -> None:
        """Close the kept connections."""
        await self._wire.aclose()
