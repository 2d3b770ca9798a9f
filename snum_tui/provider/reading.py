"""Turns answers into values of the domain: one function per call of the API document.

All of them raise what judging.py raises, and Unreadable where the reply fits no shape. Where they raise, no
variable holds a reply's content bare: an escaped key in it would show in a traceback with locals.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from snum_tui.domain.catalogue import Category, Quote, Service
from snum_tui.domain.messages import Message, MessageStatus
from snum_tui.provider import sentences
from snum_tui.provider.answer import Answer
from snum_tui.provider.documents import Document, documents
from snum_tui.provider.errors import KeyRejected
from snum_tui.provider.fields import read_flag
from snum_tui.provider.judging import check, not_this_api, refusal_in
from snum_tui.provider.replies import CancelAccepted, OrderedNumber
from snum_tui.provider.shapes import (
    BalanceShape,
    CategoryRow,
    MessageShape,
    OrderShape,
    QuoteShape,
    ServiceRow,
    Shape,
    fitted,
)

_MOST_ROWS = 20_000
_S = TypeVar("_S", bound=Shape)
_R = TypeVar("_R", Category, Service)


def read_categories(answer: Answer) -> tuple[Category, ...]:
    """Read getCategories, in the site's order; rows that cannot be read, or come twice, are left out."""
    rows = (fitted(CategoryRow, value) for value in _rows(answer))
    return _distinct(answer, [Category(row.id, row.name) if row else None for row in rows])


def read_services(answer: Answer, category_id: str) -> tuple[Service, ...]:
    """Read getServices, in the site's order; rows that cannot be read, or come twice, are left out.

    Every row belongs to the category that was asked for, whatever the row itself says: it is looked up there again.
    """
    return _distinct(answer, [_service(value, category_id) for value in _rows(answer)])


def read_quote(answer: Answer, service_id: str) -> Quote:
    """Read getServiceDetails. A quote of another service than the one asked for is no answer."""
    shape = _only(answer, QuoteShape)
    if shape.id not in {None, service_id}:
        raise not_this_api(answer)
    return Quote(service_id, shape.price, shape.known_stock)


def read_balance(answer: Answer) -> Decimal:
    """Read getBalance, in the account's currency. PROTOCOL: a bad key may also come as `null` or `[]`."""
    check(answer)
    if any(document.clean and document.value in (None, []) for document in _documents(answer)):
        raise KeyRejected(sentences.key_rejected(""), answer.evidence)
    return _only(answer, BalanceShape).balance


def read_message(answer: Answer, number_id: str) -> Message:
    """Read getMessage. "Arrived" without a text is still waiting; another number's message is no answer."""
    shape = _only(answer, MessageShape)
    if shape.id not in {None, number_id}:
        raise not_this_api(answer)
    if shape.status is MessageStatus.RECEIVED and shape.code is None:
        return Message(number_id, MessageStatus.WAITING, None)
    text = None if shape.status is MessageStatus.WAITING else shape.code
    return Message(number_id, shape.status, text)


def read_order(answer: Answer) -> OrderedNumber:
    """Read getNumber, which has cost money if it succeeded.

    A success counts with noise around it, for the number exists; a refusal counts only if it is the whole reply and
    names no number. Anything between leaves the order unknown.
    """
    check(answer)
    for document in documents(answer.raw, money=True):
        ordered = _ordered(answer, document.value)
        if ordered is not None:
            return ordered
        refusal = refusal_in(answer, document.value)
        if refusal is not None and document.clean and not _names_a_number(document.value):
            raise refusal
    raise not_this_api(answer)


def read_cancel(answer: Answer) -> CancelAccepted:
    """Read cancelNumber: yes and no count only if they are the whole reply."""
    check(answer)
    for document in documents(answer.raw, money=True):
        if not document.clean:
            continue
        if _says_yes(document.value):
            return CancelAccepted(answer.raw)
        refusal = refusal_in(answer, document.value)
        if refusal is not None:
            raise refusal
    raise not_this_api(answer)


def _ordered(answer: Answer, value: object) -> OrderedNumber | None:
    shape = fitted(OrderShape, value) if _says_yes(value) else None
    return OrderedNumber(shape.number_id, shape.number, answer.raw) if shape else None


def _says_yes(value: object) -> bool:
    return isinstance(value, Mapping) and read_flag(value.get("success")) is True


def _names_a_number(value: object) -> bool:
    """Tell whether a refusal contradicts itself: with a number in it, nobody knows what was charged."""
    return isinstance(value, Mapping) and any(
        value.get(name) not in (None, "", 0, "0", False) for name in ("number_id", "number")
    )


def _documents(answer: Answer) -> Iterator[Document]:
    return documents(answer.raw, money=False)


def _only(answer: Answer, shape: type[_S]) -> _S:
    """Return the reply in its shape. Raises the site's refusal, or Unreadable."""
    check(answer)
    for document in _documents(answer):
        refusal = refusal_in(answer, document.value)
        if refusal is not None:
            raise refusal
        found = fitted(shape, document.value)
        if found is not None:
            return found
    raise not_this_api(answer)


def _rows(answer: Answer) -> list[object]:
    """Return the rows of a list reply, not yet read. Raises the site's refusal, or Unreadable."""
    check(answer)
    for document in _documents(answer):
        refusal = refusal_in(answer, document.value)
        if refusal is not None:
            raise refusal
        if isinstance(document.value, list) and len(document.value) <= _MOST_ROWS:
            return document.value
    raise not_this_api(answer)


def _service(value: object, category_id: str) -> Service | None:
    row = fitted(ServiceRow, value)
    if row is None:
        return None
    return Service(row.id, row.name, category_id, _row_quote(value, row.id), row.phonecode)


def _row_quote(value: object, service_id: str) -> Quote | None:
    """Read the quote that some sites put into the row; None where it is not all there, so that it is asked for."""
    if not isinstance(value, Mapping) or not value.keys() & {"stock", "stock_unknown"}:
        return None
    shape = fitted(QuoteShape, value)
    return Quote(service_id, shape.price, shape.known_stock) if shape else None


def _distinct(answer: Answer, found: list[_R | None]) -> tuple[_R, ...]:
    """Leave out the rows that could not be read, and the second of two with one id. Unreadable if none is left."""
    distinct: dict[str, _R] = {}
    for item in found:
        if item is not None:
            distinct.setdefault(item.id, item)
    if found and not distinct:
        raise not_this_api(answer)
    return tuple(distinct.values())
