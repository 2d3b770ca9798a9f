"""The shape of config.toml: all of it, and one profile. Each option is documented once: in its field.

Imported only where there is a config.toml: pydantic costs 40 ms.
"""

import shlex
from dataclasses import fields
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from snum_tui.domain.accounts import CURRENCY_LENGTH, NAME_LENGTH, RULE_LENGTH
from snum_tui.domain.money import NotAnAmount, read_amount
from snum_tui.domain.policy import Freshness, Politeness, PollSchedule, SiteRules
from snum_tui.domain.sentence import N_, say
from snum_tui.domain.site import ApiKey, is_key
from snum_tui.domain.text import clean_text
from snum_tui.domain.wishes import ClipboardWay, TerminalWishes
from snum_tui.settings.config import WATCH_ON_MINUTES, ProfileConfig
from snum_tui.settings.config_tables import (
    DAY_SECONDS,
    FreshnessTable,
    MisfitError,
    PolitenessTable,
    PollsTable,
    Table,
    TellTable,
)

_RULES = SiteRules()
AMOUNT = N_('an amount above 0, like 50 or "49.90"')

WholeSeconds = Annotated[int, Field(ge=0, le=DAY_SECONDS)]


class ProfileTable(Table):
    """`[profiles.NAME]`: one account on one site."""

    site: str | None = Field(default=None, description=N_("The site's address, like https://example.com."))
    api_key: SecretStr | None = Field(default=None, description=N_("The key, from the site's profile page."))
    api_key_command: str | list[str] | None = Field(
        default=None,
        description=N_(
            "A program that prints the key, instead of api_key: a list of texts, or one text that is "
            "split as a shell would. It runs without a shell and has ten seconds."
        ),
    )
    refund_seconds: WholeSeconds = Field(
        title=N_("how long a cancel brings the money back"),
        default=_RULES.refund_seconds,
        description=N_("How long after the order a cancel still brings the money back."),
    )
    earliest_cancel_seconds: WholeSeconds = Field(
        title=N_("how long a cancel may be refused"),
        default=_RULES.earliest_cancel_seconds,
        description=N_("How long after the order the site may refuse a cancel: the question says so. 0: never."),
    )
    auto_cancel: bool = Field(
        title=N_("cancel new numbers by themselves in time"),
        default=_RULES.auto_cancel,
        description=N_("Whether every new number is cancelled by itself a minute before its refund window closes."),
    )
    day_limit: Decimal | None = Field(
        title=N_("the most that a day may cost"),
        default=_RULES.day_limit,
        description=N_(
            "No order is sent that would make the day cost more than this; unset: no limit. "
            "A day begins at your midnight."
        ),
    )
    currency: str = Field(
        default=_RULES.currency, description=N_("The sign that amounts are shown with, up to 8 letters.")
    )
    refund_rule: str = Field(
        default=_RULES.refund_rule,
        description=N_("The site's own rule of refunds in your words, shown before an order and a cancel."),
    )
    orders_as: str | None = Field(
        default=None,
        description=N_(
            "The name that this profile's orders stand under, where that is not its own: "
            "renaming writes it. Without it the orders from before would not be found."
        ),
    )
    allow_plain_http: bool = Field(
        default=False, description=N_("Whether the key may travel unencrypted to this site. Loopback may always.")
    )
    proxy: str | None = Field(
        default=None, description=N_("An http:// or https:// proxy; those of the environment do not count.")
    )

    @field_validator("api_key")
    @classmethod
    def _is_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not is_key(value.get_secret_value().strip()):
            raise MisfitError("", say(N_("the key as the site shows it: no spaces, not empty")))
        return value

    @field_validator("api_key_command")
    @classmethod
    def _has_program(cls, value: str | list[str] | None) -> str | list[str] | None:
        if value is not None and not _words(value):
            raise MisfitError("", say(N_('a program and its arguments, like ["pass", "show", "snum"]')))
        return value

    @field_validator("day_limit", mode="before")
    @classmethod
    def _is_amount(cls, value: object) -> Decimal:
        """Take a number as it is written in the file, or a text, which keeps every digit."""
        amount = _amount(str(value) if isinstance(value, float) else value)
        if amount is None or amount <= 0:
            raise MisfitError("", say(AMOUNT))
        return amount

    @field_validator("currency")
    @classmethod
    def _is_short(cls, value: str) -> str:
        if clean_text(value, CURRENCY_LENGTH) != value:
            raise MisfitError("", say(N_("a sign or up to {count} letters"), count=CURRENCY_LENGTH))
        return value

    @field_validator("refund_rule")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if clean_text(value, RULE_LENGTH) != value:
            raise MisfitError("", say(N_("one line of up to {count} printable letters"), count=RULE_LENGTH))
        return value

    @field_validator("orders_as")
    @classmethod
    def _is_name(cls, value: str | None) -> str | None:
        if value is not None and (not value or clean_text(value, NAME_LENGTH) != value):
            raise MisfitError("", say(N_("a name of up to {count} printable letters"), count=NAME_LENGTH))
        return value

    @field_validator("proxy")
    @classmethod
    def _is_proxy(cls, value: str | None) -> str | None:
        if value is not None and not _is_proxy_address(value):
            raise MisfitError("", say(N_("an address that begins with http:// or https://")))
        return value

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if self.api_key is not None and self.api_key_command is not None:
            raise MisfitError("api_key_command", say(N_("left out where api_key is set")))
        return self

    def to_profile(self) -> ProfileConfig:
        """Return the profile without pydantic."""
        return ProfileConfig(
            site=self.site,
            api_key=None if self.api_key is None else ApiKey(self.api_key.get_secret_value().strip()),
            api_key_command=None if self.api_key_command is None else _words(self.api_key_command),
            rules=SiteRules(
                refund_seconds=self.refund_seconds,
                earliest_cancel_seconds=self.earliest_cancel_seconds,
                currency=self.currency,
                auto_cancel=self.auto_cancel,
                day_limit=self.day_limit,
                refund_rule=self.refund_rule,
            ),
            allow_plain_http=self.allow_plain_http,
            orders_as=self.orders_as,
            proxy=self.proxy,
        )


class ConfigTable(Table):
    """The whole of config.toml."""

    language: Literal["tr", "en"] | None = Field(
        title=N_("the language"), default=None, description=N_("tr or en; else the locale decides.")
    )
    theme: Literal["snum-dark", "snum-light", "ansi-dark", "ansi-light"] | None = Field(
        title=N_("the colours"),
        default=None,
        description=N_(
            "The colours: our own, or those of the terminal's palette (ansi). "
            "Unset: snum-dark or snum-light, ansi-dark where the terminal has 16 colours."
        ),
    )
    ascii: bool | None = Field(
        title=N_("draw in ASCII"),
        default=None,
        description=N_(
            "Whether all is drawn in ASCII, the site's names too. Unset: where the locale is not UTF-8, and on "
            "the Linux console."
        ),
    )
    mouse: bool = Field(
        title=N_("whether the mouse works"),
        default=True,
        description=N_("Whether the mouse works; without it the terminal's own selecting does."),
    )
    profile: str | None = Field(default=None, description=N_("The profile to use where none is asked for."))
    calm: bool = Field(
        title=N_("countdowns in minutes while there is time"),
        default=True,
        description=N_(
            "Whether a countdown goes in minutes while there is time, but for the number under the cursor; "
            "false: all in seconds."
        ),
    )
    watch_on_minutes: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = Field(
        title=N_("watching on without a terminal"),
        default=WATCH_ON_MINUTES,
        description=N_("How long open numbers are watched on, at most, after the terminal is lost. 0: not at all."),
    )
    clipboard: ClipboardWay = Field(
        title=N_("how a copy reaches a clipboard"),
        default="auto",
        description=N_(
            "How a copy reaches a clipboard. tool: by wl-copy, xclip, xsel or pbcopy; tmux: by tmux's own "
            "buffer; osc52: through the terminal; auto: by a tool, over SSH by tmux and the terminal; "
            "off: not at all."
        ),
    )
    tell: TellTable = Field(default_factory=TellTable, description=N_("How the terminal calls you back."))
    polls: PollsTable = Field(default_factory=PollsTable, description=N_("How often messages are asked for."))
    politeness: PolitenessTable = Field(
        default_factory=PolitenessTable, description=N_("How much the site is asked at all.")
    )
    freshness: FreshnessTable = Field(
        default_factory=FreshnessTable, description=N_("When what is shown counts as old.")
    )
    keys: dict[str, Any] = Field(
        default_factory=dict,
        description=N_(
            'Other keys for actions, like "services.order" = "o, Enter", or "" for none; the help names them all.'
        ),
    )
    profiles: dict[str, ProfileTable] = Field(default_factory=dict, description=N_("The accounts, by name."))

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        for name in self.profiles:
            if not name or clean_text(name, NAME_LENGTH) != name:
                raise MisfitError(
                    "profiles", say(N_("named with up to {count} printable letters"), count=NAME_LENGTH)
                )
        if self.profile is not None and self.profile not in self.profiles:
            raise MisfitError("profile", say(N_("the name of one of the [profiles.NAME] in this file")))
        return self

    @model_validator(mode="after")
    def _orders_are_apart(self) -> Self:
        """Two profiles under one name in the journal would each count the other's numbers as its own."""
        for name, profile in self.profiles.items():
            for other, beside in self.profiles.items():
                if other != name and profile.orders_as == (beside.orders_as or other):
                    allowed = say(
                        N_("another name: the orders of profile {other} stand under this one"), other=other
                    )
                    raise MisfitError(("profiles", name, "orders_as"), allowed)
        return self

    def to_polls(self) -> PollSchedule:
        """Return `[polls]` without pydantic."""
        return PollSchedule(**_known(self.polls, PollSchedule))

    def to_wishes(self) -> TerminalWishes:
        """Return `clipboard` and `[tell]` without pydantic."""
        return TerminalWishes(self.clipboard, frozenset(self.tell.bell), self.tell.title, self.tell.notify)

    def to_politeness(self) -> Politeness:
        """Return `[politeness]` without pydantic."""
        return Politeness(**_known(self.politeness, Politeness))

    def to_freshness(self) -> Freshness:
        """Return `[freshness]` without pydantic."""
        return Freshness(**_known(self.freshness, Freshness))


def _words(command: str | list[str]) -> tuple[str, ...]:
    """Split a command as a shell would; nothing where it names no program."""
    try:
        words = tuple(shlex.split(command)) if isinstance(command, str) else tuple(command)
    except ValueError:
        return ()
    return words if words and words[0].strip() else ()


def _amount(value: object) -> Decimal | None:
    try:
        return read_amount(value)
    except NotAnAmount:
        return None


def _is_proxy_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _known(table: Table, kind: type[PollSchedule | Politeness | Freshness]) -> dict[str, Any]:
    return table.model_dump(include={field.name for field in fields(kind)})
