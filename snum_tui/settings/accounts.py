"""The accounts of config.toml, written by the program: what a person filled in becomes a `[profiles.NAME]`.

A rename touches config.toml alone, in one write: the orders stay under the name that they have in the journal, and
the profile says which (`orders_as`). So there is no moment at which the one file is renamed and the other is not,
and another window that runs under the old name goes on with its numbers.

What writes returns the copy of a config.toml that had comments, as rewrite_config does.
"""

from collections.abc import Mapping
from pathlib import Path

from snum_tui.domain.accounts import AccountDraft
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import BadAddress, read_address
from snum_tui.settings.config import Config, parse, read_text
from snum_tui.settings.errors import NameTaken
from snum_tui.settings.paths import Paths
from snum_tui.settings.profile import DEFAULT_NAME
from snum_tui.settings.save import Table, merge, rewrite_config, write_config


def add_account(paths: Paths, draft: AccountDraft) -> Path | None:
    """Write a new profile, for its owner alone. Raises NameTaken, ConfigUnreadable, CannotSave."""
    profiles = _profiles(paths)
    if problem := taken(profiles, draft.name, None):
        raise NameTaken(problem)
    top: Table = {"profiles": {draft.name: _table(draft)}}
    if draft.language is not None:
        top["language"] = draft.language
    now = _start_of(paths)
    if now is not None and _of_several(starts_with(paths), (*profiles, draft.name)) != now:
        # Of several, a start without --profile goes on with the one that it took until now.
        top = {"profile": now, **top}
    return write_config(paths, top)


def change_account(paths: Paths, before: str, draft: AccountDraft) -> Path | None:
    """Write what is new of a profile, in its place, under the draft's name. Raises as add_account."""
    profiles = _profiles(paths)
    if problem := taken(profiles, draft.name, before):
        raise NameTaken(problem)
    old = profiles.get(before, {})
    changes = _changes(old, draft)
    if draft.name == before:
        return write_config(paths, {"profiles": {before: changes}})
    kept_as = str(old.get("orders_as", before))
    changes["orders_as"] = kept_as if kept_as != draft.name else None
    top: Table = {"profiles": {draft.name: changes}}
    if starts_with(paths) == before or _start_of(paths) == before == DEFAULT_NAME:
        top["profile"] = draft.name
    return rewrite_config(paths, lambda document: merge(_renamed(document, before, draft.name), top))


def remove_account(paths: Paths, name: str, then: str) -> Path | None:
    """Take a profile out, its key with it; `then` is started with where it was. Raises as start_with."""
    top: Table = {"profiles": {name: None}}
    if starts_with(paths) == name or _start_of(paths) == name == DEFAULT_NAME:
        top["profile"] = then if then in _profiles(paths) else None
    return write_config(paths, top)


def start_with(paths: Paths, name: str) -> Path | None:
    """Have a start without --profile take this one. Raises ConfigUnreadable, CannotSave."""
    return write_config(paths, {"profile": name})


def first_of(config: Config) -> str | None:
    """Return the profile that a start without --profile takes, None where that is not settled."""
    return _of_several(config.profile, tuple(config.profiles))


def starts_with(paths: Paths) -> str | None:
    """Return what `profile` says at the top of config.toml."""
    named = _document(paths).get("profile")
    return named if isinstance(named, str) else None


def taken(profiles: Mapping[str, Table], name: str, before: str | None) -> Sentence | None:
    """Say why a profile cannot have this name; None where it can. `before` is its own name until now."""
    for other, table in profiles.items():
        if other == before:
            continue
        if other == name:
            return say(N_("There is a profile {name} already. Choose another name."), name=name)
        if table.get("orders_as") == name:
            return say(
                N_("The orders of profile {other} are kept under this name. Choose another name."), other=other
            )
    return None


def _start_of(paths: Paths) -> str | None:
    """Return the profile that a start without --profile takes by what stands in config.toml, none of it checked."""
    return _of_several(starts_with(paths), tuple(_profiles(paths)))


def _of_several(named: str | None, names: tuple[str, ...]) -> str | None:
    if named is not None:
        return named
    return DEFAULT_NAME if DEFAULT_NAME in names else names[0] if len(names) == 1 else None


def _profiles(paths: Paths) -> dict[str, Table]:
    profiles = _document(paths).get("profiles")
    tables = profiles if isinstance(profiles, dict) else {}
    return {name: table for name, table in tables.items() if isinstance(table, dict)}


def _document(paths: Paths) -> Table:
    text = read_text(paths.config_file)
    return {} if text is None else parse(text, paths.config_file)


def _table(draft: AccountDraft) -> Table:
    table: Table = {"site": draft.site}
    if draft.key is not None:
        # The one place beside the transport that may read it: this file is where the person keeps it.
        table["api_key"] = draft.key.reveal()
        table["api_key_command"] = None
    table["allow_plain_http"] = True if draft.allow_plain_http else None
    if (rules := draft.rules) is not None:
        given: Table = {
            "currency": rules.currency,
            "refund_seconds": rules.refund_seconds,
            "earliest_cancel_seconds": rules.earliest_cancel_seconds,
        }
        table |= {name: value for name, value in given.items() if value is not None}
        if rules.refund_rule is not None:
            table["refund_rule"] = rules.refund_rule or None
    return table


def _changes(old: Table, draft: AccountDraft) -> Table:
    """Return what is to be written of a profile that is there: not the same address in other words."""
    changes = _table(draft)
    if _url_of(old) == draft.site:
        del changes["site"]
        if not draft.allow_plain_http:
            del changes["allow_plain_http"]
    return changes


def _url_of(table: Table) -> str | None:
    try:
        return read_address(str(table.get("site", "")), allow_plain_http=True).url
    except BadAddress:
        return None


def _renamed(document: Table, before: str, name: str) -> Table:
    """Return the file's tables with a profile under its new name, in its old place."""
    profiles = document.get("profiles")
    tables = profiles if isinstance(profiles, dict) else {}
    return {**document, "profiles": {name if one == before else one: table for one, table in tables.items()}}
