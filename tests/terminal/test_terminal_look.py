"""At home in any terminal: sizes, languages, no colours, none at all."""

from functools import partial

import pytest

from snum_tui.locale import Speaker
from tests.terminal.desk_steps import PRICED, agree, asked, order, reach_services
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import ENTER, OpenTerminal, Picture
from tests.terminal.pty_text import after_the_screen, colour_codes, left_on

PRICED_IN_TURKISH = r"\d,\d\d ₺ +[1-9]\d* "
FOCUSED_NUMBER = r"▸ +\d+:\d\d +waiting"
SIZES = [(120, 40), (58, 24), (40, 12), (80, 24)]


def is_framed(screen: Picture, columns: int, lines: int) -> bool:
    """Tell whether the frame's four corners stand in the corners of the window."""
    top, bottom = screen.lines[0], screen.lines[-1]
    corners = top[0] + top[-1] + bottom[0] + bottom[-1]
    return (len(screen.lines), len(top), corners) == (lines, columns, "┌┐└┘")


def test_the_frame_follows_the_window_through_every_size_and_the_number_stays_in_reach(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    number = order(terminal)
    for columns, lines in SIZES:
        terminal.resize(columns, lines)
        terminal.until(partial(is_framed, columns=columns, lines=lines))
        terminal.send("3")
        terminal.until(lambda screen: number in screen and screen.find(FOCUSED_NUMBER) and "Enter o" not in screen)
        terminal.send("1")
        terminal.until(lambda screen: "★ Favourites" in screen and "▸ Google" in screen and "Enter open" in screen)
        terminal.send("2")
        terminal.until(lambda screen: screen.find(PRICED) and "Enter order" in screen)
    assert number in terminal.picture


def test_a_wide_window_shows_categories_services_and_numbers_at_once_in_colour(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment, size=(120, 40))
    reach_services(terminal)
    number = order(terminal)
    assert "★ Favourites" in terminal.picture
    assert terminal.picture.find(PRICED)
    assert number in terminal.picture
    assert colour_codes(terminal.received)


def test_it_speaks_turkish_where_the_locale_does(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    turkish = Speaker("tr").text
    terminal = open_terminal(environment={**quiet_site.environment, "LANG": "tr_TR.UTF-8"})
    screen = terminal.until(lambda screen: turkish("connected") in screen and screen.find(PRICED_IN_TURKISH))
    for english in ("Numbers", "Favourites", "Price", "Stock"):
        assert turkish(english) in screen
        assert english not in screen
    terminal.send("q")
    assert terminal.wait() == 0


def test_it_speaks_turkish_where_asked_to_and_until_the_goodbye(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    turkish = Speaker("tr").text
    terminal = open_terminal("--language", "tr", environment=quiet_site.environment)
    terminal.until(lambda screen: screen.find(PRICED_IN_TURKISH))
    terminal.send(ENTER)
    terminal.until(lambda screen: f"Enter {turkish('order')}" in screen and screen.find(PRICED_IN_TURKISH))
    terminal.send(ENTER)
    asked(terminal, turkish("Order a number?"))
    agree(terminal)
    terminal.until(lambda screen: screen.find(rf"\d:\d\d +{turkish('waiting')}"))
    terminal.send("q")
    asked(terminal, turkish("Leave while numbers are open?"))
    agree(terminal)
    assert terminal.wait() == 0
    [sentence] = after_the_screen(terminal.received).splitlines()
    assert sentence.startswith("1 ")
    assert "still open" not in sentence


def test_no_color_sends_no_colour_codes(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment={**quiet_site.environment, "NO_COLOR": "1"})
    reach_services(terminal)
    order(terminal)
    terminal.send("?")
    terminal.until(lambda screen: "╭─ Keys" in screen and "On the main screen" in screen)
    assert colour_codes(terminal.received) == set()


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_show_it_is_told_in_one_sentence(
    term: str, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    environment = {**quiet_site.environment, "TERM": term}
    terminal = open_terminal(environment=environment, errors_apart=True)
    assert terminal.wait() == 1
    [sentence] = terminal.errors.splitlines()
    assert sentence.startswith(f"snum-tui: This terminal (TERM={term or '?'}) cannot show a full screen.")
    assert terminal.received == b""


def test_without_a_terminal_it_points_to_orders(program: Program, quiet_site: Site) -> None:
    done = program.run(environment=quiet_site.environment)
    assert (done.returncode, done.stdout) == (1, "")
    [sentence] = done.stderr.splitlines()
    assert sentence.endswith("snum-tui orders")


def test_the_screen_shows_also_where_standard_error_goes_into_a_file(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    redirected = ["sh", "-c", 'exec "$@" 2>errors.txt', "sh", *program.command]
    terminal = open_terminal(command=redirected, environment=quiet_site.environment)
    reach_services(terminal)
    terminal.send("q")
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()
    assert (program.home / "errors.txt").read_bytes() == b""
