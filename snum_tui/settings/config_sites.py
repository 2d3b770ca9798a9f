"""The sites' addresses in config.toml: what is wrong with them, told with all else that is wrong in the file.

Alone, an address that cannot be used is no mistake of the file: only its own profile cannot be worked with.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import BadAddress, read_address
from snum_tui.settings.config_mistake import mistake_at
from snum_tui.settings.errors import Mistake

_ENCRYPTED = say(N_("an address with https:// in front, or allow_plain_http = true beside it"))
_AN_ADDRESS = say(N_("a site's address, like https://example.com"))


def find_bad_sites(
    document: Mapping[str, object], text: str, file: Path, *, but: str | None = None
) -> Iterator[Mistake]:
    """Say where an address cannot be used, and what must stand there, of all profiles `but` one.

    Nothing is told of what does stand there: somebody may have pasted a key into it.
    """
    profiles = document.get("profiles")
    for name, table in profiles.items() if isinstance(profiles, dict) else ():
        if name == but or not isinstance(table, dict) or not isinstance(site := table.get("site"), str):
            continue
        if (allowed := _wanted(site, is_plain_allowed=table.get("allow_plain_http") is True)) is not None:
            yield mistake_at(("profiles", name, "site"), text, file, allowed=allowed)


def _wanted(site: str, *, is_plain_allowed: bool) -> Sentence | None:
    """Return what must stand there instead; None where the address can be used."""
    if _is_good(site, is_plain_allowed=is_plain_allowed):
        return None
    return _ENCRYPTED if _is_good(site, is_plain_allowed=True) else _AN_ADDRESS


def _is_good(site: str, *, is_plain_allowed: bool) -> bool:
    try:
        read_address(site, allow_plain_http=is_plain_allowed)
    except BadAddress:
        return False
    return True
