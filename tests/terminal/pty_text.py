"""What a terminal received, taken apart: what a screen can draw, what was switched on, what was copied."""

import base64
import re

_STRANGE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"  # keyboard protocols: pyte draws them
    rb"|\x1b\[\?[0-9;]*(?:\$p|u)"  # questions about modes and keyboards
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: titles, clipboard
    rb"|\x1b[P_^][^\x1b]*\x1b\\"  # DCS, APC, PM
)
_WHOLE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^][^\x1b]*\x1b\\|[ -/]*[0-OQ-Z`-~\\=>])"
)
_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")
_COLOURS = re.compile(rb"\x1b\[([0-9;:]*)m")

CURSOR = 25
MODE_NAMES = {
    1000: "mouse",
    1002: "mouse",
    1003: "mouse",
    1006: "mouse",
    1015: "mouse",
    1004: "focus reports",
    1049: "alternate screen",
    2004: "bracketed paste",
    2026: "held output",
    2048: "size reports",
}


class Drawable:
    """Leaves out of a stream what pyte does not understand, also where a sequence comes in two pieces."""

    def __init__(self) -> None:
        self._held = b""

    def take(self, data: bytes) -> bytes:
        """Return what can be drawn by now."""
        data = self._held + data
        last = data.rfind(b"\x1b")
        # A string sequence ends with an escape of its own.
        start = max(data.rfind(begin) for begin in (b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^"))
        cut = start if start != -1 and not _WHOLE.match(data, start) else last
        if cut == -1 or _WHOLE.match(data, cut) or data[cut : cut + 2] == b"\x1b\\":
            cut = len(data)
        self._held = data[cut:]
        return _STRANGE.sub(b"", data[:cut])


def left_on(received: bytes) -> set[str]:
    """Name everything that was switched on and never off again; empty where a terminal was left as it was."""
    state: dict[int, bool] = {}
    for match in _MODES.finditer(received):
        for number in match[1].split(b";"):
            state[int(number)] = match[2] == b"h"
    on = {MODE_NAMES[number] for number, is_on in state.items() if is_on and number in MODE_NAMES}
    if not state.get(CURSOR, True):
        on.add("hidden cursor")
    if len(re.findall(rb"\x1b\[>[0-9;]*u", received)) > len(re.findall(rb"\x1b\[<[0-9]*u", received)):
        on.add("keyboard protocol")
    return on


def clipboard(received: bytes) -> list[str]:
    """Return the texts that were sent to the terminal's clipboard, the first one first."""
    return [base64.b64decode(match[1], validate=True).decode() for match in _CLIPBOARD.finditer(received)]


def after_the_screen(received: bytes) -> str:
    """Return the plain words that stand on the terminal after the full screen was left."""
    _, left, rest = received.rpartition(b"\x1b[?1049l")
    assert left, "the full screen was never left"
    return _WHOLE.sub(b"", rest).decode().replace("\r\n", "\n")


def colour_codes(received: bytes) -> set[str]:
    """Return every code that chooses a colour: 30-37, 40-47, 90-97, 100-107, 38, 48, 58."""
    found = set()
    for match in _COLOURS.finditer(received):
        numbers = [int(number) for number in re.split(rb"[;:]", match[1]) if number]
        if any(number in {38, 48, 58} or number // 10 in {9, 10} or _is_basic(number) for number in numbers):
            found.add(match[1].decode())
    return found


def _is_basic(number: int) -> bool:
    return 30 <= number <= 37 or 40 <= number <= 47
