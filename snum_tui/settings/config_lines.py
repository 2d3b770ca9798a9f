"""On which line of config.toml a key stands: the parser does not tell, so it is looked for."""

import re

_HEADER = re.compile(r"\s*\[\s*(?P<keys>[^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?P<keys>(?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*\.?""")


def find_line(text: str, keys: tuple[str, ...]) -> int | None:
    """Return the line, from 1, of the key or else of the table around it; None where neither is found.

    A best guess: a line inside a text over several lines may look like a key.
    """
    table: tuple[str, ...] = ()
    best: tuple[int, int | None] = (0, None)
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            found = table = _split(header["keys"])
        elif key := _KEY.match(line):
            found = (*table, *_split(key["keys"]))
        else:
            continue
        if keys[: len(found)] == found and len(found) > best[0]:
            best = len(found), number
        elif found[: len(keys)] == keys and best[1] is None:
            best = 0, number  # what is inside it, where it has no line of its own
    return best[1]


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(
        next(part for part in match.groups("") if part) for match in _PART.finditer(dotted) if any(match.groups())
    )
