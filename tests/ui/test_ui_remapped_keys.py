"""Keys that config.toml remaps: they work everywhere, show everywhere, and cost no safety."""

import asyncio
import re
from itertools import product

import pytest
from rich.cells import cell_len
from textual.events import Key

from snum_tui.domain.keys import find_clashes, read_keys
from snum_tui.engine.commands import PlaceOrder
from snum_tui.ui.actions import ACTIONS, PANES, Place, key_table
from snum_tui.ui.dialogs import question
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.number import NumberScreen
from snum_tui.ui.dialogs.prompt import Prompt
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.elsewhere import idle_actions
from snum_tui.ui.screens.history import HistoryScreen
from snum_tui.ui.screens.unknown import UnknownScreen
from snum_tui.ui.tables.tree import FAVOURITES
from tests.locale.catalogues import extract
from tests.ui.session import OpenDesk, Session, presses

KEYS = {
    "list.cursor_down": "ö",
    "list.cursor_up": "p",
    "list.last": "Ctrl+E",
    "tree.open": "F2",
    "services.order": "b, F3",
    "services.favourite": "v",
    "services.sort": "z",
    "numbers.detail": "i",
    "main.go_services": "S",
    "main.go_numbers": "#",
    "main.go_tree": "t",
    "main.go_next": "Space",
    "main.copy": "k",
    "main.cancel": "C",
    "main.auto_cancel": "A",
    "main.filter": "-",
    "main.refresh": "F5",
    "main.unknown": "U",
    "main.history": "h",
    "filter.done": "F4",
    "filter.give_up": "F6",
    "pane.clear_filter": "F6",
    "question.agree": "x",
    "question.choose": "Space",
    "question.decline": "d",
    "question.switch": "s",
    "number.copy": "c",
    "sheet.close": "e",
    "sheet.down": "ö",
    "history.detail": "i",
    "history.close": "e",
    "unknown.close": "e",
    "unknown.adopt": "I",
    "palette.choose": "F7",
    "palette.close": "F6",
    "prompt.submit": "F7",
    "prompt.give_up": "F6",
    "app.quit": "Q",
    "app.help": "F9",
    "app.theme": "F8",
}
"""So many that hardly anything is where it was."""
LONG = {"app.help": "Ctrl+Shift+PgDn", "services.order": "Alt+Shift+x", "tree.open": "Ctrl+Shift+↑"}
KEY_IN_WORDS = re.compile(
    r"\b[Pp]ress (?:[a-zA-Z/?]\b|Enter|Esc)|\([a-zA-Z]\)|\bEsc\b|\bEnter (?:on|or)\b|with u\b"
)
"""Ctrl-C is nobody's to remap."""


def test_these_keys_are_such_as_a_person_may_set() -> None:
    for keys in (KEYS, LONG):
        assert find_clashes({name: read_keys(written) for name, written in keys.items()}, key_table()) == ()
        assert set(keys) <= set(key_table().keys)


def orders_sent(session: Session) -> int:
    return sum(isinstance(one, PlaceOrder) for one in session.door.submitted)


async def agree(session: Session) -> None:
    await asyncio.sleep(0.31)  # the deaf time
    await session.press("x")
    await session.until(lambda: session.app.screen is session.app.main)


@presses("app.theme", "question.agree", "question.decline", "number.copy", "sheet.close", "sheet.down")
async def test_every_dialog_and_pane_is_worked_by_the_remapped_keys(desk: OpenDesk) -> None:
    async with desk(keys=KEYS) as session:
        await session.ready()
        await session.press("f2", "ö", "ö", "p")
        rows = session.rows("services")
        assert (session.app.main.place, rows.cursor_index) == (Place.SERVICES, 1)
        await session.press("b", "d")
        assert orders_sent(session) == 0
        await session.press("f3")
        await agree(session)
        await session.until(lambda: session.snapshot.orders and session.snapshot.orders[0].number)
        await session.press("number_sign", "i")
        assert isinstance(session.app.screen, NumberScreen)
        await session.press("ö", "c")
        await session.until(lambda: "sent to the terminal's clipboard" in session.words())
        await session.press("e")
        await session.press("C", "d", "h")
        assert isinstance(session.app.screen, HistoryScreen)
        await session.press("i", "e", "e", "space")
        assert session.app.main.place is Place.TREE
        await session.press("f9")
        assert isinstance(session.app.screen, HelpScreen)
        await session.press("e", "f8", "Q")
        assert session.app.theme == "snum-light"
        assert session.app.screen.query("#question")


@presses("filter.done", "filter.give_up", "pane.clear_filter")
async def test_a_filter_is_worked_by_the_remapped_keys_and_still_takes_every_letter(desk: OpenDesk) -> None:
    async with desk(keys=KEYS) as session:
        await session.ready()
        every = len(session.rows("services").rows)
        await session.press("S", "minus", *"almanya")
        assert session.pane("services").wanted == "almanya"
        await session.press("f4")
        assert session.rows("services").has_focus
        assert 0 < len(session.rows("services").rows) < every
        await session.press("f6")
        assert len(session.rows("services").rows) == every


@presses("unknown.close", "unknown.adopt", "prompt.submit", "prompt.give_up", "history.close", "history.detail")
async def test_the_unknown_orders_and_their_line_are_worked_by_the_remapped_keys(desk: OpenDesk) -> None:
    async with desk(keys=KEYS) as session:
        await session.ready()
        await session.press("S")
        session.site.add_fault("getNumber:drop-reply@1")
        await session.press("b")
        await agree(session)
        await session.until(lambda: session.snapshot.unknown_orders)
        await session.until(lambda: "(U)" in session.screen_text())
        await session.press("U", "I")
        assert isinstance(session.app.screen, Prompt)
        assert "F7 · F6" in session.screen_text()
        await session.press("enter", *"77", "f6")
        assert isinstance(session.app.screen, UnknownScreen)
        await session.press("I", *"77", "f7")
        await session.until(lambda: "the id 77" in session.words())
        await session.press("e")
        assert session.app.screen is session.app.main


async def test_a_key_that_was_remapped_no_longer_does_what_it_did(desk: OpenDesk) -> None:
    async with desk(keys=KEYS) as session:
        await session.ready()
        await session.press("2", "3", "slash", "q", "H", "question_mark", "tab", "L")
        await session.press("L")
        assert session.app.screen is session.app.main
        assert session.app.main.place is Place.TREE
        await session.press("S", "enter", "o", "down")
        assert session.app.screen is session.app.main
        assert session.rows("services").cursor_index == 0


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_footer_hints_messages_and_help_name_the_remapped_keys(desk: OpenDesk, language: str) -> None:
    async with desk(keys=KEYS, language=language) as session:
        text = session.app.desk.text
        await session.ready()
        await session.press("t")
        session.rows("tree").move_to_key(FAVOURITES)
        await session.press("f2")
        favourites = text("No favourites yet. Press {key} on a service to keep it here.", key="v")
        await session.until(lambda: favourites in session.words())
        for shown in (
            text("No numbers yet. Choose a service and press {key} to order one.", key="b"),
            f"b {text('order')}",
            f"w {text('watch')}",
            f"F9 {text('more')}",
        ):
            assert shown in session.words()
        await session.press("ctrl+c")
        assert session.message == text("Press {key} to leave.", key="Q")
        await session.press("f9")
        content = " ".join("".join(words for words, _ in session.app.screen.content()).split())
        for action in session.app.desk.keyboard.actions:
            assert f"{action.shown_keys} {text(action.help)}" in content


async def test_what_the_engine_says_names_the_remapped_keys(desk: OpenDesk) -> None:
    async with desk(keys=KEYS) as session:
        await session.ready()
        await session.press("S", "b")
        assert "Order (x)" in session.screen_text()
        assert "No (d)" in session.screen_text()
        await agree(session)
        await session.until(lambda: session.snapshot.orders and session.snapshot.orders[0].number)
        session.site.deliver(session.snapshot.orders[0].number_id or "", "246810")
        await session.until(lambda: "Press k to copy it." in session.message)


def test_no_sentence_has_a_key_written_into_it() -> None:
    """What names a key leaves a place for it."""
    sentences = [text for message in extract() if message.id for text in (message.id, message.string) if text]
    assert [one for one in map(str, sentences) if KEY_IN_WORDS.search(one)] == []
    assert KEY_IN_WORDS.search("Press q to leave.")


@pytest.mark.parametrize("keys", [{}, KEYS, LONG], ids=["usual", "other", "long"])
async def test_the_footer_of_forty_columns_ends_in_the_key_that_shows_the_rest(
    desk: OpenDesk, keys: dict[str, str]
) -> None:
    async with desk(size=(40, 12), keys=keys) as session:
        await session.ready()
        main, keyboard, text = session.app.main, session.app.desk.keyboard, session.app.desk.text
        more = keyboard.action("app.help")
        for language, place in product(("en", "tr"), PANES):
            session.app.desk.speaker.language = language
            main.go(place)
            await session.pilot.pause()
            main.paint()
            await session.pilot.pause()
            idle = idle_actions(place, None, None)
            first = keyboard.footer_actions(place, one_pane=True, idle=idle)[0]
            last = session.screen_text().splitlines()[-1]
            assert last.startswith(f"└─ {first.shown_key} {text(first.name)} ")
            assert last.rstrip("─┘").endswith(f" {more.shown_key} {text(more.name)} ")
            assert cell_len(last) == 40


@pytest.mark.parametrize(
    "keys",
    [
        {"question.agree": "Enter", "question.choose": "F3"},
        {"services.order": "o", "question.agree": "o"},
        {"question.choose": "o"},
    ],
)
async def test_a_held_key_never_agrees_whatever_it_is_mapped_to(
    desk: OpenDesk, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key that opens the question, held: it repeats first after half a second, then thirty times a second."""
    monkeypatch.setattr(question, "SINGLE_SECONDS", 1.5)  # the machine may be slow
    held = "enter" if keys.get("question.agree") == "Enter" else "o"
    async with desk(keys=keys) as session:
        await session.ready()
        await session.press("2", held)
        asked = session.app.screen
        assert isinstance(asked, Question)
        await asyncio.sleep(0.5)
        for _ in range(10):
            asked.post_message(Key(held, None))
            await asyncio.sleep(0.03)
        await session.pilot.pause()
        assert session.app.screen is asked
        assert orders_sent(session) == 0
        await asyncio.sleep(0.31)  # it is let go, and pressed once more
        await session.press(held)
        await session.until(lambda: session.app.screen is session.app.main)
        assert orders_sent(session) == 1


async def test_a_remapped_agreeing_key_is_deaf_at_first_too(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "DEAF_SECONDS", 60.0)  # the machine may be slow
    async with desk(keys={"question.agree": "x"}) as session:
        await session.ready()
        await session.press("2", "enter")
        session.app.screen.post_message(Key("x", "x"))
        session.app.screen.post_message(Key("y", "y"))
        await session.pilot.pause()
        assert isinstance(session.app.screen, Question)
        assert orders_sent(session) == 0


async def test_a_burst_that_opens_a_question_does_not_answer_it(desk: OpenDesk) -> None:
    """Over a bad line keys arrive together, and all of them are on their way to the list."""
    async with desk() as session:
        await session.ready()
        await session.press("2")
        for key in ("enter", "y", "y", "enter"):
            session.app.post_message(Key(key, key if key == "y" else None))
        await session.pilot.pause()
        await asyncio.sleep(0.4)
        await session.pilot.pause()
        assert orders_sent(session) == 0


async def test_the_palette_shows_the_remapped_keys(desk: OpenDesk) -> None:
    async with desk(keys=KEYS) as session:
        await session.ready()
        await session.press("colon", *"what they cost")
        await session.until(lambda: re.search(r"▸ history – .* h +│", session.screen_text()))
        assert "F7 choose  F6 back" in session.screen_text()
        await session.press("enter")
        assert session.app.screen.query("#palette")
        await session.press("f7")
        await session.until(lambda: isinstance(session.app.screen, HistoryScreen))


WITHOUT = {"main.copy": "", "main.refresh": "", "main.unknown": "", "services.favourite": "", "app.help": ""}


async def test_an_action_without_a_key_is_named_as_such_and_done_by_the_palette(desk: OpenDesk) -> None:
    async with desk(keys=WITHOUT) as session:
        await session.ready()
        await session.press("2", "f", "y", "question_mark", "f1")
        assert session.app.screen is session.app.main
        assert "★" not in session.screen_text().splitlines()[2]
        await session.press("colon", *"favourite")
        await session.until(lambda: "▸ favourite" in session.screen_text())
        await session.press("enter")
        await session.until(lambda: "★" in session.screen_text().splitlines()[2])
        await session.press("colon", *"show the keys", "enter")
        await session.until(lambda: isinstance(session.app.screen, HelpScreen))
        content = " ".join("".join(words for words, _ in session.app.screen.content()).split())
        assert "no key copy the code, or the number while there is none" in content


@pytest.mark.parametrize(("language", "said"), [("en", ":copy"), ("tr", ":kopyala")])
async def test_what_tells_a_key_tells_how_it_is_done_without_one(desk: OpenDesk, language: str, said: str) -> None:
    async with desk(keys=WITHOUT, language=language) as session:
        await session.ready()
        ordered = await session.order()
        session.site.deliver(ordered.number_id or "", "482915")
        await session.until(lambda: said in session.message)
        assert session.app.desk.key("main.copy") == said


async def test_a_footer_names_no_action_that_has_no_key(desk: OpenDesk) -> None:
    keys = {one.binding_id: "" for one in ACTIONS if not one.needs_key}
    async with desk(keys=keys, size=(80, 24)) as session:
        await session.ready()
        assert session.screen_text().splitlines()[-1].startswith("└─ q quit  : commands ─")


@pytest.mark.parametrize(
    ("name", "written", "pressed", "said"),
    [
        ("main.copy", "f5", "y", "copy is on F5 now, not on y."),
        ("app.help", "f2", "question_mark", "more is on F2 now, not on ?."),
        ("services.order", "o", "enter", "order is on o now, not on Enter."),
        ("app.palette", "f2", "colon", "commands is on F2 now, not on :."),
        ("main.filter", "f2", "slash", "filter is on F2 now, not on /."),
        ("list.cursor_down", "f2", "j", "down is on F2 now, not on j."),
        ("main.copy", "", "y", "copy has no key any more; :copy does it."),
        ("list.page_up", "", "pageup", "page up has no key any more."),
    ],
)
async def test_a_key_whose_action_moved_tells_the_new_one(
    desk: OpenDesk, name: str, written: str, pressed: str, said: str
) -> None:
    async with desk(keys={name: written}) as session:
        await session.ready()
        await session.press("2", pressed)
        assert session.app.screen is session.app.main
        assert session.message.endswith(said)


async def test_a_key_that_moved_and_that_another_action_took_does_what_that_one_does(desk: OpenDesk) -> None:
    async with desk(keys={"main.copy": "f5", "main.refresh": "y"}) as session:
        await session.ready()
        await session.press("2", "y")
        assert "being read again" in session.message


async def test_a_question_tells_its_new_keys_at_the_old_ones(desk: OpenDesk) -> None:
    async with desk(keys={"question.agree": "x"}) as session:
        await session.ready()
        await session.press("2", "enter", "y")
        assert "Answer first: x agrees, n declines." in session.screen_text()
        assert orders_sent(session) == 0
