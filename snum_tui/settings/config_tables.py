"""The tables of config.toml that are the same for every profile. Each option is documented once: in its field here.

`title` is a phrase for the palette where the description is too long to be one, or says nothing alone.
"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from snum_tui.domain.policy import Freshness, Politeness, PollSchedule
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.wishes import BELL, NewsName, NotifyWay

_POLLS, _POLITENESS, _FRESHNESS = PollSchedule(), Politeness(), Freshness()
DAY_SECONDS = 86_400

Seconds = Annotated[float, Field(ge=0, le=DAY_SECONDS, allow_inf_nan=False)]
Pause = Annotated[float, Field(ge=1, le=3600, allow_inf_nan=False)]


class MisfitError(ValueError):
    """A value that has the right type and still does not fit; `keys` lead to it from the table that was checked."""

    def __init__(self, key: str | tuple[str, ...], allowed: Sentence) -> None:
        self.keys = key if isinstance(key, tuple) else (key,) if key else ()
        super().__init__(".".join(self.keys))
        self.allowed = allowed


class Table(BaseModel):
    """Any table: types are taken as they are written, and unknown keys are kept to be named."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)


class PollsTable(Table):
    """`[polls]`: how often a live number's message is asked for, by the age of its order."""

    first_seconds: Pause = Field(
        title=N_("pause between two questions at first"),
        default=_POLLS.first_seconds,
        description=N_("Pause between two questions at first."),
    )
    first_until_seconds: Seconds = Field(
        title=N_("age when the first pause ends"),
        default=_POLLS.first_until_seconds,
        description=N_("Age until which that holds."),
    )
    second_seconds: Pause = Field(
        title=N_("pause between two questions later"),
        default=_POLLS.second_seconds,
        description=N_("Pause between two questions after that."),
    )
    second_until_seconds: Seconds = Field(
        title=N_("age when the second pause ends"),
        default=_POLLS.second_until_seconds,
        description=N_("Age until which that holds."),
    )
    last_seconds: Pause = Field(
        title=N_("pause between two questions at last"),
        default=_POLLS.last_seconds,
        description=N_("Pause between two questions from then on."),
    )
    give_up_seconds: Seconds = Field(
        title=N_("age at which asking ends"),
        default=_POLLS.give_up_seconds,
        description=N_("Age at which asking ends."),
    )

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
        title=N_("requests at once after a rest"),
        default=_POLITENESS.burst,
        description=N_("How many requests may go at once after a rest."),
    )
    requests_per_second: Annotated[float, Field(ge=0.1, le=50, allow_inf_nan=False)] = Field(
        title=N_("requests a second after those"),
        default=_POLITENESS.requests_per_second,
        description=N_("How many requests a second may follow."),
    )
    in_flight: Annotated[int, Field(ge=1, le=50)] = Field(
        title=N_("requests at the same time"),
        default=_POLITENESS.in_flight,
        description=N_("How many requests may be under way at the same time."),
    )
    read_retries: Annotated[int, Field(ge=0, le=10)] = Field(
        title=N_("retries of a read that failed"),
        default=_POLITENESS.read_retries,
        description=N_("How often a read that failed is tried again. Orders never are."),
    )
    retry_base_seconds: Annotated[float, Field(ge=0.1, le=60, allow_inf_nan=False)] = Field(
        title=N_("first pause before a retry"),
        default=_POLITENESS.retry_base_seconds,
        description=N_("Longest pause before the first retry; it doubles each time."),
    )
    retry_cap_seconds: Annotated[float, Field(ge=0.1, le=600, allow_inf_nan=False)] = Field(
        title=N_("longest pause before a retry"),
        default=_POLITENESS.retry_cap_seconds,
        description=N_("Longest pause before any retry."),
    )
    down_after_failures: Annotated[int, Field(ge=1, le=100)] = Field(
        title=N_("failures, then a site is down"),
        default=_POLITENESS.down_after_failures,
        description=N_("After so many failures in a row the site counts as down."),
    )
    probe_seconds: Pause = Field(
        title=N_("pause of looks at a site that is down"),
        default=_POLITENESS.probe_seconds,
        description=N_("Pause between two looks whether a site that is down is back."),
    )


class FreshnessTable(Table):
    """`[freshness]`: how old what is shown may become before it is read again."""

    quote_seconds: Pause = Field(
        title=N_("how old prices on the screen may get"),
        default=_FRESHNESS.quote_seconds,
        description=N_("Prices and stock on the screen."),
    )
    fill_seconds: Annotated[float, Field(ge=1, le=DAY_SECONDS, allow_inf_nan=False)] = Field(
        title=N_("how old prices for sorting may get"),
        default=_FRESHNESS.fill_seconds,
        description=N_("Prices off the screen that sorting needs."),
    )
    kept_seconds: Annotated[float, Field(ge=1, le=DAY_SECONDS, allow_inf_nan=False)] = Field(
        title=N_("how old favourites may get"),
        default=_FRESHNESS.kept_seconds,
        description=N_("Favourites and watched rows off the screen."),
    )
    services_seconds: Annotated[float, Field(ge=1, le=DAY_SECONDS, allow_inf_nan=False)] = Field(
        title=N_("how old services may get"),
        default=_FRESHNESS.services_seconds,
        description=N_("The services of a category."),
    )
    categories_seconds: Annotated[float, Field(ge=1, le=DAY_SECONDS, allow_inf_nan=False)] = Field(
        title=N_("how old categories may get"),
        default=_FRESHNESS.categories_seconds,
        description=N_("The categories."),
    )
    balance_seconds: Pause = Field(
        title=N_("how old the balance may get"), default=_FRESHNESS.balance_seconds, description=N_("The balance.")
    )


class TellTable(Table):
    """`[tell]`: how the terminal calls the person back."""

    bell: list[NewsName] = Field(
        title=N_("what rings the bell"),
        default=list(BELL),
        description=N_(
            "What rings the terminal's bell: a code, a refund window that closes, stock that was waited "
            "for, an order with an unknown outcome. []: nothing does."
        ),
    )
    title: bool = Field(
        title=N_("news in the terminal's title"),
        default=True,
        description=N_("Whether the terminal's title shows the newest news, what is open, and the site."),
    )
    notify: NotifyWay = Field(
        title=N_("notifications on the desktop"),
        default="auto",
        description=N_(
            "How the terminal shows news on the desktop. auto: as it is known to (iTerm2, kitty, WezTerm, "
            "Ghostty, foot, Warp). Inside tmux only with allow-passthrough on."
        ),
    )
