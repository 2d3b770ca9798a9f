"""The real program with one mistake put into it: `r` raises, with the key in a local variable of the frame."""

import os
import sys

from snum_tui.cli import main
from snum_tui.ui.screens.main import MainScreen


def _crash(self: MainScreen) -> None:
    del self
    key = os.environ["SNUM_TUI_API_KEY"]
    raise RuntimeError(f"a mistake of {len(key)} letters")


if __name__ == "__main__":
    MainScreen.action_refresh = _crash  # type: ignore[method-assign]  # the mistake
    sys.exit(main())
