"""Rented numbers: who gets a code and when follows from the seed and the order's place in the row."""

from collections.abc import Callable
from decimal import Decimal

import httpx
import pytest

from snum_tui.sandbox.numbers import NumberState
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.refusals import Refused
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site import Site

Ask = Callable[..., httpx.Response]
OpenSite = Callable[..., SandboxServer]
PassSeconds = Callable[[float], None]


def rich_site(**options: object) -> Site:
    """A site without a network on which hundreds of numbers can be had."""
    site = Site(SandboxOptions(balance=Decimal(10**6), **options), lambda: 0.0)  # type: ignore[arg-type]
    site.shelf.set_stock(site.service("3"), 10**6)
    return site


@pytest.mark.parametrize("seed", [0, 7, 123_456])
@pytest.mark.parametrize(("share", "fewest", "most"), [(0.0, 0, 0), (0.6, 118, 122), (1.0, 200, 200)])
def test_codes_arrive_for_the_promised_share(seed: int, share: float, fewest: int, most: int) -> None:
    site = rich_site(seed=seed, code_share=share, no_number_share=0)
    numbers = [site.order("3") for _ in range(200)]
    answered = [rented for rented in numbers if rented.arrivals]
    assert fewest <= len(answered) <= most
    waits = [rented.arrivals[0].at for rented in answered]
    assert all(5 <= wait <= 60 for wait in waits)
    assert len(set(waits)) == len(waits)


@pytest.mark.parametrize("seed", [0, 7, 123_456])
def test_orders_fail_in_the_promised_share_and_never_the_first(seed: int) -> None:
    site = rich_site(seed=seed)
    refused = []
    for attempt in range(200):
        try:
            site.order("3")
        except Refused:
            refused.append(attempt)
    assert 8 <= len(refused) <= 12
    assert refused[0] > 0


@pytest.mark.parametrize("seed", range(10))
def test_the_first_order_of_a_demo_gets_a_number_and_a_code(seed: int) -> None:
    assert rich_site(seed=seed).order("3").arrivals


def test_the_same_seed_gives_the_same_numbers_and_codes_and_another_gives_others() -> None:
    def day(seed: int) -> list[object]:
        site = rich_site(seed=seed, no_number_share=0)
        numbers = [site.order("3") for _ in range(15)]
        return [(rented.number_id, rented.number, rented.arrivals) for rented in numbers]

    assert day(7) == day(7)
    assert day(7) != day(8)


def test_no_number_and_no_id_is_handed_out_twice() -> None:
    site = rich_site(no_number_share=0)
    numbers = [site.order("3") for _ in range(500)]
    assert len({rented.number for rented in numbers}) == len({rented.number_id for rented in numbers}) == 500


def test_a_code_is_six_digits_and_comes_when_it_is_due(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds
) -> None:
    site = open_site(code_share=1.0, code_after=(30, 30))
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(29.9)
    assert ask(site, "getMessage", number_id).json()["code"] is None
    pass_seconds(0.2)
    code = ask(site, "getMessage", number_id).json()["code"]
    assert (len(code), code.isdigit()) == (6, True)
    pass_seconds(100_000)
    assert ask(site, "getMessage", number_id).json() == {"code": code, "id": str(number_id), "status": 1}


def test_a_cancelled_number_never_gets_its_code(open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds) -> None:
    site = open_site(code_share=1.0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    ask(site, "cancelNumber", number_id)
    pass_seconds(3600)
    assert ask(site, "getMessage", number_id).json() == {"code": None, "id": str(number_id), "status": -1}
    with pytest.raises(ValueError, match="no live number"):
        site.deliver(number_id, "123456")


def test_a_code_that_would_come_after_expiry_never_comes(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds
) -> None:
    site = open_site(code_share=1.0, code_after=(700, 700), expire_seconds=600)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(600)
    assert ask(site, "getMessage", number_id).json()["status"] == -1
    pass_seconds(200)
    assert ask(site, "getMessage", number_id).json()["status"] == -1
    assert site.orders[0].state is NumberState.EXPIRED


def test_delivered_codes_take_the_place_of_those_still_to_come(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds
) -> None:
    site = open_site(code_share=1.0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    site.deliver(number_id, "111111")
    site.deliver(str(number_id), "222222")
    pass_seconds(100)
    assert ask(site, "getMessage", number_id).json()["code"] == "111111|222222"


def test_compressed_time_brings_codes_sooner(open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds) -> None:
    site = open_site(code_share=1.0, code_after=(60, 60), speed=30)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(2.01)
    assert ask(site, "getMessage", number_id).json()["status"] == 1
