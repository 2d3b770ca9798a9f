"""Carries a copy along its route, without holding up the screen, and says how far it is known to have come."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.wishes import ClipboardWay
from snum_tui.ui.clipboard.osc52 import osc52
from snum_tui.ui.clipboard.route import Route, choose_route
from snum_tui.ui.outside.errands import Errands
from snum_tui.ui.outside.outlet import Outlet
from snum_tui.ui.outside.programs import takes
from snum_tui.ui.outside.surroundings import look_around

NOBODY_TOOK_IT = N_("{program} did not take it. Run it by hand to see why.")


class Arrival(StrEnum):
    """How far a copy is known to have come. Only a program's exit status is proof; no terminal answers."""

    COPIED = "copied"
    IN_TMUX = "in tmux"
    IN_TMUX_AND_SENT = "in tmux and sent"
    SENT = "sent"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a copy; `problem` says why where it came nowhere."""

    arrival: Arrival
    problem: Sentence | None = None


Told = Callable[[Outcome], None]


class Carrier:
    """Copies texts, of two the later one last."""

    def __init__(self, way: ClipboardWay, outlet: Outlet, errands: Errands) -> None:
        self.way = way
        """How the person wants it."""
        self._outlet = outlet
        self._errands = errands

    def copy(self, text: str, told: Told) -> None:
        """Copy; `told` is called on the screen's thread, at once where no program has to be asked."""
        route = choose_route(self.way, look_around(os.environ))
        if route.leads_nowhere:
            told(Outcome(Arrival.NOWHERE, route.why))
        elif route.tools or route.tmux:
            self._errands.run(lambda: self._ask_programs(route, text, told))
        else:
            self._finish(route, text, told, in_tmux=False)

    def _ask_programs(self, route: Route, text: str, told: Told) -> None:
        """Runs on the errands' thread."""
        if any(takes(tool, text, os.environ) for tool in route.tools):
            self._outlet.hand_over(lambda: told(Outcome(Arrival.COPIED)))
            return
        in_tmux = any(takes(program, text, os.environ) for program in route.tmux)
        self._outlet.hand_over(lambda: self._finish(route, text, told, in_tmux=in_tmux))

    def _finish(self, route: Route, text: str, told: Told, *, in_tmux: bool) -> None:
        if route.forms:
            self._outlet.write(osc52(text, route.forms))
            told(Outcome(Arrival.IN_TMUX_AND_SENT if in_tmux else Arrival.SENT))
        elif in_tmux:
            told(Outcome(Arrival.IN_TMUX))
        else:
            program = (*route.tools, *route.tmux)[0][0]
            told(Outcome(Arrival.NOWHERE, say(NOBODY_TOOK_IT, program=program)))
