"""The site's address and its key."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from snum_tui.domain.sentence import N_, Sentence, say

_KEY = re.compile(r"[!-~]{1,200}")
_KEY_LIKE = re.compile(r"(?=[\w-]*\d)[\w-]{16,}")
"""Long, and with a digit, without the dots of an address."""
_KEY_IN_PATH = re.compile(r"(?=[\w-]*\d)[\w-]{20,}")
"""What no site's path is like; with a key in it, that would be written down, shown and sent to wherever."""
_BEHIND = re.compile(r"([?#]).+")
_SCHEMES = frozenset({"http", "https"})
_PLACEHOLDER = "domainadresiniz.com"
"""What the API document prints in the address's place: whoever has that name would be sent the key."""
_HOST_SIGNS, _NUMERIC_HOST_SIGNS, _PATH_SIGNS = "-_.", ":.%", "-_.~/%+"


class BadAddress(ValueError):  # noqa: N818 - reads as what it says
    """The address cannot be a site; `sentence` tells the person what to write instead."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template.format_map(dict(sentence.values)))
        self.sentence = sentence


class ApiKey:
    """The key, never printable: `reveal()` is the one way to read it, for the lowest transport alone."""

    __slots__ = ("__secret",)

    def __init__(self, secret: str) -> None:
        self.__secret = secret

    def reveal(self) -> str:
        """Return the key itself. Never log, store or show what comes out."""
        return self.__secret

    def __repr__(self) -> str:
        return "ApiKey(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __bool__(self) -> bool:
        return bool(self.__secret)

    def __reduce__(self) -> str:
        raise TypeError("the key is never pickled")


def is_key(text: str) -> bool:
    """Tell whether the text can stand in the site's addresses: printable ASCII, no spaces, not endless."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """The site's base address without a trailing slash: `https://sanalnumara.org`, `http://127.0.0.1:8077`."""

    url: str

    @property
    def host(self) -> str:
        """Host and port as the person knows the site."""
        return urlsplit(self.url).netloc

    @property
    def root(self) -> str:
        """The address without a path, as nearly every site is asked."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_encrypted(self) -> bool:
        """Whether what is sent there is encrypted."""
        return urlsplit(self.url).scheme == "https"

    @property
    def is_this_machine(self) -> bool:
        """Whether it is a loopback address, so that nothing sent there leaves this machine."""
        return _is_loopback(urlsplit(self.url).hostname or "")


def read_address(text: str, *, allow_plain_http: bool = False) -> SiteAddress:
    """Read an address as people type it; https where no scheme is given.

    Plain http goes to loopback only, or with consent (`allow_plain_http`): the key travels in the path. So a slip
    in `https://` must not make another host of it either. Raises BadAddress with a sentence.
    """
    written = text.strip()
    full = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(full)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not written or not host or any(char.isspace() or not char.isprintable() for char in written):
        raise _no_address(written)
    if host.removeprefix("www.").removesuffix(".") == _PLACEHOLDER:
        words = N_(
            "{address} only stands for an address in the API document. Write your own site's, like {example}"
        )
        raise BadAddress(say(words, address=_PLACEHOLDER, example="https://example.com"))
    if parts.scheme not in _SCHEMES:
        shown = "…" if parts.username is not None else _shown(written)
        raise BadAddress(say(N_("{address} must begin with https:// to be a site's address."), address=shown))
    path = _without_api(parts.path)
    _check_parts(parts.query, parts.fragment, parts.username, path, written)
    _check_name(host, parts.netloc, path, written)
    if parts.scheme == "http" and not (allow_plain_http or _is_loopback(host)):
        raise BadAddress(
            say(
                N_("{address} would send your key unencrypted. Use https, or set allow_plain_http = true."),
                address=f"http://{parts.netloc}",
            )
        )
    return SiteAddress(f"{parts.scheme}://{parts.netloc}{path}")


def _check_parts(query: str, fragment: str, username: str | None, path: str, written: str) -> None:
    if query or fragment or username is not None or _KEY_IN_PATH.search(path):
        raise BadAddress(
            say(
                N_("{address} is more than a site's address. Write only the part like https://example.com"),
                address=_shown(written),
            )
        )


def _check_name(host: str, netloc: str, path: str, written: str) -> None:
    """Refuse what a slip of the hand makes of an address: `https:/x.com` would be a host named https."""
    behind_brackets = netloc.rpartition("]")[2] if netloc.startswith("[") else ""
    is_mistyped = host in _SCHEMES or netloc.endswith(":") or "//" in path or behind_brackets[:1] not in {"", ":"}
    if is_mistyped or (not netloc.startswith("[") and "" in host.removesuffix(".").split(".")):
        raise _no_address(written)
    signs = _NUMERIC_HOST_SIGNS if netloc.startswith("[") else _HOST_SIGNS
    strange = next((sign for sign in host if not _fits(sign, signs)), None)
    strange = strange or next((sign for sign in path if not _fits(sign, _PATH_SIGNS)), None)
    if strange is not None:
        raise BadAddress(
            say(
                N_("{address} holds a {sign}, which no site's address has. Write it like https://example.com"),
                address=_shown(written),
                sign=strange,
            )
        )


def _no_address(written: str) -> BadAddress:
    return BadAddress(
        say(N_("{address} is not a site's address. Write it like https://example.com"), address=_shown(written))
    )


def _fits(sign: str, signs: str) -> bool:
    """Letters of any alphabet, their marks, and digits are fit for an address, and so are these signs."""
    return sign in signs or unicodedata.category(sign)[0] in "LMN"


def _shown(written: str) -> str:
    """Quote what the person wrote, but for a password or a key that may be in it."""
    if "@" in written:
        return "…"
    return repr(_KEY_LIKE.sub("…", _BEHIND.sub(r"\1…", written.partition("/api/")[0])))


def _without_api(path: str) -> str:
    """Drop a trailing slash and a pasted `/api`, with all that follows: every call brings its own.

    The API document prints whole URLs, the key inside; who pastes one must not make the key part of the address.
    """
    return f"{path}/".partition("/api/")[0].rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
