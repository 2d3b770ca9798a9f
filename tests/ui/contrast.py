"""How well what is on the screen can be read: the contrast of letters and what they stand on, as WCAG counts it."""

from collections.abc import Iterable

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

ENOUGH = 4.5
FRAME = frozenset(" ─│┌┐└┘├┤┬┴╭╮╰╯▁▂▃▄▅▆▇█▌▐")
"""Lines and bars are no text: who does not see them misses nothing."""

Pair = tuple[ColorTriplet, ColorTriplet]


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs(segments: Iterable[Segment], *, colours: ColorSystem = ColorSystem.TRUECOLOR) -> dict[Pair, str]:
    """Return every colour of letters with the colour that they stand on, and words that do.

    `colours` is what the terminal has: with fewer, the nearest are taken, as they are sent.
    """
    found: dict[Pair, str] = {}
    for segment in segments:
        style = segment.style
        if style is None or not set(segment.text) - FRAME:
            continue
        assert style.color is not None
        assert style.bgcolor is not None
        assert not style.dim, segment
        letters, ground = (_shown(color, colours) for color in (style.color, style.bgcolor))
        found.setdefault((ground, letters) if style.reverse else (letters, ground), segment.text.strip())
    return found


def too_faint(found: dict[Pair, str]) -> dict[str, float]:
    """Return the words that cannot be read well enough, with their contrast."""
    ratios = {
        f"{words} ({letters.hex} on {ground.hex})": contrast(letters, ground)
        for (letters, ground), words in found.items()
    }
    return {words: round(ratio, 2) for words, ratio in ratios.items() if ratio < ENOUGH}


def _shown(color: RichColor, colours: ColorSystem) -> ColorTriplet:
    return color.downgrade(colours).get_truecolor(DEFAULT_TERMINAL_THEME)


def _luminance(color: ColorTriplet) -> float:
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
