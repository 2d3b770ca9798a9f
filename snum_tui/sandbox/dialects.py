"""How the site words its replies: the document's shapes, varied by the dialects chosen (dialect_names.py)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

from snum_tui.sandbox.catalogue import Category, Service
from snum_tui.sandbox.numbers import NumberState, RentedNumber
from snum_tui.sandbox.payload import plain, write_json
from snum_tui.sandbox.refusals import BAD_KEY, Refusal
from snum_tui.sandbox.replies import CONTENT_TYPE, Reply, html_page
from snum_tui.sandbox.site import Offer

_STATUS = {
    NumberState.WAITING: 0,
    NumberState.RECEIVED: 1,
    NumberState.CANCELLED: -1,
    NumberState.EXPIRED: -1,
}
_LINKS = {"href": "/profil", "redirect_url": "/bakiye-yukle", "email_verification_required": False}
_SMS_TEXTS: tuple[Callable[[str, str], str], ...] = (
    lambda app, code: f"{app} doğrulama kodunuz: {code}. Bu kodu kimseyle paylaşmayın.",
    lambda app, code: f"Your {app} code is {code[:3]}-{code[3:]}. It expires in 10 minutes.",
    lambda app, code: f"G-{code} is your {app} verification code.",
)


class Dialect:
    """Writes each kind of reply. Without a name of a variation, it is the document's, as valid JSON."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)

    def categories(self, categories: Sequence[Category]) -> Reply:
        """Write `[{"id":1,"name":"Google"},…]`."""
        return self._json(
            [
                {"id": self._id(item.id, turn, number=True), "name": item.name}
                for turn, item in enumerate(categories)
            ]
        )

    def services(self, services: Sequence[Service], offer: Callable[[Service], Offer]) -> Reply:
        """Write `[{"id":"12","name":"Afghanistan","category":"1"},…]`; `offer` prices rows that show it."""
        return self._json([self._row(service, turn, offer) for turn, service in enumerate(services)])

    def quote(self, offer: Offer) -> Reply:
        """Write `{"id":"32","price":"2","stock":180}`."""
        return self._json({"id": self._id(offer.service.id, 0), **self._price_and_stock(offer)})

    def balance(self, balance: Decimal) -> Reply:
        """Write `{"balance":1}`; the document prints it as `{balance: 1}`."""
        if "document" in self._names:
            return self._text(f"{{balance: {plain(balance)}}}")
        return self._json({"balance": plain(balance) if "string-balance" in self._names else balance})

    def order(self, rented: RentedNumber, number_id: str) -> Reply:
        """Write `{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}`."""
        number = rented.number.lstrip("+") if "bare-number" in self._names else rented.number
        success = {"success": True, "title": "", "message": ""}
        return self._json({**success, "number_id": self._id(number_id, 1, number=True), "number": number})

    def message(self, rented: RentedNumber, now: float) -> Reply:
        """Write `{"code":null,"id":"75","status":0}`: 1 arrived, 0 waiting, -1 cancelled (or expired)."""
        state = rented.state(now)
        status = _STATUS[state]
        return self._json(
            {
                "code": self._code(rented, now) if state is NumberState.RECEIVED else self._no_code(),
                "id": self._id(rented.number_id, 0),
                "status": str(status) if "string-status" in self._names else status,
            }
        )

    def cancelled(self) -> Reply:
        """Write `{"success":true,"title":"","message":""}`."""
        return self._json({"success": True, "title": "", "message": ""})

    def refusal(self, refusal: Refusal) -> Reply:
        """Write a `success:false` for the person, or whatever this site sends for a bad key."""
        if refusal is BAD_KEY and (special := self._bad_key()) is not None:
            return special
        title, message = refusal.title, refusal.message
        if "html-refusal" in self._names:
            message = f"<b>{title}</b><br>{message} <a href='/destek'>Destek &amp; Yard&#305;m</a>"
        if "empty-refusal" in self._names:
            title = message = ""
        links: Mapping[str, object] = _LINKS if "refusal-links" in self._names else {}
        status = {"key-401": 401, "key-403": 403}
        code = next((status[name] for name in status if name in self._names and refusal is BAD_KEY), 200)
        return self._json({"success": False, "title": title, "message": message, **links}, code)

    def _bad_key(self) -> Reply | None:
        if "key-html" in self._names:
            return self._text(html_page("Giriş yapın", "Bu sayfayı görmek için giriş yapmalısınız."))
        if "key-null" in self._names:
            return self._json(None)
        return self._json([]) if "key-list" in self._names else None

    def _row(self, service: Service, turn: int, offer: Callable[[Service], Offer]) -> dict[str, object]:
        row: dict[str, object] = {
            "id": self._id(service.id, turn),
            "name": service.name,
            "category": self._id(service.category_id, turn + 1),
        }
        if "quote-in-list" in self._names:
            row |= {**self._price_and_stock(offer(service)), "phonecode": service.country.dialling_code}
        return row

    def _price_and_stock(self, offer: Offer) -> dict[str, object]:
        price: object = plain(offer.price)
        if "numeric-price" in self._names:
            price = offer.price
        if "comma-price" in self._names:
            price = plain(offer.price).replace(".", ",")
        if "missing-stock" in self._names:
            return {"price": price}
        if "stock-unknown" in self._names:
            return {"price": price, "stock": 0, "stock_unknown": True}
        return {"price": price, "stock": str(offer.stock) if "string-stock" in self._names else offer.stock}

    def _code(self, rented: RentedNumber, now: float) -> str:
        codes = rented.codes(now)
        if "sms-text" in self._names:
            word, app = _SMS_TEXTS[int(rented.number_id) % len(_SMS_TEXTS)], rented.service.category
            codes = tuple(word(app, code) for code in codes)
        return "|".join(codes)

    def _no_code(self) -> str | None:
        return "" if "empty-code" in self._names else None

    def _id(self, text: str, turn: int, *, number: bool = False) -> str | int:
        """Write an id as the document does, or as the dialect has it; `turn` alternates under mixed-ids."""
        if "mixed-ids" in self._names:
            number = turn % 2 == 0
        elif "string-ids" in self._names:
            number = False
        elif "numeric-ids" in self._names:
            number = True
        return int(text) if number else text

    def _json(self, payload: object, status: int = 200) -> Reply:
        return self._text(write_json(payload), status)

    def _text(self, text: str, status: int = 200) -> Reply:
        mark = "\ufeff" if "bom" in self._names else ""
        return Reply((mark + text).encode(), status, (("content-type", CONTENT_TYPE),))
