"""What holds of a profile's options: its site, where its key comes from, and the rules that count there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from snum_tui.cli.config.effective import Effective, Origin, of_file
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.settings.access import KeySource, find_key_source, find_rules, find_site, holds_key
from snum_tui.settings.errors import BadSiteAddress, SettingsError
from snum_tui.settings.options import Option
from snum_tui.settings.profile import KEY_VARIABLE, SITE_VARIABLE, ChosenProfile, given

_Found = TypeVar("_Found")

_HIDDEN = "…"
_OF_THE_SITE = {one.name for one in fields(SiteRules)} - {"day_limit"}


@dataclass(slots=True)
class AccountView:
    """The way to a site, as far as it can be found without running a command or asking anybody."""

    environment: Mapping[str, str]
    chosen: ChosenProfile
    file: Path
    address: SiteAddress | None = None
    key_source: KeySource | None = None
    rules: SiteRules = field(default_factory=SiteRules)
    warnings: tuple[Sentence, ...] = ()
    problems: tuple[Sentence, ...] = ()
    """The first thing that keeps the app from starting, and what else is wrong of the same kind."""

    def look(self) -> None:
        """Find the way; what is missing stays None."""
        self.rules = self.chosen.config.rules
        address = self.address = self._tried(self._find_address)
        if address is not None:
            where = self.environment, self.chosen, self.file, address
            self.key_source = self._tried(lambda: find_key_source(*where))
            if (found := self._tried(lambda: find_rules(*where))) is not None:
                self.rules, self.warnings = found

    def weigh(self, option: Option) -> Effective:
        """Return what holds of one of the profile's options."""
        name = option.keys[-1]
        match name:
            case "site":
                return self._site(option)
            case "api_key" | "api_key_command":
                return self._key(option, name)
            case "proxy":
                return Effective(option, _without_password(option.value), of_file(option).origin)
            case "orders_as" if not option.is_set:
                return Effective(option, self.chosen.name, Origin.DEFAULT)
            case _:
                return self._rule(option, name)

    def _rule(self, option: Option, name: str) -> Effective:
        """Weigh what the file says of its own site, for the site that is asked."""
        if option.is_set and name == "allow_plain_http" and given(self.environment, SITE_VARIABLE):
            # The consent in the file is for the site in the file.
            return Effective(option, False, Origin.ENVIRONMENT, SITE_VARIABLE)  # noqa: FBT003 - a field
        if option.is_set and self.is_elsewhere and name in _OF_THE_SITE:
            return Effective(option, getattr(self.rules, name), Origin.ENVIRONMENT, SITE_VARIABLE)
        return of_file(option)

    @property
    def is_elsewhere(self) -> bool:
        """Whether another site than the profile's is asked, so that its rules do not count."""
        return bool(self.warnings)

    def _site(self, option: Option) -> Effective:
        from_environment = given(self.environment, SITE_VARIABLE) is not None
        origin = Origin.ENVIRONMENT if from_environment else of_file(option).origin
        value = None if self.address is None else self._shown(self.address)
        is_hidden = self.address is None and (from_environment or option.is_set)
        return Effective(option, value, origin, SITE_VARIABLE if from_environment else "", is_hidden)

    def _key(self, option: Option, name: str) -> Effective:
        if given(self.environment, KEY_VARIABLE):
            is_key = name == "api_key"
            return Effective(option, None, Origin.ENVIRONMENT, KEY_VARIABLE, hidden=is_key)
        if name == "api_key":
            return Effective(option, None, of_file(option).origin, hidden=option.is_set)
        command = self.chosen.config.api_key_command
        # Its arguments may hold a password.
        shown = None if command is None else " ".join([Path(command[0]).name, *([_HIDDEN] * (len(command) > 1))])
        return Effective(option, shown, of_file(option).origin)

    def _find_address(self) -> SiteAddress:
        address = find_site(self.environment, self.chosen, self.file)
        if any(holds_key(address, key) for key in self._known_keys()):
            raise BadSiteAddress(
                say(N_("The site's address holds the key. Write only the part like https://example.com"))
            )
        return address

    def _known_keys(self) -> list[ApiKey]:
        of_file, of_environment = self.chosen.config.api_key, given(self.environment, KEY_VARIABLE)
        return [key for key in (of_file, of_environment and ApiKey(of_environment)) if key]

    def _shown(self, address: SiteAddress) -> str:
        """Write the address; a path is left out where a key that is not known here may be in it."""
        if self._known_keys():
            return address.url
        parts = urlsplit(address.url)
        return f"{parts.scheme}://{parts.netloc}" + (f"/{_HIDDEN}" if parts.path else "")

    def _tried(self, find: Callable[[], _Found]) -> _Found | None:
        try:
            return find()
        except SettingsError as error:
            self.problems = self.problems or (error.sentence, *error.more)
            return None


def _without_password(proxy: object) -> str | None:
    if not isinstance(proxy, str):
        return None
    parts = urlsplit(proxy)
    name, at, host = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{_HIDDEN if name else ''}{at}{host}"
