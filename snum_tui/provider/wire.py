"""Asks the site one question and brings back a whole answer, or says why there is none."""

import asyncio
import time
from functools import lru_cache, partial

import httpx

from snum_tui import __version__
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.provider import sentences
from snum_tui.provider.answer import EVIDENCE_CAP, Answer
from snum_tui.provider.calls import Call, is_usable_id, path_of
from snum_tui.provider.errors import BadId, Evidence, KeyRejected, NotReached, Reason, SiteError, Unreadable
from snum_tui.provider.exchange import Exchange, wait_in_ticks
from snum_tui.provider.key_place import KeyPlace
from snum_tui.provider.timeouts import Timeouts
from snum_tui.provider.transport import KeyTransport, open_transport, search_no_more, silence_loggers
from snum_tui.provider.trouble import NotHttp

_KEPT_URLS = 256
"""More than there are numbers to poll and rows on a screen."""
_NOTHING_SENT = Evidence(request_sent=False, status=None, raw=b"", seconds=0.0)


class Wire:
    """The line to one site. Reads share kept connections; a money call has one of its own, used once."""

    def __init__(self, address: SiteAddress, key: ApiKey, timeouts: Timeouts, proxy: str | None) -> None:
        silence_loggers()
        search_no_more()
        self._address = address
        self._key_place = KeyPlace(key)
        self._timeouts = timeouts
        self._has_proxy = proxy is not None
        self._open = partial(open_transport, self._key_place, proxy)
        self._reads: KeyTransport | None = None
        self._url = lru_cache(_KEPT_URLS)(partial(_url_of, address.url))
        self._headers = {money: _headers(keep_alive=not money) for money in (False, True)}

    async def ask(self, call: Call, item_id: str | None = None) -> Answer:
        """Make one call. Raises BadId, KeyRejected (no key), NotReached, or Unreadable (no HTTP)."""
        self._check(call, item_id)
        started = time.monotonic()
        exchange = Exchange(call.body_cap)
        task = asyncio.create_task(self._run(exchange, call, item_id))
        await wait_in_ticks(task, self._timeouts.ticks(money=call.money), self._timeouts.tick_seconds)
        seconds = time.monotonic() - started
        if exchange.status is not None and (exchange.whole or exchange.oversized):
            return self._answer(exchange, exchange.status, call, seconds)
        evidence = Evidence(
            request_sent=exchange.request_started or not task.done(),
            status=exchange.status,
            raw=self._key_place.hide_in(bytes(exchange.body))[:EVIDENCE_CAP],
            seconds=seconds,
        )
        raise self._no_answer(exchange, call, evidence)

    async def aclose(self) -> None:
        """Close the kept connections."""
        transport, self._reads = self._reads, None
        if transport is not None:
            await transport.aclose()

    def _check(self, call: Call, item_id: str | None) -> None:
        if item_id is not None and not is_usable_id(item_id):
            raise BadId(sentences.bad_id(), _NOTHING_SENT)
        if call.keyed and not self._key_place.is_usable:
            raise KeyRejected(sentences.no_key(), _NOTHING_SENT)

    async def _run(self, exchange: Exchange, call: Call, item_id: str | None) -> None:
        try:
            request = self._request(call, item_id)
        except (httpx.InvalidURL, ValueError):
            exchange.trouble = Reason.NAME
            return
        if call.money:
            await exchange.run(request, partial(self._open, keep_alive=False), close=True)
        else:
            await exchange.run(request, self._kept, close=False)

    def _kept(self) -> KeyTransport:
        if self._reads is None:
            self._reads = self._open(keep_alive=True)
        return self._reads

    def _request(self, call: Call, item_id: str | None) -> httpx.Request:
        # Only the connect has a timer of its own; all the rest is under the deadline that is counted in ticks.
        timeout = {"connect": self._timeouts.connect_seconds, "read": None, "write": None, "pool": None}
        headers = self._headers[call.money]
        return httpx.Request("GET", self._url(call, item_id), headers=headers, extensions={"timeout": timeout})

    def _answer(self, exchange: Exchange, status: int, call: Call, seconds: float) -> Answer:
        hide = self._key_place.hide_in_text
        return Answer(
            host=self._address.host,
            call=call,
            status=status,
            content_encoding=hide(exchange.content_encoding),
            retry_after=None if exchange.retry_after is None else hide(exchange.retry_after),
            raw=self._key_place.hide_in(bytes(exchange.body)),
            oversized=exchange.oversized,
            seconds=seconds,
            hide=hide,
            date=exchange.date,
        )

    def _no_answer(self, exchange: Exchange, call: Call, evidence: Evidence) -> SiteError:
        host, money_at_stake = self._address.host, call.money and evidence.request_sent
        if isinstance(exchange.trouble, NotHttp):
            return Unreadable(sentences.not_http(host, money_at_stake=money_at_stake), evidence)
        reason = self._reason(exchange.trouble or Reason.TIMEOUT, evidence)
        return NotReached(sentences.not_reached(reason, host, money_at_stake=money_at_stake), evidence, reason)

    def _reason(self, reason: Reason, evidence: Evidence) -> Reason:
        """Behind a proxy, whatever stopped the connection on its way is the proxy's matter, but for its TLS."""
        on_the_way = not evidence.request_sent and reason is not Reason.TLS
        return Reason.PROXY if self._has_proxy and on_the_way else reason


def _url_of(site: str, call: Call, item_id: str | None) -> httpx.URL:
    return httpx.URL(site + path_of(call, item_id))


def _headers(*, keep_alive: bool) -> httpx.Headers:
    return httpx.Headers(
        {
            "User-Agent": f"snum-tui/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "keep-alive" if keep_alive else "close",
        }
    )
