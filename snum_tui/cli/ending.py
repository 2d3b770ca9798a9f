"""What is done once the screen is closed: finish what is in flight, and say what is still open."""

import signal
import sys
import threading
from datetime import datetime

from snum_tui.cli.door import StoppableDoor
from snum_tui.cli.problems import tell, write
from snum_tui.cli.signals import Endings
from snum_tui.domain.keys import UNKNOWN
from snum_tui.domain.messages import find_code
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker

FINISH_SECONDS = 75.0
"""The longest an order in flight may take (60 s) and to be recorded."""
PATIENCE_SECONDS = 0.7
LOOK_SECONDS = 0.1

FINISHING = say(N_("An order or a cancel is still under way. Waiting until it has been written down…"))
IMPATIENT = say(
    N_("Not yet: what is under way would become an unknown order. Press Ctrl-C again to leave all the same.")
)
UNWRITTEN = say(
    N_("The journal did not take this order, so note it yourself: {service}, number {number}, id {number_id}.")
)
UNWRITTEN_CODE = say(
    N_(
        "The journal did not take this code, so note it yourself: "
        "{service}, number {number}, id {number_id}, code {code}."
    )
)


def finish(door: StoppableDoor, endings: Endings, language: str) -> None:
    """Wait for what is in flight. A Ctrl-C is told what it would cost; the next one raises KeyboardInterrupt."""
    impatient = threading.Event()

    def hear(number: signal.Signals) -> None:
        if number is signal.SIGINT:
            impatient.set()

    endings.listener = hear
    if door.stop(PATIENCE_SECONDS):
        return
    tell(FINISHING, language)
    if _has_ended(door, impatient):
        return
    impatient.clear()
    tell(IMPATIENT, language)
    if not _has_ended(door, impatient):
        raise KeyboardInterrupt


def _has_ended(door: StoppableDoor, impatient: threading.Event) -> bool:
    """Wait for the end, as long as it may take; False where somebody will not."""
    for _ in range(round(FINISH_SECONDS / LOOK_SECONDS)):
        if door.stop(LOOK_SECONDS):
            return True
        if impatient.is_set():
            return False
    return True


def say_goodbye(snapshot: Snapshot, speaker: Speaker, *, keeps_orders: bool) -> int:
    """Say what is still open, and what to note because nothing else has. Returns the exit status."""
    if snapshot.open_numbers and keeps_orders:
        write(sys.stdout, speaker.render(still_open(snapshot.open_numbers)))
    for order in snapshot.unwritten:
        tell(_unwritten(order), speaker.language)
    return 1 if snapshot.unwritten else 0


def _unwritten(order: Order) -> Sentence:
    values = {"service": order.service, "number": order.number or "?", "number_id": order.number_id or "?"}
    if order.message is None:
        return say(UNWRITTEN.template, **values)
    return say(UNWRITTEN_CODE.template, **values, code=find_code(order.message))


def still_open(orders: tuple[Order, ...]) -> Sentence:
    """Say what is open: live numbers and until when the first can be refunded; else the unknown orders."""
    live = [order for order in orders if order.state is not OrderState.UNKNOWN]
    if not live:
        templates = NP_(
            "{count} order has an unknown outcome: compare your balance on the site, settle it here with {key}.",
            "{count} orders have an unknown outcome: compare your balance on the site, "
            "settle them here with {key}.",
        )
        return say_count(templates, len(orders), key=UNKNOWN)
    until = min(order.refund_until for order in live)
    templates = NP_(
        "{count} number is still open, refund window until {time}: start snum-tui again to see its code.",
        "{count} numbers are still open, first refund window until {time}: start snum-tui again to see them.",
    )
    return say_count(templates, len(live), time=_local_time(until))


def _local_time(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M")
