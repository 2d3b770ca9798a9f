"""Keys: how a person writes one, what it is called inside, and when two actions would stand on the same one.

The inner names are Textual's (a test compares them); what a key is called on the screen can be written into
config.toml as it stands there.
"""

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

MOST_KEYS = 8
"""The most keys that one action may have."""

_SIGNS = {
    "!": "exclamation_mark",
    '"': "quotation_mark",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "*": "asterisk",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less_than_sign",
    "=": "equals_sign",
    ">": "greater_than_sign",
    "?": "question_mark",
    "@": "at",
    "[": "left_square_bracket",
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
    "`": "grave_accent",
    "{": "left_curly_bracket",
    "|": "vertical_line",
    "}": "right_curly_bracket",
    "~": "tilde",
}
_SIGN_NAMES = {name: sign for sign, name in _SIGNS.items()}
_FUNCTION_KEYS = {f"f{number}": f"F{number}" for number in range(1, 13)}
# Inner name: as it is shown.
_NAMED = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    **_FUNCTION_KEYS,
}
_ALSO_CALLED = {
    "return": "enter",
    "page_up": "pageup",
    "page_down": "pagedown",
    **{shown.lower(): name for name, shown in _NAMED.items()},
    **{name: name for name in _NAMED},
}
_MODIFIERS = {"alt": "Alt", "ctrl": "Ctrl", "shift": "Shift"}
"""In the order in which Textual names them."""
_TOLD_WITH_CTRL = frozenset(string.ascii_lowercase) - {"c", "h", "i", "j", "m"}
"""The others are Backspace, Tab, Enter; Ctrl-C tells how to leave, whatever else is remapped."""
_TOLD_WITH_ALT = frozenset(string.ascii_lowercase) - {"b", "f"}
"""The others are what some terminals send for Ctrl and an arrow."""
_SENT_AS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter", "ctrl+[": "escape"}
"""What terminals send for keys that they cannot tell from others."""
_CAPITALS = frozenset(string.ascii_uppercase)
NAMES = ("Enter", "Esc", "Tab", "Space", "Home", "PgUp", "F5", "Ctrl+r", "Alt+x")
"""For the sentence that says what a key may be."""


class NotAKey(ValueError):  # noqa: N818 - reads as what it says
    """No key is called that, or terminals cannot tell it from another."""


class SentAsAnother(NotAKey):
    """Terminals send another key for it: `sent`, in its inner name."""

    def __init__(self, written: str, sent: str) -> None:
        super().__init__(written)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class KeyOf:
    """A key as a value in a Sentence: that of an action, as the person has mapped it.

    `binding_id` is an action of the screen's registry, `main.copy`; `default` its key where nobody remapped it, in
    its inner name.
    """

    binding_id: str
    default: str

    def __str__(self) -> str:
        return show_key(self.default)


CANCEL = KeyOf("main.cancel", "c")
COPY = KeyOf("main.copy", "y")
ORDER = KeyOf("services.order", "enter")
REFRESH = KeyOf("main.refresh", "r")
UNKNOWN = KeyOf("main.unknown", "u")
LOG = KeyOf("main.log", "l")
PROFILES = KeyOf("main.profiles", "P")
PLAIN_HTTP = KeyOf("form.plain_http", "f4")


@dataclass(frozen=True, slots=True)
class KeyTable:
    """What can be bound: the keys that each action has by itself (inner names), and which actions meet.

    Actions are named `place.action`. Those of places that stand `together` hear the same key presses, and no two of
    them may have one key, but for those that `share` it on purpose: the nearer one then takes it.
    """

    keys: Mapping[str, tuple[str, ...]]
    together: tuple[frozenset[str], ...]
    share: frozenset[frozenset[str]] = frozenset()
    typing: frozenset[str] = frozenset()
    """Places where a person types: a key that writes a letter does nothing else there."""
    needed: frozenset[str] = frozenset()
    """Actions that must have a key: without it nobody could leave, answer, or do what has none."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two actions on one key where a person can press it for either."""

    key: str
    one: str
    other: str


def read_key(written: str) -> str:
    """Return the inner name of a key as people write it: `/` is `slash`, `Esc` is `escape`, `Ctrl+R` `ctrl+r`.

    Raises NotAKey.
    """
    *modifiers, base = _parts(written.strip())
    if (sent := _SENT_AS.get(written.strip().lower())) is not None:
        raise SentAsAnother(written.strip(), sent)
    held = {modifier.lower() for modifier in modifiers}
    are_known = held <= set(_MODIFIERS) and len(held) == len(modifiers)
    if held == {"shift"} and len(base) == 1 and base.isalpha():
        held, base = set(), base.upper()
    elif held == {"alt"} and base in _CAPITALS:
        held, base = {"alt", "shift"}, base.lower()
    name = _held(base, held) if held else _base(base)
    if name is None or not are_known:
        raise NotAKey(written.strip())
    return "+".join([*sorted(held), name])


def read_keys(written: str) -> tuple[str, ...]:
    """Return the inner names of keys with commas between them, each once; none of "" alone. Raises NotAKey."""
    if not written:
        return ()
    keys = tuple(dict.fromkeys(read_key(part) for part in written.split(",")))
    if len(keys) > MOST_KEYS:
        raise NotAKey(written)
    return keys


def show_key(key: str) -> str:
    """Write an inner name as people do: `slash` is `/`, `enter` is `Enter`, `ctrl+p` is `Ctrl+P`."""
    *held, base = key.split("+")
    shown = _SIGN_NAMES.get(base) or _NAMED.get(base) or base
    if held == ["ctrl"] and len(shown) == 1:
        shown = shown.upper()
    return "+".join([*(_MODIFIERS[modifier] for modifier in held), shown])


def is_typed(key: str) -> bool:
    """Tell whether a key writes a letter where a person types; with Alt it does, too, on most terminals."""
    base = key.removeprefix("alt+").removeprefix("shift+")
    return len(base) == 1 or base in _SIGN_NAMES or base == "space"


def find_clashes(remapped: Mapping[str, tuple[str, ...]], table: KeyTable) -> tuple[Clash, ...]:
    """Return every two actions that would stand on one key where they meet, once, the remapped one first."""
    keys = {**table.keys, **remapped}
    found: dict[frozenset[str], Clash] = {}
    for one, other in _meeting(keys, table):
        common = set(keys[one]) & set(keys[other])
        pair = frozenset({one, other})
        if common and pair not in table.share:
            first, second = (one, other) if one in remapped else (other, one)
            found.setdefault(pair, Clash(min(common), first, second))
    return tuple(found.values())


def _meeting(keys: Mapping[str, tuple[str, ...]], table: KeyTable) -> Iterator[tuple[str, str]]:
    for places in table.together:
        yield from combinations([name for name in keys if place_of(name) in places], 2)


def place_of(binding_id: str) -> str:
    """Return the place of an action: `services` of `services.order`."""
    return binding_id.partition(".")[0]


def _parts(text: str) -> Sequence[str]:
    """Take a key and what is held with it apart; a plus sign may itself be the key."""
    if text == "+":
        return ["+"]
    return [*text[:-2].split("+"), "+"] if text.endswith("++") else text.split("+")


def _base(base: str) -> str | None:
    if len(base) == 1 and (base.isalnum() or base in _SIGNS):
        return _SIGNS.get(base, base)
    return base if base in _SIGN_NAMES else _ALSO_CALLED.get(base.lower())


def _held(base: str, held: set[str]) -> str | None:
    """Return the inner name of what is pressed together with modifiers, None where terminals cannot tell it."""
    name = _base(base.lower() if "ctrl" in held else base)
    if name is None or not is_typed(name):
        return name
    told = _TOLD_WITH_CTRL if held == {"ctrl"} else _TOLD_WITH_ALT if held <= {"alt", "shift"} else frozenset()
    return name if name in told and held != {"shift"} else None
