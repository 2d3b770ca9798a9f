"""Sends the parsed command line to its program, and turns every known problem into one sentence."""

import gc
import os
import sys
from typing import TYPE_CHECKING, cast

from snum_tui.cli.bare import BareStart
from snum_tui.cli.problems import Problem, tell

if TYPE_CHECKING:
    import argparse


def run(parsed: "argparse.Namespace | None") -> int:
    """Run the chosen program, or the app where nothing was chosen, and return its exit status."""
    arguments = cast("argparse.Namespace", BareStart()) if parsed is None else parsed
    try:
        return _program(arguments)
    except BrokenPipeError:
        # Whoever read our output went away, as `| head` does; nothing more can be written there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Problem as problem:
        for sentence in (problem.sentence, *problem.more):
            tell(sentence, problem.language)
        return problem.status
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        return _crashed(error, arguments)
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()


def _crashed(error: Exception, arguments: "argparse.Namespace") -> int:
    from snum_tui.cli.crash import report  # noqa: PLC0415 - only a mistake needs them
    from snum_tui.settings.language import choose_language  # noqa: PLC0415
    from snum_tui.settings.paths import find_paths  # noqa: PLC0415

    language = choose_language(os.environ, getattr(arguments, "language", None))
    tell(report(error, find_paths(os.environ).state_directory), language)
    return 1


def _program(arguments: "argparse.Namespace") -> int:
    match arguments.command:
        case "sandbox":
            from snum_tui.cli.sandbox import serve_sandbox  # noqa: PLC0415 - each program loads only what it needs

            return serve_sandbox(arguments)
        case "orders" | "doctor" | "config" | "completion":
            return _printed(arguments)
        case "watch":
            from snum_tui.cli.watch import watch  # noqa: PLC0415

            return watch(arguments)
        case "demo":
            gc.disable()  # as below
            from snum_tui.cli.demo import open_demo  # noqa: PLC0415

            return open_demo(arguments)
        case _:
            # Until the app runs: nothing of what is imported is garbage, and searching it for some costs a tenth of
            # the way to the first paint.
            gc.disable()
            from snum_tui.cli.site import open_site  # noqa: PLC0415

            return open_site(arguments)


def _printed(arguments: "argparse.Namespace") -> int:
    """Run a program that needs neither a screen nor an engine."""
    match arguments.command:
        case "orders":
            from snum_tui.cli.orders import list_orders  # noqa: PLC0415 - as above

            return list_orders(arguments)
        case "doctor":
            from snum_tui.cli.doctor.run import doctor  # noqa: PLC0415 - as above

            return doctor(arguments)
        case "config":
            from snum_tui.cli.config.run import show_settings  # noqa: PLC0415 - as above

            return show_settings(arguments)
        case _:
            from snum_tui.cli.completion import print_script  # noqa: PLC0415 - as above

            return print_script(arguments)
