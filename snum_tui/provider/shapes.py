"""The shapes of the API document's replies, with all the variations seen (PROTOCOL). More fields are ignored."""

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from snum_tui.domain.messages import MessageStatus
from snum_tui.domain.money import read_amount
from snum_tui.provider import fields

SiteId = Annotated[str, BeforeValidator(fields.read_id)]
Name = Annotated[str, BeforeValidator(fields.read_name)]
Price = Annotated[Decimal, BeforeValidator(fields.read_price)]
Stock = Annotated[int | None, BeforeValidator(fields.read_stock)]
Flag = Annotated[bool | None, BeforeValidator(fields.read_flag)]
Words = Annotated[str, BeforeValidator(fields.read_words)]


class Shape(BaseModel):
    """A reply, or a row of one."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CategoryRow(Shape):
    """`{"id":1,"name":"Google"}`."""

    id: SiteId
    name: Name


class ServiceRow(Shape):
    """`{"id":"12","name":"Afghanistan","category":"1"}`; its price and stock are read apart, as a QuoteShape."""

    id: SiteId
    name: Name
    phonecode: Annotated[str, BeforeValidator(fields.read_dialling_code)] = ""


class QuoteShape(Shape):
    """`{"id":"32","price":"2","stock":180}`; the same fields may stand in a row of getServices."""

    id: SiteId | None = None
    price: Price
    stock: Stock = None
    stock_unknown: Flag = None

    @property
    def known_stock(self) -> int | None:
        """The stock, unless the site flags it as unknown."""
        return None if self.stock_unknown else self.stock


class BalanceShape(Shape):
    """`{"balance":1}`."""

    balance: Annotated[Decimal, BeforeValidator(read_amount)]


class OrderShape(Shape):
    """`{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}`."""

    number_id: SiteId
    number: Annotated[str, BeforeValidator(fields.read_phone_number)]


class MessageShape(Shape):
    """`{"code":null,"id":"75","status":0}`."""

    id: SiteId | None = None
    status: Annotated[MessageStatus, BeforeValidator(fields.read_status)]
    code: Annotated[str | None, BeforeValidator(fields.read_message_text)] = None


class FailureShape(Shape):
    """`{"success":false,"title":"","message":""}`."""

    title: Words = ""
    message: Words = ""


_S = TypeVar("_S", bound=Shape)


def fitted(shape: type[_S], value: object) -> _S | None:
    """Fit a JSON value into a shape; None where it does not fit. pydantic's error quotes it, so it ends here."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None
