"""What a check comes to."""

from dataclasses import dataclass
from enum import StrEnum

from snum_tui.domain.sentence import N_, Sentence, say


class Status(StrEnum):
    """How it stands. A warning leaves snum-tui usable; an error does not, or risks orders or the key."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


STATUS_WORDS = {Status.OK: N_("ok"), Status.WARNING: N_("warning"), Status.ERROR: N_("error")}


class Check(StrEnum):
    """What is looked at, in this order; the values are for programs."""

    VERSIONS = "versions"
    CONFIG_FOLDER = "config_folder"
    CONFIG = "config"
    LANGUAGE = "language"
    PROFILE = "profile"
    STATE_FOLDER = "state_folder"
    ORDERS = "orders"
    RUNNING = "running"
    CACHE_FOLDER = "cache_folder"
    CACHE = "cache"
    TERMINAL = "terminal"
    COLOURS = "colours"
    ENCODING = "encoding"
    MOUSE = "mouse"
    CONNECTION = "connection"
    CLIPBOARD = "clipboard"
    SITE = "site"
    CERTIFICATE = "certificate"
    KEY = "key"
    CLOCK = "clock"


CHECK_WORDS = {
    Check.VERSIONS: N_("versions"),
    Check.CONFIG_FOLDER: N_("settings folder"),
    Check.CONFIG: "config.toml",
    Check.LANGUAGE: N_("language"),
    Check.PROFILE: N_("profile"),
    Check.STATE_FOLDER: N_("orders folder"),
    Check.ORDERS: "orders.db",
    Check.RUNNING: N_("running now"),
    Check.CACHE_FOLDER: N_("cache folder"),
    Check.CACHE: "cache.db",
    Check.TERMINAL: N_("terminal"),
    Check.COLOURS: N_("colours"),
    Check.ENCODING: N_("encoding"),
    Check.MOUSE: N_("mouse"),
    Check.CONNECTION: N_("connection"),
    Check.CLIPBOARD: N_("clipboard"),
    Check.SITE: N_("site"),
    Check.CERTIFICATE: N_("certificate"),
    Check.KEY: N_("API key"),
    Check.CLOCK: N_("clock"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was seen (no full stop behind it), and what to do where that is not well."""

    check: Check
    status: Status
    detail: Sentence
    advice: Sentence | None = None


def ok(check: Check, template: str, **values: object) -> Finding:
    """Make the finding of a check that has nothing to advise; the template is a marked one."""
    return Finding(check, Status.OK, say(template, **values))


def listed(sentences: list[Sentence]) -> Sentence:
    """Join sentences by commas."""
    names = [f"s{place}" for place in range(len(sentences))]
    template = ", ".join(f"{{{name}}}" for name in names)
    return Sentence(template, dict(zip(names, sentences, strict=True)))
