"""`[keys]` of config.toml: which key does what, where it is not the usual one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from snum_tui.domain.keys import NAMES, KeyTable, NotAKey, find_clash, is_typed, place_of, read_keys, show_key
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.text import clean_text
from snum_tui.settings.config import place
from snum_tui.settings.config_lines import find_line
from snum_tui.settings.errors import ConfigInvalid

TABLE = "keys"
Keys = tuple[str, ...]

_KEYS = say(
    N_("keys in quotes with commas between them, each a letter, a digit, a sign or a name like {names}"),
    names=", ".join(NAMES),
)
_KEYS_THAT_WRITE_NOTHING = say(
    N_("keys that write no letter, because one types there: {names}"),
    names=", ".join(name for name in NAMES if name not in {"Space", "Alt+x"}),
)


def read_remapped(
    table: Mapping[str, object], known: KeyTable | None, text: str, file: Path
) -> Mapping[str, tuple[str, ...]]:
    """Check `[keys]` and return inner key names by action. Raises ConfigInvalid.

    Without `known`, as for a program that has no screen, names of actions are taken as they are.
    """
    remapped: dict[str, tuple[str, ...]] = {}
    paths: dict[str, Keys] = {}
    wrong: list[Sentence] = []
    for path, written in entries((TABLE,), table):
        name = ".".join(path[1:])
        paths[name] = path
        try:
            remapped[name] = _read(path, written, text, file)
            if known is not None:
                _check_name(name, remapped[name], path, known, text, file)
        except ConfigInvalid as error:
            wrong.append(error.sentence)
    if wrong:
        raise ConfigInvalid(*wrong)
    if known is not None and (clash := find_clash(remapped, known)) is not None:
        sentence = say(
            N_(
                "{place}: {key} and {other} cannot both be on {pressed}, for both are heard at the same time. "
                "Give one of them another key."
            ),
            place=place(file, find_line(text, paths[clash.one])),
            key=f"{TABLE}.{clash.one}",
            other=f"{TABLE}.{clash.other}",
            pressed=show_key(clash.key),
        )
        raise ConfigInvalid(sentence)
    return remapped


def entries(path: Keys, table: Mapping[str, object]) -> Iterator[tuple[Keys, object]]:
    """Go through the table; `"services.order"` may stand in quotes, or services.order be a table in it."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from entries((*path, key), value)
        else:
            yield (*path, key), value


def _read(path: Keys, written: object, text: str, file: Path) -> tuple[str, ...]:
    if isinstance(written, str):
        try:
            return read_keys(written)
        except NotAKey as error:
            wrong = clean_text(str(error), 40)
    else:
        wrong = ""
    raise ConfigInvalid(_must_be(path, _KEYS, text, file, wrong))


def _check_name(name: str, keys: tuple[str, ...], path: Keys, known: KeyTable, text: str, file: Path) -> None:  # noqa: PLR0913, PLR0917 - one entry's whole world
    if name not in known.keys:
        raise ConfigInvalid(_no_action(name, path, known, text, file))
    if place_of(name) in known.typing and any(is_typed(key) for key in keys):
        raise ConfigInvalid(_must_be(path, _KEYS_THAT_WRITE_NOTHING, text, file))


def _must_be(path: Keys, allowed: Sentence, text: str, file: Path, wrong: str = "") -> Sentence:
    where, key = place(file, find_line(text, path)), clean_text(".".join(path))
    if wrong:
        return say(
            N_("{place}: {key} must be {allowed}. {wrong} is none."),
            place=where,
            key=key,
            allowed=allowed,
            wrong=wrong,
        )
    return say(N_("{place}: {key} must be {allowed}."), place=where, key=key, allowed=allowed)


def _no_action(name: str, path: Keys, known: KeyTable, text: str, file: Path) -> Sentence:
    values = {"place": place(file, find_line(text, path)), "key": clean_text(".".join(path))}
    group = place_of(name)
    if beside := [one for one in known.keys if place_of(one) == group]:
        return say(N_("{place}: {key} is no action. There are: {names}."), names=", ".join(beside), **values)
    places = ", ".join(dict.fromkeys(place_of(one) for one in known.keys))
    words = N_("{place}: {key} is no action. They are named like services.order; the places are: {names}.")
    return say(words, names=places, **values)
