"""Everything that can be wrong with the settings, each with a sentence that says what to set, and where.

    SettingsError
    ├── ConfigUnreadable      config.toml cannot be read, or is no TOML
    ├── ConfigInvalid         a value in it, or in the environment, is not one of the allowed ones
    ├── UnknownProfile        no profile of that name, or several and none chosen
    ├── SiteMissing           no site's address anywhere
    │   └── NothingSet        nor anything else of an account: nobody has begun yet
    ├── BadSiteAddress        an address that cannot be a site's, or would send the key unencrypted
    ├── KeyMissing            no key anywhere, or what stands there cannot be one
    │   └── KeyCommandFailed  api_key_command gave none
    ├── KeyOfAnotherSite      the key belongs to another site than the one asked for
    ├── ValueMisfit           what a person wants an option to be is not one of the allowed values
    ├── NameTaken             a profile cannot have this name, for another one has it
    └── CannotSave            config.toml cannot be written

No sentence ever holds a key's value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from snum_tui.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in config.toml, and on which line, where that is known."""

    line: int | None
    sentence: Sentence


class SettingsError(Exception):
    """The root of the tree; `sentence` is for the person, and `more` are what else is wrong in the same file.

    Where it is told in two parts, `what` is a phrase that says what is wrong, and `advice` alone what to do.
    """

    def __init__(
        self, sentence: Sentence, *more: Sentence, what: Sentence | None = None, advice: Sentence | None = None
    ) -> None:
        super().__init__(_in_english(sentence))
        self.sentence = sentence
        self.more = more
        self.what = what
        self.advice = advice or sentence


class ConfigUnreadable(SettingsError):  # noqa: N818 - reads as what it says
    """config.toml cannot be read, or is no TOML."""


class ConfigInvalid(SettingsError):  # noqa: N818 - reads as what it says
    """A value is not one of the allowed ones."""

    @classmethod
    def of(cls, mistakes: Iterable[Mistake]) -> Self:
        """Return the error that tells them all, in the order of the file."""
        return cls(*(one.sentence for one in sorted(mistakes, key=lambda one: one.line or 0)))


class UnknownProfile(SettingsError):  # noqa: N818 - reads as what it says
    """There is no profile of that name, or there are several and none was chosen."""


class SiteMissing(SettingsError):  # noqa: N818 - reads as what it says
    """No site's address is set anywhere."""


class NothingSet(SiteMissing):
    """Neither a site nor a key nor a profile is set anywhere, so that a first start can ask for them."""


class BadSiteAddress(SettingsError):  # noqa: N818 - reads as what it says
    """The address cannot be a site's, or would send the key unencrypted."""


class KeyMissing(SettingsError):  # noqa: N818 - reads as what it says
    """No key is set anywhere, or what stands there cannot be one."""


class KeyCommandFailed(KeyMissing):
    """api_key_command did not give a key."""


class KeyOfAnotherSite(SettingsError):  # noqa: N818 - reads as what it says
    """The key belongs to another site than the one asked for; it is not sent there."""


class ValueMisfit(SettingsError):  # noqa: N818 - reads as what it says
    """What is to be written for an option is not one of the allowed values."""


class NameTaken(SettingsError):  # noqa: N818 - reads as what it says
    """Another profile has the name, or its orders stand under it."""


class CannotSave(SettingsError):  # noqa: N818 - reads as what it says
    """config.toml cannot be written."""


def _in_english(sentence: Sentence) -> str:
    values = {
        name: _in_english(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return sentence.template.format_map(values)
