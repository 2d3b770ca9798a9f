"""Pictures that are the same whenever the screen is: no ids of chance, one element a line, nothing said twice."""

import re

from pytest_textual_snapshot import normalize_svg  # type: ignore[import-untyped]

FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""It names a font on another machine: a picture of a README loads none, and a picture should ask nobody."""
FONT, FONTS = "Fira Code, monospace", "DejaVu Sans Mono, Menlo, Consolas, monospace"
"""Those that people have."""
LINE_CLIP = re.compile(r'\s*<clipPath id="terminal-line-\d+">.*?</clipPath>', re.DOTALL)
CLIPPED_TO_LINE = re.compile(r' clip-path="url\(#terminal-line-\d+\)"')
CRISP = ' shape-rendering="crispEdges"'
SCREEN = '<g transform="translate(9, 41)"'
PATCH = re.compile(r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>')
END_OF_ELEMENT = re.compile(r"(</text>|/>)(?=<)")

Patch = tuple[str, float, str, float, str]


def tidy(svg: str) -> str:
    """Return a picture of Textual's as it is kept: about a third as large, and with lines that can be compared."""
    svg = LINE_CLIP.sub("", FONT_FACE.sub("", normalize_svg(svg)))
    svg = CLIPPED_TO_LINE.sub("", svg).replace("&#160;", "\N{NO-BREAK SPACE}").replace(FONT, FONTS)
    svg = svg.replace(CRISP, "").replace(SCREEN, SCREEN + CRISP)
    first = PATCH.search(svg)
    if first is not None:
        until = svg.rindex("/>", 0, svg.index('<g class="terminal-matrix"')) + 2
        svg = svg[: first.start()] + _painted(svg[first.start() : until]) + svg[until:]
    return "\n".join(line.rstrip() for line in END_OF_ELEMENT.sub("\\1\n", svg).splitlines()) + "\n"


def _painted(patches: str) -> str:
    """Write patches of one colour that touch each other as one."""
    joined: list[Patch] = []
    for fill, x, y, width, height in PATCH.findall(patches):
        if joined and _go_on(joined[-1], fill, float(x), y):
            before = joined.pop()
            joined.append((fill, before[1], y, before[3] + float(width), height))
        else:
            joined.append((fill, float(x), y, float(width), height))
    return "".join(
        f'<rect fill="{fill}" x="{x:g}" y="{y}" width="{round(width, 1):g}" height="{height}"/>'
        for fill, x, y, width, height in joined
    )


def _go_on(before: Patch, fill: str, x: float, y: str) -> bool:
    return before[0] == fill and before[2] == y and abs(before[1] + before[3] - x) < 0.1
