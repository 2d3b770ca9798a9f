"""Keys: how people write them, what they are called inside, and which two cannot go together."""

import string

import pytest

from snum_tui.domain.keys import (
    MOST_KEYS,
    Clash,
    KeyOf,
    KeyTable,
    NotAKey,
    find_clash,
    is_typed,
    read_key,
    read_keys,
    show_key,
)

NAMED = ("enter", "escape", "tab", "space", "delete", "home", "pageup", "up", "right", "f1", "f12", "shift+tab")
HELD = ("ctrl+p", "ctrl+up", "alt+x", "alt+shift+x", "alt+enter", "shift+f5", "ctrl+shift+left", "alt+ctrl+up")
TABLE = KeyTable(
    keys={
        "list.up": ("up", "k"),
        "services.order": ("enter", "o"),
        "numbers.detail": ("enter",),
        "main.copy": ("y",),
        "app.quit": ("q",),
        "history.close": ("q",),
    },
    together=(
        frozenset({"list", "services", "main", "app"}),
        frozenset({"list", "numbers", "main", "app"}),
        frozenset({"list", "history", "app"}),
    ),
    share=frozenset({frozenset({"history.close", "app.quit"})}),
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("o", "o"),
        ("O", "O"),
        ("ş", "ş"),
        ("7", "7"),
        ("/", "slash"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("comma", "comma"),
        ("slash", "slash"),
        ("Enter", "enter"),
        ("RETURN", "enter"),
        ("Esc", "escape"),
        ("escape", "escape"),
        ("PgDn", "pagedown"),
        ("Page_Down", "pagedown"),
        ("↑", "up"),
        ("F5", "f5"),
        ("Ctrl+R", "ctrl+r"),
        ("ctrl+r", "ctrl+r"),
        ("Shift+Tab", "shift+tab"),
        ("shift+o", "O"),
        ("Alt+X", "alt+shift+x"),
        ("Shift+Ctrl+Up", "ctrl+shift+up"),
        (" o ", "o"),
    ],
)
def test_a_key_is_understood_as_people_write_it(written: str, key: str) -> None:
    assert read_key(written) == key


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "oo",
            "entr",
            "f13",
            "f0",
            "ctrl",
            "ctrl+",
            "+o",
            "hyper+o",
            "ctrl+ctrl+o",
            "shift+1",
            "shift+/",
        ),
        # Terminals send Tab, Enter and Backspace for these, or nothing that can be told from the key alone.
        *(
            "ctrl+i",
            "ctrl+m",
            "ctrl+h",
            "ctrl+j",
            "ctrl+1",
            "ctrl+/",
            "alt+b",
            "alt+f",
            "alt+1",
            "alt++",
            "alt+ctrl+o",
        ),
        # Whoever is lost presses it, and is told the way out.
        "ctrl+c",
        *("\x1b", "\u200b", "👍"),
    ],
)
def test_what_is_no_key_or_cannot_be_told_from_another_is_none(written: str) -> None:
    with pytest.raises(NotAKey):
        read_key(written)


@pytest.mark.parametrize(
    "key", [*NAMED, *HELD, *string.ascii_letters, *map(read_key, string.punctuation.replace(",", ""))]
)
def test_a_key_can_be_written_as_the_screen_shows_it(key: str) -> None:
    assert read_key(show_key(key)) == key


def test_several_keys_stand_with_commas_between_them_each_once() -> None:
    assert read_keys("o, Enter,o , ctrl+o") == ("o", "enter", "ctrl+o")
    for wrong in ("", "o,", "o,,enter", ",", ",".join("abcdefghijk"[: MOST_KEYS + 1])):
        with pytest.raises(NotAKey):
            read_keys(wrong)


def test_a_key_that_writes_a_letter_is_known() -> None:
    typed = ["o", "slash", "space", "comma", "alt+o", "alt+shift+o"]
    assert [key for key in (*typed, "enter", "f1", "ctrl+o", "alt+up", "shift+tab") if is_typed(key)] == typed


@pytest.mark.parametrize(
    ("remapped", "clash"),
    [
        ({}, None),
        ({"services.order": ("o",)}, None),
        ({"services.order": ("y",)}, Clash("y", "services.order", "main.copy")),
        ({"main.copy": ("c", "k")}, Clash("k", "main.copy", "list.up")),
        ({"app.quit": ("enter",)}, Clash("enter", "app.quit", "services.order")),
        # These two are never heard at the same time.
        ({"numbers.detail": ("o",)}, None),
        ({"history.close": ("y",)}, None),
        # Exchanged with each other.
        ({"main.copy": ("q",), "app.quit": ("y",)}, None),
        ({"main.copy": ("q",)}, Clash("q", "main.copy", "app.quit")),
    ],
)
def test_two_actions_that_are_heard_together_cannot_have_one_key(
    remapped: dict[str, tuple[str, ...]], clash: Clash | None
) -> None:
    assert find_clash(remapped, TABLE) == clash


def test_a_sentence_that_nobody_told_the_keys_shows_the_usual_one() -> None:
    assert str(KeyOf("main.go_next", "shift+tab")) == "Shift+Tab"
