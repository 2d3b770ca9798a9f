"""The accounts of config.toml, written by the program: what a person filled in becomes a `[profiles.NAME]`."""

from snum_tui.domain.accounts import AccountDraft
from snum_tui.settings.paths import Paths
from snum_tui.settings.save import write_config


def add_account(paths: Paths, draft: AccountDraft) -> None:
    """Write a new profile, for its owner alone. Raises ConfigUnreadable, CannotSave."""
    top: dict[str, object] = {"profiles": {draft.name: _table(draft)}}
    if draft.language is not None:
        top["language"] = draft.language
    write_config(paths, top)


def _table(draft: AccountDraft) -> dict[str, object]:
    table: dict[str, object] = {"site": draft.site}
    if draft.key is not None:
        # The one place beside the transport that may read it: this file is where the person keeps it.
        table["api_key"] = draft.key.reveal()
    if draft.allow_plain_http:
        table["allow_plain_http"] = True
    return table
