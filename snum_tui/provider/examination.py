"""What can be told of a site without ordering: whether it can be reached, its certificate, its clock, and the key.

For `snum-tui doctor`. The one call that is made is getBalance; what the balance is goes nowhere.
"""

import asyncio
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.provider import calls, sentences
from snum_tui.provider.errors import Evidence, KeyRejected, NotReached, Reason, SiteError
from snum_tui.provider.lookups import Lookups
from snum_tui.provider.reading import read_balance
from snum_tui.provider.timeouts import Timeouts
from snum_tui.provider.transport import shared_ssl_context
from snum_tui.provider.trouble import trouble_of
from snum_tui.provider.wire import Wire

_TICK_SECONDS = 0.25
_PORTS = {"http": 80, "https": 443}
_SELF_SIGNED = N_("self-signed, so nobody vouches for it")
_CERTIFICATE_PROBLEMS = {
    9: N_("not valid yet"),
    10: N_("expired"),
    18: _SELF_SIGNED,
    19: _SELF_SIGNED,
    20: N_("signed by nobody known here"),
    62: N_("for another name"),
    64: N_("for another address"),
}
"""By OpenSSL's number. Its own words are never shown."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """A connection that was opened and closed again. `certificate_until` (aware UTC) is None without TLS."""

    seconds: float
    certificate_until: datetime | None


class CertificateRefused(NotReached):
    """The site was reached, but it cannot prove that it is the site. `problem` says why, where that is known."""

    def __init__(self, host: str, seconds: float, problem: Sentence | None) -> None:
        evidence = Evidence(request_sent=False, status=None, raw=b"", seconds=seconds)
        super().__init__(sentences.not_reached(Reason.TLS, host, money_at_stake=False), evidence, Reason.TLS)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class KeyTrial:
    """What getBalance brought. `problem` is None where the key was accepted.

    `clock_ahead_seconds` is by how much this machine's clock is at least ahead of the site's (behind: below 0), as
    far as a Date header of whole seconds tells; None where there was none.
    """

    seconds: float
    problem: SiteError | None
    clock_ahead_seconds: float | None

    @property
    def is_key_rejected(self) -> bool:
        """Whether the site itself said that it does not accept the key."""
        return isinstance(self.problem, KeyRejected)

    @property
    def rejecting_words(self) -> str:
        """The site's own words about the key, cleaned; empty where it gave none."""
        return self.problem.words if isinstance(self.problem, KeyRejected) else ""


def shake_hands(address: SiteAddress, limit_seconds: float) -> Handshake:
    """Connect, without a proxy, and send nothing but TLS's greeting. Raises NotReached, CertificateRefused."""
    with _runner() as runner:
        return runner.run(_shake_hands(address, limit_seconds))


def try_key(address: SiteAddress, key: ApiKey, proxy: str | None, limit_seconds: float) -> KeyTrial:
    """Call getBalance once. Raises nothing: what went wrong is in the result."""
    with _runner() as runner:
        return runner.run(_try_key(address, key, proxy, limit_seconds))


def _runner() -> asyncio.Runner:
    runner = asyncio.Runner()
    runner.get_loop().set_default_executor(Lookups())
    return runner


async def _shake_hands(address: SiteAddress, limit_seconds: float) -> Handshake:
    parts = urlsplit(address.url)
    context = shared_ssl_context() if address.is_encrypted else None
    began = time.monotonic()
    try:
        async with asyncio.timeout(limit_seconds):
            _, writer = await asyncio.open_connection(
                parts.hostname, parts.port or _PORTS[parts.scheme], ssl=context
            )
    except (OSError, ValueError) as error:
        raise _not_reached(error, address.host, time.monotonic() - began) from None
    seconds = time.monotonic() - began
    certificate = writer.get_extra_info("peercert") or {}
    # Nothing was sent, so there is no proper end to wait for.
    writer.transport.abort()
    return Handshake(seconds, _moment(certificate.get("notAfter")))


def _not_reached(error: Exception, host: str, seconds: float) -> NotReached:
    if isinstance(error, ssl.SSLCertVerificationError):
        template = _CERTIFICATE_PROBLEMS.get(error.verify_code)
        return CertificateRefused(host, seconds, None if template is None else say(template))
    trouble = trouble_of(error)
    reason = trouble if isinstance(trouble, Reason) else Reason.NETWORK
    # What is left of a failed connect is the way there: nothing was sent that could be lost.
    reason = Reason.NETWORK if reason is Reason.LOST else reason
    evidence = Evidence(request_sent=False, status=None, raw=b"", seconds=seconds)
    return NotReached(sentences.not_reached(reason, host, money_at_stake=False), evidence, reason)


def _moment(written: object) -> datetime | None:
    """Read a certificate's time, which ssl writes as `Oct 30 08:57:51 2126 GMT`."""
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(written), UTC) if isinstance(written, str) else None


async def _try_key(address: SiteAddress, key: ApiKey, proxy: str | None, limit_seconds: float) -> KeyTrial:
    timeouts = Timeouts(
        connect_seconds=limit_seconds, read_deadline_seconds=limit_seconds, tick_seconds=_TICK_SECONDS
    )
    wire = Wire(address, key, timeouts, proxy)
    asked_at = datetime.now(UTC)
    try:
        answer = await wire.ask(calls.BALANCE)
    except SiteError as error:
        return KeyTrial(error.evidence.seconds, error, None)
    finally:
        await wire.aclose()
    ahead = clock_ahead_seconds(answer.date, asked_at, datetime.now(UTC))
    try:
        read_balance(answer)
    except SiteError as error:
        return KeyTrial(answer.seconds, error, ahead)
    return KeyTrial(answer.seconds, None, ahead)


def clock_ahead_seconds(date: str | None, asked_at: datetime, answered_at: datetime) -> float | None:
    """Compare this machine's clock with a Date header, which was written between the two moments (aware).

    The header leaves out parts of a second, and nobody knows how long the reply was on its way: 0 is returned where
    both clocks may be the same. None where the header is no time.
    """
    try:
        site = parsedate_to_datetime(date or "")
        earliest = site.replace(tzinfo=site.tzinfo or UTC)
    except (ValueError, OverflowError, TypeError):
        return None
    if (ahead := (asked_at - earliest).total_seconds() - 1.0) > 0:
        return ahead
    return min(0.0, (answered_at - earliest).total_seconds())
