"""The key is in the request on the wire, and nowhere else: no log, error, traceback or evidence shows it."""

import asyncio
import gc
import html
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from urllib.parse import quote

import httpx
import pytest

from snum_tui.domain.site import ApiKey
from snum_tui.provider.client import SiteClient, Timeouts
from snum_tui.provider.errors import SiteError
from snum_tui.provider.key_place import PLACEHOLDER, KeyPlace
from snum_tui.provider.transport import open_transport

NewClient = Callable[..., SiteClient]
Http = Callable[..., bytes]
KEY = 'S3CRET<ş>"k&y"/2f'
FORMS = (KEY, quote(KEY, safe=""), json.dumps(KEY)[1:-1], html.escape(KEY))
TRACES = ("S3CRET", "%C5%9F", "k&y", "k%26y")
# Many small ticks: each lets the server on the same loop move on, however busy the machine is.
QUICK = Timeouts(connect_seconds=5, read_deadline_seconds=0.2, money_deadline_seconds=0.2, tick_seconds=0.005)
HEAD = b"HTTP/1.1 200 OK\r\n"
ECHO = "The requested URL /api/" + "/getBalance was not found; ".join(FORMS)


def told(error: BaseException) -> Iterator[str]:
    """Everything that a log, a crash screen or a curious engineer could show of an error."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        waiting += [link.__cause__, link.__context__]
        yield f"{link} {link!r} {link.args!r} {vars(link)!r} {getattr(link, '__notes__', '')}"
        shown = traceback.TracebackException.from_exception(link, capture_locals=True, compact=False)
        yield "".join(shown.format())
    if isinstance(error, SiteError):
        yield f"{error.sentence} {error.evidence} {error.evidence.raw!r}"


def assert_hidden(text: str) -> None:
    """Fail if any form of the key is in the text."""
    assert [trace for trace in TRACES if trace in text] == []


FAILURES: dict[str, list[object]] = {
    "lost": [],
    "reset": ["reset"],
    "hang": ["hang"],
    "half a head": [b"HTTP/1.1 20", "hang"],
    "half a body": [HEAD + b"Content-Length: 9999\r\n\r\n" + ECHO.encode()],
    "cut within the key": [HEAD + b"Content-Length: 9999\r\n\r\nThe URL /api/" + quote(KEY, safe="").encode()[:-2]],
    "no http": [b"+OK " + ECHO.encode() + b"\r\n\r\n"],
    "bad length": [HEAD + b"Content-Length: -" + FORMS[1].encode() + b"\r\n\r\n"],
    "bad header": [HEAD + b"\x00" + FORMS[1].encode() + b": 1\r\n\r\n"],
    "reason": [b"HTTP/1.1 404 " + FORMS[1].encode() + b"\r\nContent-Length: 0\r\n\r\n"],
}
ANSWERS: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "page": (ECHO.encode(), "200 OK", ()),
    "not found": (ECHO.encode(), "404 Not Found", ()),
    "fault": (ECHO.encode(), "500 Oops", ()),
    "redirect": (b"", "302 Found", (f"Location: https://example.com/api/{FORMS[1]}/getBalance",)),
    "unauthorized": (ECHO.encode(), "401 No", ()),
    "busy": (ECHO.encode(), "429 Slow", (f"Retry-After: {FORMS[1]}",)),
    "encoded": (ECHO.encode(), "200 OK", (f"Content-Encoding: {FORMS[1]}",)),
    "huge": (ECHO.encode() * 5000, "200 OK", ()),
    "refused": (json.dumps({"success": False, "title": "x", "message": f"Key {KEY}?"}).encode(), "200 OK", ()),
    "refused in escapes": (
        b'{"success":false,"title":"' + "".join(f"\\u{ord(c):04x}" for c in KEY).encode() + b'"}',
        "200 OK",
        (),
    ),
    "key refused": (json.dumps({"success": False, "message": f"Invalid API key {KEY}"}).encode(), "200 OK", ()),
    "wrong shape": (
        json.dumps({"success": KEY, "number_id": KEY, "status": KEY, "balance": KEY}).encode(),
        "200 OK",
        (),
    ),
}


@pytest.mark.parametrize("name", [*FAILURES, *ANSWERS])
@pytest.mark.parametrize("call", ["balance", "order", "message", "cancel"])
async def test_no_failure_shows_the_key(
    new_client: NewClient,
    script: list[object],
    heads: list[bytes],
    http: Http,
    caplog: pytest.LogCaptureFixture,
    call: str,
    name: str,
) -> None:
    """Every failure, with every logger at its most talkative and every local variable laid open."""
    script[:] = (
        FAILURES[name] if name in FAILURES else [http(ANSWERS[name][0], ANSWERS[name][1], *ANSWERS[name][2])]
    )
    client = new_client(key=KEY, timeouts=QUICK) if "hang" in script else new_client(key=KEY)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "httpcore"):
        asyncio.get_running_loop().set_debug(True)
        error = await failed(client, call)
    assert quote(KEY, safe="").encode() in heads[0], "else this test would prove nothing"
    for text in told(error):
        assert_hidden(text)
    assert_hidden(f"{client!r} {client} {vars(client)!r} {[vars(part) for part in vars(client).values()]!r}")
    assert_hidden(f"{caplog.text} {[vars(record) for record in caplog.records]!r}")


async def failed(client: SiteClient, call: str) -> SiteError:
    """Make a call as the engine does, in a task of its own, and return its error."""
    item_id = () if call == "balance" else ("32",)
    task = asyncio.create_task(getattr(client, call)(*item_id))
    await asyncio.wait({task})
    assert_hidden(repr(task))
    error = task.exception()
    assert isinstance(error, SiteError)
    return error


@pytest.mark.parametrize("host", ["http://127.0.0.1:1", "https://[::1]:1", "http://a..b", "http://x:99999"])
@pytest.mark.parametrize(
    "proxy", [None, "http://127.0.0.1:1", "socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://[x"]
)
async def test_no_way_to_fail_before_the_send_shows_the_key(
    new_client: NewClient, caplog: pytest.LogCaptureFixture, host: str, proxy: str | None
) -> None:
    """Bad addresses and bad proxies included."""
    with caplog.at_level(logging.DEBUG):
        error = await failed(new_client(host, key=KEY, timeouts=QUICK, proxy=proxy), "order")
    assert error.evidence.request_sent is False
    for text in told(error):
        assert_hidden(text)
    assert_hidden(caplog.text)


async def test_a_reply_that_repeats_the_key_is_kept_without_it(
    new_client: NewClient, script: list[object], http: Http
) -> None:
    """The raw reply of an order goes to the journal."""
    body = json.dumps({"success": True, "number_id": 75, "number": "+77", "url": f"/api/{KEY}/x"}).encode()
    script.append(http(body))
    ordered = await new_client(key=KEY).order("32")
    assert ordered.raw == b'{"success": true, "number_id": 75, "number": "+77", "url": "/api/(key)/x"}'
    assert_hidden(repr(ordered))


@pytest.mark.parametrize("form", FORMS)
def test_a_key_cut_anywhere_at_the_end_of_a_reply_is_taken_out(form: str) -> None:
    """Deadlines and caps cut replies between any two bytes, within letters too."""
    place, whole = KeyPlace(ApiKey(KEY)), form.encode()
    for length in range(4, len(whole) + 1):
        assert place.hide_in(b"page /api/" + whole[:length]) in {b"page /api/", b"page /api/(key)"}


async def test_a_short_key_does_not_tear_holes_into_replies(
    new_client: NewClient, script: list[object], http: Http
) -> None:
    """A key such as 75 would be found in ids and numbers."""
    body = b'{"success":true,"number_id":75,"number":"+7507"}'
    script.append(http(body))
    ordered = await new_client(key="75").order("32")
    assert (ordered.number_id, ordered.number, ordered.raw) == ("75", "+7507", body)


async def test_a_key_that_no_encoding_knows_is_no_reason_to_show_it(
    new_client: NewClient, script: list[object], http: Http
) -> None:
    """A lone surrogate raises an error that holds the whole string, unless it is quoted with care."""
    script.append(http(b"<html></html>"))
    error = await failed(new_client(key="S3CRET\udc80key"), "order")
    for text in told(error):
        assert_hidden(text)


async def test_a_request_before_the_lowest_transport_holds_no_key(site_url: str, script: list[object]) -> None:
    """What our own code holds is a placeholder, and it stays one."""
    script.append("hang")
    request = httpx.Request("GET", f"{site_url}/api/{PLACEHOLDER}/getBalance", extensions={"timeout": {}})
    transport = open_transport(KeyPlace(ApiKey(KEY)), None, keep_alive=False)
    task = asyncio.create_task(transport.handle_async_request(request))
    await asyncio.sleep(0.05)
    assert request.url.path == f"/api/{PLACEHOLDER}/getBalance"
    assert_hidden(f"{request!r} {request.url} {vars(request)!r} {transport!r} {vars(transport)!r}")
    task.cancel()
    await asyncio.wait({task})
    await transport.aclose()


async def test_nothing_that_outlives_a_call_remembers_the_request(
    new_client: NewClient, script: list[object], http: Http
) -> None:
    """Else a heap dump, or an error raised later, could show the path."""
    script[:] = [http(b'{"balance":1}'), "again"]
    client = new_client(key=KEY)
    await client.balance()
    gc.collect()
    urls = [thing for thing in gc.get_objects() if isinstance(thing, httpx.URL)]
    assert [url for url in urls if "S3CRET" in url.path] == []


def test_the_key_cannot_be_printed_copied_or_pickled() -> None:
    """`reveal` is its only way out."""
    key = ApiKey(KEY)
    assert_hidden(f"{key} {key!r} {key!s:>40} {[key]} {{'key': key}}" + "%s %r" % (key, key))  # noqa: UP031 - one way
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        json.dumps(key)
