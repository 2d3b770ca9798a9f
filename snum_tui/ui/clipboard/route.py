"""Which way a copy takes, and why. Pure: `snum-tui doctor` tells it without a screen."""

from dataclasses import dataclass

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.wishes import ClipboardWay
from snum_tui.ui.clipboard.osc52 import FORMS, Form
from snum_tui.ui.outside.surroundings import TOOL_NAMES, Multiplexer, Surroundings, Terminal

TMUX_PROGRAMS = (("tmux", "load-buffer", "-w", "-"), ("tmux", "load-buffer", "-"))
"""With -w tmux hands the text on to the terminal; tmux before 3.2 does not know it."""

OFF = say(N_('Copying is off: clipboard = "off" stands in config.toml.'))
NO_TOOL = say(
    N_(
        'clipboard = "tool" stands in config.toml, but none of {programs} is installed and has its display here. '
        'Install one, or write clipboard = "auto".'
    ),
    programs=TOOL_NAMES,
)
NO_TMUX = say(N_('clipboard = "tmux" stands in config.toml, but this is not tmux. Write clipboard = "auto".'))
APPLE = say(
    N_("Apple's Terminal takes no copies from programs (it ignores OSC 52): select with the mouse, holding fn.")
)
CONSOLE = say(N_("The Linux console has no clipboard: start snum-tui in a graphical terminal, tmux or over SSH."))
ONLY_TOOL = N_("Copies go to this machine's clipboard by {program}.")
TOOL_FIRST = N_("Copies go to this machine's clipboard by {program}; should it fail: {otherwise}")
IN_TMUX = say(
    N_(
        "Copies go into tmux's own buffer, and through tmux to the terminal's clipboard "
        "(before tmux 3.2 only with: set -g set-clipboard on)."
    )
)
ONLY_TMUX = say(N_("Copies go into tmux's own buffer, and tmux hands them to the terminal's clipboard if it can."))
IN_SCREEN = say(N_("Copies are sent through GNU screen to the terminal's clipboard (OSC 52)."))
TMUX_AFAR = say(
    N_(
        "TERM names a tmux that cannot be asked from here. Copies are sent to it, and it hands them to the "
        "terminal's clipboard with: set -g set-clipboard on"
    )
)
SCREEN_AFAR = say(
    N_(
        "TERM names a GNU screen or tmux that cannot be asked from here. Copies are sent through it to the "
        "terminal's clipboard; tmux hands them on with: set -g set-clipboard on"
    )
)
OVER_SSH = say(
    N_("Copies are sent over SSH to the terminal's clipboard (OSC 52). Whether it takes them cannot be known.")
)
HERE = say(N_("Copies are sent to the terminal's clipboard (OSC 52). Whether it takes them cannot be known."))


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a copy, and `why` in a sentence.

    `programs` are tried one after the other until one takes the text. After a `tool` of this machine that is all;
    after tmux, or where none took it, OSC 52 is sent in the `forms`. Without either, nothing can be copied.
    """

    why: Sentence
    tools: tuple[tuple[str, ...], ...] = ()
    tmux: tuple[tuple[str, ...], ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def leads_nowhere(self) -> bool:
        """Whether nothing can be copied."""
        return not (self.tools or self.tmux or self.forms)


def choose_route(way: ClipboardWay, around: Surroundings) -> Route:
    """Choose the way of a copy from what the person wants and what is there."""
    match way:
        case "off":
            return Route(OFF)
        case "tool":
            return _by_tools(around) if around.tools else Route(NO_TOOL)
        case "tmux":
            return Route(ONLY_TMUX, tmux=TMUX_PROGRAMS) if _is_tmux(around) else Route(NO_TMUX)
        case "osc52":
            return Route(_why_sent(around), forms=FORMS[around.multiplexer])
        case "auto":
            return _by_itself(around)


def _by_itself(around: Surroundings) -> Route:
    sent = _through_the_terminal(around)
    if around.over_ssh or not around.tools:
        return sent
    why = say(TOOL_FIRST, program=around.tools[0][0], otherwise=sent.why)
    return Route(why, around.tools, sent.tmux, sent.forms)


def _through_the_terminal(around: Surroundings) -> Route:
    if around.terminal is Terminal.APPLE:
        return Route(APPLE)
    if around.terminal is Terminal.CONSOLE:
        return Route(CONSOLE)
    tmux = TMUX_PROGRAMS if _is_tmux(around) else ()
    return Route(_why_sent(around), tmux=tmux, forms=FORMS[around.multiplexer])


def _by_tools(around: Surroundings) -> Route:
    return Route(say(ONLY_TOOL, program=around.tools[0][0]), around.tools)


def _is_tmux(around: Surroundings) -> bool:
    return around.multiplexer is Multiplexer.TMUX


def _why_sent(around: Surroundings) -> Sentence:
    match around.multiplexer:
        case Multiplexer.TMUX:
            return IN_TMUX
        case Multiplexer.TMUX_AFAR:
            return TMUX_AFAR
        case Multiplexer.SCREEN:
            return IN_SCREEN
        case Multiplexer.SCREEN_AFAR:
            return SCREEN_AFAR
        case Multiplexer.NONE:
            return OVER_SSH if around.over_ssh else HERE
