"""What `snum-tui` means with nothing behind it: the commonest start, which need not wait for a parser."""


class BareStart:
    """The attributes that the parser would have set, at their defaults; a test compares the two."""

    command = None
    profile: str | None = None
    language: str | None = None
    read_only = False
    mouse = True
