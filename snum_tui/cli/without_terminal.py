"""The life without a terminal: open numbers are watched until they are settled, or another program watches them."""

import signal
import threading

from snum_tui.cli.door import StoppableDoor
from snum_tui.cli.signals import Endings
from snum_tui.domain.clock import Clock, least_elapsed_seconds
from snum_tui.domain.orders import IN_FLIGHT_STATES, OrderState
from snum_tui.engine.commands import LookAway
from snum_tui.engine.snapshot import Snapshot

HAND_OVER_SECONDS = 3.0
"""How long another program must be there before the leading one leaves: it may have lost its terminal, too."""


def watch_on(door: StoppableDoor, endings: Endings, clock: Clock, longest_seconds: float) -> None:
    """Return once no number is open, another program has taken over, TERM or INT came, or the time is up.

    Asks for messages, cancels what is armed, and nothing more; between two replies it sleeps.
    """
    changed, asked_to_end = threading.Event(), threading.Event()

    def hear(number: signal.Signals) -> None:
        if number is not signal.SIGHUP:
            asked_to_end.set()
            changed.set()

    endings.listener = hear
    if endings.was_asked_to_end:  # while the screen closed, when somebody else was listening
        return
    door.when_changed(changed.set)
    door.submit(LookAway())
    began = clock.now()
    while not asked_to_end.is_set() and is_needed(door.latest):
        if can_hand_over(door.latest) and _is_handed_over(door, asked_to_end):
            return
        left_seconds = longest_seconds - least_elapsed_seconds(began, clock.now())
        if left_seconds <= 0:
            return
        changed.wait(left_seconds)
        changed.clear()


def is_needed(snapshot: Snapshot) -> bool:
    """Tell whether a number is open, or an order not yet in the journal. An unknown order waits for the person."""
    live = any(order.state is not OrderState.UNKNOWN for order in snapshot.open_numbers)
    return live or bool(snapshot.unwritten)


def can_hand_over(snapshot: Snapshot) -> bool:
    """Tell whether another program knows all that this one does."""
    in_flight = any(order.state in IN_FLIGHT_STATES for order in snapshot.orders)
    return snapshot.others > 0 and not in_flight and not snapshot.unwritten


def _is_handed_over(door: StoppableDoor, asked_to_end: threading.Event) -> bool:
    """Who does not lead is not missed. Who leads waits: of two that lost their terminals at once, one must stay."""
    if not door.latest.leads:
        return True
    return asked_to_end.wait(HAND_OVER_SECONDS) or can_hand_over(door.latest)
