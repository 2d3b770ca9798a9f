"""The accounts of config.toml, and those that only the journal still knows, with the numbers open in each."""

from collections import Counter

from snum_tui.domain.accounts import Account
from snum_tui.domain.site import BadAddress, read_address
from snum_tui.journal.orders import Journal
from snum_tui.settings.accounts import first_of
from snum_tui.settings.config import ProfileConfig, read_config
from snum_tui.settings.paths import Paths
from snum_tui.ui.accounts import Listed
from snum_tui.ui.actions import key_table


def list_accounts(paths: Paths) -> Listed:
    """Read both files. Raises SettingsError, JournalError."""
    config = read_config(paths.config_file, key_table())
    first = first_of(config)
    open_by_place = _open_numbers(paths)
    accounts = []
    for name, profile in config.profiles.items():
        site, kept_as = _site(profile), profile.orders_as or name
        accounts.append(
            Account(
                name,
                site,
                kept_as,
                profile.rules,
                allow_plain_http=profile.allow_plain_http,
                has_key=bool(profile.api_key or profile.api_key_command),
                key_from_command=profile.api_key_command is not None,
                is_first=name == first,
                open_numbers=open_by_place.pop((kept_as, site), 0),
            )
        )
    lost = [
        Account(kept_as, site, kept_as, in_file=False, open_numbers=count)
        for (kept_as, site), count in sorted(open_by_place.items())
    ]
    return Listed((*accounts, *lost))


def _open_numbers(paths: Paths) -> Counter[tuple[str, str]]:
    journal = Journal.open_for_reading(paths.state_directory)
    try:
        return Counter((order.profile, order.site) for order in journal.all_orders(open_only=True))
    finally:
        journal.close()


def _site(profile: ProfileConfig) -> str:
    """Return the address as the journal has it; as it is written where it cannot be used."""
    try:
        return read_address(profile.site or "", allow_plain_http=True).url
    except BadAddress:
        return profile.site or ""
