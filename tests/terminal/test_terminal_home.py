"""At home in every terminal: what config.toml, the locale and the terminal itself ask for is what is sent."""

import re

import pytest

from tests.terminal.desk_steps import PRICED, reach_services
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import ENTER, OpenTerminal, Picture
from tests.terminal.pty_text import colour_codes, left_on

MOUSE_MODES = re.compile(rb"\x1b\[\?(?:9|1000|1001|1002|1003|1005|1006|1015|1016)[hl]")
PRICED_IN_ASCII = r"TL \d+\.\d\d +[1-9]\d* "


def is_framed_in_ascii(screen: Picture) -> bool:
    """Tell whether the frame stands, drawn in ASCII."""
    top, bottom = screen.lines[0], screen.lines[-1]
    return top[0] + top[-1] + bottom[0] + bottom[-1] == "++++"


def test_the_mouse_works_and_is_left_as_it_was(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until(lambda screen: "connected" in screen and screen.find(PRICED))
    assert MOUSE_MODES.search(terminal.received)
    terminal.send("\x1b[<0;40;5M\x1b[<0;40;5m")
    terminal.until(lambda screen: "Enter order" in screen and screen.find("▸ +₺"))
    terminal.send("q")
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()


@pytest.mark.parametrize(
    ("arguments", "configuration"),
    [(["--no-mouse"], ""), (["demo", "--no-mouse"], ""), ([], "mouse = false\n"), (["demo"], "mouse = false\n")],
)
def test_without_the_mouse_nothing_of_it_is_ever_sent(
    open_terminal: OpenTerminal,
    program: Program,
    quiet_site: Site,
    arguments: list[str],
    configuration: str,
) -> None:
    program.configure(configuration)
    terminal = open_terminal(*arguments, environment=quiet_site.environment)
    terminal.until(lambda screen: "connected" in screen and screen.find(PRICED))
    terminal.send("q")
    assert terminal.wait() == 0
    assert MOUSE_MODES.search(terminal.received) is None
    assert left_on(terminal.received) == set()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LANG": "tr_TR.ISO-8859-9", "SNUM_TUI_LANGUAGE": "en"},
        {"LANG": ""},
        {"TERM": "linux"},
        {"LC_ALL": "C.UTF-8", "SNUM_TUI_LANGUAGE": "en"},
    ],
)
def test_where_ascii_is_chosen_or_needed_nothing_else_is_sent_whoever_says_it(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site, environment: dict[str, str]
) -> None:
    program.configure("ascii = true\n" if environment.get("LC_ALL") == "C.UTF-8" else "")
    terminal = open_terminal(environment={**quiet_site.environment, **environment})
    terminal.until(lambda screen: is_framed_in_ascii(screen) and screen.find(PRICED_IN_ASCII))
    terminal.send(ENTER)
    terminal.until(lambda screen: "Enter order" in screen)
    terminal.send("/alm\r")
    terminal.until(lambda screen: screen.find(rf"^\|> +{PRICED_IN_ASCII}.*Almanya5"))
    terminal.send("?")
    terminal.until(lambda screen: "+- Keys -" in screen)
    terminal.send("\x1b")
    terminal.until(lambda screen: "+- Keys -" not in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert terminal.received.isascii()


def test_keys_come_in_the_locales_character_set_though_ascii_is_drawn(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site
) -> None:
    program.configure("ascii = true\n")
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until(lambda screen: is_framed_in_ascii(screen) and screen.find(PRICED_IN_ASCII))
    terminal.send(ENTER)
    terminal.until(lambda screen: "Enter order" in screen)
    terminal.send("/türk\r")
    terminal.until(lambda screen: screen.find(rf"^\|> +{PRICED_IN_ASCII}.*Turkiye5"))


def test_who_says_that_the_terminal_has_all_signs_gets_them(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site
) -> None:
    program.configure("ascii = false\n")
    terminal = open_terminal(environment={**quiet_site.environment, "LC_ALL": "C"})
    screen = terminal.until(lambda screen: screen.find(PRICED))
    assert screen.is_framed
    assert "★ Favourites" in screen or "● connected" in screen


@pytest.mark.parametrize("locale", ["C.UTF-8", "tr_TR.ISO-8859-9"])
def test_a_key_of_another_locale_ends_nothing(open_terminal: OpenTerminal, quiet_site: Site, locale: str) -> None:
    """One byte that is no UTF-8, as a Turkish letter is there; and half a sequence of it."""
    environment = {**quiet_site.environment, "LC_ALL": locale, "SNUM_TUI_LANGUAGE": "en"}
    terminal = open_terminal(environment=environment)
    terminal.until(lambda screen: "connected" in screen)
    for sent in (b"\xfe", b"\xc5", b"\xff\x80", b"/", b"\xfe\xfd"):
        terminal.send_bytes(sent)
        terminal.listen(0.1)
    terminal.send("a")
    shown = "sia" if locale.endswith("9") else "a"  # the letters of that character set, drawn in ASCII
    terminal.until(lambda screen: screen.find(rf"[▌|] ?{shown} "))
    terminal.send("\x1bq")
    terminal.send("\x1b")
    terminal.listen(0.3)
    terminal.send("q")
    assert terminal.wait() == 0


def test_keys_that_are_remapped_in_config_toml_work_and_are_shown(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site
) -> None:
    program.configure('[keys]\n"tree.open" = "F2"\n"app.quit" = "Ctrl+D"\nservices.order = "b"\n')
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until(lambda screen: "F2 open" in screen and screen.find(PRICED))
    terminal.send("\x1bOQ")
    terminal.until(lambda screen: "b order" in screen)
    terminal.send("q")
    terminal.send(ENTER)
    terminal.send("b")
    terminal.until(lambda screen: "Order a number?" in screen)
    terminal.send("n")
    terminal.until(lambda screen: "Order a number?" not in screen)
    terminal.send("\x04")
    assert terminal.wait() == 0


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
def test_a_theme_of_the_terminals_palette_sends_no_other_colours_from_the_first_frame_on(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site, theme: str
) -> None:
    program.configure(f'theme = "{theme}"\n')
    environment = {**quiet_site.environment, "COLORTERM": "truecolor"}
    terminal = open_terminal(environment=environment)
    reach_services(terminal)
    terminal.send(ENTER)
    terminal.until(lambda screen: "Order a number?" in screen)
    codes = colour_codes(terminal.received)
    assert codes
    assert not [code for code in codes if re.search(r"(?:^|;)[345]8[;:]", code)]


def test_a_terminal_of_sixteen_colours_gets_its_own_palette(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment={**quiet_site.environment, "TERM": "xterm"})
    reach_services(terminal)
    assert not [code for code in colour_codes(terminal.received) if re.search(r"(?:^|;)[345]8[;:]", code)]


def test_the_theme_is_switched_while_it_runs(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment={**quiet_site.environment, "COLORTERM": "truecolor"})
    terminal.until(lambda screen: "connected" in screen)
    terminal.send("T")
    terminal.until(lambda screen: "the colours of snum-light" in screen)
    terminal.until_received(b"48;2;255;255;255")
    assert terminal.repainted(lambda screen: "connected" in screen).is_framed
