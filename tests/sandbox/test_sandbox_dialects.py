"""Each variation that was seen on a site of the family can be had, and changes nothing else."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from snum_tui.sandbox.dialect_names import DIALECTS
from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer

Ask = Callable[..., httpx.Response]
OpenSite = Callable[..., SandboxServer]
Replies = dict[str, Any]  # Any: what a reply holds is what each test is about


@pytest.fixture
def replies(open_site: OpenSite, ask: Ask) -> Callable[..., Replies]:
    """Ask everything once of a site with these dialects; texts by what was asked."""

    def collect(*dialects: str) -> Replies:
        site = open_site(dialects=dialects)
        site.set_price("3", "12.50")
        site.set_stock("3", 180)
        site.set_stock("4", 0)
        order = ask(site, "getNumber", 3)
        number_id = site.orders[0].number_id
        waiting = ask(site, "getMessage", number_id)
        site.deliver(number_id, "123456")
        collected = {
            "categories": ask(site, "getCategories"),
            "services": ask(site, "getServices", 1),
            "quote": ask(site, "getServiceDetails", 3),
            "balance": ask(site, "getBalance"),
            "order": order,
            "waiting": waiting,
            "received": ask(site, "getMessage", number_id),
            "refusal": ask(site, "getNumber", 4),
            "bad key": ask(site, "getBalance", key="wrong"),
        }
        return {what: reply.content.decode("utf-8") for what, reply in collected.items()}

    return collect


CHANGES = {
    "document": {"balance"},
    "string-ids": {"categories", "order"},
    "numeric-ids": {"services", "quote", "waiting", "received"},
    "mixed-ids": {"categories", "services", "quote", "order", "waiting", "received"},
    "numeric-price": {"quote"},
    "comma-price": {"quote"},
    "string-stock": {"quote"},
    "missing-stock": {"quote"},
    "stock-unknown": {"quote"},
    "quote-in-list": {"services"},
    "string-balance": {"balance"},
    "string-status": {"waiting", "received"},
    "empty-code": {"waiting"},
    "sms-text": {"received"},
    "bare-number": {"order"},
    "html-refusal": {"refusal", "bad key"},
    "empty-refusal": {"refusal", "bad key"},
    "refusal-links": {"refusal", "bad key"},
    "key-401": set(),
    "key-403": set(),
    "key-html": {"bad key"},
    "key-null": {"bad key"},
    "key-list": {"bad key"},
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_changes_its_own_replies_and_no_others(replies: Callable[..., Replies], dialect: str) -> None:
    plain, varied = replies(), replies(dialect)
    changed = {what for what in plain if plain[what] != varied[what]}
    if dialect == "mixed-ids":
        changed |= {"order", "quote", "waiting", "received"}  # by turns: some stay as they were
    assert changed == (set(plain) if dialect == "bom" else CHANGES[dialect])


def test_document_prints_the_balance_as_the_document_does(replies: Callable[..., Replies]) -> None:
    assert replies("document")["balance"] == "{balance: 87.5}"


def test_string_ids_are_strings_everywhere(replies: Callable[..., Replies]) -> None:
    said = replies("string-ids")
    assert said["categories"].startswith('[{"id":"1","name":"Google"},')
    assert isinstance(json.loads(said["order"])["number_id"], str)


def test_numeric_ids_are_numbers_everywhere(replies: Callable[..., Replies]) -> None:
    said = {what: json.loads(text) for what, text in replies("numeric-ids").items() if what != "bad key"}
    assert {type(row[name]) for row in said["services"] for name in ("id", "category")} == {int}
    assert said["quote"]["id"] == 3
    assert said["waiting"]["id"] == said["received"]["id"] == said["order"]["number_id"]


def test_mixed_ids_alternate_within_one_reply(replies: Callable[..., Replies]) -> None:
    rows = json.loads(replies("mixed-ids")["services"])
    assert [(type(row["id"]), type(row["category"])) for row in rows[:3]] == [(int, str), (str, int), (int, str)]


@pytest.mark.parametrize(
    ("dialect", "quote"),
    [
        ("numeric-price", '{"id":"3","price":12.5,"stock":179}'),
        ("comma-price", '{"id":"3","price":"12,5","stock":179}'),
        ("string-stock", '{"id":"3","price":"12.5","stock":"179"}'),
        ("missing-stock", '{"id":"3","price":"12.5"}'),
        ("stock-unknown", '{"id":"3","price":"12.5","stock":0,"stock_unknown":true}'),
    ],
)
def test_a_quote_varies_as_on_the_site_it_was_seen_on(
    replies: Callable[..., Replies], dialect: str, quote: str
) -> None:
    assert replies(dialect)["quote"] == quote


def test_quotes_in_the_list_agree_with_the_quotes_alone(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(dialects=("quote-in-list", "comma-price", "string-stock"))
    for row in ask(site, "getServices", 1).json()[:5]:
        quote = ask(site, "getServiceDetails", row["id"]).json()
        assert (row["price"], row["stock"]) == (quote["price"], quote["stock"])
        assert f"(+{row['phonecode']})" in row["name"]


def test_a_status_and_a_balance_can_be_strings(replies: Callable[..., Replies]) -> None:
    said = replies("string-status", "string-balance")
    assert said["waiting"].endswith('"status":"0"}')
    assert said["received"].endswith('"status":"1"}')
    assert said["balance"] == '{"balance":"87.5"}'


def test_an_empty_code_stands_where_null_stood(replies: Callable[..., Replies]) -> None:
    assert replies("empty-code")["waiting"].startswith('{"code":"",')


def test_the_whole_sms_stands_in_the_code(replies: Callable[..., Replies]) -> None:
    text = json.loads(replies("sms-text")["received"])["code"]
    assert "Google" in text
    assert "123456" in text.replace("-", "")
    assert not text.isdigit()


def test_every_third_number_gets_a_second_sms_joined_by_a_bar(
    open_site: OpenSite, ask: Ask, pass_seconds: Callable[[float], None]
) -> None:
    site = open_site(dialects=("sms-text",), code_share=1.0, code_after=(5, 5), no_number_share=0)
    numbers = [ask(site, "getNumber", 3).json()["number_id"] for _ in range(6)]
    pass_seconds(5)
    assert all("|" not in ask(site, "getMessage", number_id).json()["code"] for number_id in numbers)
    pass_seconds(15)
    texts = [ask(site, "getMessage", number_id).json()["code"] for number_id in numbers]
    assert [text.count("|") for text in texts] == [0, 0, 1, 0, 0, 1]


def test_a_bare_number_is_digits_only(replies: Callable[..., Replies]) -> None:
    assert json.loads(replies("bare-number")["order"])["number"].isdigit()


def test_a_byte_order_mark_stands_in_front_of_every_reply(replies: Callable[..., Replies]) -> None:
    assert all(text.startswith("\ufeff") for text in replies("bom").values())


def test_a_refusal_may_hold_html_or_nothing_or_links(replies: Callable[..., Replies]) -> None:
    assert "<b>Stok yok</b><br>" in json.loads(replies("html-refusal")["refusal"])["message"]
    assert replies("empty-refusal")["refusal"] == '{"success":false,"title":"","message":""}'
    links = {"href", "redirect_url", "email_verification_required"}
    assert links < set(json.loads(replies("refusal-links")["refusal"]))


@pytest.mark.parametrize(
    ("dialect", "status", "start"),
    [
        ("key-401", 401, '{"success":false,'),
        ("key-403", 403, '{"success":false,'),
        ("key-html", 200, "<!DOCTYPE html>"),
        ("key-null", 200, "null"),
        ("key-list", 200, "[]"),
    ],
)
def test_a_bad_key_is_answered_in_each_way_that_sites_have(
    open_site: OpenSite, ask: Ask, dialect: str, status: int, start: str
) -> None:
    site = open_site(dialects=(dialect,))
    reply = ask(site, "getNumber", 3, key="wrong")
    assert (reply.status_code, reply.text.startswith(start)) == (status, True)
    assert ask(site, "getServiceDetails", 999_999).status_code == 200
    assert site.balance == Decimal(100)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("klingon",), "'klingon' is no dialect: write one or more of document, "),
        (("string-ids", "mixed-ids"), "The dialects string-ids and mixed-ids contradict each other: choose one."),
    ],
)
def test_a_dialect_that_cannot_be_meant_is_said_in_one_sentence(names: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(BadOption, match="^" + sentence):
        SandboxOptions(dialects=names)
