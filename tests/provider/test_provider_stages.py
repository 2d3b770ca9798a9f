"""Every stage at which an order or a cancel can break: what it proves, and that it was sent once at most.

The money rule: `not sent` only where the transport's trace proves it; a refusal only on a whole, well-formed
`success:false`; all the rest is unknown. No redirect is followed, and nothing is ever repeated.
"""

import asyncio
import gc
import os
import resource
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager

import pytest

from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.provider import transport
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import NotReached, Reason, SiteError
from tests.provider.breaking_site import PEM, BreakingHost, hold, read, stall
from tests.provider.stages import (
    CALL_ENDS_SOON,
    NUMBER,
    ORDERED,
    PLENTY,
    STAGES,
    TIMED_OUT,
    TOO_LONG,
    Door,
    Outcome,
    Stage,
    Verdict,
    not_sent,
    says,
    whole,
)

KEY = "0123456789abcdef0123456789abcdef"
CALLS = ("order", "cancel")


class Way:
    """The way from the program to the site: the site itself, and a proxy where there is one."""

    def __init__(self, url: str, site: BreakingHost, proxy: BreakingHost | None) -> None:
        self.url = url
        self.site = site
        self.proxy = proxy

    @property
    def first(self) -> BreakingHost:
        """Whoever stands nearest to the program; what arrives here is what the program sent."""
        return self.proxy or self.site


@contextmanager
def way_of(stage: Stage) -> Iterator[Way]:
    """Build what a row describes."""
    with ExitStack() as stack:
        site = stack.enter_context(BreakingHost(stage.site, address=stage.address, late=stage.door is Door.LATE))
        proxy = None
        if stage.proxy is not None:
            proxy = stack.enter_context(BreakingHost(stage.proxy, far=site.address))
        port = site.address[1]
        if stage.door is Door.SHUT:
            site.shut()
        elif stage.door is Door.FULL:
            port = stack.enter_context(full_port())
        yield Way(f"{stage.scheme}://{stage.host or stage.address}:{port}", site, proxy)


@contextmanager
def full_port() -> Iterator[int]:
    """A port whose queue is full, so that who connects hears nothing. Linux lets in one more than it holds."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as stack:
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@asynccontextmanager
async def client_on(way: Way, stage: Stage) -> AsyncIterator[SiteClient]:
    """A client that goes this way."""
    settings = {"key": KEY, "proxy": way.proxy and "http://{}:{}".format(*way.proxy.address), **stage.settings}
    key = ApiKey(settings["key"])
    client = SiteClient(SiteAddress(way.url), key, timeouts=stage.timeouts, proxy=settings["proxy"])
    yield client
    await client.aclose()


async def ask(client: SiteClient, call: str, item_id: str) -> tuple[Verdict, SiteError | None]:
    """Make a call, and judge it as the engine does (engine/ordering.py, engine/cancelling.py)."""
    try:
        if call == "order":
            await client.order(item_id)
        else:
            await client.cancel(item_id)
    except SiteError as error:
        why = error.reason if isinstance(error, NotReached) else type(error)
        if error.whole_refusal:
            return Verdict(Outcome.REFUSED, why), error
        if not error.evidence.request_sent:
            return Verdict(Outcome.NOT_SENT, why), error
        return Verdict(Outcome.UNKNOWN, why), error
    return Verdict(Outcome.NUMBER if call == "order" else Outcome.ACCEPTED), None


@pytest.fixture(scope="module")
def contexts() -> dict[bool, ssl.SSLContext]:
    """What the program trusts: everybody's usual authorities, or (True) the test's certificate, too."""
    trusting = transport.shared_ssl_context.__wrapped__()
    trusting.load_verify_locations(PEM)
    return {True: trusting, False: transport.shared_ssl_context.__wrapped__()}


@pytest.fixture
def trust(contexts: dict[bool, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Let the program trust the test's certificate, or not."""

    def choose(trusted: bool) -> None:  # noqa: FBT001 - a column of the table
        monkeypatch.setattr(transport, "shared_ssl_context", lambda: contexts[trusted])

    return choose


def test_the_table_is_long_and_says_nothing_twice_and_nothing_impossible() -> None:
    """Who read the request whole cannot be told that it was not sent, and answers only what it was asked."""
    assert len({stage.name for stage in STAGES}) == len(STAGES) >= 45
    outcomes = {outcome: [stage for stage in STAGES if stage.verdict.outcome is outcome] for outcome in Outcome}
    assert not any(stage.seen for stage in outcomes[Outcome.NOT_SENT])
    assert all(stage.seen for stage in outcomes[Outcome.NUMBER] + outcomes[Outcome.REFUSED])
    assert {stage.seen for stage in outcomes[Outcome.UNKNOWN]} == {0, 1}


# Time runs out for both calls in the same way; once through the table is enough to wait for it.
CASES = [(call, stage) for stage in STAGES for call in CALLS if call == "order" or stage.timeouts is PLENTY]


@pytest.mark.parametrize(("call", "stage"), CASES, ids=[f"{stage.name}-{call}" for call, stage in CASES])
async def test_a_call_that_breaks_is_judged_by_what_is_proven_and_was_sent_once_at_most(
    stage: Stage, call: str, trust: Callable[[bool], None]
) -> None:
    """One row of the table, for both calls that move money."""
    trust(stage.trusted)
    with way_of(stage) as way:
        async with client_on(way, stage) as client:
            verdict, error = await ask(client, call, stage.item_id)
    assert verdict == stage.verdict_on(call)
    assert way.site.sent == stage.seen
    assert way.first.sent <= 1, "the program sent it twice"
    assert way.first.connections <= 1, "the program tried it twice"
    if error is not None:
        assert ("compare your balance" in str(error)) == (verdict.outcome is Outcome.UNKNOWN)
        assert KEY not in f"{error} {error.evidence.raw!r}"


Arrived = Callable[[BreakingHost], bool]
AMID: dict[str, tuple[Stage, Arrived]] = {
    "the connect": (Stage("", (), TIMED_OUT, 0, door=Door.FULL), lambda _: True),
    "the handshake": (Stage("", [stall], TIMED_OUT, 0, scheme="https"), lambda host: host.connections > 0),
    "the way": (Stage("", (), TIMED_OUT, 0, scheme="https", proxy=[read, stall]), lambda host: len(host.heads) > 0),
    "the wait": (Stage("", [read, stall], TIMED_OUT, 1), lambda host: host.sent > 0),
    "the body": (Stage("", [read, TOO_LONG, ORDERED, stall], TIMED_OUT, 1), lambda host: host.sent > 0),
}
"""Where the caller stops waiting, and how the first host on the way knows that it has come so far."""


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("stage", "arrived"), AMID.values(), ids=AMID.keys())
async def test_who_stops_waiting_gets_no_verdict_and_nothing_more_is_sent(
    stage: Stage, arrived: Arrived, call: str, trust: Callable[[bool], None]
) -> None:
    """So the engine ends; a refusal, or "not sent", made of its end would be a lie. The line is hung up."""
    trust(stage.trusted)
    with way_of(stage) as way:
        async with client_on(way, stage) as client:
            task = asyncio.create_task(ask(client, call, stage.item_id))
            await asyncio.to_thread(way.first.until, arrived)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
    assert way.site.sent == stage.seen
    assert way.first.sent <= 1
    assert way.first.connections <= 1


@pytest.mark.parametrize("call", CALLS)
async def test_an_answer_that_comes_while_the_program_stands_still_counts(call: str) -> None:
    """As in a suspend: by the clock the deadline is long over, and the answer lies in the socket."""
    stage = Stage("", [read, hold, whole(ORDERED)], NUMBER, 1, CALL_ENDS_SOON)
    with way_of(stage) as way:
        async with client_on(way, stage) as client:
            task = asyncio.create_task(ask(client, call, stage.item_id))
            await asyncio.to_thread(way.site.until, lambda host: host.sent > 0)
            way.site.is_over.set()
            time.sleep(CALL_ENDS_SOON.money_deadline_seconds * 2)  # noqa: ASYNC251 - standing still is what is tested
            verdict, _ = await task
    assert verdict == stage.verdict_on(call)
    assert (way.site.sent, way.site.connections) == (1, 1)


@contextmanager
def no_files_left() -> Iterator[None]:
    """Let this process open no file and no socket more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("first", [True, False], ids=["certificates unread", "certificates read"])
async def test_a_system_that_has_no_socket_left_has_sent_nothing(call: str, first: bool) -> None:  # noqa: FBT001 - a column
    """On the very first call not even the certificates can be read; it is no matter of time, either."""
    transport.shared_ssl_context.cache_clear()
    if not first:
        transport.shared_ssl_context()
    stage = Stage("", says(ORDERED), not_sent(Reason.NETWORK), 0)
    with way_of(stage) as way:
        async with client_on(way, stage) as client:
            with no_files_left():
                verdict, _ = await ask(client, call, stage.item_id)
    assert verdict == stage.verdict
    assert way.site.connections == 0


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "proxy",
    ["http://a\nb", "http://" + "x" * 70_000, "http://ü\u200b.example"],
    ids=["two lines", "too long", "a letter unseen"],
)
async def test_a_proxy_that_no_request_can_name_leaves_no_exception_behind(call: str, proxy: str) -> None:
    """It would be printed, with the proxy's password in it, once the garbage is collected."""
    left_behind: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: left_behind.append(context))
    stage = Stage("", says(ORDERED), not_sent(Reason.PROXY), 0, settings={"proxy": proxy})
    with way_of(stage) as way:
        async with client_on(way, stage) as client:
            verdict = (await ask(client, call, stage.item_id))[0]
    gc.collect()
    assert (verdict, left_behind, way.site.connections) == (stage.verdict, [], 0)
