"""The fault plan: which call goes wrong, how, and which time it is asked.

One fault is written `CALL:KIND@WHICH%SHARE`: `getNumber:drop-reply@3`, `getMessage:500@2-5`, `*:stall@4+%20`.
CALL is one of the seven calls or `*`; KIND one of the kinds below; WHICH, counted from 1 over the requests that
CALL fits since the fault was set, is `3`, `2-5`, `4+` or `*` (all, as when left out); SHARE is the percentage of
those that are struck (all of them when left out).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.words import N_

CALLS = (
    "getCategories",
    "getServices",
    "getServiceDetails",
    "getBalance",
    "getNumber",
    "getMessage",
    "cancelNumber",
)


class FaultKind(StrEnum):
    """What goes wrong. `executes` tells whether the site does what was asked (charges!) before it does."""

    DROP_REPLY = "drop-reply"
    DROP_REQUEST = "drop-request"
    STALL = "stall"
    CUT = "cut"
    CUT_PLAIN = "cut-plain"
    DRIP = "drip"
    GARBAGE = "garbage"
    HTML = "html"
    PHP_NOTICE = "php-notice"
    STATUS_500 = "500"
    STATUS_500_BEFORE = "500-before"
    STATUS_502 = "502"
    STATUS_429 = "429"
    REFUSE = "refuse"
    REDIRECT = "redirect"
    RESET = "reset"
    DUPLICATE_ID = "duplicate-id"

    @property
    def executes(self) -> bool:
        """Whether the call is done before the fault strikes."""
        return self not in _NOT_EXECUTED


_NOT_EXECUTED = frozenset(
    {FaultKind.DROP_REQUEST, FaultKind.STATUS_500_BEFORE, FaultKind.STATUS_429, FaultKind.REFUSE}
)

KIND_MEANINGS: dict[FaultKind, str] = {
    FaultKind.DROP_REPLY: N_("executed, then the connection closes without a byte"),
    FaultKind.DROP_REQUEST: N_("not executed, the connection closes without a byte"),
    FaultKind.STALL: N_("executed, never answered; the connection stays until the client hangs up"),
    FaultKind.CUT: N_("executed, whole headers with the whole Content-Length, then half the body"),
    FaultKind.CUT_PLAIN: N_("executed, no Content-Length, half the body, then the connection closes"),
    FaultKind.DRIP: N_("executed, headers at once, then the body one byte at a time"),
    FaultKind.GARBAGE: N_("executed, status 200 with binary junk"),
    FaultKind.HTML: N_("executed, status 200 with an HTML page"),
    FaultKind.PHP_NOTICE: N_("executed, status 200 with a PHP notice in front of the JSON"),
    FaultKind.STATUS_500: N_("executed, status 500 with an HTML page"),
    FaultKind.STATUS_500_BEFORE: N_("not executed, status 500 with an HTML page"),
    FaultKind.STATUS_502: N_("executed, status 502 with a gateway's HTML page"),
    FaultKind.STATUS_429: N_("not executed, status 429 with Retry-After: 2"),
    FaultKind.REFUSE: N_("not executed, a whole and well-formed success:false, for the lists too"),
    FaultKind.REDIRECT: N_("executed, status 302 to the same address"),
    FaultKind.RESET: N_("executed, then the connection is reset (RST)"),
    FaultKind.DUPLICATE_ID: N_("getNumber only: executed, answered with a number id handed out before"),
}

_WRITTEN = re.compile(
    r"(?P<call>\*|[A-Za-z]+):(?P<kind>[a-z0-9-]+)"
    r"(?:@(?P<which>\*|\d{1,9}\+?|\d{1,9}-\d{1,9}))?(?:%(?P<share>\d{1,3}(?:\.\d{1,4})?))?"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the plan: strikes the `first`-th to the `last`-th (None: every later) fitting request."""

    call: str
    kind: FaultKind
    first: int = 1
    last: int | None = None
    share: float = 1.0

    def fits(self, call: str) -> bool:
        """Tell whether requests of this call are counted."""
        return self.call in {"*", call}

    def reaches(self, nth: int) -> bool:
        """Tell whether the `nth` fitting request (from 1) is within WHICH."""
        return self.first <= nth and (self.last is None or nth <= self.last)


def read_fault(text: str) -> Fault:
    """Read one fault as it is written on the command line. Raises BadOption with a sentence."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise BadOption(
            N_("{fault} is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3."), fault=repr(text)
        )
    call = match["call"]
    if call != "*" and call not in CALLS:
        raise BadOption(
            N_("{call} in {fault} is no call: write * or one of {names}."),
            call=repr(call),
            fault=repr(text),
            names=", ".join(CALLS),
        )
    if match["kind"] not in set(FaultKind):
        raise BadOption(
            N_("{kind} in {fault} is no kind of fault: write one of {names}."),
            kind=repr(match["kind"]),
            fault=repr(text),
            names=", ".join(FaultKind),
        )
    kind = FaultKind(match["kind"])
    if kind is FaultKind.DUPLICATE_ID and call != "getNumber":
        raise BadOption(N_("{fault} cannot be: {kind} is for getNumber only."), fault=repr(text), kind=kind)
    first, last = _read_which(match["which"] or "*", text)
    return Fault(call, kind, first, last, _read_share(match["share"], text))


def _read_which(which: str, text: str) -> tuple[int, int | None]:
    if which == "*":
        return 1, None
    if which.endswith("+"):
        first, last = int(which[:-1]), None
    elif "-" in which:
        first, last = (int(part) for part in which.split("-"))
    else:
        first = last = int(which)
    if first < 1 or (last is not None and last < first):
        raise BadOption(
            N_("@{which} in {fault} cannot be: requests count from 1, and a range goes upwards."),
            which=which,
            fault=repr(text),
        )
    return first, last


def _read_share(share: str | None, text: str) -> float:
    if share is None:
        return 1.0
    percent = float(share)
    if not 0 < percent <= 100:
        raise BadOption(
            N_("%{share} in {fault} cannot be: write a percentage above 0 and up to 100."),
            share=share,
            fault=repr(text),
        )
    return percent / 100
