"""What is wrong before the screen opens is one clear sentence on standard error, in the person's language."""

from collections.abc import Callable

import pytest

from snum_tui.journal.orders import Journal
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import ENTER, OpenTerminal

SITE, KEY = "SNUM_TUI_SITE", "SNUM_TUI_API_KEY"
SECRET = "5ec0e7dae537467c10656909073a2ab4"  # noqa: S105 - a key of nobody
PROFILE = '[profiles.work]\nsite = "https://numara.example"\napi_key = "{key}"\n'

Refused = Callable[..., str]


@pytest.fixture
def refused(open_terminal: OpenTerminal, program: Program) -> Refused:
    """Start the program; it must end with status 1, one sentence on standard error, and an untouched terminal."""

    def start(*arguments: str, **environment: str) -> str:
        terminal = open_terminal(*arguments, environment=environment, errors_apart=True)
        assert terminal.wait() == 1
        assert terminal.received == b""
        assert terminal.is_as_before
        [sentence] = terminal.errors.splitlines()
        assert "Traceback" not in sentence
        assert SECRET not in sentence
        assert not (program.state / "orders.db").exists()
        name, _, words = sentence.partition(": ")
        assert name == "snum-tui"
        return words

    return start


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://numara.example", "must begin with https://"),
        ("https://", "is not a site's address. Write it like https://example.com"),
        ("https://numara.example:99999", "is not a site's address"),
        ("http://numara.example", "would send your key unencrypted. Use https, or set allow_plain_http = true."),
        (f"https://{SECRET}@numara.example", "it holds the key. Write only the part like https://example.com"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_with_what_to_write(
    refused: Refused, address: str, said: str
) -> None:
    assert said in refused(**{SITE: address, KEY: SECRET})


def test_without_any_site_the_sentence_names_the_variables_the_file_and_the_demo(
    refused: Refused, program: Program
) -> None:
    sentence = refused("watch")
    for needed in (SITE, KEY, str(program.config_file), "snum-tui demo"):
        assert needed in sentence


def test_without_a_key_the_sentence_names_the_variable(refused: Refused) -> None:
    assert KEY in refused(**{SITE: "https://numara.example"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{PROFILE}language = tr\n", ", line 4: this is not TOML"),
        (f"{PROFILE}refund_seconds = 'ten'\n", ", line 4: profiles.work.refund_seconds must be a whole number"),
        (
            "theme = 'nord'\n" + PROFILE,
            ", line 1: theme must be one of snum-dark, snum-light, ansi-dark, ansi-light, in quotes",
        ),
        (
            f"{PROFILE}[keys]\n'services.order' = 'y'\n",
            ", line 5: keys.services.order and keys.main.copy cannot both be on y",
        ),
        (f"{PROFILE}[keys]\n'services.buy' = 'b'\n", ", line 5: keys.services.buy is no action"),
    ],
)
def test_a_mistake_in_the_configuration_is_named_with_file_line_and_key(
    refused: Refused, program: Program, text: str, said: str
) -> None:
    program.configure(text.replace("{key}", SECRET))
    sentence = refused()
    assert sentence.startswith(str(program.config_file))
    assert said in sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "theme = 'nord'\n[profiles.work]\nsite = 5\nrefund_seconds = 'ten'\n[polls]\nfirst_seconds = 0\n",
            [
                ", line 1: theme must be one of ",
                ", line 3: profiles.work.site must be a text in quotes.",
                ", line 4: profiles.work.refund_seconds must be a whole number",
                ", line 6: polls.first_seconds must be a number from 1 to 3600.",
            ],
        ),
        (
            f"{PROFILE}[keys]\n'services.buy' = 'b'\n'services.order' = 'Foo'\n",
            [", line 5: keys.services.buy is no action", ", line 6: keys.services.order must be keys in quotes"],
        ),
    ],
)
@pytest.mark.parametrize("command", [(), ("watch",), ("config",)])
def test_all_mistakes_of_a_file_are_told_at_once_a_line_each(
    program: Program, command: tuple[str, ...], text: str, said: list[str]
) -> None:
    program.configure(text.replace("{key}", SECRET))
    done = program.run("--language", "en", *command)
    assert (done.returncode, done.stdout if command != ("config",) else "") == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(said)
    for line, words in zip(lines, said, strict=True):
        assert line.startswith(f"snum-tui: {program.config_file}{words}")


def test_a_profile_that_is_not_there_is_told_together_with_those_that_are(
    refused: Refused, program: Program
) -> None:
    program.configure(PROFILE.format(key=SECRET))
    sentence = refused("--profile", "home")
    assert "home" in sentence
    assert "work" in sentence


@pytest.mark.parametrize(
    ("arguments", "environment"), [(["--language", "tr"], {}), (["watch"], {"LANG": "tr_TR.UTF-8"})]
)
def test_the_sentence_is_turkish_where_the_person_is(
    refused: Refused, arguments: list[str], environment: dict[str, str]
) -> None:
    sentence = refused(*arguments, **environment, **{KEY: SECRET})
    assert SITE in sentence
    assert "is not. Set it" not in sentence


@pytest.mark.parametrize("arguments", [["--profil"], ["order"], ["--language", "de"], ["sandbox", "--speed", "0"]])
def test_a_mistyped_command_line_ends_with_status_2_and_says_what_was_not_understood(
    program: Program, arguments: list[str]
) -> None:
    done = program.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "error: " in done.stderr.splitlines()[-1]


def test_orders_can_be_listed_while_the_program_runs_and_where_there_are_none(
    open_terminal: OpenTerminal, quiet_site: Site, program: Program
) -> None:
    assert program.orders() == []
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until(lambda screen: "connected" in screen)
    assert program.orders() == []
    assert Journal.open_for_reading(program.state).all_orders() == ()


def test_what_was_warned_of_before_the_screen_stands_on_it_and_in_the_log(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site
) -> None:
    program.configure('langage = "tr"\n')
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until(lambda screen: "langage" in screen and "connected" in screen)
    terminal.send("l")
    terminal.until(lambda screen: "─ Log ─" in screen)
    terminal.send(ENTER)
    terminal.until(lambda screen: "langage" in screen and "─ Log ─" in screen)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_of_several_warnings_one_stands_on_the_screen_with_where_the_others_are(
    open_terminal: OpenTerminal, program: Program, quiet_site: Site, size: tuple[int, int]
) -> None:
    program.configure('langage = "tr"\ncolour = "blue"\nmouze = true\n')
    terminal = open_terminal(environment=quiet_site.environment, size=size)
    terminal.until(
        lambda screen: "The last of 3 warnings (l shows all): " in " ".join(screen.text.replace("│", " ").split())
    )
    terminal.send("l")
    terminal.until(lambda screen: "─ Log ─" in screen and "3 events" in screen)
    terminal.send("G" + ENTER)
    terminal.until(lambda screen: "langage" in screen)
