"""The versions of the program and of what it is built on."""

import platform
import re
from importlib import metadata

from snum_tui import __version__
from snum_tui.cli.doctor.finding import Check, Finding, Status
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.journal.examination import sqlite_version

_NEEDED = ("textual", "httpx")
_PINNED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)")
_INSTALL_ANEW = say(N_("Install snum-tui anew, into an environment of its own."))


def check_versions() -> Finding:
    """Tell all versions in one line, and whether a package is missing or another than the one it is made for."""
    found = {name: _version(name) for name in _NEEDED}
    versions = {
        "snum-tui": __version__,
        "Python": platform.python_version(),
        **{name: version or "?" for name, version in found.items()},
        "SQLite": sqlite_version(),
    }
    detail = Sentence("{versions}", {"versions": ", ".join(" ".join(pair) for pair in versions.items())})
    if missing := [name for name, version in found.items() if version is None]:
        what = say(N_("{versions}; {missing} is not installed"), versions=detail, missing=missing[0])
        return Finding(Check.VERSIONS, Status.ERROR, what, _INSTALL_ANEW)
    for name, wanted in _pinned().items():
        if found.get(name, wanted) != wanted:
            what = say(
                N_("{versions}; snum-tui is made for {name} {wanted}"), versions=detail, name=name, wanted=wanted
            )
            return Finding(Check.VERSIONS, Status.WARNING, what, _INSTALL_ANEW)
    return Finding(Check.VERSIONS, Status.OK, detail)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _pinned() -> dict[str, str]:
    """Return the packages that the program's own metadata asks for in one version alone."""
    try:
        wanted = metadata.requires("snum-tui") or []
    except metadata.PackageNotFoundError:  # started from its source, without being installed
        return {}
    matches = (_PINNED.fullmatch(requirement) for requirement in wanted)
    return {match["name"]: match["version"] for match in matches if match}
