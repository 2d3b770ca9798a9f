"""What the site does not do, it says in Turkish, and charges nothing for."""

from collections.abc import Callable
from decimal import Decimal

import httpx
import pytest

from snum_tui.sandbox.server import SandboxServer

Ask = Callable[..., httpx.Response]
OpenSite = Callable[..., SandboxServer]


def refusal(reply: httpx.Response) -> tuple[str, str]:
    """Return title and message of a well-formed refusal."""
    assert reply.status_code == 200
    parts = reply.json()
    assert list(parts) == ["success", "title", "message"]
    assert parts["success"] is False
    assert parts["title"]
    assert parts["message"]
    return parts["title"], parts["message"]


def test_an_empty_shelf_refuses(site: SandboxServer, ask: Ask) -> None:
    site.set_stock("3", 0)
    assert refusal(ask(site, "getNumber", 3))[0] == "Stok yok"
    assert site.ledger == ()


def test_the_last_number_on_the_shelf_is_sold_once(site: SandboxServer, ask: Ask) -> None:
    site.set_stock("3", 1)
    assert ask(site, "getNumber", 3).json()["success"] is True
    assert refusal(ask(site, "getNumber", 3))[0] == "Stok yok"
    assert ask(site, "getServiceDetails", 3).json()["stock"] == 0


def test_a_cancelled_number_goes_back_on_the_shelf(site: SandboxServer, ask: Ask) -> None:
    site.set_stock("3", 1)
    ask(site, "cancelNumber", ask(site, "getNumber", 3).json()["number_id"])
    assert ask(site, "getServiceDetails", 3).json()["stock"] == 1


def test_a_price_above_the_balance_refuses_and_one_of_exactly_the_balance_does_not(
    site: SandboxServer, ask: Ask
) -> None:
    site.set_balance("5.00")
    site.set_price("3", "5.01")
    assert refusal(ask(site, "getNumber", 3))[0] == "Yetersiz bakiye"
    site.set_price("3", "5.00")
    assert ask(site, "getNumber", 3).json()["success"] is True
    assert site.balance == Decimal(0)


def test_in_stock_and_yet_no_number_costs_nothing(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(no_number_share=1.0)
    site.set_stock("3", 50)
    assert refusal(ask(site, "getNumber", 3))[0] == "Numara alınamadı"
    assert site.balance == Decimal(100)
    assert ask(site, "getServiceDetails", 3).json()["stock"] == 50


@pytest.mark.parametrize("call", ["getBalance", "getNumber", "getMessage", "cancelNumber"])
def test_a_wrong_key_is_refused_by_every_call_that_needs_one(site: SandboxServer, ask: Ask, call: str) -> None:
    argument = "" if call == "getBalance" else ask(site, "getNumber", 3).json()["number_id"]
    assert refusal(ask(site, call, argument, key="0" * 32))[0] == "Geçersiz API anahtarı"
    assert all(order.state == "waiting" for order in site.orders)


@pytest.mark.parametrize("near_miss", [str.upper, lambda key: key[:-1], lambda key: key + "0", lambda key: key[1:]])
def test_a_nearly_right_key_orders_nothing(site: SandboxServer, ask: Ask, near_miss: Callable[[str], str]) -> None:
    refusal(ask(site, "getNumber", 3, key=near_miss(site.key)))
    assert site.ledger == ()


@pytest.mark.parametrize("service_id", ["0", "03", "-3", "abc", "999999", "9" * 40, "%E2%81%B3", "3.0"])
@pytest.mark.parametrize("call", ["getServiceDetails", "getNumber"])
def test_a_service_that_does_not_exist_is_refused(
    site: SandboxServer, ask: Ask, call: str, service_id: str
) -> None:
    assert refusal(ask(site, call, service_id))[0] == "Servis bulunamadı"
    assert site.ledger == ()


@pytest.mark.parametrize("call", ["getMessage", "cancelNumber"])
def test_a_number_that_was_never_handed_out_is_refused(site: SandboxServer, ask: Ask, call: str) -> None:
    assert refusal(ask(site, call, 75))[0] == "Numara bulunamadı"


def test_a_cancel_that_comes_too_early_says_how_long_to_wait(
    open_site: OpenSite, ask: Ask, pass_seconds: Callable[[float], None]
) -> None:
    site = open_site(earliest_cancel_seconds=150, code_share=0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(149.5)
    title, message = refusal(ask(site, "cancelNumber", number_id))
    assert (title, message) == ("Henüz iptal edilemez", "Numarayı iptal etmek için 1 saniye daha bekleyin.")
    pass_seconds(0.5)
    assert ask(site, "cancelNumber", number_id).json()["success"] is True


def test_an_answered_number_cannot_be_cancelled(site: SandboxServer, ask: Ask) -> None:
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    site.deliver(number_id, "123456")
    assert refusal(ask(site, "cancelNumber", number_id))[0] == "İptal edilemez"
    assert [entry.kind for entry in site.ledger] == ["charge"]


def test_a_number_is_cancelled_once_and_refunded_once(site: SandboxServer, ask: Ask) -> None:
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    assert ask(site, "cancelNumber", number_id).json()["success"] is True
    assert refusal(ask(site, "cancelNumber", number_id))[0] == "Zaten iptal edildi"
    assert [entry.kind for entry in site.ledger] == ["charge", "refund"]
    assert site.balance == Decimal(100)


def test_an_expired_number_cannot_be_cancelled(
    open_site: OpenSite, ask: Ask, pass_seconds: Callable[[float], None]
) -> None:
    site = open_site(code_share=0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(1200)
    assert refusal(ask(site, "cancelNumber", number_id))[0] == "Süresi doldu"
    assert [entry.kind for entry in site.ledger] == ["charge"]
