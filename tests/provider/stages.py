"""The table of the stages at which a call can break: what the other side does, and what that proves about money.

Two columns decide. `verdict` is what the engine makes of an order call (engine/ordering.py): a number, a refusal,
not sent, or unknown; beside it, why. `seen` is how many times the site read the whole request. The program itself
never sends it more than once, whatever the row says.
"""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from snum_tui.provider.errors import BadId, Busy, KeyRejected, Reason, Refused, SiteError, Unreadable
from snum_tui.provider.timeouts import Timeouts
from tests.provider.breaking_site import (
    Script,
    close_notify,
    drip,
    endless,
    half_handshake,
    hold,
    noise_below_tls,
    pass_on,
    pass_on_and_forget,
    pass_on_twice,
    read,
    read_a_little,
    read_greeting,
    redirect,
    reset,
    stall,
    tls,
    tunnel,
    until_unread,
)

# Wherever something else than time decides, there is plenty of it.
PLENTY = Timeouts(connect_seconds=30, read_deadline_seconds=30, money_deadline_seconds=30, tick_seconds=0.02)
CALL_ENDS_SOON = Timeouts(connect_seconds=30, money_deadline_seconds=0.15, tick_seconds=0.01)
CONNECT_ENDS_SOON = Timeouts(connect_seconds=0.1, money_deadline_seconds=30, tick_seconds=0.02)

NOTICE = b"<br />\n<b>Notice</b>:  Undefined offset: [0] {x} in <b>/home/api.php</b> on line <b>12</b><br />\n"
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'
NO_STOCK = b'{"success":false,"title":"","message":"Stok yok"}'
PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body></body></html>"


class Outcome(StrEnum):
    """What the engine makes of a call; a cancel is accepted where an order brings a number."""

    NUMBER = "number"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"


class Door(Enum):
    """How the site takes connections."""

    OPEN = "everybody is taken in"
    LATE = "the system takes them; the site only once the call is over"
    FULL = "the queue is full, and nobody is taken in"
    SHUT = "nobody listens"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a call must come to. `why` is the error's class, or the reason of a NotReached; None for an answer."""

    outcome: Outcome
    why: type[SiteError] | Reason | None = None


NUMBER, ACCEPTED = Verdict(Outcome.NUMBER), Verdict(Outcome.ACCEPTED)
REFUSED = Verdict(Outcome.REFUSED, Refused)
KEY_REFUSED = Verdict(Outcome.REFUSED, KeyRejected)
UNREADABLE = Verdict(Outcome.UNKNOWN, Unreadable)
BUSY = Verdict(Outcome.UNKNOWN, Busy)
BROKEN_TLS = Verdict(Outcome.UNKNOWN, Reason.TLS)
MAYBE_THE_KEY = Verdict(Outcome.UNKNOWN, KeyRejected)
LOST = Verdict(Outcome.UNKNOWN, Reason.LOST)
TIMED_OUT = Verdict(Outcome.UNKNOWN, Reason.TIMEOUT)


def not_sent(why: type[SiteError] | Reason) -> Verdict:
    """Nothing left, and the transport's trace proves it."""
    return Verdict(Outcome.NOT_SENT, why)


@dataclass(frozen=True, slots=True)
class Stage:
    """One row. `cancel` is the verdict on a cancel where it differs from the order's.

    `proxy` is the script of a proxy on the way, None where there is none. `settings` go to the SiteClient.
    """

    name: str
    site: Script
    verdict: Verdict
    seen: int
    timeouts: Timeouts = PLENTY
    cancel: Verdict | None = None
    scheme: str = "http"
    address: str = "127.0.0.1"
    host: str = ""
    door: Door = Door.OPEN
    trusted: bool = True
    proxy: Script | None = None
    settings: dict[str, Any] = field(default_factory=dict)  # Any: each setting has its own type
    item_id: str = "75"

    def verdict_on(self, call: str) -> Verdict:
        """What an order, or a cancel, must come to."""
        accepted = ACCEPTED if self.verdict is NUMBER else self.verdict
        return self.verdict if call == "order" else self.cancel or accepted


def whole(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """Write a whole response: body, status line, more header lines."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/html", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def says(body: bytes, status: str = "200 OK", *headers: str) -> Script:
    """Read the request and answer it whole."""
    return [read, whole(body, status, *headers)]


def starts(*lines: str) -> bytes:
    """Write a response's head alone."""
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode()


def chunks(*parts: bytes) -> bytes:
    """Write parts of a chunked body; an empty one is the last."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)


NOTHING: Script = ()
UNSIZED = starts("Connection: close")
CHUNKED = starts("Transfer-Encoding: chunked")
TOO_LONG = starts(f"Content-Length: {len(ORDERED) + 20}")
TOO_SHORT = starts(f"Content-Length: {len(ORDERED) - 20}")
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
TLS_ALERT = bytes.fromhex("15030100020228")
HTTP2_SETTINGS_AND_GOODBYE = bytes.fromhex("00000004000000000000000807000000000000000000000001")
BOMB = gzip.compress(b" " * 10_000_000, mtime=0)
A_NAME_TOO_LONG = ".".join(["x" * 60] * 5)

BEFORE_THE_CONNECTION = [
    Stage("an id that no path can carry", NOTHING, not_sent(BadId), 0, item_id=".."),
    Stage("no key", NOTHING, not_sent(KeyRejected), 0, settings={"key": ""}),
    Stage("a name that does not resolve", NOTHING, not_sent(Reason.NAME), 0, host=A_NAME_TOO_LONG),
    Stage("nobody listens on the port", NOTHING, not_sent(Reason.CONNECT_REFUSED), 0, door=Door.SHUT),
    Stage("a connect that is too slow", NOTHING, not_sent(Reason.TIMEOUT), 0, CONNECT_ENDS_SOON, door=Door.FULL),
    Stage("a connect at the deadline", NOTHING, not_sent(Reason.TIMEOUT), 0, CALL_ENDS_SOON, door=Door.FULL),
]

TLS = [
    Stage("no TLS there", [read_greeting, whole(PAGE, "400 Bad")], not_sent(Reason.TLS), 0, scheme="https"),
    Stage("nobody vouches for it", [tls, read], not_sent(Reason.TLS), 0, scheme="https", trusted=False),
    Stage("another's certificate", [tls, read], not_sent(Reason.TLS), 0, scheme="https", address="127.0.0.2"),
    Stage("closed on the greeting", [read_greeting], not_sent(Reason.TLS), 0, scheme="https"),
    Stage("reset on the greeting", [read_greeting, reset], not_sent(Reason.NETWORK), 0, scheme="https"),
    Stage("an alert for a greeting", [read_greeting, TLS_ALERT], not_sent(Reason.TLS), 0, scheme="https"),
    Stage("closed amid the handshake", [half_handshake], not_sent(Reason.TLS), 0, scheme="https"),
    Stage("reset amid the handshake", [half_handshake, reset], not_sent(Reason.NETWORK), 0, scheme="https"),
    Stage("a handshake too slow", [stall], not_sent(Reason.TIMEOUT), 0, CONNECT_ENDS_SOON, scheme="https"),
    Stage(
        "a handshake at the deadline",
        [half_handshake, stall],
        not_sent(Reason.TIMEOUT),
        0,
        CALL_ENDS_SOON,
        scheme="https",
    ),
    Stage("reset in TLS, request unread", [tls, until_unread, reset], LOST, 0, scheme="https"),
    Stage("closed in TLS after the request", [tls, read], LOST, 1, scheme="https"),
    Stage("closed in TLS by the book", [tls, read, close_notify], LOST, 1, scheme="https"),
    Stage("reset in TLS after the request", [tls, read, reset], LOST, 1, scheme="https"),
    Stage("noise below TLS", [tls, read, noise_below_tls, stall], BROKEN_TLS, 1, scheme="https"),
    Stage(
        "noise below TLS amid a body", [tls, read, TOO_LONG, noise_below_tls, stall], BROKEN_TLS, 1, scheme="https"
    ),
    Stage("TLS that ends amid a body", [tls, read, TOO_LONG, ORDERED], LOST, 1, scheme="https"),
    Stage("TLS that cuts an unsized body", [tls, read, UNSIZED, NO_STOCK[:-4]], UNREADABLE, 1, scheme="https"),
    Stage("TLS that works", [tls, *says(ORDERED)], NUMBER, 1, scheme="https"),
]

THE_REQUEST = [
    Stage("closed as soon as it is open", NOTHING, LOST, 0),
    Stage("closed, the request unread", [until_unread], LOST, 0),
    Stage("reset, the request unread", [until_unread, reset], LOST, 0),
    Stage("reset, the request read in part", [read_a_little, reset], LOST, 0),
    Stage("taken in too late, and served", says(ORDERED), TIMED_OUT, 1, CALL_ENDS_SOON, door=Door.LATE),
    Stage("read too late, and served", [hold, *says(ORDERED)], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("closed after the request", [read], LOST, 1),
    Stage("reset after the request", [read, reset], LOST, 1),
    Stage("silence after the request", [read, stall], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("an answer too late", [read, hold, whole(NO_STOCK)], TIMED_OUT, 1, CALL_ENDS_SOON),
]

THE_HEAD = [
    Stage("half a status line, closed", [read, b"HTTP/1.1 20"], LOST, 1),
    Stage("half a status line, silence", [read, b"HTTP/1.1 20", stall], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("a status line of garbage", [read, b"\xff\xfe garbage\r\n\r\n"], UNREADABLE, 1),
    Stage("a status that is no number", [read, b"HTTP/1.1 OK 200\r\n\r\n"], UNREADABLE, 1),
    Stage("the greeting of a mail server", [read, b"220 mail ESMTP\r\n\r\n", stall], UNREADABLE, 1),
    Stage("a body without a head", [read, NO_STOCK], LOST, 1),
    Stage("a body without a head, in lines", [read, NO_STOCK + b"\r\n\r\n"], UNREADABLE, 1),
    Stage("HTTP/2", [read, HTTP2_SETTINGS_AND_GOODBYE], UNREADABLE, 1),
    Stage("100, then closed", [read, GO_ON], LOST, 1),
    Stage("100 for ever", [read, endless(GO_ON, 0.01)], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("103, then a number", [read, b"HTTP/1.1 103 Early Hints\r\n\r\n", whole(ORDERED)], NUMBER, 1),
    Stage(
        "101, another protocol", [read, b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + NO_STOCK], UNREADABLE, 1
    ),
    Stage("closed amid the headers", [read, UNSIZED[:-6]], LOST, 1),
    Stage("reset amid the headers", [read, UNSIZED[:-6], reset], LOST, 1),
    Stage(
        "headers without end, slowly",
        [read, UNSIZED[:-2], endless(b"X: y\r\n", 0.01)],
        TIMED_OUT,
        1,
        CALL_ENDS_SOON,
    ),
    Stage("headers without end, at once", [read, UNSIZED[:-2], endless(b"X: y\r\n" * 9999, 0)], UNREADABLE, 1),
    Stage("a header without end", [read, UNSIZED[:-2], b"X: ", endless(b"y" * 9999, 0)], UNREADABLE, 1),
    Stage("a header without a colon", [read, UNSIZED[:-2] + b"nonsense\r\n\r\n" + NO_STOCK], UNREADABLE, 1),
    Stage("headers byte by byte, in time", [read, drip(UNSIZED, 0.001), ORDERED], NUMBER, 1),
    Stage("a length that is no number", [read, starts("Content-Length: many"), NO_STOCK], UNREADABLE, 1),
    Stage(
        "two lengths that differ",
        [read, starts("Content-Length: 49", "Content-Length: 9"), NO_STOCK],
        UNREADABLE,
        1,
    ),
    Stage("an encoding of transfer unheard of", [read, starts("Transfer-Encoding: x"), NO_STOCK], UNREADABLE, 1),
]

THE_BODY = [
    Stage("closed before the body", [read, TOO_LONG], LOST, 1),
    Stage("silence before the body", [read, TOO_LONG, stall], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("a sized body, cut", [read, TOO_LONG, NO_STOCK], LOST, 1),
    Stage("a sized body, reset", [read, TOO_LONG, NO_STOCK, reset], LOST, 1),
    Stage("a sized body, silence", [read, TOO_LONG, NO_STOCK, stall], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("a length too short", [read, TOO_SHORT, ORDERED], UNREADABLE, 1),
    Stage("an unsized body, whole", [read, UNSIZED, ORDERED], NUMBER, 1),
    Stage("an unsized refusal, whole", [read, UNSIZED, NO_STOCK], REFUSED, 1),
    Stage("an unsized body, cut", [read, UNSIZED, NO_STOCK[:-4]], UNREADABLE, 1),
    Stage("an unsized body, reset", [read, UNSIZED, NO_STOCK, reset], LOST, 1),
    Stage("an unsized body, silence", [read, UNSIZED, NO_STOCK, stall], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("a whole number, then reset", [read, whole(ORDERED), reset], NUMBER, 1),
    Stage("a number byte by byte, in time", [read, drip(whole(ORDERED), 0.001)], NUMBER, 1),
    Stage("a refusal too slow", [read, drip(whole(NO_STOCK), 0.01)], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("chunks, whole", [read, CHUNKED, chunks(ORDERED[:9], ORDERED[9:], b"")], NUMBER, 1),
    Stage("chunks without their last", [read, CHUNKED, chunks(NO_STOCK)], LOST, 1),
    Stage("a chunk cut", [read, CHUNKED, chunks(NO_STOCK)[:-9]], LOST, 1),
    Stage("a chunk of no size", [read, CHUNKED, b"many\r\n", NO_STOCK], UNREADABLE, 1),
    Stage("garbage after a chunk", [read, CHUNKED, chunks(NO_STOCK)[:-2], b"garbage\r\n"], UNREADABLE, 1),
    Stage("chunks, then silence", [read, CHUNKED, chunks(NO_STOCK), stall], TIMED_OUT, 1, CALL_ENDS_SOON),
    Stage("chunks without end", [read, CHUNKED, endless(chunks(b" " * 9999), 0)], UNREADABLE, 1),
    Stage("a body beyond the cap", says(NO_STOCK + b" " * 300_000), UNREADABLE, 1),
    Stage("gzip", says(gzip.compress(NO_STOCK, mtime=0), "200 OK", "Content-Encoding: gzip"), UNREADABLE, 1),
    Stage("a bomb of gzip", says(BOMB, "200 OK", "Content-Encoding: gzip"), UNREADABLE, 1),
    Stage("br, or so it says", says(NO_STOCK, "200 OK", "Content-Encoding: br"), UNREADABLE, 1),
    Stage("a second answer behind a number", [*says(ORDERED), whole(NO_STOCK)], NUMBER, 1),
]

THE_CONTENT = [
    Stage("a number", says(ORDERED), NUMBER, 1),
    Stage("a number behind a BOM", says(b"\xef\xbb\xbf" + ORDERED), NUMBER, 1),
    Stage("a number behind a notice of PHP", says(NOTICE + ORDERED), NUMBER, 1, cancel=UNREADABLE),
    Stage("a refusal", says(NO_STOCK), REFUSED, 1),
    Stage("a refusal of the key", says(b'{"success":false,"message":"Invalid API key"}'), KEY_REFUSED, 1),
    Stage("a refusal in words of strings", says(b'{"success":"false","message":"Stok yok"}'), REFUSED, 1),
    Stage("a refusal behind a notice of PHP", says(NOTICE + NO_STOCK), UNREADABLE, 1),
    Stage("a refusal cut in its JSON", says(NO_STOCK[:-1]), UNREADABLE, 1),
    Stage("a refusal with a number in it", says(ORDERED.replace(b"true", b"false")), UNREADABLE, 1, cancel=REFUSED),
    Stage("a refusal, then a number", says(NO_STOCK + ORDERED), UNREADABLE, 1),
    Stage("two refusals", says(NO_STOCK + NO_STOCK), UNREADABLE, 1),
    Stage("success told twice", says(b'{"success":true,"success":false,"message":""}'), UNREADABLE, 1),
    Stage("success untold", says(b'{"title":"","message":"Stok yok"}'), UNREADABLE, 1),
    Stage("a refusal with NaN", says(b'{"success":false,"balance":NaN}'), UNREADABLE, 1),
    Stage("no number id", says(b'{"success":true,"number":"+77073076157"}'), UNREADABLE, 1, cancel=ACCEPTED),
    Stage("an empty number id", says(ORDERED.replace(b"75,", b'"",')), UNREADABLE, 1, cancel=ACCEPTED),
    Stage("a number id of brackets", says(ORDERED.replace(b"75,", b"{},")), UNREADABLE, 1, cancel=ACCEPTED),
    Stage("nothing", says(b""), UNREADABLE, 1),
    Stage("null", says(b"null"), UNREADABLE, 1),
    Stage("[]", says(b"[]"), UNREADABLE, 1),
    Stage("a page", says(PAGE), UNREADABLE, 1),
    Stage("JSON of another alphabet", says(NO_STOCK.decode().encode("utf-16")), UNREADABLE, 1),
]

THE_STATUS = [
    Stage("201", says(ORDERED, "201 Created"), NUMBER, 1),
    Stage("204", [read, b"HTTP/1.1 204 No Content\r\n\r\n"], UNREADABLE, 1),
    Stage("206", says(NO_STOCK, "206 Partial Content"), UNREADABLE, 1),
    *(
        Stage(f"{status} to the same path", [read, redirect(status)], UNREADABLE, 1)
        for status in ("301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent")
    ),
    Stage("302 with a refusal", says(NO_STOCK, "302 Found", "Location: /login"), UNREADABLE, 1),
    Stage("400 with a refusal", says(NO_STOCK, "400 Bad Request"), UNREADABLE, 1),
    Stage("401", says(NO_STOCK, "401 Unauthorized"), MAYBE_THE_KEY, 1),
    Stage("403", says(PAGE, "403 Forbidden"), MAYBE_THE_KEY, 1),
    Stage("404", says(PAGE, "404 Not Found"), UNREADABLE, 1),
    Stage("408 before it was asked", [whole(b"", "408 Request Timeout"), until_unread], UNREADABLE, 0),
    Stage("429 with a refusal", says(NO_STOCK, "429 Too Many Requests"), BUSY, 1),
    Stage("500 with a refusal", says(NO_STOCK, "500 Internal Server Error"), UNREADABLE, 1),
    Stage("500 with a number", says(ORDERED, "500 Internal Server Error"), UNREADABLE, 1),
    Stage("502", says(PAGE, "502 Bad Gateway"), UNREADABLE, 1),
    Stage("503", says(NO_STOCK, "503 Service Unavailable"), UNREADABLE, 1),
    Stage("503 that asks to retry", says(b"", "503 Service Unavailable", "Retry-After: 0"), BUSY, 1),
    Stage("504", says(PAGE, "504 Gateway Timeout"), UNREADABLE, 1),
]

# A proxy sees a plain request whole, and may have passed it on whatever it says; of a CONNECT it learns no path.
A_PROXY = [
    Stage("no proxy there", NOTHING, not_sent(Reason.PROXY), 0, settings={"proxy": "http://127.0.0.1:1"}),
    Stage("a proxy unheard of", NOTHING, not_sent(Reason.PROXY), 0, settings={"proxy": "ftp://127.0.0.1"}),
    Stage("407 to a plain request", NOTHING, UNREADABLE, 0, proxy=says(b"", "407 Proxy Authentication Required")),
    Stage("502 to a plain request", NOTHING, UNREADABLE, 0, proxy=says(PAGE, "502 Bad Gateway")),
    Stage("a plain request to a portal", NOTHING, UNREADABLE, 0, proxy=says(PAGE)),
    Stage("a proxy that closes on a plain request", NOTHING, LOST, 0, proxy=[read]),
    Stage("a proxy that loses the answer", says(ORDERED), LOST, 1, proxy=[read, pass_on_and_forget]),
    Stage("a proxy that asks twice", says(ORDERED), NUMBER, 2, proxy=[read, pass_on_twice]),
    Stage("a proxy that passes on", says(NO_STOCK), REFUSED, 1, proxy=[read, pass_on]),
    *(
        Stage(f"{status} to CONNECT", NOTHING, not_sent(Reason.PROXY), 0, scheme="https", proxy=says(b"", status))
        for status in ("302 Found", "403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway")
    ),
    Stage("CONNECT, closed", NOTHING, not_sent(Reason.PROXY), 0, scheme="https", proxy=[read]),
    Stage("CONNECT, reset", NOTHING, not_sent(Reason.PROXY), 0, scheme="https", proxy=[read, reset]),
    Stage(
        "CONNECT, silence", NOTHING, not_sent(Reason.PROXY), 0, CALL_ENDS_SOON, scheme="https", proxy=[read, stall]
    ),
    Stage("CONNECT, garbage", NOTHING, not_sent(Unreadable), 0, scheme="https", proxy=[read, b"garbage\r\n\r\n"]),
    Stage(
        "a way that is closed",
        NOTHING,
        not_sent(Reason.TLS),
        0,
        scheme="https",
        proxy=[read, CONNECTED, read_greeting],
    ),
    Stage(
        "a way that is silent",
        NOTHING,
        not_sent(Reason.PROXY),
        0,
        CONNECT_ENDS_SOON,
        scheme="https",
        proxy=[read, CONNECTED, stall],
    ),
    Stage(
        "a way that speaks no TLS",
        NOTHING,
        not_sent(Reason.TLS),
        0,
        scheme="https",
        proxy=[read, CONNECTED, read_greeting, whole(NO_STOCK)],
    ),
    Stage(
        "a proxy that would read along",
        NOTHING,
        not_sent(Reason.TLS),
        0,
        scheme="https",
        trusted=False,
        proxy=[read, CONNECTED, tls, read],
    ),
    Stage("a way that ends at a reset", [tls, read, reset], LOST, 1, scheme="https", proxy=[read, tunnel]),
    Stage("a way that works", [tls, *says(ORDERED)], NUMBER, 1, scheme="https", proxy=[read, tunnel]),
]

STAGES: Sequence[Stage] = (
    *BEFORE_THE_CONNECTION,
    *TLS,
    *THE_REQUEST,
    *THE_HEAD,
    *THE_BODY,
    *THE_CONTENT,
    *THE_STATUS,
    *A_PROXY,
)
