"""`python -m snum_tui` is `snum-tui`."""

import sys

from snum_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
