"""Calls something once, some time later."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer


def call_later(pump: MessagePump, seconds: float, call: Callable[[], object]) -> Timer:
    """Call it once after so many seconds; not, where the timer is stopped before.

    Textual forgets a timer whose time passes while its task begins, as one that comes too late to be repeated: what
    was to be painted, asked for or answered then would never be.
    """
    timer = pump.set_timer(seconds, call)
    timer._skip = False  # noqa: SLF001 - set_timer has no such option
    return timer
