"""Whatever bytes come back, the answer is a value or a SiteError, soon, and within bounds."""

import gzip
import json
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snum_tui.domain.catalogue import Quote
from snum_tui.domain.text import REPLACEMENT
from snum_tui.provider import calls, reading
from snum_tui.provider.answer import Answer
from snum_tui.provider.calls import Call
from snum_tui.provider.client import SiteClient, Timeouts
from snum_tui.provider.documents import documents
from snum_tui.provider.errors import SiteError, Unreadable

NewClient = Callable[..., SiteClient]
Says = Callable[..., None]
AnswerOf = Callable[[Call, bytes], Answer]
Read = Callable[[Answer], object]
MIB = 1024 * 1024

READERS: list[tuple[Call, Read]] = [
    (calls.CATEGORIES, reading.read_categories),
    (calls.SERVICES, lambda answer: reading.read_services(answer, "1")),
    (calls.QUOTE, lambda answer: reading.read_quote(answer, "32")),
    (calls.BALANCE, reading.read_balance),
    (calls.ORDER, reading.read_order),
    (calls.MESSAGE, lambda answer: reading.read_message(answer, "75")),
    (calls.CANCEL, reading.read_cancel),
]
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'
NAMES = st.sampled_from(
    [
        *("success", "title", "message", "id", "name", "category", "price", "stock", "stock_unknown"),
        *("balance", "number_id", "number", "code", "status"),
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["true", "false", "1", "0", "-1", "75", "+7707", "0.62", "\x1b]0;x\x07", "\u202e"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6)
)
BODIES = st.binary() | st.text().map(str.encode) | VALUES.map(lambda value: json.dumps(value).encode())
MANGLED = st.tuples(
    BODIES, st.sampled_from([b"", b"\xef\xbb\xbf", b"<br />Notice: [0] in x\n", b"{", b'"', b"\x00"])
)


def read_all(answer_of: AnswerOf, body: bytes) -> None:
    """Read a body as the reply of each call; anything but a value or a SiteError fails."""
    for call, read in READERS:
        try:
            value = read(answer_of(call, body))
        except SiteError:
            continue
        shown = repr(value)
        assert not [char for char in shown if not char.isprintable() and char != REPLACEMENT]


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(MANGLED)
def test_no_reply_breaks_a_reader(answer_of: AnswerOf, mangled: tuple[bytes, bytes]) -> None:
    """Neither random bytes nor JSON with the right names and the wrong values."""
    body, front = mangled
    read_all(answer_of, front + body)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(st.integers(0, len(ORDERED) - 1), st.binary(min_size=1, max_size=3), st.booleans())
def test_no_damage_turns_a_success_into_a_refusal(
    answer_of: AnswerOf,
    place: int,
    damage: bytes,
    cut: bool,  # noqa: FBT001 - drawn by the search
) -> None:
    """A damaged reply is a number or an open question, never a proof that nothing was charged."""
    body = ORDERED[:place] + damage + (b"" if cut else ORDERED[place + len(damage) :])
    refusals = []
    try:
        reading.read_order(answer_of(calls.ORDER, body))
    except SiteError as error:
        refusals.append(error.whole_refusal)
    assert refusals in ([], [False])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=5000)
@given(st.binary(max_size=300))
async def test_no_bytes_on_the_wire_break_a_call(client: SiteClient, script: list[object], raw: bytes) -> None:
    """As the whole response, and as its body."""
    for response in (raw, b"HTTP/1.1 200 OK\r\n" + raw, b"HTTP/1.1 200 OK\r\n\r\n" + raw):
        script[:] = [response]
        for ask in (client.balance, client.categories):
            with suppress(SiteError):
                await ask()


@pytest.mark.parametrize("call", ["categories", "balance", "order"])
@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd", "x-unknown"])
async def test_a_compressed_bomb_is_not_opened(client: SiteClient, says: Says, call: str, encoding: str) -> None:
    """FACTS: 1.6 kB of brotli became 2 GB of memory."""
    ask: dict[str, Callable[[], Awaitable[object]]] = {
        "categories": client.categories,
        "balance": client.balance,
        "order": lambda: client.order("32"),
    }
    bomb = gzip.compress(bytes(64 * MIB))
    says(bomb, "200 OK", f"Content-Encoding: {encoding}")
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as caught:
            await ask[call]()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.evidence.raw == bomb[: 256 * 1024]
    assert peak < 8 * MIB


@pytest.mark.parametrize(
    ("call", "cap"),
    [
        ("categories", 8 * MIB),
        ("services", 8 * MIB),
        *[(call, MIB // 4) for call in ("quote", "balance", "order", "message", "cancel")],
    ],
)
async def test_a_reply_is_read_up_to_its_cap_and_no_further(
    new_client: NewClient, script: list[object], call: str, cap: int
) -> None:
    """Eight MiB for the lists, a quarter of one for the rest; what came counts as evidence, in part.

    The server never ends: who waits for its end meets the deadline, which is another error.
    """
    client = new_client(timeouts=Timeouts(read_deadline_seconds=60, money_deadline_seconds=60))
    blanks = b" " * (MIB // 4)
    script[:] = [b"HTTP/1.1 200 OK\r\n\r\n", *[blanks] * (cap // len(blanks)), b"x" * 64 * 1024, "hang"]
    with pytest.raises(Unreadable) as caught:
        await getattr(client, call)(*([] if call in {"categories", "balance"} else ["32"]))
    assert caught.value.evidence.raw == blanks
    assert caught.value.evidence.request_sent is True


async def test_a_reply_as_large_as_its_cap_is_read(client: SiteClient, says: Says) -> None:
    """The cap is inclusive."""
    body = b'{"balance":1}'
    says(body + b" " * (MIB // 4 - len(body)))
    assert await client.balance() == Decimal(1)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 33 + b"]" * 33,
        b'{"balance":1,"x":' + b"[" * 33 + b"]" * 33 + b"}",
        b'"' + b"[" * 100_000,
        b"x" + b"[" * 100_000,
        b"{a:" * 2000 + b"1" + b"}" * 2000,
        b"{a:" * 9 + b"1" + b"}" * 9,
        b"'" + b"{a:" * 2000,
    ],
    ids=range(9),
)
def test_brackets_do_not_pile_up(answer_of: AnswerOf, body: bytes) -> None:
    """32 deep is more than this API needs; 8 where json5 reads."""
    for call, read in READERS:
        with pytest.raises(Unreadable):
            read(answer_of(call, body))


def test_json5_is_read_eight_deep_and_no_deeper() -> None:
    """Its parser calls itself twenty times for each."""
    assert len(list(documents(b"{a:" * 8 + b"1" + b"}" * 8, money=False))) == 1
    assert list(documents(b"{a:" * 9 + b"1" + b"}" * 9, money=False)) == []


def test_brackets_in_texts_do_not_count(answer_of: AnswerOf) -> None:
    """A name may hold as many as it likes."""
    body = json.dumps({"balance": 1, "note": '[{"' * 99}).encode()
    assert reading.read_balance(answer_of(calls.BALANCE, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'"\\' * (4 * MIB),
        b"\\" * (8 * MIB),
        b"[" + b'"\\"",' * MIB + b"1]",
        b"[" * (8 * MIB),
        b"[" + b"1.5," * (2 * MIB) + b"1]",
        b"[" + b"{}," * (2 * MIB) + b"{}]",
        b"x" + b"[1," * 300_000,
        b"x" * (8 * MIB),
        b"<br>" + b"[[1],[1]," * 100_000,
        (b"x" + b"[],[" * 8000)[: 8 * 1024],
        (b"[[[[[[" + b"[]," * 8000)[: 8 * 1024],
        (b"{a:'" + b"\\u0041" * 8000)[: 8 * 1024],
        (b"{a:/*" + b"*/ /*" * 8000)[: 8 * 1024],
        (b"{a:" + b"-" * 8000)[: 8 * 1024],
        b"{a:" + b"1" * 8000 + b"}",
    ],
    ids=range(15),
)
@pytest.mark.parametrize(("call", "read"), [READERS[0], READERS[3], READERS[4]], ids=["list", "read", "money"])
def test_no_reply_takes_long_to_turn_down(answer_of: AnswerOf, body: bytes, call: Call, read: Read) -> None:
    """The engine polls other numbers on the same thread."""
    started = time.process_time()
    with pytest.raises(Unreadable):
        read(answer_of(call, body[: call.body_cap]))
    assert time.process_time() - started < 5


def test_the_largest_list_is_read_and_a_larger_one_is_not(answer_of: AnswerOf) -> None:
    """Twenty thousand rows; a popular category has 400."""
    rows = [{"id": number, "name": "x"} for number in range(20_000)]
    assert len(reading.read_categories(answer_of(calls.CATEGORIES, json.dumps(rows).encode()))) == 20_000
    rows.append({"id": -1, "name": "x"})
    with pytest.raises(Unreadable):
        reading.read_categories(answer_of(calls.CATEGORIES, json.dumps(rows).encode()))


@pytest.mark.parametrize("money", [False, True])
@pytest.mark.parametrize(
    "body",
    [
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1' + b"0" * 5000 + b"}",
        b'{"a":0.' + b"1" * 65 + b"}",
        b"{a: NaN}",
        b"{a: -Infinity}",
        b"{a: 0x" + b"f" * 5000 + b"}",
    ],
)
def test_what_is_no_number_is_not_read_as_one(body: bytes, money: bool) -> None:  # noqa: FBT001 - drawn from the table
    """FACTS: json.loads yields NaN and Infinity, and stumbles over 5000 digits."""
    assert list(documents(body, money=money)) == []


def test_numbers_with_a_point_are_decimals() -> None:
    """Money is never a float, on its way neither."""
    for body in (b'{"a":0.1}', b"{a: 0.1}"):
        (document,) = documents(body, money=False)
        assert document.value == {"a": Decimal("0.1")}


async def test_a_hostile_id_costs_its_row_and_no_more(client: SiteClient, says: Says) -> None:
    """It could neither be sent nor shown."""
    bad: list[object] = ["..", ".", "", "x" * 65, "\u202e1", "\u0000", "1\n2", None, True, [], {}, 1.5]
    rows = [{"id": item, "name": "bad", "price": 1, "stock": 1} for item in bad]
    says(json.dumps([*rows, {"id": "../7", "name": "odd", "price": 1, "stock": 1}]).encode())
    (service,) = await client.services("1")
    assert service.quote == Quote("../7", Decimal(1), 1)
