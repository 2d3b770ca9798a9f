"""Whatever goes wrong has one class, honest evidence, and a sentence that says what to do."""

import gzip
import socket
import ssl
from asyncio import StreamWriter
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pytest

from snum_tui.provider.client import SiteClient, Timeouts
from snum_tui.provider.errors import Busy, KeyRejected, NotReached, Reason, Refused, SiteError, Unreadable
from snum_tui.provider.trouble import trouble_of

NewClient = Callable[..., SiteClient]
Says = Callable[..., None]
Ask = Callable[[SiteClient], Awaitable[object]]

ORDER: Ask = lambda client: client.order("32")  # noqa: E731 - a row of the table below
CALLS: dict[str, Ask] = {
    "categories": lambda client: client.categories(),
    "services": lambda client: client.services("1"),
    "quote": lambda client: client.quote("32"),
    "balance": lambda client: client.balance(),
    "order": ORDER,
    "message": lambda client: client.message("75"),
    "cancel": lambda client: client.cancel("75"),
}
EVERY_CALL = pytest.mark.parametrize("ask", CALLS.values(), ids=CALLS.keys())
# Many small ticks: each lets the server on the same loop move on, however busy the machine is.
QUICK = Timeouts(connect_seconds=5, read_deadline_seconds=0.2, money_deadline_seconds=0.2, tick_seconds=0.005)
HEAD = b"HTTP/1.1 200 OK\r\n"
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'
REFUSED = b'{"success":false,"title":"","message":"Stok yok"}'


async def error_of(ask: Ask, client: SiteClient) -> SiteError:
    """Make a call that must fail."""
    with pytest.raises(SiteError) as caught:
        await ask(client)
    return caught.value


SENT_AND_LOST: dict[str, tuple[list[object], Reason, int | None, bytes]] = {
    "closed without a byte": ([], Reason.LOST, None, b""),
    "reset": (["reset"], Reason.LOST, None, b""),
    "never answered": (["hang"], Reason.TIMEOUT, None, b""),
    "half a status line": ([b"HTTP/1.1 20", "hang"], Reason.TIMEOUT, None, b""),
    "no body": ([HEAD + b"Content-Length: 5\r\n\r\n", "hang"], Reason.TIMEOUT, 200, b""),
    "half a body": ([HEAD + b"Content-Length: 99\r\n\r\n" + REFUSED], Reason.LOST, 200, REFUSED),
    "half a body, then a reset": ([HEAD + b"Content-Length: 99\r\n\r\n{", 0.05, "reset"], Reason.LOST, 200, b"{"),
    "an endless body": ([HEAD + b"\r\n" + REFUSED, "hang"], Reason.TIMEOUT, 200, REFUSED),
    "half of the chunks": (
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(REFUSED), REFUSED)],
        Reason.LOST,
        200,
        REFUSED,
    ),
}


@EVERY_CALL
@pytest.mark.parametrize(("steps", "reason", "status", "raw"), SENT_AND_LOST.values(), ids=SENT_AND_LOST.keys())
async def test_a_reply_that_never_ends_well_is_not_reached_and_the_request_counts_as_sent(
    new_client: NewClient,
    script: list[object],
    heads: list[bytes],
    ask: Ask,
    steps: list[object],
    reason: Reason,
    status: int | None,
    raw: bytes,
) -> None:
    """Not even a whole refusal in an unfinished body proves that nothing was charged."""
    script[:] = steps
    client = new_client(timeouts=QUICK) if "hang" in steps else new_client()
    error = await error_of(ask, client)
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.status, error.evidence.raw) == (reason, status, raw)
    assert error.evidence.request_sent is True
    assert error.whole_refusal is False
    assert len(heads) == 1


@EVERY_CALL
@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        (b"<!DOCTYPE html><html><body>Welcome</body></html>", "200 OK", ()),
        (b"<html>504 Gateway Time-out</html>", "504 Gateway Time-out", ()),
        (b"<html>not found</html>", "404 Not Found", ()),
        (ORDERED, "500 Internal Server Error", ()),
        (REFUSED, "500 Internal Server Error", ()),
        (REFUSED, "502 Bad Gateway", ()),
        (REFUSED, "503 Service Unavailable", ()),
        (REFUSED, "400 Bad Request", ()),
        (REFUSED, "404 Not Found", ()),
        (REFUSED, "422 Unprocessable Content", ()),
        (REFUSED, "302 Found", ("Location: /elsewhere",)),
        (REFUSED, "301 Moved", ("Location: https://[broken",)),
        (REFUSED, "304 Not Modified", ()),
        (REFUSED, "206 Partial Content", ()),
        (REFUSED, "299 Odd", ()),
        (REFUSED[:-1], "200 OK", ()),
        (REFUSED + b"<b>Warning</b>", "200 OK", ()),
        (b"\x00\xff\x1b", "200 OK", ()),
        (b"", "200 OK", ()),
        (b"7", "200 OK", ()),
        (gzip.compress(REFUSED, mtime=0), "200 OK", ("Content-Encoding: gzip",)),
        (REFUSED, "200 OK", ("Content-Encoding: br",)),
        (REFUSED, "200 OK", ("Content-Encoding: identity, gzip",)),
    ],
)
async def test_any_other_answer_is_unreadable_and_never_a_refusal(
    client: SiteClient,
    says: Says,
    heads: list[bytes],
    ask: Ask,
    body: bytes,
    status: str,
    headers: tuple[str, ...],
) -> None:
    """Gateways, error pages and half a reply all come after the site may have done what was asked."""
    says(body, status, *headers)
    error = await error_of(ask, client)
    assert isinstance(error, Unreadable)
    assert error.whole_refusal is False
    assert error.evidence.request_sent is True
    assert error.evidence.status == int(status[:3])
    assert error.evidence.raw == (b"" if status.startswith("304") else body)
    assert len(heads) == 1


@EVERY_CALL
async def test_a_body_without_its_length_that_was_cut_is_unreadable(
    client: SiteClient, script: list[object], ask: Ask
) -> None:
    """HTTP cannot tell that it was cut; the JSON can."""
    script[:] = [HEAD + b"\r\n" + REFUSED[:-4]]
    assert isinstance(await error_of(ask, client), Unreadable)


@EVERY_CALL
async def test_something_that_speaks_no_http_is_unreadable(
    client: SiteClient, script: list[object], ask: Ask
) -> None:
    """A mail server on the port, for example."""
    script[:] = [b"+OK POP3 ready\r\n\r\n"]
    error = await error_of(ask, client)
    assert isinstance(error, Unreadable)
    assert (error.evidence.request_sent, error.evidence.status) == (True, None)


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
async def test_an_unauthorized_call_blames_the_key_but_proves_no_refusal(
    client: SiteClient, says: Says, status: str
) -> None:
    """Who answers so may be a firewall in front of the site, after the site."""
    says(REFUSED, status)
    for name in ("balance", "order", "message", "cancel"):
        error = await error_of(CALLS[name], client)
        assert isinstance(error, KeyRejected)
        assert error.whole_refusal is False
        assert error.evidence.request_sent is True


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
async def test_a_call_without_a_key_blames_no_key(client: SiteClient, says: Says, status: str) -> None:
    """The key was not even sent."""
    says(b"", status)
    assert isinstance(await error_of(CALLS["categories"], client), Unreadable)


@EVERY_CALL
@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        (("429 Too Many Requests", "Retry-After: 2"), 2.0),
        (("429 Too Many Requests", "Retry-After: 99999999999999999999999"), 300.0),
        (("429 Too Many Requests", "Retry-After: " + "9" * 5000), 300.0),
        (("429 Too Many Requests", "Retry-After: -1"), None),
        (("429 Too Many Requests", "Retry-After: soon"), None),
        (("429 Too Many Requests", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"), 0.0),
        (("429 Too Many Requests", "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT"), 300.0),
        (("429 Too Many Requests", "Retry-After: Fri, 31 Dec 99999999 23:59:59 GMT"), None),
        (("429 Too Many Requests", "Server: x"), None),
        (("503 Service Unavailable", "Retry-After: 7"), 7.0),
        (("503 Service Unavailable", "Retry-After:"), None),
    ],
)
async def test_a_busy_site_says_how_long_to_wait(
    client: SiteClient, says: Says, ask: Ask, lines: tuple[str, str], seconds: float | None
) -> None:
    """In seconds or as a date, never longer than five minutes; it proves nothing about money."""
    says(REFUSED, *lines)
    error = await error_of(ask, client)
    assert isinstance(error, Busy)
    assert error.retry_after_seconds == seconds
    assert error.whole_refusal is False


@EVERY_CALL
async def test_a_refusal_is_whole_and_its_reply_is_kept(client: SiteClient, says: Says, ask: Ask) -> None:
    """The evidence goes to the journal."""
    says(REFUSED)
    error = await error_of(ask, client)
    assert isinstance(error, Refused)
    assert (error.evidence.status, error.evidence.raw, error.whole_refusal) == (200, REFUSED, True)
    assert 0 < error.evidence.seconds < 5


@EVERY_CALL
async def test_a_closed_port_proves_that_nothing_was_sent(new_client: NewClient, ask: Ask) -> None:
    """The system says so itself."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = await error_of(ask, new_client(f"http://127.0.0.1:{port}"))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent) == (Reason.CONNECT_REFUSED, False)
    assert error.whole_refusal is False


@pytest.mark.parametrize("host", ["x" * 64 + ".example", "a..b", "xn--\u00fc.example"])
async def test_a_name_that_cannot_be_proves_that_nothing_was_sent(new_client: NewClient, host: str) -> None:
    """Even where the name does not get as far as the network."""
    error = await error_of(ORDER, new_client(f"http://{host}"))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent) == (Reason.NAME, False)


async def test_an_untrusted_certificate_proves_that_nothing_was_sent(
    new_client: NewClient, tls_url: str, heads: list[bytes]
) -> None:
    """The key never leaves."""
    error = await error_of(ORDER, new_client(tls_url))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent, heads) == (Reason.TLS, False, [])


async def test_a_trusted_certificate_is_no_obstacle(
    new_client: NewClient, trusted_tls_url: str, says: Says
) -> None:
    """The failures above would prove nothing if this did not work."""
    says(ORDERED)
    assert (await new_client(trusted_tls_url).order("32")).number_id == "75"


@pytest.mark.parametrize(
    ("steps", "reason"),
    [([], Reason.LOST), (["reset"], Reason.LOST), ([HEAD + b"Content-Length: 9\r\n\r\n{"], Reason.LOST)],
)
async def test_a_reply_lost_behind_tls_is_lost_and_no_matter_of_the_certificate(
    new_client: NewClient, trusted_tls_url: str, script: list[object], steps: list[object], reason: Reason
) -> None:
    """The person would look for the mistake in the wrong place."""
    script[:] = steps
    error = await error_of(ORDER, new_client(trusted_tls_url))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent) == (reason, True)


async def test_noise_within_tls_after_the_request_counts_as_sent(
    new_client: NewClient, trusted_tls_url: str, script: list[object]
) -> None:
    """FACTS: it comes up as a bare SSLError, which httpx does not wrap."""
    script[:] = ["below tls"]
    error = await error_of(ORDER, new_client(trusted_tls_url))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent) == (Reason.TLS, True)


async def test_a_handshake_that_hangs_proves_that_nothing_was_sent(
    new_client: NewClient, site_url: str, connections: list[StreamWriter]
) -> None:
    """The connect has a timer of its own, shorter than the deadline; it is not repeated in here."""
    slow = replace(QUICK, connect_seconds=0.2, money_deadline_seconds=30)
    error = await error_of(ORDER, new_client(site_url.replace("http:", "https:"), timeouts=slow))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent) == (Reason.TIMEOUT, False)
    assert error.evidence.seconds < 5
    assert len(connections) == 1


async def test_a_handshake_under_way_at_the_deadline_proves_that_nothing_was_sent(
    new_client: NewClient, site_url: str
) -> None:
    """The transport never came to the request."""
    error = await error_of(ORDER, new_client(site_url.replace("http:", "https:"), timeouts=QUICK))
    assert isinstance(error, NotReached)
    assert (error.reason, error.evidence.request_sent) == (Reason.TIMEOUT, False)


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (socket.gaierror(-2, "Name or service not known"), Reason.NAME),
        (ConnectionRefusedError(111, "refused"), Reason.CONNECT_REFUSED),
        (
            ExceptionGroup("", [OSError("x"), ExceptionGroup("", [ConnectionRefusedError()])]),
            Reason.CONNECT_REFUSED,
        ),
        (ssl.SSLCertVerificationError("no"), Reason.TLS),
        (TimeoutError(), Reason.TIMEOUT),
        (OSError(101, "Network is unreachable"), Reason.NETWORK),
    ],
)
def test_the_reason_is_found_however_deep_it_lies(cause: Exception, reason: Reason) -> None:
    """The outermost exception says no more than that the connect failed."""
    middle = RuntimeError()
    middle.__context__ = cause
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = middle
    assert trouble_of(error) is reason


def test_errors_that_httpx_does_not_wrap_have_a_reason_too() -> None:
    """FACTS: bare SSLErrors and ExceptionGroups come up."""
    assert trouble_of(ssl.SSLError("record layer failure")) is Reason.TLS
    assert trouble_of(ExceptionGroup("", [ValueError()])) is Reason.LOST


@pytest.mark.parametrize("reply", ["lost", "hang", "page", "500", "302", "gzip", "huge", "mail", "429", "403"])
async def test_nobody_is_told_to_try_again_where_money_may_have_moved(
    new_client: NewClient, script: list[object], http: Callable[..., bytes], reply: str
) -> None:
    """After an order that may have been carried out, trying again is the one wrong thing to do."""
    scripts: dict[str, list[object]] = {
        "lost": [],
        "hang": ["hang"],
        "page": [http(b"<html></html>")],
        "500": [http(b"", "500 Oops")],
        "302": [http(b"", "302 Found", "Location: /")],
        "gzip": [http(b"", "200 OK", "Content-Encoding: gzip")],
        "huge": [http(b"x" * 300_000)],
        "mail": [b"+OK POP3 ready\r\n\r\n"],
        "429": [http(b"", "429 Slow")],
        "403": [http(b"", "403 No")],
    }
    script[:] = scripts[reply]
    client = new_client(timeouts=QUICK) if reply == "hang" else new_client()
    for ask in (CALLS["order"], CALLS["cancel"]):
        told = str(await error_of(ask, client))
        assert "compare your balance" in told
        assert "ry again" not in told
    told = str(await error_of(CALLS["balance"], client))
    assert "compare your balance" not in told
    assert len(told.split(". ")) >= 2, "what happened, then what to do"
