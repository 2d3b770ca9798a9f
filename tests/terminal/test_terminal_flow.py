"""The daily work from the first key to the last, in a real terminal."""

import re
from datetime import datetime
from decimal import Decimal

from tests.terminal.desk_steps import PRICED, agree, asked, balance, order, reach_services, seconds_left, send_order
from tests.terminal.other_process import OpenSite, Program
from tests.terminal.pty_terminal import ENTER, OpenTerminal
from tests.terminal.pty_text import after_the_screen, left_on

FIELDS = [
    "id",
    "profile",
    "site",
    "category",
    "service_id",
    "service",
    "price",
    "state",
    "number_id",
    "number",
    "code",
    "ordered_at",
    "refund_until",
    "settled_at",
]


def test_a_code_is_ordered_received_and_copied_and_another_number_cancelled_by_keys_alone(
    open_terminal: OpenTerminal,
) -> None:
    terminal = open_terminal("demo", "--code-share", "1", "--code-after", "3-4", "--no-number-share", "0")
    terminal.until(lambda screen: "Favourites" in screen and screen.find(PRICED))
    assert reach_services(terminal).lines[0].startswith("┌─ 127.0.0.1:")

    terminal.send(ENTER)
    question = asked(terminal, "Order a number?")
    price = re.search(r"Price +₺(\d+\.\d\d)", question.text)
    assert price is not None
    after = Decimal(100) - Decimal(price[1])
    assert f"₺100.00, then ₺{after}" in question.line("Balance")
    assert "cancelled within 10 minutes, the price comes" in question.line("Refund")
    agree(terminal)

    first = terminal.until(seconds_left)
    later = terminal.until(lambda screen: (seconds_left(screen) or 9999) < (seconds_left(first) or 0))
    assert balance(later) == float(after)
    arrived = terminal.until(lambda screen: "Press y to copy it" in screen)
    code = re.search(r"received +(\d+) +\+\d+", arrived.text)
    assert code is not None
    terminal.send("y")
    terminal.until(lambda screen: terminal.clipboard and "clipboard" in screen)
    assert terminal.clipboard == [code[1]]

    order(terminal)
    terminal.until(lambda screen: balance(screen) < float(after))
    terminal.send("c")
    asked(terminal, "Cancel this number?")
    agree(terminal)
    terminal.until(lambda screen: screen.line("cancelled") and balance(screen) == float(after))

    terminal.send("q")
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()
    assert terminal.is_as_before
    assert after_the_screen(terminal.received) == ""


def test_what_orders_lists_is_exactly_what_the_site_charged_for(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure("[polls]\nfirst_seconds = 1\n")
    site = open_sandbox(
        "--code-share", "1", "--code-after", "1-2", "--no-number-share", "0", "--fault", "getNumber:refuse@2"
    )
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    number = order(terminal)
    terminal.until(lambda screen: screen.find(rf"received +\d+ +{re.escape(number)}"))
    send_order(terminal)
    terminal.until(lambda screen: "Not ordered: The site says:" in screen)
    second = order(terminal)
    terminal.kill()

    orders, truth = program.orders(), site.truth()
    assert [list(record) for record in orders] == [FIELDS] * 3
    charged = [record for record in orders if record["state"] != "refused"]
    assert {record["number"] for record in charged} == {number, second}
    assert [
        (record["number_id"], record["number"], record["service_id"], record["price"]) for record in charged
    ] == [
        (known["number_id"], known["number"], known["service_id"], known["price"])
        for known in reversed(truth["orders"])
    ]
    assert [record["code"] for record in charged] == [None, truth["orders"][0]["codes"][0]]
    for record in orders:
        assert (record["profile"], record["site"], record["category"]) == ("default", site.url, "Google")
        times = [record[name] for name in ("ordered_at", "refund_until", "settled_at") if record[name] is not None]
        assert all(time.endswith("Z") and datetime.fromisoformat(time) for time in times)
    assert [record["refund_until"] is None for record in orders] == [False, True, False]
    assert [record["settled_at"] is None for record in orders] == [True, False, False]
    assert [record["number"] for record in program.orders("--open")] == [second]
