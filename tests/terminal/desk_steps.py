"""What a person does at the desk, by keys alone, and how it reads there."""

import re

from tests.terminal.pty_terminal import ENTER, Picture, Terminal

PRICED = r"₺\d+\.\d\d +[1-9]\d* "
"""A row of the services with its price and numbers in stock."""
COUNTDOWN = r"(\d+):(\d\d) +(?:waiting|bekliyor)"
NUMBER = r"\+\d{9,15}"
DEAF_SECONDS = 0.31
"""The question itself ignores keys for 0.3 s; that rule is what is waited for."""


def balance(picture: Picture) -> float:
    """Return the balance in the frame, -1 while there is none."""
    match = re.search(r"₺(\d+\.\d\d) ·", picture.lines[0])
    return float(match[1]) if match else -1.0


def seconds_left(picture: Picture) -> int | None:
    """Return the refund countdown of the open number, in seconds."""
    match = picture.find(COUNTDOWN)
    return int(match[1]) * 60 + int(match[2]) if match else None


def reach_services(terminal: Terminal) -> Picture:
    """Wait for the first category, enter it, and wait for prices and stock; wherever the last run ended."""
    terminal.until(lambda screen: "connected" in screen and screen.find(PRICED))
    terminal.send("1")
    terminal.until(lambda screen: "Enter open" in screen)
    terminal.send(ENTER)
    return terminal.until(lambda screen: "Enter order" in screen and screen.find(PRICED))


def asked(terminal: Terminal, title: str) -> Picture:
    """Wait for a question and return it whole: its answers stand below all else."""
    return terminal.until(lambda screen: title in screen and "(n)]" in screen)


def agree(terminal: Terminal) -> None:
    """Answer the question on the screen with yes, as a person does: after having read it."""
    terminal.listen(DEAF_SECONDS)
    terminal.send("y")


def send_order(terminal: Terminal) -> None:
    """Order from the row under the cursor, and agree."""
    terminal.send(ENTER)
    asked(terminal, "Order a number?")
    agree(terminal)


def order(terminal: Terminal) -> str:
    """Order from the row under the cursor, and return the number once it is there."""
    send_order(terminal)
    terminal.until(lambda screen: "is yours" in screen and seconds_left(screen) is not None)
    match = re.search(NUMBER, terminal.picture.line(" waiting "))
    assert match is not None
    return match[0]
