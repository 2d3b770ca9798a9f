"""Watching a service: for stock, or for a price. Nothing here orders."""

from textual.app import App

from snum_tui.domain.catalogue import Service
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import DropWatch, SetWatch
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.watch import WatchPrompt, WatchWish
from snum_tui.ui.tables.watches import watch_of


def ask_watch(app: App[object], desk: Desk, service: Service, category: str) -> None:
    """Ask what to wait for; hand it to the engine unless it is what is waited for already."""
    before = watch_of(service.id, desk.snapshot)

    def answered(wish: WatchWish | None) -> None:
        if wish is None:
            return
        if wish.ends:
            desk.engine.submit(DropWatch(service.id))
        elif before is None or before.price_limit != wish.price_limit:
            desk.engine.submit(SetWatch(service.id, service.name, service.category_id, category, wish.price_limit))
        desk.tell(_told(desk, service, wish), Tone.PLAIN)

    app.push_screen(WatchPrompt(desk, service, category, before), answered)


def _told(desk: Desk, service: Service, wish: WatchWish) -> str:
    if wish.ends:
        return desk.text(N_("{service} is no longer watched."), service=service.name)
    if wish.price_limit is None:
        return desk.text(N_("You are told as soon as {service} is in stock."), service=service.name)
    words = N_("You are told as soon as {service} costs {limit} or less.")
    return desk.text(words, service=service.name, limit=desk.amount(wish.price_limit))
