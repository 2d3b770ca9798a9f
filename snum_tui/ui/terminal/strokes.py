"""In which order the changes of a frame are written: as they stand, or a colour at a time, whichever is shorter.

A colour at a time only within some rows that arrive together: over a slow line one must not see a row's new price
beside the name that stood there before.
"""

from collections.abc import Iterator, Sequence

from snum_tui.ui.terminal.pen import Look, Pen

Stroke = tuple[int, int, str, Look | None]
"""Line, column, letters and their look; without a look, they set their own colours and end nobody knows where."""
PLACE_BYTES = 8
"""What it costs to come back to a place."""
TURN_BYTES = len("\x1b[m")
"""What it costs to turn to a colour, but for its numbers."""
BAND_BYTES = 900
"""What is taken to arrive together: a packet of a network, but for what SSH adds to it."""


def written(strokes: Sequence[Stroke], columns: int) -> str:
    """Return what writes these on a screen of so many columns.

    A column of grey ages among white names turns the colour twice a row, in true colour for forty bytes; to come
    back for all ages once the names stand costs eight a row.
    """
    pen = Pen(columns)
    for band in _bands(strokes):
        for line, column, letters, look in _by_colour(band) or band:
            pen.go(line, column)
            if look is None:
                pen.write_whole(letters)
            else:
                pen.write(letters, look)
    return pen.text


def _bands(strokes: Sequence[Stroke]) -> Iterator[Sequence[Stroke]]:
    """Part them where a row begins, and what came before fills a packet."""
    begin = filled = 0
    for at, (line, _, letters, _) in enumerate(strokes):
        if filled > BAND_BYTES and line != strokes[at - 1][0]:
            yield strokes[begin:at]
            begin, filled = at, 0
        filled += len(letters) + PLACE_BYTES
    yield strokes[begin:]


def _by_colour(strokes: Sequence[Stroke]) -> Sequence[Stroke]:
    """Return the strokes a colour at a time; none where that would not be shorter, or must not be.

    What ends nobody knows where may cover what was written to its right.
    """
    groups: dict[tuple[str, str], list[Stroke]] = {}
    on_ground: dict[str, str] = {}
    spared, last = 0, ("", "")
    for stroke in strokes:
        if (look := stroke[3]) is None:
            return ()
        _, front, ground = look
        if front is None:  # blanks show no colour of their own: they go with what was written on this ground
            front = on_ground.get(ground, "")
        else:
            on_ground[ground] = front
        colour = front, ground
        group = groups.get(colour)
        if group is None:
            groups[colour] = [stroke]
        else:
            group.append(stroke)
            if colour != last:
                spared += len(front if front != last[0] else ground) + TURN_BYTES - PLACE_BYTES
        last = colour
    return [stroke for group in groups.values() for stroke in group] if spared > 0 else ()
