"""The shape of config.toml. Each option is documented once: in its description here.

Imported only where there is a config.toml: pydantic costs 40 ms.
"""

import shlex
from dataclasses import fields
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from snum_tui.domain.accounts import NAME_LENGTH, RULE_LENGTH
from snum_tui.domain.money import NotAnAmount, read_amount
from snum_tui.domain.policy import Freshness, Politeness, PollSchedule, SiteRules
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, is_key
from snum_tui.domain.text import clean_text
from snum_tui.domain.wishes import BELL, ClipboardWay, NewsName, NotifyWay, TerminalWishes
from snum_tui.settings.config import WATCH_ON_MINUTES, ProfileConfig

_POLLS, _POLITENESS, _FRESHNESS, _RULES = PollSchedule(), Politeness(), Freshness(), SiteRules()
_DAY_SECONDS = 86_400
AMOUNT = N_('an amount above 0, like 50 or "49.90"')

Seconds = Annotated[float, Field(ge=0, le=_DAY_SECONDS, allow_inf_nan=False)]
Pause = Annotated[float, Field(ge=1, le=3600, allow_inf_nan=False)]
WholeSeconds = Annotated[int, Field(ge=0, le=_DAY_SECONDS)]


class MisfitError(ValueError):
    """A value that has the right type and still does not fit; `key` stands in the table that was checked."""

    def __init__(self, key: str, allowed: Sentence) -> None:
        super().__init__(key)
        self.key = key
        self.allowed = allowed


class Table(BaseModel):
    """Any table: types are taken as they are written, and unknown keys are kept to be named."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)


class PollsTable(Table):
    """`[polls]`: how often a live number's message is asked for, by the age of its order."""

    first_seconds: Pause = Field(default=_POLLS.first_seconds, description="Pause between two questions at first.")
    first_until_seconds: Seconds = Field(
        default=_POLLS.first_until_seconds, description="Age until which that holds."
    )
    second_seconds: Pause = Field(
        default=_POLLS.second_seconds, description="Pause between two questions after that."
    )
    second_until_seconds: Seconds = Field(
        default=_POLLS.second_until_seconds, description="Age until which that holds."
    )
    last_seconds: Pause = Field(
        default=_POLLS.last_seconds, description="Pause between two questions from then on."
    )
    give_up_seconds: Seconds = Field(default=_POLLS.give_up_seconds, description="Age at which asking ends.")

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        if self.second_until_seconds < self.first_until_seconds:
            raise MisfitError("second_until_seconds", say(N_("no less than {other}"), other="first_until_seconds"))
        if self.give_up_seconds < self.second_until_seconds:
            raise MisfitError("give_up_seconds", say(N_("no less than {other}"), other="second_until_seconds"))
        return self


class PolitenessTable(Table):
    """`[politeness]`: how much the site is asked at all."""

    burst: Annotated[int, Field(ge=1, le=500)] = Field(
        default=_POLITENESS.burst, description="How many requests may go at once after a rest."
    )
    requests_per_second: Annotated[float, Field(ge=0.1, le=50, allow_inf_nan=False)] = Field(
        default=_POLITENESS.requests_per_second, description="How many requests a second may follow."
    )
    in_flight: Annotated[int, Field(ge=1, le=50)] = Field(
        default=_POLITENESS.in_flight, description="How many requests may be under way at the same time."
    )
    read_retries: Annotated[int, Field(ge=0, le=10)] = Field(
        default=_POLITENESS.read_retries,
        description="How often a read that failed is tried again. Orders never are.",
    )
    retry_base_seconds: Annotated[float, Field(ge=0.1, le=60, allow_inf_nan=False)] = Field(
        default=_POLITENESS.retry_base_seconds,
        description="Longest pause before the first retry; it doubles each time.",
    )
    retry_cap_seconds: Annotated[float, Field(ge=0.1, le=600, allow_inf_nan=False)] = Field(
        default=_POLITENESS.retry_cap_seconds, description="Longest pause before any retry."
    )
    down_after_failures: Annotated[int, Field(ge=1, le=100)] = Field(
        default=_POLITENESS.down_after_failures,
        description="After so many failures in a row the site counts as down.",
    )
    probe_seconds: Pause = Field(
        default=_POLITENESS.probe_seconds,
        description="Pause between two looks whether a site that is down is back.",
    )


class FreshnessTable(Table):
    """`[freshness]`: how old what is shown may become before it is read again."""

    quote_seconds: Pause = Field(default=_FRESHNESS.quote_seconds, description="Prices and stock on the screen.")
    fill_seconds: Annotated[float, Field(ge=1, le=_DAY_SECONDS, allow_inf_nan=False)] = Field(
        default=_FRESHNESS.fill_seconds, description="Prices off the screen that sorting needs."
    )
    kept_seconds: Annotated[float, Field(ge=1, le=_DAY_SECONDS, allow_inf_nan=False)] = Field(
        default=_FRESHNESS.kept_seconds, description="Favourites and watched rows off the screen."
    )
    services_seconds: Annotated[float, Field(ge=1, le=_DAY_SECONDS, allow_inf_nan=False)] = Field(
        default=_FRESHNESS.services_seconds, description="The services of a category."
    )
    categories_seconds: Annotated[float, Field(ge=1, le=_DAY_SECONDS, allow_inf_nan=False)] = Field(
        default=_FRESHNESS.categories_seconds, description="The categories."
    )
    balance_seconds: Pause = Field(default=_FRESHNESS.balance_seconds, description="The balance.")


class TellTable(Table):
    """`[tell]`: how the terminal calls the person back."""

    bell: list[NewsName] = Field(
        default=list(BELL),
        description="What rings the terminal's bell: a code, a refund window that closes, stock that was waited "
        "for, an order with an unknown outcome. []: nothing does.",
    )
    title: bool = Field(
        default=True, description="Whether the terminal's title shows the newest news, what is open, and the site."
    )
    notify: NotifyWay = Field(
        default="auto",
        description="How the terminal shows news on the desktop. auto: as it is known to (iTerm2, kitty, WezTerm, "
        "Ghostty, foot, Warp). Inside tmux only with allow-passthrough on.",
    )


class ProfileTable(Table):
    """`[profiles.NAME]`: one account on one site."""

    site: str | None = Field(default=None, description="The site's address, like https://example.com.")
    api_key: SecretStr | None = Field(default=None, description="The key, from the site's profile page.")
    api_key_command: str | list[str] | None = Field(
        default=None,
        description="A program that prints the key, instead of api_key: a list of texts, or one text that is "
        "split as a shell would. It runs without a shell and has ten seconds.",
    )
    refund_seconds: WholeSeconds = Field(
        default=_RULES.refund_seconds, description="How long after the order a cancel still brings the money back."
    )
    earliest_cancel_seconds: WholeSeconds = Field(
        default=_RULES.earliest_cancel_seconds,
        description="How long after the order the site may refuse a cancel: the question says so. 0: never.",
    )
    auto_cancel: bool = Field(
        default=_RULES.auto_cancel,
        description="Whether every new number is cancelled by itself a minute before its refund window closes.",
    )
    day_limit: Decimal | None = Field(
        default=_RULES.day_limit,
        description="No order is sent that would make the day cost more than this; unset: no limit. "
        "A day begins at your midnight.",
    )
    currency: str = Field(
        default=_RULES.currency, description="The sign that amounts are shown with, up to 8 letters."
    )
    refund_rule: str = Field(
        default=_RULES.refund_rule,
        description="The site's own rule of refunds in your words, shown before an order and a cancel.",
    )
    orders_as: str | None = Field(
        default=None,
        description="The name that this profile's orders stand under, where that is not its own: "
        "renaming writes it. Without it the orders from before would not be found.",
    )
    allow_plain_http: bool = Field(
        default=False, description="Whether the key may travel unencrypted to this site. Loopback may always."
    )
    proxy: str | None = Field(
        default=None, description="An http:// or https:// proxy; those of the environment do not count."
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
        if clean_text(value, 8) != value:
            raise MisfitError("", say(N_("a sign or up to {count} letters"), count=8))
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

    language: Literal["tr", "en"] | None = Field(default=None, description="tr or en; else the locale decides.")
    theme: Literal["snum-dark", "snum-light", "ansi-dark", "ansi-light"] | None = Field(
        default=None,
        description="The colours: our own, or those of the terminal's palette (ansi). "
        "Unset: snum-dark or snum-light, ansi-dark where the terminal has 16 colours.",
    )
    ascii: bool | None = Field(
        default=None,
        description="Whether frame and signs are drawn in ASCII. Unset: where the locale is not UTF-8, and on the "
        "Linux console.",
    )
    mouse: bool = Field(
        default=True, description="Whether the mouse works; without it the terminal's own selecting does."
    )
    profile: str | None = Field(default=None, description="The profile to use where none is asked for.")
    calm: bool = Field(
        default=True,
        description="Whether a countdown goes in minutes while there is time, but for the number under the cursor; "
        "false: all in seconds.",
    )
    watch_on_minutes: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = Field(
        default=WATCH_ON_MINUTES,
        description="How long open numbers are watched on, at most, after the terminal is lost. 0: not at all.",
    )
    clipboard: ClipboardWay = Field(
        default="auto",
        description="How a copy reaches a clipboard. tool: by wl-copy, xclip, xsel or pbcopy; tmux: by tmux's own "
        "buffer; osc52: through the terminal; auto: by a tool, over SSH by tmux and the terminal; off: not at all.",
    )
    tell: TellTable = Field(default_factory=TellTable, description="How the terminal calls you back.")
    polls: PollsTable = Field(default_factory=PollsTable, description="How often messages are asked for.")
    politeness: PolitenessTable = Field(
        default_factory=PolitenessTable, description="How much the site is asked at all."
    )
    freshness: FreshnessTable = Field(
        default_factory=FreshnessTable, description="When what is shown counts as old."
    )
    keys: dict[str, Any] = Field(
        default_factory=dict,
        description='Other keys for actions, like "services.order" = "o, Enter"; the help names them all.',
    )
    profiles: dict[str, ProfileTable] = Field(default_factory=dict, description="The accounts, by name.")

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
