"""How the help is folded: to the terminal's width, but no name or command that is there to be typed is broken."""

import argparse
import re

_LABELLED = re.compile(r"\s+(?:[A-Z_, ]+|[\d, ]+)\s{2,}(?=\S)|\s+")
"""What a line of a list begins with, or its mere indent; what stands behind it is folded under itself."""

_COMMAND = "snum-tui completion "


class HelpFormat(argparse.HelpFormatter):
    """Folds paragraphs, and the lines of a list each for itself; lines that hold a command stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        folded = [line for part in _parts(text) for line in _folded(part, width)]
        return "\n".join(f"{indent}{line}".rstrip() for line in folded)

    def _split_lines(self, text: str, width: int) -> list[str]:
        import textwrap  # noqa: PLC0415 - `--version` is answered without

        return textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)


def _parts(text: str) -> list[str]:
    """Take a text apart: lines of one paragraph are joined, those of a list and blank ones stand alone."""
    parts: list[str] = []
    for line in text.rstrip().splitlines():
        goes_on = parts and parts[-1].strip() and not parts[-1].startswith(" ") and not parts[-1].endswith(":")
        if goes_on and line.strip() and not line.startswith(" "):
            parts[-1] = f"{parts[-1]} {line}"
        else:
            parts.append(line)
    return parts


def _folded(line: str, width: int) -> list[str]:
    import textwrap  # noqa: PLC0415 - as above

    label = _LABELLED.match(line)
    if len(line) <= width or (label is not None and _COMMAND in line):
        return [line]
    hanging = "" if label is None else " " * len(label.group())
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_on_hyphens=False, break_long_words=False)
