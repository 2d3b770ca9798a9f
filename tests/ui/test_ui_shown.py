"""Of a frame only what differs is sent; an emulated terminal shows afterwards what a whole frame would have."""

from typing import Any

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from snum_tui.ui.terminal.shown import Shown

LINES, COLUMNS = 3, 12
COLOURS = ColorSystem.TRUECOLOR
STYLES = [
    Style.parse(definition)
    for definition in (
        "none",
        "red",
        "on blue",
        "red on blue",
        "default on blue",
        "red on default",
        "bold",
        "bold red",
        "bold on blue",
        "underline",
        "underline on blue",
        "reverse",
        "strike red",
        "dim italic",
        "bold dim italic on blue",
        "bold underline2 red",
        "underline underline2",
    )
]


class Knowing(pyte.Screen):
    """Knows what pyte alone does not, faint letters and double lines: their codes stand where it notes blinking."""

    def select_graphic_rendition(self, *attrs: int) -> None:
        kept = set(_unknown_to_pyte(self.cursor.attrs))
        super().select_graphic_rendition(*attrs)
        codes = iter(attrs or (0,))
        for code in codes:
            if code in {38, 48}:
                for _ in range(3 if next(codes) == 2 else 1):  # of red, green and blue, or a number
                    next(codes)
            elif code in {2, 21}:
                kept.add(code)
            else:
                kept -= {0: {2, 21}, 22: {2}, 24: {21}}.get(code, set())
        noted: Any = frozenset(kept)  # pyte keeps it as it is given
        self.cursor.attrs = self.cursor.attrs._replace(blink=noted)


def _unknown_to_pyte(cell: pyte.screens.Char) -> frozenset[int]:
    noted: Any = cell.blink or frozenset()
    codes: frozenset[int] = noted
    return codes


def painted(shown: Shown, *strips: Strip) -> str:
    """Return what is sent for these lines, from the first on."""
    return shown.changes([(line, 0, strip) for line, strip in enumerate(strips)], COLOURS, COLUMNS)


def seen(screen: pyte.Screen) -> list[tuple[object, ...]]:
    """Return the cells as a person sees them: a blank's own colour and weight show on nothing."""
    cells = (screen.buffer[line][column] for line in range(LINES) for column in range(COLUMNS))
    return [_look(cell) for cell in cells]


def _look(cell: pyte.screens.Char) -> tuple[object, ...]:
    unknown_to_pyte = _unknown_to_pyte(cell)
    lined = cell.underscore, cell.strikethrough, cell.reverse, 21 in unknown_to_pyte
    if cell.data == " " and not any(lined):
        return " ", cell.bg
    return cell.data, cell.fg, cell.bg, cell.bold, cell.italics, 2 in unknown_to_pyte, *lined


def worded(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts])


@pytest.mark.parametrize("one", STYLES, ids=str)
def test_after_three_frames_the_terminal_shows_what_the_newest_one_says(one: Style) -> None:
    for other in STYLES:
        older = worded(("abc", one), ("a c", other), ("   ", one), (" b ", other))
        newer = worded(("a c", other), ("abc", one), ("abc", other), ("   ", one))
        newest = (newer, older, older)
        shown, screen, fresh = Shown(), Knowing(COLUMNS, LINES), Knowing(COLUMNS, LINES)
        for frame in ((older, newer, older), (newer, newer, older), newest):
            pyte.Stream(screen).feed(painted(shown, *frame))
        for line, strip in enumerate(newest, 1):
            styled = "".join(Strip.render_style(style or Style(), text, COLOURS) for text, style, _ in strip)
            pyte.Stream(fresh).feed(f"\x1b[{line};1H{styled}")
        assert seen(screen) == seen(fresh), other


def test_a_line_that_is_shown_already_is_not_sent_again() -> None:
    shown, line = Shown(), Strip([Segment("Google"), Segment("  ₺1.20", STYLES[1])])
    assert painted(shown, line)
    assert painted(shown, line) == ""
    shown.forget()
    assert "Google" in painted(shown, line)


@pytest.mark.parametrize(
    "letters",
    ["🇹🇷", "🇹", "👍🏽", "👨\u200d👩\u200d👧", "❤\ufe0f", "1\ufe0f\u20e3", "🌡", "⌚", "日本", "e\u0301", "क्षि"],
    ids=[
        "flag",
        "half a flag",
        "skin tone",
        "joined",
        "heart as a picture",
        "key cap",
        "thermometer",
        "watch",
        "wide",
        "accent",
        "devanagari",
    ],
)
def test_a_line_whose_width_terminals_disagree_about_is_sent_whole_and_the_next_begins_at_its_place(
    letters: str,
) -> None:
    shown, other = Shown(), Segment("rest")
    before, after = (Strip([Segment(f"{letters} Google {price}"), other]) for price in (1, 2))
    painted(shown, before, Strip([other]))
    assert painted(shown, after, Strip([Segment("Rest")])) == f"\x1b[1;1H{letters} Google 2rest\x1b[2;1HR"


def test_a_line_with_a_link_keeps_the_link() -> None:
    link = Style(link="https://numara.example")
    sent = painted(Shown(), Strip([Segment("Google", link)]))
    assert "\x1b]8;" in sent
    assert "https://numara.example" in sent


def test_a_figure_right_below_another_is_reached_in_four_bytes() -> None:
    """Countdowns and prices stand below each other, and often only their last figures change."""
    shown, green = Shown(), STYLES[1]
    older, newer = (["  9:5" + figure for figure in figures] for figures in ("111", "222"))
    screen = Knowing(COLUMNS, LINES)
    stream = pyte.Stream(screen)
    stream.feed(painted(shown, *(worded((text, green)) for text in older)))
    sent = painted(shown, *(worded((text, green)) for text in newer))
    assert sent.count("\x1b[B\b2") == LINES - 1
    assert sent.count("H") == 1
    stream.feed(sent)
    assert [line.rstrip() for line in screen.display] == newer
    stream.feed(painted(shown, *(worded((text, green)) for text in (older[0], newer[1], older[2]))))
    assert [line.rstrip() for line in screen.display] == [older[0], newer[1], older[2]]


@pytest.mark.parametrize(
    ("older", "newer"),
    [(" " * (COLUMNS - 1) + "a", " " * (COLUMNS - 1) + "b"), ("  \N{BLACK STAR}a", "  \N{WHITE STAR}b")],
    ids=["the last column", "letters that some terminals show wider"],
)
def test_where_nobody_knows_for_certain_where_the_terminal_stands_the_place_is_named(
    older: str, newer: str
) -> None:
    shown, plain = Shown(), STYLES[0]
    painted(shown, *[worded((older, plain))] * LINES)
    assert painted(shown, *[worded((newer, plain))] * LINES).count("H") == LINES


def test_bold_comes_and_goes_without_the_colours_being_said_again() -> None:
    """A row's price is bold in the colours of the name beside it: in true colour they are forty bytes."""
    plain, bold = Style.parse("#c9d1d9 on #11151c"), Style.parse("bold #c9d1d9 on #11151c")
    sent = painted(Shown(), worded(("ab", plain), ("cd", bold), ("ef", plain)))
    assert sent.endswith("mab\x1b[1mcd\x1b[22mef\x1b[0m")


@pytest.mark.parametrize(
    ("older", "newer"),
    [("bold dim red", "dim red"), ("bold italic red", "italic red"), ("bold dim italic red", "italic red")],
)
def test_what_goes_with_the_weight_is_said_again(older: str, newer: str) -> None:
    """22 ends bold and dim, and in GNU screen italics."""
    sent = painted(Shown(), worded(("a", Style.parse(older)), ("b", Style.parse(newer))))
    left = newer.replace("dim", "2").replace("italic", "3").removesuffix(" red").replace(" ", ";")
    assert f"a\x1b[22;{left}mb" in sent


WHITE, GREY = Style.parse("#c9d1d9 on #11151c"), Style.parse("#98a2b0 on #11151c")


def in_turns(*ages: str) -> list[Strip]:
    return [worded(("ab", WHITE), (age, GREY), ("name", WHITE)) for age in ages]


def test_a_column_in_another_colour_is_written_at_a_time_so_that_each_colour_is_said_once() -> None:
    shown, screen, fresh = Shown(), Knowing(COLUMNS, LINES), Knowing(COLUMNS, LINES)
    sent = painted(shown, *in_turns("1m", "2m", "3m"))
    assert (sent.count("38;2;201"), sent.count("38;2;152")) == (1, 1)
    pyte.Stream(screen).feed(sent)
    for line, strip in enumerate(in_turns("1m", "2m", "3m"), 1):
        styled = "".join(Strip.render_style(style or Style(), text, COLOURS) for text, style, _ in strip)
        pyte.Stream(fresh).feed(f"\x1b[{line};1H{styled}")
    assert seen(screen) == seen(fresh)


def test_where_colours_are_short_a_line_is_written_as_it_stands() -> None:
    """To come back to a place costs more than one of sixteen colours."""
    line = worded(("ab", Style.parse("red")), ("1m", Style.parse("green")), ("name", Style.parse("red")))
    sent = Shown().changes([(at, 0, line) for at in range(LINES)], ColorSystem.STANDARD, COLUMNS)
    assert sent.count("H") == LINES


def test_what_stands_behind_letters_of_unsure_width_is_written_after_them() -> None:
    flag = Strip([Segment("🇹🇷 Google", WHITE)])
    pieces = [(0, 0, strip) for strip in in_turns("1m")]
    behind = [(1, 10, worded(("9m", GREY))), (2, 0, worded(("ab", WHITE), ("9m", GREY)))]
    sent = Shown().changes([*pieces, (1, 0, flag), *behind], COLOURS, COLUMNS)
    assert sent.index("name") < sent.index("Google") < sent.index("9m")
