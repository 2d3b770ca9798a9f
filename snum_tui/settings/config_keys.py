"""`[keys]` of config.toml: which key does what, where it is not the usual one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from snum_tui.domain.keys import (
    NAMES,
    KeyTable,
    NotAKey,
    SentAsAnother,
    find_clashes,
    is_typed,
    place_of,
    read_keys,
    show_key,
)
from snum_tui.domain.sentence import N_, say
from snum_tui.domain.text import clean_text
from snum_tui.settings.config_mistake import MUST_BE, Keys, mistake_at
from snum_tui.settings.errors import Mistake

TABLE = "keys"
_KEYS = say(
    N_("keys in quotes with commas between them, each a letter, a digit, a sign or a name like {names}"),
    names=", ".join(NAMES),
)
_KEYS_THAT_WRITE_NOTHING = say(
    N_("keys that write no letter, because one types there: {names}"),
    names=", ".join(name for name in NAMES if name not in {"Space", "Alt+x"}),
)


class ReadKeys:
    """`[keys]`, read entry by entry: `keys` are inner key names by action, `mistakes` all that is wrong with it.

    `misfits` are the entries that cannot be as they stand; of two that clash, both.
    Without `known`, as for a program that has no screen, names of actions are taken as they are.
    """

    def __init__(self, table: Mapping[str, object], known: KeyTable | None, text: str, file: Path) -> None:
        self.keys: dict[str, tuple[str, ...]] = {}
        self.mistakes: list[Mistake] = []
        self.misfits: set[Keys] = set()
        self._text = text
        self._file = file
        self._paths: dict[str, Keys] = {}
        for path, written in entries((TABLE,), table):
            name = ".".join(path[1:])
            self._paths[name] = path
            try:
                self.keys[name] = _read(written)
                if known is not None:
                    _check_name(name, self.keys[name], known)
            except _Wrong as error:
                self._complain(name, error.words, **error.values)
                self.keys[name] = ()  # it is on no key that another one could be on
        if known is not None:
            self._find_clashes(known)

    def _find_clashes(self, known: KeyTable) -> None:
        for clash in find_clashes(self.keys, known):
            words = N_(
                "{place}: {key} and {other} cannot both be on {pressed}, for both are heard at the same time. "
                "Give one of them another key."
            )
            self.misfits.update(self._paths[name] for name in (clash.one, clash.other) if name in self._paths)
            self._complain(clash.one, words, other=f"{TABLE}.{clash.other}", pressed=show_key(clash.key))

    def _complain(self, name: str, words: str, **values: object) -> None:
        self.misfits.add(self._paths[name])
        self.mistakes.append(mistake_at(self._paths[name], self._text, self._file, words, **values))


def entries(path: Keys, table: Mapping[str, object]) -> Iterator[tuple[Keys, object]]:
    """Go through the table; `"services.order"` may stand in quotes, or services.order be a table in it."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from entries((*path, key), value)
        else:
            yield (*path, key), value


class _Wrong(Exception):  # noqa: N818 - reads as what it says
    """What is wrong with one entry; `words` have places for the file's and the entry's name, too."""

    def __init__(self, words: str, **values: object) -> None:
        super().__init__(words)
        self.words = words
        self.values = values


def _read(written: object) -> tuple[str, ...]:
    if not isinstance(written, str):
        raise _Wrong(MUST_BE, allowed=_KEYS)
    try:
        return read_keys(written)
    except SentAsAnother as error:
        words = N_("{place}: {key} cannot be on {wrong}: terminals send {sent} for it. Take another key.")
        wrong = _Wrong(words, wrong=str(error), sent=show_key(error.sent))
    except NotAKey as error:
        named = clean_text(str(error), 40)
        words = N_("{place}: {key} must be {allowed}. {wrong} is none.") if named else MUST_BE
        wrong = _Wrong(words, allowed=_KEYS, wrong=named)
    raise wrong


def _check_name(name: str, keys: tuple[str, ...], known: KeyTable) -> None:
    if name not in known.keys:
        raise _no_action(name, known)
    if name in known.needed and not keys:
        raise _Wrong(N_("{place}: {key} must keep a key, for nothing else does the same."))
    if place_of(name) in known.typing and any(is_typed(key) for key in keys):
        raise _Wrong(MUST_BE, allowed=_KEYS_THAT_WRITE_NOTHING)


def _no_action(name: str, known: KeyTable) -> _Wrong:
    group = place_of(name)
    if beside := [one for one in known.keys if place_of(one) == group]:
        return _Wrong(N_("{place}: {key} is no action. There are: {names}."), names=", ".join(beside))
    places = ", ".join(dict.fromkeys(place_of(one) for one in known.keys))
    words = N_("{place}: {key} is no action. They are named like services.order; the places are: {names}.")
    return _Wrong(words, names=places)
