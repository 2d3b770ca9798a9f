"""Moments as people write them: in Turkish the day comes first, in English the year.

Every moment but those of `utc_time` is written by the person's own clock, and both languages need as many cells.
What programs read, in files and pipes, has ISO 8601 instead.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

_DAYS = {"tr": "%d.%m.%Y"}
_DAYS_OF_YEAR = {"tr": "%d.%m"}
_DAY, _DAY_OF_YEAR = "%Y-%m-%d", "%m-%d"
_TIME, _SECOND = "%H:%M", "%H:%M:%S"


def clock_time(moment: datetime) -> str:
    """Write a moment of today: `14:05`."""
    return moment.astimezone().strftime(_TIME)


def day(moment: datetime, language: str) -> str:
    """Write a day: `2026-11-23`, in Turkish `23.11.2026`."""
    return moment.astimezone().strftime(_DAYS.get(language, _DAY))


def day_and_time(moment: datetime, language: str) -> str:
    """Write a moment of any day: `2026-11-23 14:05`, in Turkish `23.11.2026 14:05`."""
    return f"{day(moment, language)} {clock_time(moment)}"


def day_of_year_and_time(moment: datetime, language: str) -> str:
    """Write a moment of these months, where there is little room: `11-23 14:05`, in Turkish `23.11 14:05`."""
    return moment.astimezone().strftime(f"{_DAYS_OF_YEAR.get(language, _DAY_OF_YEAR)} {_TIME}")


def second_of_day(moment: datetime, language: str) -> str:
    """Write a moment to the second: `2026-11-23 14:05:09`, in Turkish `23.11.2026 14:05:09`."""
    return moment.astimezone().strftime(f"{_DAYS.get(language, _DAY)} {_SECOND}")


def utc_time(moment: datetime, language: str) -> str:
    """Write a moment for somebody elsewhere: `2026-11-23 11:05:09 UTC`, in Turkish `23.11.2026 11:05:09 UTC`."""
    return moment.astimezone(UTC).strftime(f"{_DAYS.get(language, _DAY)} {_SECOND} UTC")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a value in a Sentence: written the way of the language it is shown in."""

    moment: datetime

    def written(self, language: str) -> str:
        """Write it for the person, as `day` does."""
        return day(self.moment, language)
