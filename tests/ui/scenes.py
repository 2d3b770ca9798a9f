"""How a person gets to where a picture is taken, or to where a test begins."""

import asyncio
from decimal import Decimal

from snum_tui.engine.commands import Refresh
from snum_tui.ui.screens.profile_form import ProfileForm
from snum_tui.ui.screens.profiles import ProfilesScreen
from tests.ui.beginning import Beginning
from tests.ui.session import Session

TWO_PROFILES = """
profile = "work"
[profiles.work]
site = "https://numara.example"
api_key = "0123456789abcdef0123456789abcdef"
refund_rule = "Not for WhatsApp"
[profiles.home]
site = "https://onay.example"
api_key = "0123456789abcdef0123456789abcdef"
"""


async def at_first_start(session: Beginning) -> None:
    """Nothing is typed yet."""
    await session.until(lambda: session.app.screen_stack and session.app.focused)


async def at_first_start_with_errors(session: Beginning) -> None:
    """An address that would send the key unencrypted; the key is there, and masked."""
    await at_first_start(session)
    await session.fill_in("http://numara.example", "0123456789abcdef0123456789abcdef")
    await session.press("enter")


async def with_two_profiles(session: Beginning) -> None:
    """The list of the profiles, none of them opened yet."""
    session.paths.config_directory.mkdir()
    session.paths.config_file.write_text(TWO_PROFILES)
    session.paths.config_file.chmod(0o600)
    desk = session.app.desk
    assert desk.accounts is not None
    screen = ProfilesScreen(desk, desk.accounts, session.app)
    session.app.push_screen(screen)
    await session.until(lambda: screen.is_mounted and screen.rows.rows)


async def changing_a_profile(session: Beginning) -> None:
    """The form of one of them."""
    await with_two_profiles(session)
    await session.press("e")
    await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)


async def at_start(session: Session) -> None:
    """The first category is shown, nothing is ordered yet."""
    await session.ready()


async def at_work(session: Session) -> None:
    """One code is here, one number waits with its window half gone, one was cancelled."""
    await session.ready()
    first = await session.order(0)
    session.site.deliver(first.number_id or "", "482915")
    await session.until(lambda: session.snapshot.orders[0].state == "received")
    await session.order(2)
    await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
    await session.press("c")
    await session.agree()
    await session.until(lambda: "refunded" in session.message or "iade edildi" in session.message)
    session.clock.advance(95)
    last = await session.order(1)
    await session.until(lambda: str(last.number) in session.message)
    session.clock.advance(460)
    session.door.submit(Refresh())
    await session.until(lambda: "three minutes left" in session.snapshot.events[-1].sentence.template)
    await session.until(lambda: session.rows("numbers").rows[0].cells[0].text == "2:20")
    await session.ready()
    await session.until(
        lambda: all(known.read_at == session.clock.now().wall for known in session.visible_quotes())
    )
    await session.press("2")
    said = session.app.desk.render(session.snapshot.events[-1].sentence)
    await session.until(lambda: said.split()[-1].rstrip("…") in session.message)


async def asking(session: Session) -> None:
    """The question before an order."""
    await session.ready()
    await session.press("2", "g", "down", "enter")


async def asking_at_a_new_price(session: Session) -> None:
    """The question that opens by itself when the price rose after the yes."""
    await session.ready()
    await session.press("2", "g", "down", "enter")
    service = session.snapshot.listing.services[1].id
    session.site.set_price(service, "8.50")
    await asyncio.sleep(0.31)  # the question's own deaf time
    await session.press("y")
    await session.until(lambda: session.snapshot.price_rise is not None)
    await session.until(lambda: session.app.screen.query("#question"))
    await session.until(lambda: "8.50" in session.message or "8,50" in session.message)


async def looking_at_evidence(session: Session) -> None:
    """The unknown orders, with the evidence of the one under the cursor."""
    told = len(session.snapshot.events)
    await session.press("u", "b")
    await session.until(lambda: len(session.snapshot.events) > told)
    said = session.app.desk.render(session.snapshot.events[-1].sentence)
    await session.until(lambda: said[-20:] in session.words())


async def asking_to_cancel(session: Session) -> None:
    """The question before a cancel."""
    await session.ready()
    await session.order(0)
    session.clock.advance(61)
    await session.press("3", "c")


async def an_unknown_order(session: Session) -> None:
    """The site answered with a number it had sold before; the row and the frame say that nobody knows."""
    await session.ready()
    await session.order(0)
    session.site.add_fault("getNumber:duplicate-id@1")
    order = await session.order(1)
    assert order.state == "unknown"
    await session.press("3")
    await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
    await session.until(lambda: "Unknown" in session.message or "Belirsiz" in session.message)


async def keys(session: Session) -> None:
    """The help."""
    await session.ready()
    await session.press("2", "question_mark")


async def past_orders(session: Session) -> None:
    """The history."""
    await at_work(session)
    await session.press("H")


async def asking_what_to_wait_for(session: Session) -> None:
    """The dialog of a service that is watched already, with an amount that is none."""
    await session.ready()
    await session.press("2", "down", "w", *"1.50", "enter")
    await session.until(lambda: session.snapshot.watches)
    await session.until(lambda: "◎" in session.screen_text())
    await session.press("w", *"1.5o", "enter")


async def all_that_is_known(session: Session) -> None:
    """The details of a service: some hours of price and stock with a gap, one's own orders, a watch."""
    await session.ready()
    order = await session.order(0)
    session.clock.advance(42)
    session.site.deliver(order.number_id or "", "482915")
    await session.until(lambda: session.snapshot.orders[0].state == "received")
    await session.press("2", "f", "w", *"2", "enter", "d")
    await session.until(lambda: session.snapshot.favourites and session.snapshot.watches and session.snapshot.study)
    prices = ("3.02", "3.02", "2.80", "2.50", "", "", "2.75", "3.10", "3.40", "3.40")
    for price, stock in zip(prices, (171, 120, 64, 12, 0, 0, 0, 30, 90, 140), strict=True):
        session.clock.advance(1700)
        if price:
            await _read_as(session, order.service_id, price, stock)
    highest = session.app.desk.amount(Decimal("3.40"))
    await session.until(lambda: f" {highest} ▅" in session.words())


async def _read_as(session: Session, service_id: str, price: str, stock: int) -> None:
    session.site.set_price(service_id, price)
    session.site.set_stock(service_id, stock)
    session.door.submit(Refresh())
    await session.until(lambda: session.snapshot.quotes[service_id].read_at == session.clock.now().wall)
    await session.until(lambda: session.snapshot.quotes[service_id].quote.stock == stock)


async def filtering(session: Session) -> None:
    """A filter being typed."""
    await session.ready()
    await session.press("2", "slash", *"alm")


async def finding(session: Session) -> None:
    """The palette over all categories: one category's services are known, with the prices that were seen."""
    await session.ready()
    await session.press("colon", *"google ger")
    await session.until(lambda: session.snapshot.found is not None and session.snapshot.found.text == "google ger")
    await session.until(lambda: "Google · Gürcistan" in session.screen_text())
