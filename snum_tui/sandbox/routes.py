"""The seven calls and the ledger route, on their paths."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from snum_tui.sandbox.controls import Controls
from snum_tui.sandbox.dialects import Dialect
from snum_tui.sandbox.fault_plan import FaultKind
from snum_tui.sandbox.faults import Faults
from snum_tui.sandbox.latency import Latency
from snum_tui.sandbox.payload import write_json
from snum_tui.sandbox.refusals import NOT_NOW, Refused
from snum_tui.sandbox.replies import CONTENT_TYPE, Reply, html_page, spoil
from snum_tui.sandbox.site import Site
from snum_tui.sandbox.wire import BROKEN_ON_THE_WIRE, BrokenResponse, PlainResponse, hung_up_within

Action = Callable[[Mapping[str, str]], Reply]
"""Does one call with the parts of its path, and words the reply. Raises Refused."""


class Api:
    """Answers requests: counts them, does the call, waits out the latency, lets a fault strike."""

    def __init__(self, site: Site, faults: Faults, latency: Latency) -> None:
        self._site = site
        self._faults = faults
        self._latency = latency
        self._dialect = Dialect(site.options.dialects)

    def router(self, controls: Controls) -> Router:
        """Return the paths as an ASGI application. The calls without a key come first: a key may be any word."""
        calls: tuple[tuple[str, str, Action], ...] = (
            ("/api/getCategories", "getCategories", self._categories),
            ("/api/getServices/{category}", "getServices", self._services),
            ("/api/getServiceDetails/{service}", "getServiceDetails", self._quote),
            ("/api/{key}/getBalance", "getBalance", self._balance),
            ("/api/{key}/getNumber/{service}", "getNumber", self._order),
            ("/api/{key}/getMessage/{number_id}", "getMessage", self._message),
            ("/api/{key}/cancelNumber/{number_id}", "cancelNumber", self._cancel),
        )
        routes = [Route(path, self._endpoint(call, action), methods=["GET"]) for path, call, action in calls]
        routes.append(Route("/sandbox/ledger", _ledger_endpoint(controls), methods=["GET"]))
        return Router(routes, redirect_slashes=False, default=_not_found)

    def _endpoint(self, call: str, action: Action) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            kind = self._faults.strike(call)
            reply = self._do(call, action, request.path_params, kind)
            await hung_up_within(request.receive, self._latency.next_seconds())
            if kind in BROKEN_ON_THE_WIRE:
                return BrokenResponse(kind, reply, self._site.options.drip_seconds)
            path = request.scope["raw_path"].decode("ascii")
            return PlainResponse(reply if kind is None else spoil(kind, reply, path))

        return answer

    def _do(self, call: str, action: Action, path: Mapping[str, str], kind: FaultKind | None) -> Reply:
        """Do the call under the site's lock, unless the fault comes before it."""
        with self._site.lock:
            self._site.requests[call] += 1
            if kind is not None and not kind.executes:
                return self._dialect.refusal(NOT_NOW)
            before = self._site.numbers.last_id()
            try:
                if "key" in path:
                    self._site.check_key(path["key"])
                if kind is FaultKind.DUPLICATE_ID and before is not None:
                    return self._dialect.order(self._site.order(path["service"]), before)
                return action(path)
            except Refused as refused:
                return self._dialect.refusal(refused.refusal)

    def _categories(self, _path: Mapping[str, str]) -> Reply:
        return self._dialect.categories(self._site.categories())

    def _services(self, path: Mapping[str, str]) -> Reply:
        return self._dialect.services(self._site.services(path["category"]), self._site.offer)

    def _quote(self, path: Mapping[str, str]) -> Reply:
        return self._dialect.quote(self._site.quote(path["service"]))

    def _balance(self, _path: Mapping[str, str]) -> Reply:
        return self._dialect.balance(self._site.balance())

    def _order(self, path: Mapping[str, str]) -> Reply:
        rented = self._site.order(path["service"])
        return self._dialect.order(rented, rented.number_id)

    def _message(self, path: Mapping[str, str]) -> Reply:
        return self._dialect.message(self._site.message(path["number_id"]), self._site.now)

    def _cancel(self, path: Mapping[str, str]) -> Reply:
        self._site.cancel(path["number_id"])
        return self._dialect.cancelled()


def _ledger_endpoint(controls: Controls) -> Callable[[Request], object]:
    async def show(_request: Request) -> Response:
        return Response(write_json(controls.as_record()), media_type="application/json")

    return show


async def _not_found(scope: Scope, receive: Receive, send: Send) -> None:
    page = html_page("404 Not Found", "Aradığınız sayfa bulunamadı.")
    await Response(page, 404, {"content-type": CONTENT_TYPE})(scope, receive, send)
