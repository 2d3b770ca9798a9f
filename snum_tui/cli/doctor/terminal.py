"""The terminal: whether the app can be shown in it, and with what."""

import os
from collections.abc import Iterator, Mapping

from snum_tui.cli.doctor.finding import Check, Finding, Status, listed, ok
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.ui.signs import charset_of, locale_of

LEAST_COLUMNS, LEAST_LINES = 40, 12

_NO_SCREEN = frozenset({"", "dumb", "unknown"})
_TRUE_COLOUR = frozenset({"truecolor", "24bit"})


def check_terminal(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the terminal that this program was started in, wherever its output goes."""
    descriptor = next((number for number in (1, 2, 0) if os.isatty(number)), None)
    if descriptor is None:
        detail = say(N_("this is none, so it cannot be looked at"))
        yield Finding(
            Check.TERMINAL, Status.WARNING, detail, say(N_("Start snum-tui doctor in the terminal itself."))
        )
    else:
        term = environment.get("TERM", "")
        yield _screen(term, os.get_terminal_size(descriptor))
        yield _colours(environment, term)
        yield check_encoding(environment)
        yield _mouse(term, descriptor)
        yield check_connection(environment)


def _screen(term: str, size: os.terminal_size) -> Finding:
    shown = {"term": term or "?", "size": f"{size.columns}x{size.lines}"}
    if term in _NO_SCREEN:
        from snum_tui.cli.opening import DUMB_TERMINAL  # noqa: PLC0415 - it brings the screen's parts along

        advice = say(DUMB_TERMINAL.template, term=term or "?")
        return Finding(Check.TERMINAL, Status.ERROR, say("{term}, {size}", **shown), advice)
    if size.columns < LEAST_COLUMNS or size.lines < LEAST_LINES:
        detail = say(N_("{term}, {size}: too small for all to be seen"), **shown)
        least = f"{LEAST_COLUMNS}x{LEAST_LINES}"
        return Finding(
            Check.TERMINAL, Status.WARNING, detail, say(N_("Make the window {least} or larger."), least=least)
        )
    return ok(Check.TERMINAL, "{term}, {size}", **shown)


def _colours(environment: Mapping[str, str], term: str) -> Finding:
    depth = environment.get("COLORTERM", "")
    if environment.get("NO_COLOR"):
        return ok(Check.COLOURS, N_("none, as NO_COLOR asks"))
    if depth.lower() in _TRUE_COLOUR:
        return ok(Check.COLOURS, N_("16 million (COLORTERM={depth})"), depth=depth)
    if "256color" in term:
        return ok(Check.COLOURS, N_("256 (TERM={term})"), term=term)
    return ok(Check.COLOURS, N_("16 (TERM={term})"), term=term or "?")


def check_encoding(environment: Mapping[str, str]) -> Finding:
    """Tell whether the locale says that the terminal understands UTF-8."""
    advice = say(
        N_("Run: {command}, else frame and signs are drawn in ASCII, and letters may be replaced."),
        command="export LANG=C.UTF-8",
    )
    # As the app judges it: Python's own word for a locale that it cannot use is not the person's.
    found = locale_of(environment)
    if found is None:
        return Finding(Check.ENCODING, Status.WARNING, say(N_("no locale is set")), advice)
    shown = "=".join(found)
    if charset_of(environment) == "utf-8":
        return ok(Check.ENCODING, "UTF-8 ({shown})", shown=shown)
    return Finding(Check.ENCODING, Status.WARNING, say(N_("{shown} is not UTF-8"), shown=shown), advice)


def _mouse(term: str, descriptor: int) -> Finding:
    if _reports_mouse(term, descriptor):
        return ok(Check.MOUSE, N_("this kind of terminal tells of it"))
    return ok(Check.MOUSE, N_("this kind of terminal does not tell of it; every action has a key"))


def _reports_mouse(term: str, descriptor: int) -> bool:
    try:
        import curses  # noqa: PLC0415 - some Pythons have none
    except ImportError:
        return False
    try:
        curses.setupterm(term, descriptor)
    except curses.error:
        return False
    return curses.tigetstr("kmous") is not None


def check_connection(environment: Mapping[str, str]) -> Finding:
    """Tell what lies between the terminal and this machine."""
    seen: list[Sentence] = []
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        seen.append(say(N_("over SSH")))
    if environment.get("TMUX"):
        seen.append(say(N_("in tmux")))
    if environment.get("STY"):
        seen.append(say(N_("in screen")))
    return Finding(Check.CONNECTION, Status.OK, listed(seen or [say(N_("neither SSH nor tmux nor screen"))]))
