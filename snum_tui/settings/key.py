"""What can be a site's key at all."""

import re

_KEY = re.compile(r"[!-~]{1,200}")


def is_key(text: str) -> bool:
    """Tell whether the text can stand in the site's addresses: printable ASCII, no spaces, not endless."""
    return _KEY.fullmatch(text) is not None
