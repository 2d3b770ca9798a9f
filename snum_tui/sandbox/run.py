"""The sandbox in the foreground: `snum-tui sandbox`, `python -m snum_tui.sandbox`."""

import signal
import sys
import time
from dataclasses import replace
from threading import Event
from typing import TextIO

from snum_tui.sandbox.errors import CannotServe
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from snum_tui.sandbox.words import N_, Text, in_english

ADDRESS = N_("Sandbox site at {address}")
KEY = N_("API key: {key}")

_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(options: SandboxOptions, output: TextIO, text: Text = in_english) -> int:
    """Serve until INT or TERM and return the exit status: 0, or 1 where the site cannot be served.

    Prints the address, the key and a line to copy, in the language of `text`. Must be called in the main thread.
    """
    options = _with_ids_of_its_own(options)
    asked_to_end = Event()
    before = {number: signal.signal(number, lambda *_: asked_to_end.set()) for number in _ENDING_SIGNALS}
    try:
        with SandboxServer(options) as site:
            output.write(
                f"{text(ADDRESS, address=site.url)}\n{text(KEY, key=site.key)}\n"
                f"SNUM_TUI_SITE={site.url} SNUM_TUI_API_KEY={site.key} snum-tui\n"
            )
            output.flush()
            asked_to_end.wait()
    except CannotServe as error:
        sys.stderr.write(f"{error.words.said(text)}\n")
        return 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _with_ids_of_its_own(options: SandboxOptions) -> SandboxOptions:
    """Let number ids go on rising from one run to the next, as a real site's do.

    A client that remembers yesterday's ids would else take today's numbers for repetitions.
    """
    if options.first_number_id is not None:
        return options
    return replace(options, first_number_id=int(time.time() * 10))
