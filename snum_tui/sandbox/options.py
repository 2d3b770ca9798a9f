"""The options of the sandbox, and how the command line (`snum-tui sandbox`, `snum-tui demo`) takes them.

Imports nothing heavy: the command line's parser reads this at every start of the program.
"""

import argparse
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from snum_tui.sandbox.dialect_names import DIALECTS
from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.fault_plan import KIND_MEANINGS
from snum_tui.sandbox.site_options import SandboxOptions
from snum_tui.sandbox.words import N_, Text, in_english

__all__ = ["SandboxOptions", "add_arguments", "options_from"]

_DEST = "sandbox_"


class _Argument(NamedTuple):
    flag: str
    field: str
    metavar: str
    read: Callable[[str], object]
    what: str
    meanings: Mapping[str, str] = {}
    """What may be named, and what it means."""

    def help(self, text: Text) -> str:
        """Say what it is for, with all that may be named."""
        named = "; ".join(f"{name} ({_escaped(text(meaning))})" for name, meaning in self.meanings.items())
        return f"{text(self.what)} {named}".rstrip()


def add_arguments(parser: argparse.ArgumentParser, *, embedded: bool = False, text: Text = in_english) -> None:
    """Add every option of the sandbox to a parser; an embedded one chooses its own free port.

    `text` translates help and mistakes.

    A value that cannot be meant ends it: one sentence, status 2.
    """
    parser.usage = parser.usage or text(N_("%(prog)s [options]"))
    group = parser.add_argument_group(text(N_("sandbox site")))
    defaults = SandboxOptions()
    for argument in _ARGUMENTS:
        if embedded and argument.field in {"host", "port"}:
            continue
        group.add_argument(
            argument.flag,
            dest=_DEST + argument.field,
            metavar=text(argument.metavar),
            type=_checked(argument, text),
            default=getattr(defaults, argument.field),
            help=argument.help(text),
        )
    for argument in _REPEATED:
        group.add_argument(
            argument.flag,
            dest=_DEST + argument.field,
            metavar=text(argument.metavar),
            type=argument.read,
            action=_collecting(text),
            default=(),
            help=argument.help(text),
        )
    group.add_argument(
        "--expire-refund",
        dest=_DEST + "expire_refund",
        action="store_true",
        help=text(N_("refund a number that expires without a code (some sites do)")),
    )


def options_from(namespace: argparse.Namespace) -> SandboxOptions:
    """Make the options of what the parser read, and checked."""
    values: dict[str, Any] = {  # Any: the parser has read each with the type of its field
        name.removeprefix(_DEST): value for name, value in vars(namespace).items() if name.startswith(_DEST)
    }
    return SandboxOptions(**values)


def _collecting(text: Text) -> type[argparse.Action]:
    """Return what adds to what the same argument brought before, and lets the options check the whole."""

    class Collect(argparse.Action):
        def __call__(
            self,
            parser: argparse.ArgumentParser,  # noqa: ARG002 - argparse's signature
            namespace: argparse.Namespace,
            values: object,
            option_string: str | None = None,  # noqa: ARG002 - argparse's signature
        ) -> None:
            more = values if isinstance(values, tuple) else (values,)
            collected = (*getattr(namespace, self.dest), *more)
            try:
                SandboxOptions(**{self.dest.removeprefix(_DEST): collected})  # type: ignore[arg-type]  # a tuple field
            except BadOption as error:
                raise argparse.ArgumentError(self, error.words.said(text)) from None
            setattr(namespace, self.dest, collected)

    return Collect


def _checked(argument: _Argument, text: Text) -> Callable[[str], object]:
    """Read one argument, let the options check it, and turn what they say into argparse's own error."""

    def read(written: str) -> object:
        try:
            value = argument.read(written)
            SandboxOptions(**{argument.field: value})  # type: ignore[arg-type]  # the field decides the type
        except BadOption as error:
            raise argparse.ArgumentTypeError(error.words.said(text)) from None
        except (ValueError, InvalidOperation):
            words = N_("{written} cannot be read as {kind}.")
            raise argparse.ArgumentTypeError(
                text(words, written=repr(written), kind=text(argument.metavar))
            ) from None
        return value

    return read


def _read_span(text: str) -> tuple[float, float]:
    """Read `5-60`, or `5` for exactly five seconds."""
    soonest, _, latest = text.partition("-")
    return float(soonest), float(latest or soonest)


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


_ARGUMENTS = (
    _Argument("--host", "host", N_("HOST"), str, N_("address to serve on (default: %(default)s)")),
    _Argument("--port", "port", N_("PORT"), int, N_("port to serve on, 0 for any free one (default: %(default)s)")),
    _Argument(
        "--seed", "seed", N_("N"), int, N_("makes the catalogue, the numbers and the codes (default: %(default)s)")
    ),
    _Argument(
        "--rows", "rows", N_("N"), int, N_("services in the first category (default: as many as the seed says)")
    ),
    _Argument(
        "--key", "key", N_("KEY"), str, N_("the one API key that is accepted (default: one made from the seed)")
    ),
    _Argument("--balance", "balance", N_("AMOUNT"), Decimal, N_("the balance at the start (default: %(default)s)")),
    _Argument(
        "--speed",
        "speed",
        N_("FACTOR"),
        float,
        N_("how much faster the site's own time runs (default: %(default)s)"),
    ),
    _Argument("--latency", "latency_seconds", N_("SECONDS"), float, N_("delay of every reply, in real time")),
    _Argument("--jitter", "jitter_seconds", N_("SECONDS"), float, N_("how much that delay varies, up and down")),
    _Argument(
        "--code-share",
        "code_share",
        N_("SHARE"),
        float,
        N_("share of numbers that get a code (default: %(default)s)"),
    ),
    _Argument(
        "--code-after", "code_after", N_("MIN-MAX"), _read_span, N_("seconds until a code arrives (default: 5-60)")
    ),
    _Argument(
        "--no-number-share",
        "no_number_share",
        N_("SHARE"),
        float,
        N_("share of orders refused although in stock (default: %(default)s)"),
    ),
    _Argument(
        "--refund-seconds",
        "refund_seconds",
        N_("SECONDS"),
        float,
        N_("a cancel up to this age is refunded, a later one is accepted without (default: %(default)g)"),
    ),
    _Argument(
        "--earliest-cancel",
        "earliest_cancel_seconds",
        N_("SECONDS"),
        float,
        N_("a cancel before this age is refused (default: %(default)g)"),
    ),
    _Argument(
        "--expire-after",
        "expire_seconds",
        N_("SECONDS"),
        float,
        N_(
            "a number without a code counts as cancelled from this age on, unrefunded; 0: never "
            "(default: %(default)g)"
        ),
    ),
    _Argument(
        "--drip-seconds", "drip_seconds", N_("SECONDS"), float, N_("pause between the bytes of a dripped reply")
    ),
    _Argument(
        "--ledger",
        "ledger_file",
        N_("FILE"),
        Path,
        N_("append every charge and refund to this file as a JSON line"),
    ),
)

_REPEATED = (
    _Argument(
        "--dialect",
        "dialects",
        N_("NAME"),
        _read_names,
        N_("write replies as other sites of the family do; repeatable, or with commas. NAME:"),
        DIALECTS,
    ),
    _Argument(
        "--fault",
        "faults",
        N_("CALL:KIND@WHICH"),
        str,
        N_(
            "let a call go wrong; repeatable. CALL: one of the seven or *; WHICH: 3, 2-5, 4+ or *, then perhaps "
            "%%20 for a share. KIND:"
        ),
        {kind.value: meaning for kind, meaning in KIND_MEANINGS.items()},
    ),
)
