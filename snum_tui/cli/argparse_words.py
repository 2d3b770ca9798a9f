"""What argparse says by itself, for the catalogues, and the way to have it said in another language."""

import argparse

from snum_tui.domain.sentence import N_
from snum_tui.locale import Speaker
from snum_tui.sandbox.words import Text

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
)


def speak(language: str) -> Text:
    """Have argparse speak a language; returns what translates our own texts.

    It asks gettext's own function for each word and offers no other way than its name in the module.
    """
    text = Speaker(language).text
    argparse._ = text  # type: ignore[attr-defined]  # see above
    return text
