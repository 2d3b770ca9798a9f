"""`snum-tui sandbox`: the site alone."""

import argparse
import os
import sys

from snum_tui.locale import Speaker
from snum_tui.settings.language import choose_language


def serve_sandbox(arguments: argparse.Namespace) -> int:
    """Serve the sandbox until interrupted; prints its address and key first."""
    from snum_tui.sandbox.options import options_from  # noqa: PLC0415 - starlette and uvicorn load only here
    from snum_tui.sandbox.run import serve  # noqa: PLC0415

    language = choose_language(os.environ, arguments.language)
    return serve(options_from(arguments), sys.stdout, Speaker(language).text)
