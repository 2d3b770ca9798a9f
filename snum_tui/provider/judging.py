"""Judges an answer before its content counts: the HTTP status, the encoding, the size, and the site's own "no"."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from snum_tui.domain.text import fold
from snum_tui.provider import sentences
from snum_tui.provider.answer import Answer
from snum_tui.provider.errors import Busy, KeyRejected, Refused, SiteError, Unreadable, joined_words
from snum_tui.provider.fields import read_flag
from snum_tui.provider.shapes import FailureShape, fitted

_GOOD_STATUSES = frozenset({200, 201, 202, 203})
_LONGEST_PAUSE_SECONDS = 300.0
_BAD = r"(?:invalid|wrong|bad|unknown|incorrect|missing|expired|gecersiz|hatali|yanlis|eksik)"
_SPEAKS_OF_THE_KEY = re.compile(
    rf"\bapi[ _-]?(?:key|anahtar)|\b{_BAD} (?:key\b|anahtar)|\bkey (?:is |was )?(?:not |in)(?:valid|found)"
    r"|\banahtar\w* (?:gecersiz|hatali|yanlis|bulunamadi)"
)


def check(answer: Answer) -> None:
    """Raise for every answer whose content must not be looked at: KeyRejected, Busy or Unreadable."""
    status, stake = answer.status, answer.call.money
    if status in {401, 403} and answer.call.keyed:
        raise KeyRejected(sentences.key_rejected("", money_at_stake=stake), answer.evidence)
    if status == 429 or (status == 503 and answer.retry_after is not None):
        pause = retry_after_seconds(answer.retry_after, datetime.now(UTC))
        raise Busy(sentences.busy(answer.host, money_at_stake=stake), answer.evidence, pause)
    if status not in _GOOD_STATUSES:
        raise Unreadable(sentences.bad_status(answer.host, status, money_at_stake=stake), answer.evidence)
    if answer.content_encoding.strip().lower() not in {"", "identity"}:
        raise Unreadable(sentences.encoded(answer.host, money_at_stake=stake), answer.evidence)
    if answer.oversized:
        raise Unreadable(sentences.oversized(answer.host, money_at_stake=stake), answer.evidence)


def not_this_api(answer: Answer) -> Unreadable:
    """Make the error for an answer that fits no shape of the API document."""
    return Unreadable(sentences.not_this_api(answer.host, money_at_stake=answer.call.money), answer.evidence)


def refusal_in(answer: Answer, value: object) -> SiteError | None:
    """Make Refused of a `success:false`, or KeyRejected where it speaks of the key; None for other values."""
    if not isinstance(value, Mapping) or read_flag(value.get("success")) is not False:
        return None
    failure = fitted(FailureShape, value)
    if failure is None:
        return None
    title, message = answer.hide(failure.title), answer.hide(failure.message)
    words = joined_words(title, message)
    if answer.call.keyed and _SPEAKS_OF_THE_KEY.search(fold(f"{title} {message}")):
        about = [one for one in (title, message) if _SPEAKS_OF_THE_KEY.search(fold(one))]
        briefly = min(about, key=len, default=words)
        return KeyRejected(sentences.key_rejected(words), answer.evidence, from_refusal=True, words=briefly)
    return Refused(sentences.refused(words), answer.evidence, title, message)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date; 0 to 300, None where it says nothing."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _LONGEST_PAUSE_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    except (ValueError, OverflowError, TypeError):
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE_SECONDS)
