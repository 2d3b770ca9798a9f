"""What went wrong below HTTP, told from the exceptions that came up; their texts are never shown."""

import socket
import ssl
from collections.abc import Iterator
from enum import Enum

import httpx

from snum_tui.provider.errors import Reason


class NotHttp(Enum):
    """Something answered on that port, but it does not speak HTTP."""

    ANSWERED = "answered, but not in HTTP"


Trouble = Reason | NotHttp

_LONGEST_CHAIN = 64
# Every TLS read that had to wait left one of these behind it; they are no trouble.
_WAITING = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
_CLOSED_EARLY = ("Server disconnected", "peer closed connection")


def trouble_of(error: Exception) -> Trouble:
    """Find the reason that helps the person most in an exception and all that led to it."""
    chain = [link for link in _chain(error) if not isinstance(link, _WAITING)]
    for kinds, reason in (
        ((httpx.ProxyError,), Reason.PROXY),
        ((socket.gaierror, httpx.InvalidURL, UnicodeError), Reason.NAME),
        ((ssl.SSLError,), Reason.TLS),
        ((ConnectionRefusedError,), Reason.CONNECT_REFUSED),
        ((httpx.TimeoutException, TimeoutError), Reason.TIMEOUT),
    ):
        if any(isinstance(link, kinds) for link in chain):
            return reason
    if isinstance(error, httpx.RemoteProtocolError) and not str(error).startswith(_CLOSED_EARLY):
        return NotHttp.ANSWERED
    return Reason.NETWORK if isinstance(error, httpx.ConnectError) else Reason.LOST


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk an exception, its causes, its contexts and the members of groups, each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting and len(seen) < _LONGEST_CHAIN:
        link = waiting.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [link.__cause__, link.__context__]
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions
