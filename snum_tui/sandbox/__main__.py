"""`python -m snum_tui.sandbox` serves the site alone, without the rest of the house."""

import argparse
import sys

from snum_tui.sandbox.options import add_arguments, options_from


def main() -> int:
    """Read the arguments, serve, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m snum_tui.sandbox", description="A virtual-number site to try on."
    )
    add_arguments(parser)
    options = options_from(parser.parse_args())
    from snum_tui.sandbox.run import serve  # noqa: PLC0415 - a wrong argument need not wait for the server's imports

    return serve(options, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
