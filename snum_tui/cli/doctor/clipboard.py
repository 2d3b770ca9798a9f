"""Which way a copied code would go."""

from collections.abc import Mapping

from snum_tui.cli.doctor.finding import Check, Finding, Status, ok
from snum_tui.domain.sentence import N_, say


def check_clipboard(environment: Mapping[str, str]) -> Finding:
    """Say what `y` would do here. The one place that knows of snum_tui/ui/clipboard.py's ways."""
    if environment.get("TMUX"):
        detail = say(N_("through tmux and the terminal (OSC 52), which tmux must allow"))
        return Finding(
            Check.CLIPBOARD,
            Status.OK,
            detail,
            say(N_("If a copy does not arrive: {command}"), command="tmux set -g set-clipboard on"),
        )
    if environment.get("STY"):
        detail = say(N_("through the terminal (OSC 52), which screen does not let through"))
        return Finding(Check.CLIPBOARD, Status.WARNING, detail, say(N_("Use tmux, or select the text by hand.")))
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        detail = say(N_("through the terminal (OSC 52), which this one ignores"))
        return Finding(
            Check.CLIPBOARD, Status.WARNING, detail, say(N_("Use another terminal, or select the text by hand."))
        )
    return ok(Check.CLIPBOARD, N_("through the terminal (OSC 52); whether it takes it cannot be known"))
