"""The lowest transport: the one place where the key enters a request.

The transports are used without httpx's client on top: it would keep cookies, follow or prepare redirects, read the
environment and log every URL, and none of that may happen here.
"""

import importlib.util
import logging
import ssl
import sys
from collections.abc import Callable
from functools import cache, partial

import httpx

from snum_tui.provider.key_place import KeyPlace
from snum_tui.provider.lines import QuickLines

_CONNECTIONS = 16
_KEEPALIVE_SECONDS = 60.0
WithKey = Callable[[httpx.Request], httpx.Request]

_SOUGHT = "sniffio"
"""A package that tells kinds of event loops apart."""
_TALKATIVE = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


class KeyTransport(httpx.AsyncBaseTransport):
    """Puts the key in place of the placeholder and hands the request down; what comes back knows no request."""

    def __init__(self, inner: httpx.AsyncBaseTransport, with_key: WithKey) -> None:
        self._inner = inner
        self._with_key = with_key

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, once."""
        return await self._inner.handle_async_request(self._with_key(request))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()


def _addressed(key_place: KeyPlace, request: httpx.Request) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(raw_path=key_place.fill(request.url.raw_path)),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions,
    )


def _aimed(key_place: KeyPlace, request: httpx.Request) -> httpx.Request:
    """Put the key into the target alone, so that no address has to be taken apart for each question.

    Not with a proxy: httpcore would take this target for the one of its CONNECT.
    """
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "target": key_place.fill(request.url.raw_path)},
    )


def open_transport(key_place: KeyPlace, proxy: str | None, *, keep_alive: bool) -> KeyTransport:
    """Open a transport: one that keeps its connections for the reads, or one for a single money call.

    Raises httpx.InvalidURL, ValueError or ImportError for a proxy that httpx cannot use, and OSError where the
    certificates to trust cannot be read.
    """
    limits = httpx.Limits(
        max_connections=_CONNECTIONS if keep_alive else 1,
        max_keepalive_connections=_CONNECTIONS if keep_alive else 0,
        keepalive_expiry=_KEEPALIVE_SECONDS,
    )
    inner = httpx.AsyncHTTPTransport(
        verify=shared_ssl_context(), trust_env=False, limits=limits, proxy=proxy, retries=0
    )
    if keep_alive and proxy is None:
        pool = inner._pool  # noqa: SLF001 - httpx hands no backend down
        pool._network_backend = QuickLines(pool._network_backend)  # noqa: SLF001 - as above
        return KeyTransport(inner, partial(_aimed, key_place))
    return KeyTransport(inner, partial(_addressed, key_place))


@cache
def shared_ssl_context() -> ssl.SSLContext:
    """Return the SSL context of all transports. Making one takes 20-80 ms (FACTS): once, on the first call."""
    return httpx.create_ssl_context(trust_env=False)


def silence_loggers() -> None:
    """Silence httpx and httpcore: what they log holds URLs, and a URL may hold the key."""
    for name in _TALKATIVE:
        logging.getLogger(name).disabled = True


def search_no_more() -> None:
    """Tell Python once that the package is not there, where that is so.

    httpcore imports it several times in every request, and each time Python looks for it in all its folders: that
    was a sixth of the CPU of a request.
    """
    if _SOUGHT not in sys.modules and importlib.util.find_spec(_SOUGHT) is None:
        sys.modules[_SOUGHT] = None  # type: ignore[assignment]  # Python's own sign for what cannot be imported
