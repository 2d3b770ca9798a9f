"""What the operating system complains of, in our own words: its own are English on most machines."""

import errno

from snum_tui.domain.sentence import N_, Sentence, say

_WORDS = {
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.ENOENT: N_("no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ELOOP: N_("a link that leads back to itself"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EEXIST: N_("it is there already"),
    errno.ENOEXEC: N_("it is no program"),
    errno.ENOSPC: N_("no space left on the disk"),
    errno.EDQUOT: N_("your share of the disk is used up"),
    errno.EFBIG: N_("the file is too large"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EIO: N_("the disk cannot be read or written"),
    errno.EMFILE: N_("too many open files"),
    errno.ENFILE: N_("too many open files"),
    errno.EADDRINUSE: N_("the address is in use already"),
    errno.EADDRNOTAVAIL: N_("the address is not one of this machine"),
    errno.ECONNREFUSED: N_("connection refused"),
    errno.EPIPE: N_("nobody reads it any more"),
}
_NAME_UNKNOWN = N_("the name is not known")


def words_of(error: OSError) -> Sentence:
    """Return a phrase, without capital and full stop; the system's own words for what is seldom met."""
    import socket  # noqa: PLC0415 - heavy for a first paint, and there only where something went wrong

    if isinstance(error, socket.gaierror):
        return say(_NAME_UNKNOWN)
    if template := _WORDS.get(error.errno or 0):
        return say(template)
    return say("{words}", words=error.strerror or type(error).__name__)
