"""What may come of a call to the site other than its answer.

    SiteError                .sentence for the person, .evidence of the exchange, .whole_refusal
    ├── BadId                an id that no request may carry; nothing was sent
    ├── NotReached           no whole reply: name, connection, TLS, proxy, timeout, lost line
    ├── Refused              a whole, well-formed `success:false`
    ├── KeyRejected          401, 403, or a reply that clearly speaks of the key
    ├── Busy                 429, or 503 with Retry-After
    └── Unreadable           anything else that answered: a page, garbage, 3xx, other 4xx and 5xx, too much of it

Two questions decide over money, and no class answers them: was the request sent (`evidence.request_sent`), and was
the reply a refusal as a whole (`whole_refusal`)? An order that is neither unsent nor wholly refused is unknown.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from snum_tui.domain.sentence import Sentence
from snum_tui.domain.text import clean_text

_WORDS_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about one exchange; never holds the key.

    `request_sent` is True unless the transport's trace proves that the request line was never started. `status` is
    None where no reply began. `raw` is the body as far as it was read, at most 256 KiB of it. `seconds` is how long
    the exchange took.
    """

    request_sent: bool
    status: int | None
    raw: bytes = field(repr=False)
    seconds: float


class Reason(StrEnum):
    """Why the site was not reached."""

    NAME = "name not found"
    CONNECT_REFUSED = "connection refused"
    TLS = "no secure connection"
    TIMEOUT = "timed out"
    PROXY = "proxy"
    LOST = "connection lost"
    NETWORK = "no way to the site"


class SiteError(Exception):
    """A call that did not bring its answer. `sentence` says what happened and what the person should do."""

    def __init__(self, sentence: Sentence, evidence: Evidence) -> None:
        super().__init__(_english(sentence))
        self.sentence = sentence
        self.evidence = evidence

    @property
    def whole_refusal(self) -> bool:
        """Whether the site itself said no in a fully read, well-formed `success:false`: nothing was charged."""
        return False


class BadId(SiteError):  # noqa: N818 - reads as what it says
    """The id is empty, a path of its own (`.`, `..`), too long or not printable: nothing was sent."""


class NotReached(SiteError):  # noqa: N818 - reads as what it says
    """No whole reply came. Whether the request went out is in the evidence, not in the reason."""

    def __init__(self, sentence: Sentence, evidence: Evidence, reason: Reason = Reason.NETWORK) -> None:
        super().__init__(sentence, evidence)
        self.reason = reason


class Refused(SiteError):  # noqa: N818 - reads as what it says
    """The site said no. `title` and `message` are its own words, cleaned; often Turkish, either may be empty."""

    def __init__(self, sentence: Sentence, evidence: Evidence, title: str = "", message: str = "") -> None:
        super().__init__(sentence, evidence)
        self.title = title
        self.message = message

    @property
    def words(self) -> str:
        """The site's words in one line; empty where it gave none."""
        return joined_words(self.title, self.message)

    @property
    def whole_refusal(self) -> bool:
        """Always: only a well-formed `success:false` becomes this error."""
        return True


class KeyRejected(SiteError):  # noqa: N818 - reads as what it says
    """The site does not accept the key. `from_refusal` where it said so in a well-formed `success:false`.

    `words` is the shortest of the site's own that speaks of the key, cleaned; empty where it gave none.
    """

    def __init__(
        self, sentence: Sentence, evidence: Evidence, *, from_refusal: bool = False, words: str = ""
    ) -> None:
        super().__init__(sentence, evidence)
        self._from_refusal = from_refusal
        self.words = words

    @property
    def whole_refusal(self) -> bool:
        """Whether it came as a well-formed `success:false`; a bare 401 or 403 proves nothing about money."""
        return self._from_refusal


class Busy(SiteError):  # noqa: N818 - reads as what it says
    """The site asks for patience. `retry_after_seconds` is 0 to 300, None where it does not say how long."""

    def __init__(self, sentence: Sentence, evidence: Evidence, retry_after_seconds: float | None = None) -> None:
        super().__init__(sentence, evidence)
        self.retry_after_seconds = retry_after_seconds


class Unreadable(SiteError):  # noqa: N818 - reads as what it says
    """Something answered, but not as this API, or not in full."""


def joined_words(title: str, message: str) -> str:
    """Join a refusal's title and message, at most 300 characters, without saying the same thing twice."""
    if title and message and title.casefold() not in message.casefold():
        return clean_text(f"{title.rstrip('.:!')}: {message}", _WORDS_LIMIT)
    return message or title


def _english(sentence: Sentence) -> str:
    """Write a sentence out for logs and tracebacks; on the screen it is translated first."""
    values = {
        name: _english(value) if isinstance(value, Sentence) else value for name, value in sentence.values.items()
    }
    return sentence.template.format_map(values)
