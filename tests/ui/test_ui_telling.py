"""Who is told in which way: pure, from names and settings."""

from typing import get_args

import pytest

from snum_tui.domain.wishes import NewsName, NotifyWay
from snum_tui.engine.snapshot import News
from snum_tui.ui.outside.passing import PIECE, command, through_screen, through_tmux
from snum_tui.ui.outside.surroundings import Multiplexer, Terminal, look_around, recognise
from snum_tui.ui.telling.notification import Dialect, choose_dialect, notification
from snum_tui.ui.terminal.title import Title
from tests.ui.session import OpenDesk

EMPTY = "\x1b]2;\x1b\\"


def test_the_settings_name_every_kind_of_news_there_is() -> None:
    assert set(get_args(NewsName)) == {str(news) for news in News}


@pytest.mark.parametrize(
    ("variables", "dialect"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, Dialect.OSC9),
        ({"LC_TERMINAL": "iTerm2"}, Dialect.OSC9),
        ({"TERM_PROGRAM": "WarpTerminal"}, Dialect.OSC9),
        ({"TERM_PROGRAM": "WezTerm"}, Dialect.OSC777),
        ({"TERM_PROGRAM": "ghostty"}, Dialect.OSC777),
        ({"TERM": "xterm-ghostty"}, Dialect.OSC777),
        ({"TERM": "foot-extra"}, Dialect.OSC777),
        ({"TERM": "xterm-kitty"}, Dialect.OSC99),
        # TERM is the terminal's own word, the others may be inherited from the window that it was started in.
        ({"TERM": "xterm-kitty", "TERM_PROGRAM": "WezTerm"}, Dialect.OSC99),
        ({}, None),
        ({"TERM_PROGRAM": "Apple_Terminal"}, None),
        ({"TERM_PROGRAM": "vscode"}, None),
        ({"TERM": "linux"}, None),
        ({"TERM": "vt220"}, None),
        ({"TERM_PROGRAM": "iTerm.app", "STY": "1.a"}, None),
        ({"LC_TERMINAL": "iTerm2", "TERM": "tmux-256color"}, None),
    ],
)
def test_by_itself_a_terminal_is_told_in_the_dialect_it_is_known_to_speak(
    variables: dict[str, str], dialect: Dialect | None
) -> None:
    around = look_around({"TERM": "xterm-256color", **variables})
    assert choose_dialect("auto", around.terminal) is dialect
    assert choose_dialect("off", around.terminal) is None


@pytest.mark.parametrize("way", ["osc9", "osc777", "osc99"])
def test_a_dialect_that_is_set_is_spoken_to_every_terminal(way: NotifyWay) -> None:
    assert choose_dialect(way, Terminal.OTHER) == way


@pytest.mark.parametrize(
    ("name", "terminal"),
    [
        ("WezTerm 20240203", Terminal.WEZTERM),
        ("iTerm2 3.5.0", Terminal.ITERM),
        ("ghostty 1.0.1", Terminal.GHOSTTY),
        ("foot(1.16.2)", Terminal.FOOT),
        ("XTerm(390)", Terminal.OTHER),
        ("vte-256color", Terminal.OTHER),
        ("vt100", Terminal.PLAIN),
        ("", Terminal.OTHER),
    ],
)
def test_a_terminal_is_recognised_by_what_tmux_heard_from_it(name: str, terminal: Terminal) -> None:
    assert recognise(name) is terminal


def test_a_notification_is_written_for_where_it_goes() -> None:
    words = "one; two"
    assert notification(words, Dialect.OSC9, Multiplexer.NONE) == "\x1b]9;snum-tui: one; two\x1b\\"
    # What follows a semicolon would be another field.
    assert notification(words, Dialect.OSC777, Multiplexer.NONE) == "\x1b]777;notify;snum-tui;one, two\x1b\\"
    assert notification(words, Dialect.OSC9, Multiplexer.TMUX) == through_tmux("9;snum-tui: one; two")
    assert notification(words, Dialect.OSC9, Multiplexer.SCREEN) == through_screen("9;snum-tui: one; two")
    title, body = "99;i=snum-tui:d=0:o=unfocused;snum-tui", "99;i=snum-tui:p=body;one; two"
    assert notification(words, Dialect.OSC99, Multiplexer.NONE) == command(title) + command(body)


def test_what_goes_through_screen_comes_out_whole() -> None:
    body = "52;c;" + "A" * 3 * PIECE
    pieces = through_screen(body).split("\x1bP")[1:]
    assert len(pieces) == 4
    assert all(piece.endswith("\x1b\\") and len(piece) <= PIECE + 2 for piece in pieces)
    assert "".join(piece.removesuffix("\x1b\\") for piece in pieces) == command(body, end="\x07")


@pytest.mark.parametrize(
    ("environment", "emptied"),
    [({}, ""), ({"TERM": "tmux-256color"}, ""), ({"STY": "1.a"}, EMPTY), ({"TERM": "screen-256color"}, EMPTY)],
)
def test_a_title_is_kept_and_put_back_and_where_it_may_be_screen_emptied_first(
    environment: dict[str, str], emptied: str
) -> None:
    title = Title(environment)
    assert (title.shown(), title.put_back()) == ("", "")
    title.words = "snum-tui"
    assert title.shown() == "\x1b[22;0t\x1b]2;snum-tui\x1b\\"
    assert title.shown() == "\x1b]2;snum-tui\x1b\\"
    assert (title.put_back(), title.put_back()) == (f"{emptied}\x1b[23;0t", "")


async def test_the_title_follows_the_language(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as session:
        titles: list[str] = []
        monkeypatch.setattr(session.app, "show_title", titles.append)
        await session.ready()
        await session.order()
        await session.until(lambda: titles and titles[-1] == "1 open · numara.example · demo · snum-tui")
        await session.press("L")
        assert titles[-1] == "1 açık · numara.example · demo · snum-tui"
