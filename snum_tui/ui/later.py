"""Calls something once, some time later; not, where the widget that asked for it is gone by then."""

from collections.abc import Callable

from textual.dom import DOMNode
from textual.timer import Timer


def call_later(node: DOMNode, seconds: float, call: Callable[[], object]) -> Timer:
    """Call it once after so many seconds; not, where the timer is stopped before.

    Textual forgets a timer whose time passes while its task begins, as one that comes too late to be repeated: what
    was to be painted, asked for or answered then would never be.
    """
    timer = node.set_timer(seconds, lambda: _call_if_there(node, call))
    timer._skip = False  # noqa: SLF001 - set_timer has no such option
    return timer


def after_refresh(node: DOMNode, call: Callable[[], object]) -> None:
    """Call it once what is to be painted has been painted."""
    node.call_after_refresh(lambda: _call_if_there(node, call))


def _call_if_there(node: DOMNode, call: Callable[[], object]) -> object:
    """Call it, and return what it returns: Textual awaits that, where it can be awaited.

    A screen that is left loses its parts before it ends. What it still meant to do would miss them, and that would
    end the program.
    """
    return call() if is_there(node) else None


def is_there(node: DOMNode) -> bool:
    """Tell whether a widget or screen still stands, with all its parts."""
    is_going = (one._closing or one._pruning for one in node.ancestors_with_self)  # noqa: SLF001 - no public way
    return not any(is_going)
