"""The lowest transport: the one place where the key enters a request.

The transports are used without httpx's client on top: it would keep cookies, follow or prepare redirects, read the
environment and log every URL, and none of that may happen here.
"""

import importlib.util
import logging
import ssl
import sys
from functools import cache

import httpx

from snum_tui.provider.key_place import KeyPlace

_CONNECTIONS = 16
_KEEPALIVE_SECONDS = 60.0
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

    def __init__(self, inner: httpx.AsyncBaseTransport, key_place: KeyPlace) -> None:
        self._inner = inner
        self._key_place = key_place

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, once."""
        return await self._inner.handle_async_request(_with_key(request, self._key_place))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()


def _with_key(request: httpx.Request, key_place: KeyPlace) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(raw_path=key_place.fill(request.url.raw_path)),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions,
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
    return KeyTransport(inner, key_place)


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
