"""A key of the registry that can do nothing just now says in one sentence why, and what to do."""

from collections.abc import Sequence

from snum_tui.ui.cells import Tone
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.panes.base import ListPane
from tests.ui.session import OpenDesk, Session

READ_ONLY = "This is a read-only session: nothing is ordered, cancelled or settled from here. "


def said(session: Session) -> str:
    """What stands on the message line, its mark left out; a sentence that is whole."""
    words = " ".join(session.message.lstrip("!✓ ").split())
    assert words.endswith("."), words
    return words


# Keys, and what the last of them says. Nothing is ordered yet.
FROM_THE_START: Sequence[tuple[Sequence[str], str]] = (
    (["1", "o"], "o (order) works in the services; 2 goes there."),
    (["f"], "f (favourite) works in the services; 2 goes there."),
    (["s"], "s (sort) works in the services; 2 goes there."),
    (["b"], "b (balance) works in the unknown orders; u goes there."),
    (["x"], "x (not charged) works in the unknown orders; u goes there."),
    (["h"], "h (other) works in a question only."),
    (["n"], "There is nothing to copy yet."),
    (["m"], "There is nothing to copy yet."),
    (["space"], "Space (page down) works in the help and the details only."),
    (["escape"], "Nothing is filtered here. / filters."),
    (["u"], "There are no unknown orders."),
    (["2", "right"], "→ (open) works in the categories; 1 goes there."),
    (["3", "f"], "f (favourite) works in the services; 2 goes there."),
    (["o"], "o (order) works in the services; 2 goes there."),
    (["enter"], "No numbers yet. Choose a service and press Enter to order one."),
    (["down"], "No numbers yet. Choose a service and press Enter to order one."),
    (["G"], "No numbers yet. Choose a service and press Enter to order one."),
    (["y"], "There is nothing to copy yet."),
    (["Y"], "There is nothing to copy yet."),
    (["c"], "There is no number to cancel. Order one in the services first."),
    (["a"], "Only a waiting number can be cancelled by itself. Choose one in your numbers (3)."),
    (["2", "slash", *"zzzz", "enter", "enter"], "No service matches. Esc shows all again."),
    (["f"], "No service matches. Esc shows all again."),
    (["k"], "No service matches. Esc shows all again."),
    (["1", "slash", *"zzzz", "enter", "enter"], "No category matches. Esc shows all again."),
    (["pagedown"], "No category matches. Esc shows all again."),
)


async def test_with_nothing_to_work_on_every_key_says_why(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        for keys, words in FROM_THE_START:
            session.app.desk.tell("…", Tone.PLAIN)
            await session.press(*keys)
            assert said(session) == words, keys


async def test_in_turkish_too(desk: OpenDesk) -> None:
    async with desk(language="tr") as session:
        await session.ready()
        await session.press("f")
        assert said(session) == "f (favori) servislerde çalışır; 2 oraya götürür."


async def test_a_key_that_can_be_typed_is_typed_where_one_types(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("slash", *"fob", "left", "right", "home")
        assert session.pane("tree").wanted == "fob"
        assert session.message == ""


async def test_keys_of_the_main_screen_say_on_others_how_to_go_back(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
        await session.press("u", "c")
        await session.until(lambda: "c (cancel) works on the main screen; Esc goes back." in session.words())
        await session.press("tab")
        await session.until(lambda: "Tab (next pane) works on the main screen; Esc goes back." in session.words())
        await session.press("escape", "H", "f")
        await session.until(lambda: "f (favourite) works in the services; Esc goes back." in session.words())
        await session.press("enter", "a")
        await session.until(lambda: "a (auto-cancel) works on the main screen; Esc goes back." in session.words())
        await session.press("escape", "question_mark", "c")
        await session.until(lambda: "c (cancel) works on the main screen; Esc goes back." in session.words())


async def test_an_empty_history_says_so(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("H")
        for key in ("enter", "down"):
            await session.press(key)
            await session.until(lambda: session.words().count("Nothing ordered yet.") == 2)


async def test_a_question_says_what_answers_it(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter", "c")
        assert isinstance(session.app.screen, Question)
        assert "Answer first: y agrees, n declines." in session.words()


async def test_a_read_only_session_says_so_before_it_asks(desk: OpenDesk) -> None:
    async with desk(read_only=True) as session:
        await session.ready()
        await session.press("2")
        for key in ("enter", "o", "c", "a"):
            session.app.desk.tell("…", Tone.PLAIN)
            await session.press(key)
            assert session.app.screen is session.app.main
            assert said(session) == READ_ONLY + "Start snum-tui without --read-only for that."


async def test_what_is_settled_in_a_read_only_session_says_so(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
        session.app.desk.read_only = True
        await session.press("u")
        screen = session.app.screen
        for key in ("b", "i", "l", "x", "o"):
            session.app.desk.tell("…", Tone.PLAIN)
            await session.press(key)
            assert session.app.screen is screen
            assert READ_ONLY in session.words()


async def test_while_nothing_has_come_yet_keys_say_what_the_list_says(desk: OpenDesk) -> None:
    async with desk(latency_seconds=5.0) as session:
        await session.until(lambda: session.app.screen_stack and session.app.main.query(ListPane))
        await session.press("2")
        for key in ("enter", "o", "f", "down"):
            session.app.desk.tell("…", Tone.PLAIN)
            await session.press(key)
            assert said(session) == session.rows("services").hint


async def test_the_unknown_orders_whose_last_one_was_settled_say_so(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
        await session.press("u", "x", "enter")
        await session.until(lambda: not session.snapshot.unknown_orders)
        for key in ("b", "i", "l", "x", "y", "o", "down"):
            await session.press(key)
            await session.until(lambda: session.words().count("There are no unknown orders. Esc goes back.") == 2)


async def test_an_answer_in_the_other_language_does_not_stay(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "s")  # what a key that does something says, which no other key takes back
        said = session.message
        assert said
        await session.press("L")
        assert said not in session.words()


async def test_why_a_key_did_nothing_is_said_until_a_key_does_something(desk: OpenDesk) -> None:
    async with desk(keys={"main.copy": "F5"}) as session:
        await session.ready()
        session.app.desk.tell("what was said before", Tone.PLAIN)
        for refused in (["2", "y"], ["x"], ["f5"]):
            await session.press(*refused)
        assert said(session) == "There is nothing to copy yet."
        await session.press("left")
        assert "works in a question only" in said(session)
        await session.press("down")
        assert session.message == "what was said before"


async def test_what_a_key_that_does_something_says_takes_its_place(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("x", "r")
        assert said(session) == "Everything shown is being read again."
        await session.press("down")
        assert said(session) == "Everything shown is being read again."


async def test_a_warning_that_no_key_asked_for_stays(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        session.app.desk.tell("the clipboard did not take it", Tone.WARNING)
        await session.press("2", "down")
        assert "the clipboard did not take it" in session.message


async def test_the_lists_sheets_and_questions_take_it_back_too(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter")
        calm = session.screen_text()
        await session.press("c", "left")
        assert "Answer first" not in session.screen_text()
        await session.press("right")
        assert session.screen_text() == calm
        await session.press("escape", "question_mark")
        calm = session.screen_text()
        await session.press("f")
        assert session.screen_text() != calm
        await session.press("down", "up")
        assert session.screen_text() == calm
        await session.press("escape", "l")
        calm = session.screen_text()
        await session.press("f")
        assert "works in the services" in session.screen_text()
        await session.press("question_mark", "escape")
        assert session.screen_text() == calm


async def test_of_two_keys_that_did_nothing_in_an_empty_list_the_second_is_answered_until_one_does_something(
    desk: OpenDesk,
) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("H")
        calm = session.screen_text()
        await session.press("f", "enter")
        assert session.words().count("Nothing ordered yet.") == 2
        await session.press("question_mark", "escape")
        assert session.screen_text() == calm


async def test_the_other_language_over_a_sheet_takes_an_answer_back_that_was_given_in_the_first(
    desk: OpenDesk,
) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("question_mark", "f")
        assert "works in the services" in session.screen_text()
        await session.press("L")
        assert "works in the services" not in session.screen_text()
        await session.press("L", "f", "T")
        assert "works in the services" not in session.screen_text()
