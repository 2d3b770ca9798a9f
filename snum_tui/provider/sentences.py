"""What the provider's errors say to the person: what happened, then what to do.

Where an order or a cancel may have reached the site, the advice is never to try again.
"""

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.provider.errors import Reason

_NOT_REACHED = {
    Reason.NAME: N_("{host} could not be found."),
    Reason.CONNECT_REFUSED: N_("{host} refused the connection."),
    Reason.TLS: N_("There is no secure connection to {host}."),
    Reason.TIMEOUT: N_("{host} did not answer in time."),
    Reason.PROXY: N_("The proxy does not reach {host}."),
    Reason.LOST: N_("The connection to {host} was lost before the whole reply came."),
    Reason.NETWORK: N_("There is no way to {host} from here."),
}
_CHECK_ADDRESS = say(N_("Check the site's address."))
_TRY_AGAIN = say(N_("Try again in a moment."))
_COMPARE = say(N_("The site may have acted on it all the same: compare your balance with the site's page."))
_ADVICE = {
    Reason.NAME: say(N_("Check the site's address and your network.")),
    Reason.CONNECT_REFUSED: say(N_("Check the site's address; if it is right, the site is down.")),
    Reason.TLS: say(N_("Check the site's address, and this machine's date and time.")),
    Reason.PROXY: say(N_("Check the proxy in your settings.")),
    Reason.NETWORK: say(N_("Check your network.")),
}


def not_reached(reason: Reason, host: str, *, money_at_stake: bool) -> Sentence:
    """No whole reply came."""
    advice = _ADVICE.get(reason, _TRY_AGAIN)
    return _joined(say(_NOT_REACHED[reason], host=host), advice, money_at_stake=money_at_stake)


def not_http(host: str, *, money_at_stake: bool) -> Sentence:
    """Something else than a web server answered."""
    what = say(N_("{host} answered, but it is no web server."), host=host)
    return _joined(what, _CHECK_ADDRESS, money_at_stake=money_at_stake)


def not_this_api(host: str, *, money_at_stake: bool) -> Sentence:
    """A complete reply of another shape, most likely a page."""
    what = say(N_("{host} answered, but not as this API does."), host=host)
    return _joined(what, _CHECK_ADDRESS, money_at_stake=money_at_stake)


def bad_status(host: str, status: int, *, money_at_stake: bool) -> Sentence:
    """An HTTP status that this API does not use."""
    if 300 <= status < 400:
        what = say(N_("{host} sends us elsewhere instead of answering (HTTP {status})."), host=host, status=status)
        advice = say(N_("Check the site's address: with or without www, and https."))
    elif status >= 500:
        what = say(N_("{host} has a fault of its own (HTTP {status})."), host=host, status=status)
        advice = _TRY_AGAIN
    else:
        what = say(N_("{host} answered, but not as this API does (HTTP {status})."), host=host, status=status)
        advice = _CHECK_ADDRESS
    return _joined(what, advice, money_at_stake=money_at_stake)


def encoded(host: str, *, money_at_stake: bool) -> Sentence:
    """A compressed reply, though none was asked for."""
    what = say(N_("{host} sent a compressed reply, which is not opened for safety."), host=host)
    return _joined(what, _CHECK_ADDRESS, money_at_stake=money_at_stake)


def oversized(host: str, *, money_at_stake: bool) -> Sentence:
    """A reply larger than any of this API."""
    what = say(N_("{host} sent far more than this API does."), host=host)
    return _joined(what, _CHECK_ADDRESS, money_at_stake=money_at_stake)


def refused(words: str) -> Sentence:
    """The site said no, with or without words of its own."""
    if words:
        return say(N_("The site says: {words}"), words=words)
    return say(N_("The site refused and did not say why. Its own page may tell more."))


def key_rejected(words: str, *, money_at_stake: bool = False) -> Sentence:
    """The site does not take the key."""
    if words:
        what = say(N_("The site does not accept the API key: {words}"), words=words)
    else:
        what = say(N_("The site does not accept the API key."))
    advice = say(N_("Copy the key again from your profile page there."))
    return _joined(what, advice, money_at_stake=money_at_stake)


def busy(host: str, *, money_at_stake: bool) -> Sentence:
    """Too many requests, by the site's own account."""
    what = say(N_("{host} asks for patience: too many requests."), host=host)
    return _joined(what, _TRY_AGAIN, money_at_stake=money_at_stake)


def bad_id() -> Sentence:
    """An id that no request may carry."""
    return say(N_("This row has no usable id, so nothing was sent. Refresh the list."))


def no_key() -> Sentence:
    """There is no key to send."""
    return say(
        N_("There is no API key yet, so nothing was sent. Put the one from your profile page into your settings.")
    )


def _joined(what: Sentence, advice: Sentence, *, money_at_stake: bool) -> Sentence:
    return say(N_("{what} {advice}"), what=what, advice=_COMPARE if money_at_stake else advice)
