"""What `snum-tui watch` tells, from one snapshot to the next: each thing once, and nothing left out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from snum_tui.cli.watch_events import WatchEvent
from snum_tui.cli.watch_story import REFUND_SECONDS, Story
from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.sentence import Sentence, say
from snum_tui.engine.cancelling import STILL_LIVE
from snum_tui.engine.messages import CANCELLED_BY_SITE
from snum_tui.engine.parts import MISTAKE
from snum_tui.engine.snapshot import Event, Link, Snapshot, Weight
from snum_tui.locale import Speaker

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
NOTHING = Snapshot("https://example.com", "main", SiteRules(), link=Link.UP)
DOWN = say("no answer")

Look = Callable[..., list[str]]


def at(seconds: float) -> Instant:
    """Return the moment so long after noon."""
    return Instant(NOON + timedelta(seconds=seconds), 1000.0 + seconds, "boot")


def waiting(order_id: str = "a", **changes: Any) -> Order:  # Any: the fields of an order
    """Return a live number, ordered at noon."""
    order = Order(
        id=order_id,
        profile="main",
        site="https://example.com",
        category_id="1",
        category="Google",
        service_id="32",
        service="Almanya",
        price=Decimal("2.50"),
        opened=at(0),
        refund_seconds=600,
        state=OrderState.WAITING,
        number_id=f"7{order_id}",
        number=f"+49151{order_id}",
    )
    return replace(order, **changes)


def with_orders(*newest_first: Order, **changes: Any) -> Snapshot:  # Any: the fields of a snapshot
    return replace(NOTHING, orders=newest_first, **changes)


def words(event: WatchEvent) -> str:
    return f"{event.kind} {Speaker('en').render(event.sentence)}"


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def look(story: Story) -> Look:
    """Look at a snapshot, so many seconds after noon, and return what is told, in words."""

    def told(seen: Snapshot, seconds: float = 0, *, last: bool = False) -> list[str]:
        return [words(event) for event in story.look(seen, at(seconds), last=last)]

    return told


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (waiting(), "open waiting, 9:41 left to cancel with a refund: +49151a, Google, Almanya"),
        (waiting(refund_seconds=10), "open waiting, no refund any more: +49151a, Google, Almanya"),
        (
            waiting(auto_cancel=True),
            "open waiting, 9:41 left to cancel with a refund, by itself if no code comes: +49151a, Google, Almanya",
        ),
        (waiting(state=OrderState.CANCELLING), "open cancelling: +49151a, Google, Almanya"),
        (
            waiting(state=OrderState.UNKNOWN, number=None, number_id=None),
            "open unknown: Google, Almanya",
        ),
        (waiting(number=None), "open waiting, 9:41 left to cancel with a refund: number id 7a, Google, Almanya"),
    ],
)
def test_at_the_start_each_open_order_is_a_line(look: Look, order: Order, told: str) -> None:
    assert look(with_orders(order), 19) == [told]
    assert look(with_orders(order), 20) == []


def test_what_was_settled_before_the_start_is_no_news_and_open_ones_come_oldest_first(
    look: Look, story: Story
) -> None:
    settled = waiting("c", state=OrderState.RECEIVED, message="1234")
    told = look(with_orders(waiting("b"), waiting("a"), settled))
    assert [line.split(": ")[1].split(",")[0] for line in told] == ["+49151a", "+49151b"]
    assert [order.id for order in story.watched] == ["a", "b"]


def test_with_nothing_open_it_is_over_at_the_first_look_and_not_before(look: Look, story: Story) -> None:
    assert story.is_over is False
    assert look(NOTHING) == []
    assert story.is_over is True


def test_unknown_orders_are_not_waited_for_and_those_being_sent_are(look: Look, story: Story) -> None:
    sending = waiting(state=OrderState.SENDING, number=None, number_id=None)
    look(with_orders(sending))
    assert story.is_over is False
    told = look(with_orders(replace(sending, state=OrderState.UNKNOWN)))
    assert told == ["unknown unknown outcome, start snum-tui and press u to settle it: Google, Almanya"]
    assert story.is_over is True


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"state": OrderState.RECEIVED, "message": "482915"},
            ["code 482915: code for +49151a, Google, Almanya"],
        ),
        (
            {"state": OrderState.RECEIVED, "message": "Your code is 482915."},
            ["code 482915: code for +49151a, Google, Almanya. Whole message: Your code is 482915."],
        ),
        (
            {"state": OrderState.EXPIRED},
            ["expired no code came, and the site is no longer asked: +49151a, Google, Almanya"],
        ),
        ({"state": OrderState.CANCELLING}, []),
        ({"auto_cancel": True}, []),
        (
            {"state": OrderState.CANCELLED, "note": say("x"), "refunded": Decimal("2.50")},
            ["cancelled cancelled, ₺2.50 refunded: +49151a, Google, Almanya"],
        ),
        (
            {"state": OrderState.CANCELLED, "note": say("x"), "refunded": Decimal(0)},
            ["cancelled cancelled, not refunded: +49151a, Google, Almanya"],
        ),
        (
            {"state": OrderState.CANCELLED, "note": say("x")},
            ["cancelled cancelled, compare the balance to see the refund: +49151a, Google, Almanya"],
        ),
        (
            {"state": OrderState.CANCELLED, "note": CANCELLED_BY_SITE},
            ["cancelled cancelled by the site, check the balance for the refund: +49151a, Google, Almanya"],
        ),
        (
            {"note": STILL_LIVE},
            ["cancel_failed not cancelled, the number is still live: +49151a, Google, Almanya"],
        ),
    ],
)
def test_what_becomes_of_a_number_is_told_once(look: Look, changes: dict[str, Any], told: list[str]) -> None:
    look(with_orders(waiting()))
    after = waiting(**changes)
    assert look(with_orders(after)) == told
    assert look(with_orders(after)) == look(with_orders(replace(after))) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"state": OrderState.WAITING}, ["ordered new number: +49151a, Google, Almanya"]),
        (
            {"state": OrderState.REFUSED, "number": None, "number_id": None, "note": say("No number left.")},
            ["not_ordered nothing was ordered: Google, Almanya. No number left."],
        ),
        (
            {"state": OrderState.RECEIVED, "message": "482915"},
            ["ordered new number: +49151a, Google, Almanya", "code 482915: code for +49151a, Google, Almanya"],
        ),
    ],
)
def test_an_order_of_another_window_is_told_however_late_it_is_seen(
    look: Look, changes: dict[str, Any], told: list[str]
) -> None:
    sending = waiting(state=OrderState.SENDING, number=None, number_id=None)
    older = waiting("b")
    look(with_orders(older))
    assert look(with_orders(sending, older)) == []
    assert look(with_orders(waiting(**changes), older)) == told
    fresh = Story()
    fresh.look(with_orders(older), at(0))
    assert [words(event) for event in fresh.look(with_orders(waiting(**changes), older), at(1))] == told


def test_what_the_person_settles_elsewhere_is_told(look: Look) -> None:
    unknown = [waiting(one, state=OrderState.UNKNOWN, number=None, number_id=None) for one in "abc"]
    look(with_orders(*unknown))
    settled = (
        replace(unknown[0], state=OrderState.WAITING, number_id="75"),
        replace(unknown[1], state=OrderState.VOID),
        replace(unknown[2], state=OrderState.WRITTEN_OFF),
    )
    assert look(with_orders(*settled)) == [
        "settled settled as charged without a number: Google, Almanya",
        "settled settled as not charged: Google, Almanya",
        "ordered new number: number id 75, Google, Almanya",
    ]


def test_the_word_of_a_cancel_waits_for_its_refund_but_not_for_ever(look: Look, story: Story) -> None:
    look(with_orders(waiting()))
    cancelled = waiting(state=OrderState.CANCELLED)
    told, over = [], []
    for seconds in (1, 1 + REFUND_SECONDS):
        told.append(look(with_orders(cancelled), seconds))
        over.append(story.is_over)
    assert over == [False, True]
    assert told == [[], ["cancelled cancelled, compare the balance to see the refund: +49151a, Google, Almanya"]]
    late = replace(cancelled, refunded=Decimal("2.50"))
    assert look(with_orders(late), 20) == ["refunded ₺2.50 refunded after all: +49151a, Google, Almanya"]


def test_the_last_look_waits_for_no_refund(look: Look) -> None:
    look(with_orders(waiting()))
    assert len(look(with_orders(waiting(state=OrderState.CANCELLED)), last=True)) == 1


@pytest.mark.parametrize("state", [OrderState.CANCELLING, OrderState.CANCELLED])
def test_an_auto_cancel_is_told_from_any_other(look: Look, state: OrderState) -> None:
    armed = waiting(auto_cancel=True)
    look(with_orders(armed))
    by_itself = look(with_orders(replace(armed, state=state, auto_cancel=False)), last=True)
    assert by_itself[0].startswith("auto_cancel no code has come, so it is being cancelled by itself: +49151a")
    by_hand = Story()
    by_hand.look(with_orders(armed), at(0))
    told = by_hand.look(with_orders(replace(armed, state=state)), at(0))
    assert "auto_cancel" not in [event.kind for event in told]


def test_an_auto_cancel_that_was_refused_before_anybody_looked_is_told_with_its_reason(look: Look) -> None:
    armed = waiting(auto_cancel=True)
    look(with_orders(armed))
    told = look(with_orders(replace(armed, auto_cancel=False, note=say("Too early."))))
    assert [line.split()[0] for line in told] == ["auto_cancel", "cancel_failed"]
    assert told[1].endswith("still live: +49151a, Google, Almanya. Too early.")


def test_taking_an_auto_cancel_back_is_no_auto_cancel(look: Look) -> None:
    look(with_orders(waiting(auto_cancel=True)))
    assert look(with_orders(waiting())) == []


def test_a_cancel_that_came_to_nothing_is_told(look: Look) -> None:
    look(with_orders(waiting(state=OrderState.CANCELLING)))
    told = look(with_orders(waiting(note=say("The site says: not yet."))))
    assert told == [
        "cancel_failed not cancelled, the number is still live: +49151a, Google, Almanya. The site says: not yet."
    ]


def test_a_code_that_comes_after_the_cancel_is_told(look: Look) -> None:
    cancelled = waiting(state=OrderState.CANCELLED, note=say("x"))
    look(with_orders(cancelled))
    assert look(with_orders(replace(cancelled, message="1234"))) == ["code 1234: code for +49151a, Google, Almanya"]


def test_the_refund_window_is_told_at_three_minutes_and_at_one_and_never_counted_down(look: Look) -> None:
    told = [line for second in range(700) for line in look(with_orders(waiting()), second)][1:]
    assert told == [
        "refund_closes 3:00 left to cancel with a refund: +49151a, Google, Almanya",
        "refund_closes 1:00 left to cancel with a refund: +49151a, Google, Almanya",
    ]


def test_who_starts_or_wakes_late_hears_only_the_nearest_warning(look: Look) -> None:
    assert len(look(with_orders(waiting()), 450)) == 1, "the line of the start tells what is left"
    assert [line.split()[1] for line in look(with_orders(waiting()), 570)] == ["0:30"]
    assert look(with_orders(waiting()), 590) == []


def test_a_number_that_cancels_itself_is_not_urged_on_the_person(look: Look) -> None:
    armed = waiting(auto_cancel=True)
    look(with_orders(armed))
    assert len(look(with_orders(armed), 421)) == 1
    assert look(with_orders(armed), 541) == []


def test_the_link_is_lost_once_and_back_once_whatever_single_questions_come_to(look: Look) -> None:
    order, told = waiting(), []
    for second in range(60):
        link = Link.UP if second < 10 or second >= 40 else (Link.DOWN, Link.BUSY)[second % 2]
        told += look(with_orders(order, link=link, link_problem=None if link is Link.UP else DOWN), second)
    assert told[1:] == ["link_lost no answer", "link_back The site answers again."]


def test_a_link_that_fails_for_a_moment_is_no_news(look: Look) -> None:
    order = waiting()
    look(with_orders(order))
    for second in range(1, 60):
        link = Link.DOWN if second % 5 == 0 else Link.UP
        assert look(with_orders(order, link=link, link_problem=DOWN), second) == []


def test_other_news_proves_that_the_link_is_back(look: Look) -> None:
    lost = with_orders(waiting(), link=Link.DOWN, link_problem=DOWN)
    look(lost)
    look(lost, 10)
    told = look(with_orders(waiting(state=OrderState.RECEIVED, message="1234")), 11)
    assert [line.split()[0] for line in told] == ["link_back", "code"]


def test_a_rejected_key_is_told_once_and_once_when_it_counts_again(look: Look) -> None:
    order, problem = waiting(), say("wrong key")
    look(with_orders(order))
    rejected = with_orders(order, link=Link.KEY_REJECTED, link_problem=problem)
    assert look(rejected, 1) == ["key_rejected wrong key"]
    assert look(rejected, 30) == look(with_orders(order, link=Link.DOWN, link_problem=DOWN), 60) == []
    assert look(rejected, 90) == []
    look(with_orders(order), 100)
    assert look(with_orders(order), 105) == ["link_back The site answers again."]


def test_a_journal_in_trouble_is_told_with_what_is_not_in_it_and_once_it_is_well(look: Look) -> None:
    full, order = say("the disk is full"), waiting()
    look(with_orders(order))
    trouble = with_orders(order, ordering_stopped=full, unwritten=(order,))
    assert look(trouble) == [
        "journal_trouble the disk is full",
        "unwritten not in the journal yet, note it yourself: +49151a, Google, Almanya, id 7a",
    ]
    assert look(trouble) == []
    assert look(with_orders(order)) == ["journal_back The journal works again, and everything is written down."]
    assert look(with_orders(order, unread=full)) == ["journal_trouble the disk is full"]


def test_a_mistake_of_ours_is_told_once_and_what_the_desk_says_is_not(look: Look) -> None:
    events: tuple[Sentence, ...] = (say("Press y to copy it."), say(MISTAKE, kind="ValueError"))
    heard = tuple(Event(serial, NOON, Weight.ALARM, one) for serial, one in enumerate(events, start=1))
    seen = with_orders(waiting(), events=heard)
    assert [line.split()[0] for line in look(seen)] == ["mistake", "open"]
    assert look(seen) == []
