"""Operating system commands (OSC), and how they pass through a multiplexer to the terminal outside."""

ESCAPE, BELL, END = "\x1b", "\x07", "\x1b\\"

PIECE = 200
"""GNU screen holds 256 characters of a string, later releases 768, and drops a longer one whole."""


def command(body: str, *, end: str = END) -> str:
    """Return an OSC: an escape sequence of text that the terminal acts on."""
    return f"{ESCAPE}]{body}{end}"


def through_tmux(body: str) -> str:
    """Return an OSC that tmux hands to the terminal as it is, where its allow-passthrough is on."""
    doubled = command(body, end=BELL).replace(ESCAPE, ESCAPE * 2)
    return f"{ESCAPE}Ptmux;{doubled}{END}"


def through_screen(body: str) -> str:
    """Return an OSC that GNU screen hands to the terminal, piece by piece. An END within would end a piece."""
    whole = command(body, end=BELL)
    pieces = (whole[start : start + PIECE] for start in range(0, len(whole), PIECE))
    return "".join(f"{ESCAPE}P{piece}{END}" for piece in pieces)
