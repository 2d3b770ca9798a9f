"""The seven calls answer exactly in the shapes that the API document prints."""

import re
from collections.abc import Callable
from decimal import Decimal

import httpx
import pytest

from snum_tui.sandbox.server import SandboxServer

Ask = Callable[..., httpx.Response]


def test_categories_are_rows_of_a_number_and_a_name(site: SandboxServer, ask: Ask) -> None:
    reply = ask(site, "getCategories")
    assert reply.status_code == 200
    assert reply.text.startswith('[{"id":1,"name":"Google"},{"id":2,"name":"Discord"},{"id":3,"name":')


def test_services_are_rows_of_strings(site: SandboxServer, ask: Ask) -> None:
    rows = ask(site, "getServices", 1).json()
    assert rows[0] == {"id": "1", "name": rows[0]["name"], "category": "1"}
    assert all(isinstance(value, str) for row in rows for value in row.values())
    assert ask(site, "getServices", 1).text.startswith('[{"id":"1","name":"')


def test_a_category_that_does_not_exist_has_no_services(site: SandboxServer, ask: Ask) -> None:
    assert ask(site, "getServices", 9999).text == "[]"


def test_a_quote_has_id_and_price_as_strings_and_stock_as_a_number(site: SandboxServer, ask: Ask) -> None:
    site.set_price("32", "2.00")
    site.set_stock("32", 180)
    assert ask(site, "getServiceDetails", 32).text == '{"id":"32","price":"2","stock":180}'


@pytest.mark.parametrize(
    ("amount", "written"), [("0.62", "0.62"), ("2", "2"), ("12.50", "12.5"), ("100", "100"), ("1298.15", "1298.15")]
)
def test_amounts_are_written_as_such_sites_write_them(
    site: SandboxServer, ask: Ask, amount: str, written: str
) -> None:
    site.set_price("5", amount)
    site.set_balance(amount)
    assert ask(site, "getServiceDetails", 5).json()["price"] == written
    assert ask(site, "getBalance").text == f'{{"balance":{written}}}'


def test_the_balance_stays_exact_where_a_float_would_not(open_site: Callable[..., SandboxServer], ask: Ask) -> None:
    site = open_site(balance=Decimal("0.30"))
    site.set_price("3", "0.10")
    ask(site, "getNumber", 3)
    assert ask(site, "getBalance").text == '{"balance":0.2}'


def test_an_order_answers_with_a_number_id_and_a_number(site: SandboxServer, ask: Ask) -> None:
    reply = ask(site, "getNumber", 3).text
    shape = r'\{"success":true,"title":"","message":"","number_id":[1-9]\d*,"number":"\+\d{8,15}"\}'
    assert re.fullmatch(shape, reply)


def test_a_message_is_null_and_0_then_the_code_and_1(site: SandboxServer, ask: Ask) -> None:
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    assert ask(site, "getMessage", number_id).text == f'{{"code":null,"id":"{number_id}","status":0}}'
    site.deliver(number_id, "042042")
    assert ask(site, "getMessage", number_id).text == f'{{"code":"042042","id":"{number_id}","status":1}}'


def test_a_cancel_says_yes_and_the_message_says_minus_1(site: SandboxServer, ask: Ask) -> None:
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    assert ask(site, "cancelNumber", number_id).text == '{"success":true,"title":"","message":""}'
    assert ask(site, "getMessage", number_id).text == f'{{"code":null,"id":"{number_id}","status":-1}}'


@pytest.mark.parametrize("call", ["getCategories", "getServices/1", "getServiceDetails/1", "KEY/getBalance"])
def test_json_comes_served_as_text(site: SandboxServer, browser: httpx.Client, call: str) -> None:
    reply = browser.get(f"{site.url}/api/{call}".replace("KEY", site.key))
    assert reply.headers["content-type"] == "text/html; charset=UTF-8"
    assert int(reply.headers["content-length"]) == len(reply.content)


def test_turkish_names_arrive_whole(site: SandboxServer, ask: Ask) -> None:
    assert "Türkiye" in ask(site, "getServices", 1).content.decode("utf-8")


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/getAllServices", "/api/getCategories/", "/api/key/getActivations/"]
)
def test_what_the_document_does_not_know_is_not_found(
    site: SandboxServer, browser: httpx.Client, path: str
) -> None:
    assert browser.get(site.url + path).status_code == 404


def test_only_get_does_anything(site: SandboxServer, browser: httpx.Client) -> None:
    assert browser.post(f"{site.url}/api/{site.key}/getNumber/3").status_code == 405
    assert site.orders == ()


def test_the_ledger_route_tells_another_process_the_whole_truth(
    site: SandboxServer, ask: Ask, browser: httpx.Client
) -> None:
    site.set_price("3", "2.50")
    kept, cancelled = (ask(site, "getNumber", 3).json() for _ in range(2))
    ask(site, "cancelNumber", cancelled["number_id"])
    truth = browser.get(f"{site.url}/sandbox/ledger").json()
    assert (truth["opening_balance"], truth["balance"]) == ("100.00", "97.50")
    assert [(entry["kind"], entry["amount"]) for entry in truth["entries"]] == [
        ("charge", "2.50"),
        ("charge", "2.50"),
        ("refund", "2.50"),
    ]
    assert [
        (order["number_id"], order["state"], order["charged"], order["refunded"]) for order in truth["orders"]
    ] == [
        (str(kept["number_id"]), "waiting", "2.50", "0"),
        (str(cancelled["number_id"]), "cancelled", "2.50", "2.50"),
    ]
    assert truth["requests"] == {
        "getCategories": 0,
        "getServices": 0,
        "getServiceDetails": 0,
        "getBalance": 0,
        "getNumber": 2,
        "getMessage": 0,
        "cancelNumber": 1,
    }
    assert site.key not in str(truth)
