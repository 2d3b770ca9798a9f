"""Keys: how people write them, what they are called inside, and which two cannot go together."""

import string

import pytest

from snum_tui.domain.keys import (
    MOST_KEYS,
    Clash,
    KeyOf,
    KeyTable,
    NotAKey,
    SentAsAnother,
    find_clashes,
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
    assert read_keys("") == ()
    for wrong in (" ", "o,", "o,,enter", ",", ",".join("abcdefghijk"[: MOST_KEYS + 1])):
        with pytest.raises(NotAKey):
            read_keys(wrong)


@pytest.mark.parametrize(
    ("written", "sent"),
    [("ctrl+i", "tab"), ("Ctrl+M", "enter"), ("ctrl+j", "enter"), ("ctrl+[", "escape"), ("ctrl+h", "backspace")],
)
def test_what_terminals_send_another_key_for_is_told_with_that_key(written: str, sent: str) -> None:
    with pytest.raises(SentAsAnother) as caught:
        read_keys(f"o, {written}")
    assert (str(caught.value), caught.value.sent) == (written, sent)


def test_a_key_that_writes_a_letter_is_known() -> None:
    typed = ["o", "slash", "space", "comma", "alt+o", "alt+shift+o"]
    assert [key for key in (*typed, "enter", "f1", "ctrl+o", "alt+up", "shift+tab") if is_typed(key)] == typed


@pytest.mark.parametrize(
    ("remapped", "clashes"),
    [
        ({}, []),
        ({"services.order": ("o",)}, []),
        ({"services.order": ("y",)}, [Clash("y", "services.order", "main.copy")]),
        ({"main.copy": ("c", "k")}, [Clash("k", "main.copy", "list.up")]),
        (
            {"app.quit": ("enter",)},
            [Clash("enter", "app.quit", "services.order"), Clash("enter", "app.quit", "numbers.detail")],
        ),
        # These two are never heard at the same time.
        ({"numbers.detail": ("o",)}, []),
        ({"history.close": ("y",)}, []),
        # Exchanged with each other.
        ({"main.copy": ("q",), "app.quit": ("y",)}, []),
        ({"main.copy": ("q",)}, [Clash("q", "main.copy", "app.quit")]),
        # All of them, each two once, wherever they meet.
        (
            {"main.copy": ("k", "q"), "numbers.detail": ("up",)},
            [
                Clash("k", "main.copy", "list.up"),
                Clash("q", "main.copy", "app.quit"),
                Clash("up", "numbers.detail", "list.up"),
            ],
        ),
        # Without a key there is nothing to clash.
        ({"main.copy": ()}, []),
    ],
)
def test_two_actions_that_are_heard_together_cannot_have_one_key(
    remapped: dict[str, tuple[str, ...]], clashes: list[Clash]
) -> None:
    assert list(find_clashes(remapped, TABLE)) == clashes


def test_a_sentence_that_nobody_told_the_keys_shows_the_usual_one() -> None:
    assert str(KeyOf("main.go_next", "shift+tab")) == "Shift+Tab"
