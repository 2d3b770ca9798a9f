"""What the person may be called back for is marked as news, in every window, and nothing else is."""

from collections.abc import Callable

import pytest

from snum_tui.domain.orders import Order
from snum_tui.engine import deadlines
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.snapshot import News, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
Place = Callable[..., Order]


def news(seen: Snapshot) -> list[News]:
    return [event.news for event in seen.events if event.news is not None]


@pytest.fixture
def both(start: Callable[..., Engine], until: Until) -> tuple[Engine, Engine]:
    """Two windows on one journal; the first one leads."""
    first, second = start(), start()
    until(first, lambda seen: seen.leads and seen.others == 1)
    return first, second


def test_a_code_is_news_in_both_windows_and_the_number_itself_in_none(
    both: tuple[Engine, Engine], site: SandboxServer, place: Place, until: Until
) -> None:
    order = place(both[1])
    for engine in both:
        until(engine, lambda seen: bool(seen.orders) and seen.orders[0].number is not None)
    until(both[1], lambda seen: "is yours" in seen.events[-1].sentence.template)
    site.deliver(order.number_id or "", "123456")
    for engine in both:
        assert news(until(engine, lambda seen: bool(news(seen)))) == [News.CODE]


def test_a_refund_window_that_closes_is_news_three_minutes_and_one_minute_before(
    engine: Engine,
    place: Place,
    pass_seconds: Callable[[float], None],
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deadlines, "LOOK_SECONDS", 0.02)
    place(engine)
    pass_seconds(421)
    until(engine, lambda seen: news(seen) == [News.REFUND_CLOSES])
    pass_seconds(120)
    until(engine, lambda seen: news(seen) == [News.REFUND_CLOSES] * 2)


def test_an_unknown_order_is_news_in_both_windows_and_a_refused_one_in_none(
    both: tuple[Engine, Engine], site: SandboxServer, wish: PlaceOrder, until: Until
) -> None:
    site.add_fault("getNumber:refuse@1")
    both[0].submit(wish)
    until(both[0], lambda seen: any("Not ordered" in event.sentence.template for event in seen.events))
    assert news(both[0].latest) == []
    site.add_fault("getNumber:drop-reply@1")
    both[0].submit(wish)
    for engine in both:
        assert news(until(engine, lambda seen: bool(news(seen)))) == [News.UNKNOWN]
