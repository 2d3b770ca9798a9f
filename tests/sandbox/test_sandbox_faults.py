"""Each fault happens on the real socket, and the ledger tells whether the site had done what was asked."""

import json
import socket
import time
from collections.abc import Callable
from decimal import Decimal

import httpx
import pytest

from snum_tui.sandbox.fault_plan import CALLS, FaultKind
from snum_tui.sandbox.server import SandboxServer

Ask = Callable[..., httpx.Response]
OpenSite = Callable[..., SandboxServer]
ReadRaw = Callable[[SandboxServer, str], bytes]
Connect = Callable[[SandboxServer, str], socket.socket]

WITH_AN_ANSWER = {
    FaultKind.GARBAGE: 200,
    FaultKind.HTML: 200,
    FaultKind.PHP_NOTICE: 200,
    FaultKind.STATUS_500: 500,
    FaultKind.STATUS_500_BEFORE: 500,
    FaultKind.STATUS_502: 502,
    FaultKind.STATUS_429: 429,
    FaultKind.REFUSE: 200,
    FaultKind.REDIRECT: 302,
    FaultKind.DUPLICATE_ID: 200,
    FaultKind.DRIP: 200,
}


def order_path(site: SandboxServer) -> str:
    """Return the path that orders a number of row 3."""
    return f"/api/{site.key}/getNumber/3"


def parts_of(raw: bytes) -> tuple[dict[str, str], bytes]:
    """Split what came over the wire into headers (names in small letters) and body."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}, body


@pytest.mark.parametrize("kind", FaultKind)
def test_a_fault_charges_exactly_when_it_is_said_to_execute(
    open_site: OpenSite, connect: Connect, kind: FaultKind, wait_until: Callable[[Callable[[], bool]], None]
) -> None:
    site = open_site(faults=(f"getNumber:{kind}",), drip_seconds=0.0)
    connect(site, order_path(site))
    wait_until(lambda: site.requests["getNumber"] == 1)
    assert len(site.orders) == len(site.ledger) == int(kind.executes)
    assert (site.balance < 100) == kind.executes


@pytest.mark.parametrize(("kind", "status"), WITH_AN_ANSWER.items())
def test_a_fault_with_an_answer_is_a_whole_http_reply(
    open_site: OpenSite, ask: Ask, kind: FaultKind, status: int
) -> None:
    site = open_site(faults=(f"getNumber:{kind}@1",), drip_seconds=0.0)
    reply = ask(site, "getNumber", 3)
    assert reply.status_code == status
    assert ask(site, "getNumber", 3).json()["success"] is True


@pytest.mark.parametrize("kind", [FaultKind.DROP_REPLY, FaultKind.DROP_REQUEST])
def test_a_drop_closes_without_a_byte(open_site: OpenSite, read_raw: ReadRaw, kind: FaultKind) -> None:
    site = open_site(faults=(f"getNumber:{kind}",))
    assert read_raw(site, order_path(site)) == b""


def test_a_reset_is_a_reset(open_site: OpenSite, connect: Connect) -> None:
    site = open_site(faults=("getNumber:reset",))
    with pytest.raises(ConnectionResetError):
        connect(site, order_path(site)).recv(1)


def test_a_stall_holds_the_connection_and_says_nothing(open_site: OpenSite, connect: Connect, ask: Ask) -> None:
    site = open_site(faults=("getNumber:stall@1",))
    connection = connect(site, order_path(site))
    connection.settimeout(0.15)
    with pytest.raises(TimeoutError):
        connection.recv(1)
    assert ask(site, "getBalance").status_code == 200


def test_a_cut_promises_the_whole_body_and_sends_half(open_site: OpenSite, read_raw: ReadRaw) -> None:
    site = open_site(faults=("getNumber:cut",))
    headers, body = parts_of(read_raw(site, order_path(site)))
    assert int(headers["content-length"]) // 2 == len(body)
    assert body.startswith(b'{"success":true,')


def test_a_plain_cut_looks_like_a_whole_reply(open_site: OpenSite, ask: Ask, read_raw: ReadRaw) -> None:
    site = open_site(faults=("getNumber:cut-plain",))
    headers, body = parts_of(read_raw(site, order_path(site)))
    assert "content-length" not in headers
    assert "transfer-encoding" not in headers
    assert headers["connection"] == "close"
    reply = ask(site, "getNumber", 3)
    assert reply.status_code == 200
    assert reply.content[:20] == body[:20]
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        reply.json()


def test_a_drip_comes_byte_by_byte_and_whole_in_the_end(open_site: OpenSite, connect: Connect) -> None:
    site = open_site(faults=("getNumber:drip",), drip_seconds=0.003)
    connection = connect(site, order_path(site))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    started, pieces = time.monotonic(), []
    while piece := connection.recv(65536):
        pieces.append(piece)
    headers, body = parts_of(b"".join(pieces))
    assert len(pieces) > 10
    assert time.monotonic() - started > 0.003 * len(body) * 0.9
    assert len(body) == int(headers["content-length"])
    assert json.loads(body)["number"] == site.orders[0].number


def test_garbage_is_neither_text_nor_harmless(open_site: OpenSite, ask: Ask) -> None:
    content = ask(open_site(faults=("getNumber:garbage",)), "getNumber", 3).content
    assert b"\x1b]52;" in content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


def test_pages_stand_in_for_json(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(faults=("getNumber:html@1", "getNumber:500@2", "getNumber:502@3", "getNumber:429@4"))
    for _ in range(4):
        assert ask(site, "getNumber", 3).text.startswith("<!DOCTYPE html>")


def test_a_php_notice_stands_in_front_of_the_good_json(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(faults=("getNumber:php-notice",))
    notice, _, good = ask(site, "getNumber", 3).text.partition("{")
    assert notice.startswith("<br />\n<b>Notice</b>:")
    assert json.loads("{" + good)["number_id"] == int(site.orders[0].number_id)


def test_too_many_requests_says_when_to_come_back(open_site: OpenSite, ask: Ask) -> None:
    assert ask(open_site(faults=("getMessage:429",)), "getMessage", 1).headers["retry-after"] == "2"


def test_a_redirect_leads_back_to_itself_and_charges_each_time(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(faults=("getNumber:redirect",))
    for orders in (1, 2):
        assert ask(site, "getNumber", 3).headers["location"] == order_path(site)
        assert len(site.orders) == orders


@pytest.mark.parametrize("call", CALLS)
def test_a_refusal_is_well_formed_and_does_nothing_for_any_call(open_site: OpenSite, ask: Ask, call: str) -> None:
    site = open_site(code_share=0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    site.add_fault(f"{call}:refuse")
    arguments = {"getCategories": "", "getBalance": "", "getMessage": number_id, "cancelNumber": number_id}
    reply = ask(site, call, arguments.get(call, 3))
    assert reply.status_code == 200
    assert reply.json()["success"] is False
    assert reply.json()["message"]
    assert [order.state for order in site.orders] == ["waiting"]


def test_a_duplicate_id_hides_the_new_numbers_own(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(faults=("getNumber:duplicate-id@2",))
    first, second = (ask(site, "getNumber", 3).json() for _ in range(2))
    assert first["number_id"] == second["number_id"]
    assert first["number"] != second["number"]
    assert len({order.number_id for order in site.orders}) == 2
    assert len(site.ledger) == 2


def test_a_lost_cancel_reply_has_refunded_all_the_same(open_site: OpenSite, ask: Ask, read_raw: ReadRaw) -> None:
    site = open_site(faults=("cancelNumber:drop-reply@1",))
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    assert read_raw(site, f"/api/{site.key}/cancelNumber/{number_id}") == b""
    assert site.balance == Decimal(100)
    assert ask(site, "getMessage", number_id).json()["status"] == -1


def test_faults_can_be_set_and_cleared_while_serving(site: SandboxServer, ask: Ask) -> None:
    site.add_fault("getBalance:500@2")
    assert [ask(site, "getBalance").status_code for _ in range(3)] == [200, 500, 200]
    site.add_fault("*:502")
    assert ask(site, "getCategories").status_code == 502
    site.clear_faults()
    assert ask(site, "getCategories").status_code == 200


def test_every_request_is_counted_whatever_becomes_of_it(open_site: OpenSite, ask: Ask, read_raw: ReadRaw) -> None:
    site = open_site(faults=("getNumber:drop-request@1", "getNumber:429@2"))
    read_raw(site, order_path(site))
    ask(site, "getNumber", 3)
    ask(site, "getNumber", 3, key="wrong")
    assert site.requests == {"getNumber": 3}


def test_a_reply_with_a_fault_ends_only_its_own_connection(open_site: OpenSite) -> None:
    site = open_site(faults=("getBalance:drop-reply@2",))
    with httpx.Client(trust_env=False, verify=False) as browser:  # noqa: S501 - plain http only
        url = f"{site.url}/api/{site.key}/getBalance"
        assert browser.get(url).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            browser.get(url)
        assert browser.get(url).status_code == 200
