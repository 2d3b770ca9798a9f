"""The real program with a mistake in its style sheets: the one in STYLE_SHEET comes last."""

import os
import sys
from pathlib import Path

from snum_tui.cli import main
from snum_tui.ui import app
from snum_tui.ui.styles import style_paths

if __name__ == "__main__":
    app.style_paths = lambda: [*style_paths(), Path(os.environ["STYLE_SHEET"])]  # type: ignore[attr-defined]  # the mistake
    sys.exit(main())
