"""What can go wrong before the site serves. What a client does wrong is no error but a refusal (refusals.py).

SandboxError            one sentence for the person who starts the site
├── BadOption           an option cannot be meant so (also a ValueError); exit status 2
└── CannotServe         the address or the ledger file cannot be used; exit status 1
"""

from snum_tui.sandbox.words import Words, in_english


class SandboxError(Exception):
    """The sandbox cannot do what was asked; `str()` is one sentence that says what to write or do instead.

    `words` is the same, for who translates it.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.words = Words(template, values)
        super().__init__(self.words.said(in_english))


class BadOption(SandboxError, ValueError):  # noqa: N818 - reads as what it says
    """An option's value cannot be meant so."""


class CannotServe(SandboxError):  # noqa: N818 - reads as what it says
    """The address is taken or not this machine's, or the ledger file cannot be written."""
