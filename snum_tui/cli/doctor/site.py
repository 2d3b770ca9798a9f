"""The site: the way there, its certificate, the key and the clock. Nothing is called there but getBalance."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from snum_tui.cli.doctor.finding import Check, Finding, Status, ok
from snum_tui.domain.dates import Day
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import SiteAddress
from snum_tui.settings.access import find_access, find_site
from snum_tui.settings.errors import SettingsError, SiteMissing
from snum_tui.settings.profile import ChosenProfile

if TYPE_CHECKING:
    from snum_tui.provider.examination import Handshake, KeyTrial

LONGEST_SECONDS = 10.0
"""All that is waited for, a slow api_key_command included."""
HANDSHAKE_SECONDS = 3.0
BALANCE_SECONDS = 3.5
SLOW_SECONDS = 2.0
CLOCK_SECONDS = 5.0
CERTIFICATE_LEFT = timedelta(days=14)

_FIRST_THINGS_FIRST = say(N_("First put right what is wrong above."))
_SLOW = say(N_("If it stays so, codes come late: ask the site's support, or try another network."))
_COPY_THE_KEY = say(N_("Copy the key again from your profile page there."))
_SET_THE_CLOCK = say(N_("Set this machine's clock; with systemd: {command}"), command="timedatectl set-ntp true")


class SiteCheck:
    """One look at the site of a profile."""

    def __init__(self, environment: Mapping[str, str], chosen: ChosenProfile, config_file: Path) -> None:
        self._environment = environment
        self._chosen = chosen
        self._config_file = config_file
        self._ends_at = time.monotonic() + LONGEST_SECONDS

    def findings(self) -> Iterator[Finding]:
        """Yield each finding as soon as it is known."""
        try:
            address = find_site(self._environment, self._chosen, self._config_file)
        except SettingsError as error:
            # Who has not set any yet has broken nothing.
            status = Status.WARNING if isinstance(error, SiteMissing) else Status.ERROR
            detail = N_("no site yet") if status is Status.WARNING else N_("its address cannot be used")
            yield Finding(Check.SITE, status, say(detail), error.advice)
            yield from not_looked_at()
            return
        if self._chosen.config.proxy is None:
            yield from self._directly(address)
        else:
            yield from self._through_proxy(address)

    def _directly(self, address: SiteAddress) -> Iterator[Finding]:
        # Late: the quick checks are on the screen before httpx is loaded.
        from snum_tui.provider.errors import NotReached  # noqa: PLC0415
        from snum_tui.provider.examination import CertificateRefused, shake_hands  # noqa: PLC0415

        try:
            handshake = shake_hands(address, HANDSHAKE_SECONDS)
        except CertificateRefused as error:
            yield _reached(address, error.evidence.seconds)
            detail = error.problem or say(N_("not accepted"))
            yield Finding(Check.CERTIFICATE, Status.ERROR, detail, error.sentence)
            yield from not_looked_at(Check.KEY, Check.CLOCK)
        except NotReached as error:
            yield Finding(Check.SITE, Status.ERROR, _not_reached(address), error.sentence)
            yield from not_looked_at()
        else:
            yield _reached(address, handshake.seconds)
            yield _certificate(address, handshake)
            yield from self._with_key()

    def _through_proxy(self, address: SiteAddress) -> Iterator[Finding]:
        """Let the key's own call show whether the way leads there: a handshake would need one of its own."""
        of_key = list(self._with_key())
        if of_key[0].status is not Status.ERROR:
            yield ok(Check.SITE, N_("{address}, reached through your proxy"), address=_shown(address))
        else:
            detail = say(N_("{address}, through your proxy: see the key"), address=_shown(address))
            yield Finding(Check.SITE, Status.WARNING, detail, _FIRST_THINGS_FIRST)
        yield from of_key

    def _with_key(self) -> Iterator[Finding]:
        from snum_tui.provider.examination import try_key  # noqa: PLC0415 - as above

        seconds = max(1.0, self._ends_at - time.monotonic() - BALANCE_SECONDS)
        try:
            access = find_access(self._environment, self._chosen, self._config_file, command_seconds=seconds)
        except SettingsError as error:
            yield Finding(Check.KEY, Status.ERROR, say(N_("there is no key to use")), error.advice)
            yield from not_looked_at(Check.CLOCK)
            return
        trial = try_key(access.address, access.key, self._chosen.config.proxy, BALANCE_SECONDS)
        yield _key(trial, access.warnings)
        yield _clock(trial)


def not_looked_at(*checks: Check) -> Iterator[Finding]:
    """Say of these checks, or of all that need the site, that they could not be made."""
    for check in checks or (Check.CERTIFICATE, Check.KEY, Check.CLOCK):
        yield Finding(check, Status.WARNING, say(N_("not looked at")), _FIRST_THINGS_FIRST)


def _shown(address: SiteAddress) -> str:
    """Write an address without its path: somebody may have pasted a key into it."""
    scheme = "https" if address.is_encrypted else "http"
    return f"{scheme}://{address.host}"


def _reached(address: SiteAddress, seconds: float) -> Finding:
    return ok(
        Check.SITE,
        N_("{address}, reached in {milliseconds} ms"),
        address=_shown(address),
        milliseconds=_milliseconds(seconds),
    )


def _not_reached(address: SiteAddress) -> Sentence:
    return say(N_("{address} was not reached"), address=_shown(address))


def _certificate(address: SiteAddress, handshake: "Handshake") -> Finding:
    if not address.is_encrypted and address.is_this_machine:
        return ok(Check.CERTIFICATE, N_("none: plain http, which does not leave this machine"))
    if not address.is_encrypted:
        detail = say(N_("none: plain http, so your key travels unencrypted"))
        advice = say(N_("Write https:// in front of the site's address, and take allow_plain_http out."))
        return Finding(Check.CERTIFICATE, Status.WARNING, detail, advice)
    until = handshake.certificate_until
    if until is None:
        return ok(Check.CERTIFICATE, N_("valid"))
    if until - datetime.now(UTC) < CERTIFICATE_LEFT:
        advice = say(N_("The site must renew it: from then on no connection is made. Tell its support."))
        return Finding(Check.CERTIFICATE, Status.WARNING, say(N_("valid until {day} only"), day=Day(until)), advice)
    return ok(Check.CERTIFICATE, N_("valid until {day}"), day=Day(until))


def _key(trial: "KeyTrial", warnings: tuple[Sentence, ...]) -> Finding:
    if trial.problem is not None:
        if trial.is_key_rejected:
            return Finding(Check.KEY, Status.ERROR, _rejected(trial.rejecting_words), _COPY_THE_KEY)
        return Finding(Check.KEY, Status.ERROR, say(N_("getBalance brought no balance")), trial.problem.sentence)
    took = _milliseconds(trial.seconds)
    if trial.seconds >= SLOW_SECONDS:
        detail = say(N_("accepted, but the answer took {milliseconds} ms"), milliseconds=took)
        return Finding(Check.KEY, Status.WARNING, detail, _SLOW)
    detail = say(N_("accepted, answered in {milliseconds} ms"), milliseconds=took)
    return Finding(Check.KEY, Status.WARNING if warnings else Status.OK, detail, next(iter(warnings), None))


def _rejected(words: str) -> Sentence:
    if words:
        return say(N_("not accepted; the site says: {words}"), words=words.rstrip("."))
    return say(N_("not accepted"))


def _clock(trial: "KeyTrial") -> Finding:
    ahead = trial.clock_ahead_seconds
    if ahead is None:
        return next(not_looked_at(Check.CLOCK)) if trial.problem else ok(Check.CLOCK, N_("the site tells no time"))
    shown = round(abs(ahead))
    if not shown:
        return ok(Check.CLOCK, N_("as the site's"))
    template = N_("{seconds} s ahead of the site's") if ahead > 0 else N_("{seconds} s behind the site's")
    detail = say(template, seconds=shown)
    if abs(ahead) < CLOCK_SECONDS:
        return Finding(Check.CLOCK, Status.OK, detail)
    return Finding(Check.CLOCK, Status.WARNING, detail, _SET_THE_CLOCK)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
