"""Which way a copied code would go."""

from collections.abc import Mapping

from snum_tui.cli.doctor.finding import Check, Finding, Status
from snum_tui.domain.sentence import N_, say
from snum_tui.domain.wishes import ClipboardWay
from snum_tui.ui.clipboard.route import choose_route
from snum_tui.ui.outside.surroundings import look_around


def check_clipboard(environment: Mapping[str, str], way: ClipboardWay) -> Finding:
    """Say what `y` would do here, as the app itself would choose it."""
    route = choose_route(way, look_around(environment))
    if route.leads_nowhere:
        return Finding(Check.CLIPBOARD, Status.WARNING, say(N_("no way there")), route.why)
    return Finding(Check.CLIPBOARD, Status.OK, say(N_("there is a way")), route.why)
