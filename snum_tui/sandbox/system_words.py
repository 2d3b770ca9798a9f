"""What the operating system complains of, in words that can be translated: its own are English on most machines."""

import errno
import socket

from snum_tui.sandbox.words import N_, Words

_WORDS = {
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.ENOENT: N_("no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOSPC: N_("no space left on the disk"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EADDRINUSE: N_("the address is in use already"),
    errno.EADDRNOTAVAIL: N_("the address is not one of this machine"),
}


def why_not(error: OSError) -> Words:
    """Return a phrase, without capital and full stop; the system's own words for what is seldom met."""
    # A number below 0 is a resolver's; a socket that is being opened wraps its error.
    if isinstance(error, socket.gaierror) or (error.errno or 0) < 0:
        return Words(N_("the name is not known"))
    return Words(_WORDS.get(error.errno or 0, "{words}"), {"words": error.strerror or type(error).__name__})
