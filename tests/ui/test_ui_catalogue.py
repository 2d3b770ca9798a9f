"""The catalogue on the screen: sorted, filtered, marked where a figure moved, and honest about its age."""

from datetime import timedelta
from itertools import pairwise

import pytest

from snum_tui.engine.commands import Refresh, WatchRows
from snum_tui.engine.snapshot import Link
from tests.ui.session import OpenDesk, Session, presses


def prices(session: Session) -> list[float]:
    """The prices of the rows, topmost first, as far as they are known."""
    known = (session.snapshot.quotes.get(key) for key in session.rows("services").keys)
    return [float(one.quote.price) for one in known if one is not None]


def title(session: Session) -> str:
    """The title over the names of the services."""
    return session.screen_text().splitlines()[1]


@presses("sort")
async def test_sorting_by_price_fills_the_whole_category_and_says_how_far_it_is(desk: OpenDesk) -> None:
    async with desk(size=(120, 40)) as session:
        await session.ready()
        session.site.set_latency(0.3)
        await session.press("2", "s", "s")
        total = len(session.snapshot.listing.services)
        await session.until(lambda: f"/{total}" in title(session))
        assert "sorted by price" in title(session)
        session.site.set_latency(0.0)
        await session.until(lambda: len(prices(session)) == total)
        await session.until(lambda: f" · {total}" in title(session) and "sorted by" not in title(session))
        await session.until(lambda: prices(session) == sorted(prices(session)))
        keys = session.rows("services").keys
        equal = [
            (one, other)
            for one, other in pairwise(keys)
            if session.snapshot.quotes[one].quote.price == session.snapshot.quotes[other].quote.price
        ]
        assert equal
        assert all(int(one) < int(other) for one, other in equal), "equals stand in the site's order"


async def test_an_order_that_needs_no_quotes_asks_for_none_but_those_that_can_be_seen(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "s")
        await session.until(lambda: "Sorted by name" in session.message)
        assert not [one for one in session.door.submitted if isinstance(one, WatchRows) and one.fill]
        await session.press("s", "s", "s", "s")
        assert "site's order" in session.message
        last = next(one for one in reversed(session.door.submitted) if isinstance(one, WatchRows))
        assert not last.fill


async def test_the_cursor_stays_on_its_service_whatever_moves_around_it(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2")
        rows = session.rows("services")
        rows.move_to(30)
        await session.pilot.pause()
        service, line = rows.cursor_key, rows.cursor_index - rows.scroll_offset.y
        for _ in range(5):
            await session.press("s")
            assert rows.cursor_key == service
            top = rows.scroll_offset.y
            at_an_end = top in {0, rows.max_scroll_y}
            assert rows.cursor_index - top == line or at_an_end, "and on its line of the screen"
        assert session.pane("services").selected().id == service


async def test_a_figure_that_moved_is_marked_until_the_next_reading(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        row = session.rows("services").keys[0]
        session.site.set_price(row, "88.50")
        session.site.set_stock(row, 3)
        session.door.submit(Refresh())
        await session.until(lambda: "▲₺88.50" in session.screen_text())
        assert "▼3 " in session.screen_text()
        session.door.submit(Refresh())
        await session.until(lambda: " ₺88.50" in session.screen_text())
        assert "▲" not in session.screen_text()


@presses("filter")
async def test_a_filter_finds_by_name_and_dialling_code_and_puts_the_cursor_on_the_best_match(
    desk: OpenDesk,
) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "down", "down", "slash", *"turkiye")
        assert session.rows("services").cursor_index == 0
        assert "Türkiye" in session.pane("services").selected().name
        await session.press("escape")
        assert "Türkiye" in session.pane("services").selected().name, "the cursor stays where the filter led it"
        await session.press("slash", *"+49")
        assert session.rows("services").keys
        names = [session.pane("services")._order.service(key).name for key in session.rows("services").keys]
        assert all("(+49" in name for name in names)


async def test_a_filtered_list_sorted_by_price_waits_for_no_price_of_a_row_that_it_hides(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "s", "s", "slash", *"+49", "enter")
        keys = session.rows("services").keys
        await session.until(
            lambda: (
                next(set(one.matching) for one in reversed(session.door.submitted) if isinstance(one, WatchRows))
                == set(keys)
            )
        )
        await session.press("escape")
        await session.until(
            lambda: not next(one for one in reversed(session.door.submitted) if isinstance(one, WatchRows)).matching
        )


async def test_without_an_answer_the_list_says_how_old_it_is_and_comes_back_by_itself(desk: OpenDesk) -> None:
    async with desk(size=(120, 40)) as session:
        await session.ready()
        session.clock.advance(timedelta(hours=3).total_seconds())
        session.site.add_fault("getServices:500")
        session.site.add_fault("getBalance:500")
        session.site.add_fault("getServiceDetails:500")
        session.door.submit(Refresh())
        await session.until(lambda: session.snapshot.link is Link.DOWN)
        await session.until(lambda: "as of 3h ago" in title(session))
        assert session.rows("services").keys
        session.site.clear_faults()
        await session.until(lambda: "as of" not in title(session))
        await session.until(lambda: session.snapshot.link is Link.UP)


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_how_far_a_sort_is_and_how_old_a_list_is_are_whole_at_80x24(desk: OpenDesk, language: str) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await session.ready()
        session.site.set_latency(0.3)
        await session.press("2", "s", "s")
        total = len(session.snapshot.listing.services)
        for keys in ((), ("1",), ("2", "slash", *"tur", "enter"), ("1",)):
            await session.press(*keys)
            await session.until(lambda: f"/{total}" in title(session))
            assert "…" not in title(session)
        session.site.set_latency(0.0)
        session.clock.advance(timedelta(hours=3).total_seconds())
        for call in ("getServices", "getBalance", "getServiceDetails"):
            session.site.add_fault(f"{call}:500")
        session.door.submit(Refresh())
        await session.until(lambda: session.snapshot.link is Link.DOWN)
        said = {"en": "as of 3h ago", "tr": "3sa önceki liste"}[language]
        for keys in (("2",), ("1",)):
            await session.press(*keys)
            await session.until(lambda: said in title(session))


async def test_beside_the_tree_at_80x24_a_row_says_that_its_price_is_old_or_was_not_read(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        row, name = session.rows("services").keys[0], session.visible("services")[0].cells[-1].text
        assert name[0].isalpha(), "there is no column for ages, and no age while all is fresh"
        session.site.add_fault("getServiceDetails:refuse")
        session.door.submit(Refresh())
        await session.until(lambda: row in session.snapshot.failed_quotes)
        await session.until(lambda: f"now!  {name}" in session.screen_text())
        session.clock.advance(timedelta(hours=3).total_seconds())
        session.door.submit(Refresh())
        await session.until(lambda: f"3h!  {name}" in session.screen_text())
        session.site.clear_faults()
        session.door.submit(Refresh())
        await session.until(lambda: session.visible("services")[0].cells[-1].text == name)


@presses("refresh")
async def test_a_row_whose_price_was_never_read_says_that_it_could_not_be_and_reads_it_when_asked_to(
    desk: OpenDesk,
) -> None:
    async with desk() as session:
        await session.ready()
        category = session.snapshot.listing.category_id
        session.site.add_fault("getServiceDetails:refuse")
        await session.press("1", "down", "enter")
        await session.until(lambda: session.snapshot.listing.category_id != category)
        await session.until(lambda: [cell.text for cell in session.visible("services")[0].cells[:2]] == ["!", "!"])
        session.site.clear_faults()
        await session.press("r")
        await session.until(lambda: session.visible("services")[0].cells[0].text not in {"!", "…"})


async def test_own_lists_beside_the_tree_say_how_old_their_prices_are_without_an_answer(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "f", "1", "g")
        await session.until(lambda: "Favourites · 1" in title(session) and session.snapshot.quotes)
        session.site.add_fault("*:500")
        session.door.submit(Refresh())
        await session.until(lambda: session.snapshot.link is Link.DOWN)
        session.clock.advance(timedelta(hours=3).total_seconds())
        await session.press("down", "up")
        await session.until(lambda: session.visible("services")[0].cells[-1].text.startswith("3h"))


@pytest.mark.parametrize(("size", "pane"), [((80, 24), "1"), ((40, 12), "2")])
@pytest.mark.parametrize(("language", "shown", "hidden"), [("en", "Success▾", "Stock"), ("tr", "Başarı▾", "Stok")])
async def test_a_narrow_list_sorted_by_success_shows_it(
    desk: OpenDesk, size: tuple[int, int], pane: str, language: str, shown: str, hidden: str
) -> None:
    async with desk(size=size, language=language) as session:
        await session.ready()
        ordered = await session.order(1)
        session.site.deliver(ordered.number_id or "", "482915")
        await session.until(lambda: ordered.service_id in session.snapshot.experience)
        await session.press("2", "s", "s", "s", "s", pane)
        await session.until(lambda: shown in title(session))
        assert hidden not in title(session)
        assert "…" not in title(session)
        best = session.visible("services")[0]
        assert (best.key, best.cells[1].text) == (ordered.service_id, "1/1")
        await session.press("2", "s", pane)
        await session.until(lambda: hidden in title(session))
        assert "1/1" not in {row.cells[1].text for row in session.visible("services")}


async def test_the_row_under_the_cursor_is_waited_for_most_where_prices_move_rows_away(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        session.site.set_latency(0.3)  # so slow that a whole category cannot be read meanwhile
        await session.press("2", "s", "s", "G")
        service = session.rows("services").cursor_key
        await session.until(lambda: service in session.snapshot.quotes)
        assert session.snapshot.filling is not None
        assert not session.snapshot.filling.is_whole
        assert session.rows("services").cursor_key == service


async def test_another_category_is_begun_at_its_top(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "G", "1", "down", "enter")
        await session.until(lambda: session.snapshot.listing.category_id == "2" and session.rows("services").keys)
        assert session.rows("services").cursor_index == 0
