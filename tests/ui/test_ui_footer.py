"""The footer names the most useful keys that work just now; the others come where room is left."""

from dataclasses import replace

import pytest

from snum_tui.domain.orders import OrderState
from snum_tui.ui.actions import Place
from snum_tui.ui.elsewhere import idle_actions
from snum_tui.ui.palette import PaletteScreen
from tests.ui.session import OpenDesk, Session

SMALL = (40, 12)


def footer(session: Session) -> str:
    return str(session.screen_text().splitlines()[-1])


async def in_the_numbers(session: Session) -> str:
    await session.press("3")
    session.app.main.paint()
    await session.pilot.pause()
    return footer(session)


async def test_without_numbers_a_small_footer_names_no_key_that_needs_one(desk: OpenDesk) -> None:
    async with desk(size=SMALL) as session:
        await session.ready()
        shown = await in_the_numbers(session)
        assert shown.startswith("└─ Tab next pane  r refresh  ? more ─")


async def test_a_waiting_number_can_be_cancelled_and_one_with_a_code_copied(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        assert "cancel" not in await in_the_numbers(session)
        waiting = await session.order()
        assert "─ c cancel  y copy  " in await in_the_numbers(session)
        session.site.deliver(waiting.number_id, "482915")
        await session.until(lambda: session.snapshot.orders[0].state is OrderState.RECEIVED)
        assert "─ y copy  Enter details  " in await in_the_numbers(session)


async def test_an_order_is_cancelled_in_no_state_but_one(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        ordered = await session.order()
    for state in OrderState:
        order = replace(ordered, state=state)
        idle = idle_actions(Place.NUMBERS, order, order)
        assert ("main.cancel" in idle) == ("main.auto_cancel" in idle) == (state is not OrderState.WAITING)
        assert idle.isdisjoint({"main.copy", "numbers.detail"})
        assert "main.copy" in idle_actions(Place.NUMBERS, order, replace(order, number=None))


@pytest.mark.parametrize("size", [SMALL, (80, 24)])
@pytest.mark.parametrize("language", ["en", "tr"])
async def test_the_lists_over_the_main_screen_name_the_way_back_and_end_in_the_key_that_shows_the_rest(
    desk: OpenDesk, language: str, size: tuple[int, int]
) -> None:
    async with desk(size=size, language=language) as session:
        await session.ready()
        text = session.app.desk.text
        for key, more in (("H", "?"), ("l", "?"), ("colon", "F1")):
            await session.press(key)
            assert footer(session).rstrip("─┘").endswith(f"  Esc {text('back')}  {more} {text('more')} ")
            await session.press("escape")


async def test_the_help_over_the_palette_has_its_own_keys_named(desk: OpenDesk) -> None:
    async with desk(size=SMALL) as session:
        await session.ready()
        await session.press("colon", "f1")
        assert footer(session).startswith("└─ Esc back  ↑ up  ↓ down ─")
        await session.press("escape")
        assert footer(session).startswith("└─ Enter choose  Esc back  F1 more ─")


WITHOUT_HELP = {"app.help": ""}


@pytest.mark.parametrize("size", [SMALL, (80, 24)])
@pytest.mark.parametrize("language", ["en", "tr"])
async def test_without_a_key_for_the_help_it_ends_in_the_palette_which_shows_all_keys_too(
    desk: OpenDesk, language: str, size: tuple[int, int]
) -> None:
    async with desk(size=size, language=language, keys=WITHOUT_HELP) as session:
        await session.ready()
        commands = f"  : {session.app.desk.text('commands')}"
        for key in "123":
            await session.press(key)
            assert footer(session).rstrip("─┘ ").endswith(commands)
        await session.press("H")
        assert footer(session).rstrip("─┘ ").endswith(f"  Esc {session.app.desk.text('back')}{commands}")
        await session.press("colon")
        assert isinstance(session.app.screen, PaletteScreen)
        assert footer(session).rstrip("─┘ ").endswith(f"  Esc {session.app.desk.text('back')}")


async def test_where_only_the_letterless_key_of_the_help_is_left_it_ends_in_that(desk: OpenDesk) -> None:
    async with desk(size=SMALL, keys={"app.help": "F1"}) as session:
        await session.ready()
        assert footer(session).rstrip("─┘ ").endswith("  F1 more")


async def test_without_a_key_for_the_help_a_dialog_uses_its_room_for_further_keys(desk: OpenDesk) -> None:
    """The palette is not heard in a dialog, so nothing leads on from there."""
    async with desk(size=SMALL, keys={**WITHOUT_HELP, "question.switch": "x"}) as session:
        await session.ready()
        await session.press("2", "enter")
        assert footer(session) == "└─ y yes  n no  Enter answer  x other ─┘"
