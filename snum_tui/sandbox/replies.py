"""A reply before it is on the wire, and the replies of a site that is ill."""

from dataclasses import dataclass, replace

from snum_tui.sandbox.chance import roll
from snum_tui.sandbox.fault_plan import FaultKind

CONTENT_TYPE = "text/html; charset=UTF-8"

_NOTICE = (
    b"<br />\n<b>Notice</b>:  Undefined index: operator in <b>/home/site/public_html/api/index.php</b> "
    b"on line <b>214</b><br />\n"
)
_JUNK_BYTES = 180
_ERROR_PAGE = (500, "500 Internal Server Error", "Beklenmeyen bir hata oluştu.", ())
_STATUS_PAGES: dict[FaultKind, tuple[int, str, str, tuple[tuple[str, str], ...]]] = {
    FaultKind.STATUS_500: _ERROR_PAGE,
    FaultKind.STATUS_500_BEFORE: _ERROR_PAGE,
    FaultKind.STATUS_502: (502, "502 Bad Gateway", "nginx", ()),
    FaultKind.STATUS_429: (429, "429 Too Many Requests", "Çok fazla istek.", (("retry-after", "2"),)),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers (without the length, which the wire adds) and the whole body."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("content-type", CONTENT_TYPE),)


def html_page(title: str, text: str) -> str:
    """Write a small HTML page, as a web server or a PHP site shows when it is ill."""
    return (
        f'<!DOCTYPE html>\n<html lang="tr"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
    )


def spoil(kind: FaultKind, reply: Reply, path: str) -> Reply:
    """Turn a good reply into what this fault answers; unchanged where the fault is in the wire or the call."""
    bodies = {
        FaultKind.GARBAGE: _junk(),
        FaultKind.HTML: html_page("Bakım", "Sitemiz kısa süreliğine bakımda.").encode(),
        FaultKind.PHP_NOTICE: _NOTICE + reply.body,
    }
    if kind in bodies:
        return replace(reply, body=bodies[kind])
    if kind is FaultKind.REDIRECT:
        return Reply(b"", 302, (*Reply(b"").headers, ("location", path)))
    if kind not in _STATUS_PAGES:
        return reply
    status, title, text, more_headers = _STATUS_PAGES[kind]
    return Reply(html_page(title, text).encode(), status, (*Reply(b"").headers, *more_headers))


def _junk() -> bytes:
    """Bytes that are no text, with what would harm a terminal in front."""
    harm = b"\x00\xff\xfe\x1b]52;c;ZWNobw==\x07\x1b[2J\x9b31m"
    return harm + bytes(int(roll(0, "junk", place) * 256) for place in range(_JUNK_BYTES))
