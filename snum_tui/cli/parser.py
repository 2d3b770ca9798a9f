"""What may be written after `snum-tui`."""

import argparse
import os
import sys
from collections.abc import Sequence

from snum_tui import __version__
from snum_tui.cli.help_format import HelpFormat
from snum_tui.domain.sentence import N_
from snum_tui.sandbox.words import Text, in_english

ENVIRONMENT = N_(
    """\
environment:
  SNUM_TUI_SITE, SNUM_TUI_API_KEY    the site's address and your key for it
  SNUM_TUI_PROFILE                   the profile to use, as --profile
  SNUM_TUI_LANGUAGE                  tr or en, as --language
  SNUM_TUI_CONFIG_DIR, SNUM_TUI_STATE_DIR, SNUM_TUI_CACHE_DIR
                                     where settings, orders and the cache are kept

Without a site, try: snum-tui demo
"""
)

WATCH = N_(
    """\
Tells, one line an event, what becomes of the open numbers: their codes, cancels, refund windows that close.
It asks for messages and cancels what you armed, as the app does, alone or beside it; it never orders.
It ends when no number is open any more.
"""
)

WATCH_STATUSES = N_(
    """\
exit status:
  0    every number got its code, or none was open
  1    a problem, told in a sentence; or whoever read the output went away
  2    wrong arguments
  3    no number is open any more, and some ended without a code
  4    an order with an unknown outcome is left, which only you can settle
  129, 130, 143
       ended by HUP, INT or TERM while numbers were open; they stay open
"""
)


DOCTOR = N_(
    """\
Looks at what snum-tui needs: versions, folders, settings, orders, terminal, site and key. One line a check: ok,
warning or error, with what to do. It makes and changes nothing, calls nothing but getBalance on the site, shows no
key, and ends within some ten seconds.
"""
)

DOCTOR_STATUSES = N_(
    """\
exit status:
  0    all is well, or there are warnings only
  1    there is at least one error
  2    wrong arguments
"""
)

CONFIG = N_(
    """\
Prints every setting that holds for a profile, and where it comes from: config.toml with its line, an environment
variable, the command line, the terminal, or snum-tui's own default. It asks the site nothing, runs no
api_key_command, changes nothing, and never prints the key.
"""
)

CONFIG_STATUSES = N_(
    """\
exit status:
  0    the app can start with these settings
  1    something keeps it from starting; a sentence on standard error says what to set
  2    wrong arguments
"""
)

COMPLETION = N_(
    """\
Prints a script for your shell. With it, Tab completes commands, options, their values, and your profiles' names.
"""
)

COMPLETION_SETUP = N_(
    """\
once and for all:
  bash   echo 'eval "$(snum-tui completion bash)"' >> ~/.bashrc
  zsh    echo 'eval "$(snum-tui completion zsh)"' >> ~/.zshrc      (below compinit)
  fish   echo 'snum-tui completion fish | source' >> ~/.config/fish/config.fish
"""
)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line; argparse ends the program itself for --help, --version and mistakes (status 2)."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    text = language_of(given)
    parser = make_parser(sandbox_options=names_a_sandbox(given), text=text)
    from snum_tui.cli.mistyped import check_options, check_rest  # noqa: PLC0415 - who only completes does without

    check_options(parser, given, text)
    parsed, rest = parser.parse_known_args(given)
    check_rest(parser, rest, parsed.command, text)
    return parsed


def language_of(words: Sequence[str]) -> Text:
    """Return what translates help and mistakes, those of argparse too: by `--language`, else as the app chooses."""
    from snum_tui.settings.language import choose_language  # noqa: PLC0415 - cheap, and only here

    asked = next((words[at + 1] for at, word in enumerate(words[:-1]) if word == "--language"), None)
    asked = next((word.partition("=")[2] for word in words if word.startswith("--language=")), asked)
    if choose_language(os.environ, asked) == "en":
        return in_english
    from snum_tui.cli.argparse_words import speak  # noqa: PLC0415 - only where it has another language

    return speak("tr")


def names_a_sandbox(words: Sequence[str]) -> bool:
    """Tell whether the sandbox's own options may be among these words."""
    return not {"demo", "sandbox"}.isdisjoint(words)


def make_parser(*, sandbox_options: bool, text: Text = in_english) -> argparse.ArgumentParser:
    """Make the parser of the whole command line; the sandbox's own options only where they may be given."""
    parser = argparse.ArgumentParser(
        prog="snum-tui",
        description=text(N_("Order a virtual number, receive its code, cancel in time: a terminal client.")),
        epilog=text(ENVIRONMENT),
        formatter_class=HelpFormat,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"snum-tui {__version__}",
        help=text(N_("show program's version number and exit")),
    )
    _add_common(parser, text, default=None)
    _add_mouse(parser, text, default=True)
    commands = parser.add_subparsers(dest="command", metavar=text(N_("COMMAND")))
    demo = commands.add_parser(
        "demo",
        help=text(N_("the app on an embedded sandbox: no site, no key, no money")),
        formatter_class=HelpFormat,
    )
    _add_common(demo, text, default=argparse.SUPPRESS)
    _add_mouse(demo, text, default=argparse.SUPPRESS)
    sandbox = commands.add_parser(
        "sandbox", help=text(N_("that site alone, for another terminal's snum-tui")), formatter_class=HelpFormat
    )
    _add_language(sandbox, text, default=argparse.SUPPRESS)
    if sandbox_options:
        from snum_tui.sandbox.options import add_arguments  # noqa: PLC0415 - 20 ms that `--version` need not wait for

        add_arguments(demo, embedded=True, text=text)
        add_arguments(sandbox, text=text)
    _add_orders(commands, text)
    _add_watch(commands, text)
    _add_doctor(commands, text)
    _add_config(commands, text)
    _add_completion(commands, text)
    return parser


def _add_common(parser: argparse.ArgumentParser, text: Text, default: object) -> None:
    """Options that may stand before or after the command; only the one that is given counts."""
    parser.add_argument(
        "--profile", metavar=text(N_("NAME")), default=default, help=text(N_("the profile of config.toml to use"))
    )
    parser.add_argument(
        "--read-only",
        action="store_true",
        default=default or False,
        help=text(N_("look, but order and cancel nothing")),
    )
    _add_language(parser, text, default)


def _add_language(parser: argparse.ArgumentParser, text: Text, default: object) -> None:
    parser.add_argument(
        "--language",
        choices=("tr", "en"),
        type=str.lower,  # as SNUM_TUI_LANGUAGE may be written
        default=default,
        help=text(N_("the language to speak")),
    )


def _add_mouse(parser: argparse.ArgumentParser, text: Text, default: object) -> None:
    parser.add_argument(
        "--no-mouse",
        dest="mouse",
        action="store_false",
        default=default,
        help=text(N_("leave the mouse to the terminal, which then selects text by itself")),
    )


def _add_orders(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Text) -> None:
    parser = commands.add_parser(
        "orders", help=text(N_("list the orders of the journal")), formatter_class=HelpFormat
    )
    _add_common(parser, text, default=argparse.SUPPRESS)
    parser.add_argument(
        "--open", action="store_true", help=text(N_("only those with money out and no outcome yet"))
    )
    parser.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help=text(N_("how to print them"))
    )


def _add_watch(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Text) -> None:
    parser = commands.add_parser(
        "watch",
        help=text(N_("wait for the codes of open numbers without a screen, one line an event")),
        description=text(WATCH),
        epilog=text(WATCH_STATUSES),
        formatter_class=HelpFormat,
    )
    _add_common(parser, text, default=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=text(N_("one JSON object a line, for programs")))


def _add_doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Text) -> None:
    parser = commands.add_parser(
        "doctor",
        help=text(N_("look whether all is well: settings, orders, terminal, site and key")),
        description=text(DOCTOR),
        epilog=text(DOCTOR_STATUSES),
        formatter_class=HelpFormat,
    )
    _add_common(parser, text, default=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=text(N_("one JSON object a line, for programs")))


def _add_config(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Text) -> None:
    parser = commands.add_parser(
        "config",
        help=text(N_("show the settings that hold, and where each comes from")),
        description=text(CONFIG),
        epilog=text(CONFIG_STATUSES),
        formatter_class=HelpFormat,
    )
    _add_common(parser, text, default=argparse.SUPPRESS)
    _add_mouse(parser, text, default=argparse.SUPPRESS)
    parser.add_argument("--format", choices=("table", "json"), default="table", help=text(N_("how to print them")))


def _add_completion(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Text) -> None:
    parser = commands.add_parser(
        "completion",
        help=text(N_("print a script that completes this command line in your shell")),
        description=text(COMPLETION),
        epilog=text(COMPLETION_SETUP),
        formatter_class=HelpFormat,
    )
    shells = ("bash", "zsh", "fish")
    # Their names as its own: `shell`, as argparse would call it, is a word of one language.
    parser.add_argument(
        "shell", choices=shells, metavar=f"{{{','.join(shells)}}}", help=text(N_("the shell to print it for"))
    )
