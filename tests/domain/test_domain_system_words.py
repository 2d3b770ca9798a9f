"""What the operating system complains of."""

import errno
import os
import socket

import pytest

from snum_tui.domain.system_words import words_of
from snum_tui.locale import Speaker


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "permission denied"),
        (errno.ENOENT, "no such file or folder"),
        (errno.ENOSPC, "no space left on the disk"),
        (errno.EADDRINUSE, "the address is in use already"),
        (errno.ECONNREFUSED, "connection refused"),
    ],
)
def test_what_is_often_met_has_words_of_our_own_in_both_languages(number: int, words: str) -> None:
    sentence = words_of(OSError(number, os.strerror(number)))
    assert Speaker("en").render(sentence) == words
    assert Speaker("tr").render(sentence) not in {words, os.strerror(number)}


def test_a_name_that_nobody_knows_is_told_whatever_its_number() -> None:
    assert Speaker("en").render(words_of(socket.gaierror(8, "nodename nor servname"))) == "the name is not known"


def test_what_is_seldom_met_keeps_the_systems_words_and_a_sign_in_them_means_nothing() -> None:
    assert Speaker("tr").render(words_of(OSError(errno.EXDEV, "odd {thing}"))) == "odd {thing}"
    assert Speaker("en").render(words_of(TimeoutError())) == "TimeoutError"
