"""`[keys]`: every action can have other keys, and a mistake is told with its line and what may stand there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.domain.keys import find_clashes, is_typed, place_of, read_key, show_key
from snum_tui.domain.sentence import Sentence
from snum_tui.settings.errors import ConfigInvalid
from snum_tui.settings.load import Settings
from snum_tui.ui.actions import key_table

Write = Callable[[str], Path]
Load = Callable[..., Settings]
Told = Callable[[Exception | Sentence], str]
TABLE = key_table()
KEYS = (
    "keys in quotes with commas between them, each a letter, a digit, a sign or a name like "
    "Enter, Esc, Tab, Space, Home, PgUp, F5, Ctrl+r, Alt+x"
)
REASON = "for both are heard at the same time. Give one of them another key"


def load_keys(load: Load) -> Settings:
    return load(SITE="sms.tc", API_KEY="k", known_keys=TABLE)


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"services.order" = "o, Ctrl+O"',
        '[keys]\nservices.order = "o, Ctrl+O"',
        "[keys.services]\norder = 'o, Ctrl+O'",
        'keys = { "services.order" = "o, Ctrl+O" }',
    ],
)
def test_an_action_is_named_with_its_place_however_toml_is_written(load: Load, write: Write, text: str) -> None:
    write(text)
    assert load_keys(load).keys == {"services.order": ("o", "ctrl+o")}


@pytest.mark.parametrize("name", TABLE.keys)
def test_every_action_can_be_given_another_key(load: Load, write: Write, name: str) -> None:
    key = "F12" if place_of(name) in TABLE.typing else "ö"
    write(f'[keys]\n"{name}" = "{key}"')
    assert load_keys(load).keys == {name: (key.lower(),)}


def test_the_registry_itself_has_no_clash_and_only_keys_that_can_be_written() -> None:
    assert find_clashes({}, TABLE) == ()
    for name, keys in TABLE.keys.items():
        for key in keys:
            assert read_key(show_key(key)) == key
            assert not (is_typed(key) and place_of(name) in TABLE.typing)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            '"services.order" = "entr"',
            f"keys.services.order must be {KEYS}. entr is none.",
        ),
        ('"services.order" = " "', "keys.services.order must be keys in quotes"),
        ('"app.quit" = ""', "keys.app.quit must keep a key, for nothing else does the same."),
        ('"question.decline" = ""', "keys.question.decline must keep a key"),
        ('"services.order" = 7', "keys.services.order must be keys in quotes"),
        ('"services.order" = ["o"]', "keys.services.order must be keys in quotes"),
        ("services.order = true", "keys.services.order must be keys in quotes"),
        ('"services.order" = "o, Ctrl+M"', "keys.services.order cannot be on Ctrl+M: terminals send Enter for it."),
        ('"services.order" = "ctrl+i"', "cannot be on ctrl+i: terminals send Tab for it."),
        ('"services.order" = "ctrl+["', "cannot be on ctrl+[: terminals send Esc for it."),
        (
            '"services.buy" = "b"',
            "keys.services.buy is no action. There are: services.order, services.favourite, services.sort",
        ),
        (
            '"buy" = "b"',
            "keys.buy is no action. They are named like services.order; the places are: list, tree, services, ",
        ),
        (
            '"services.favourite" = "y"',
            f"keys.services.favourite and keys.main.copy cannot both be on y, {REASON}.",
        ),
        ('"question.decline" = "y, n"', "keys.question.decline and keys.question.agree cannot both be on y"),
        (
            '"filter.done" = "x"',
            "keys.filter.done must be keys that write no letter, because one types there: Enter,",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_key_and_what_may_stand_there(
    load: Load, write: Write, told: Told, entry: str, said: str
) -> None:
    file = write(f'language = "en"\n\n[keys]\n"main.history" = "h"\n{entry}\n')
    with pytest.raises(ConfigInvalid) as caught:
        load_keys(load)
    sentence = told(caught.value)
    assert sentence.startswith(f"{file}, line 5: ")
    assert said in sentence


@pytest.mark.parametrize("text", ["keys = 'o'", "keys = ['o']", "[[keys]]\na = 1"])
def test_keys_that_are_no_table_are_told(load: Load, write: Write, told: Told, text: str) -> None:
    file = write(text)
    with pytest.raises(ConfigInvalid) as caught:
        load_keys(load)
    assert told(caught.value) in {
        f"{file}, line 1: keys must be a table, in square brackets.",
        f"{file}: keys must be a table, in square brackets.",
    }


def test_two_actions_can_exchange_their_keys(load: Load, write: Write) -> None:
    write('[keys]\n"main.copy" = "c"\n"main.cancel" = "y"')
    assert load_keys(load).keys == {"main.copy": ("c",), "main.cancel": ("y",)}


def test_hostile_letters_do_not_reach_the_terminal(load: Load, write: Write, told: Told) -> None:
    for entry in ('"a.b\\u001b[2J" = "x"', '"services.order" = "\\u001b]52;c;eA==\\u0007"'):
        write(f"[keys]\n{entry}")
        with pytest.raises(ConfigInvalid) as caught:
            load_keys(load)
        assert "\x1b" not in told(caught.value)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(load: Load, write: Write, told: Told) -> None:
    entries = (
        "theme = 'nord'",
        "[keys]",
        '"main.copy" = "c"',
        '"main.log" = "entr"',
        '"main.filter" = "L"',
        "[polls]",
        "x = 1",
        "first_seconds = 'a'",
    )
    write("\n".join(entries))
    with pytest.raises(ConfigInvalid) as caught:
        load_keys(load)
    sentences = [told(caught.value), *map(told, caught.value.more)]
    for sentence, said in zip(
        sentences,
        (
            "line 1: theme must be one of",
            "line 3: keys.main.copy and keys.main.cancel cannot both be on c",
            "line 4: keys.main.log must be keys in quotes",
            "line 5: keys.main.filter and keys.app.language cannot both be on L",
            "line 8: polls.first_seconds must be",
        ),
        strict=True,
    ):
        assert said in sentence


def test_what_an_entry_that_cannot_be_read_was_on_is_no_clash(load: Load, write: Write) -> None:
    write('[keys]\n"main.copy" = "entr"\n"main.history" = "y"')
    with pytest.raises(ConfigInvalid) as caught:
        load_keys(load)
    assert not caught.value.more


@pytest.mark.parametrize("name", sorted(set(TABLE.keys) - TABLE.needed))
def test_an_action_can_be_given_no_key(load: Load, write: Write, name: str) -> None:
    write(f'[keys]\n"{name}" = ""')
    assert load_keys(load).keys == {name: ()}


def test_who_could_not_leave_answer_or_find_the_commands_keeps_a_key() -> None:
    assert {"app.quit", "app.palette", "question.agree", "question.choose", "question.decline"} <= TABLE.needed
    assert {name for name in TABLE.keys if name.endswith((".close", ".give_up"))} <= TABLE.needed
