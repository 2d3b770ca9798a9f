"""Moments are written the way of the language, in as many cells."""

from datetime import UTC, datetime

import pytest

from snum_tui.domain.dates import Day, clock_time, day, day_and_time, day_of_year_and_time, second_of_day, utc_time
from snum_tui.domain.sentence import say
from snum_tui.locale import Speaker

MOMENT = datetime(2026, 11, 5, 9, 3, 7, tzinfo=UTC).astimezone()
HERE = MOMENT.replace(tzinfo=None)
"""What the clock on the wall shows wherever the tests run."""


@pytest.mark.parametrize(
    ("write", "english", "turkish"),
    [
        (day, f"2026-11-{HERE:%d}", f"{HERE:%d}.11.2026"),
        (day_and_time, f"2026-11-{HERE:%d %H:%M}", f"{HERE:%d}.11.2026 {HERE:%H:%M}"),
        (day_of_year_and_time, f"11-{HERE:%d %H:%M}", f"{HERE:%d}.11 {HERE:%H:%M}"),
        (second_of_day, f"2026-11-{HERE:%d %H:%M}:07", f"{HERE:%d}.11.2026 {HERE:%H:%M}:07"),
        (utc_time, "2026-11-05 09:03:07 UTC", "05.11.2026 09:03:07 UTC"),
    ],
)
def test_the_day_comes_first_in_turkish_and_last_in_english(write: object, english: str, turkish: str) -> None:
    assert callable(write)
    assert write(MOMENT, "en") == english
    assert write(MOMENT, "tr") == turkish
    assert len(english) == len(turkish)


def test_the_time_of_day_is_the_same_in_both() -> None:
    assert clock_time(MOMENT) == f"{HERE:%H:%M}"


def test_a_day_in_a_sentence_is_written_the_way_of_the_language_it_is_shown_in() -> None:
    sentence = say("{day}", day=Day(MOMENT))
    assert Speaker("en").render(sentence) == f"2026-11-{HERE:%d}"
    assert Speaker("tr").render(sentence) == f"{HERE:%d}.11.2026"
