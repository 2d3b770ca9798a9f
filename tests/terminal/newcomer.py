"""Somebody who starts the program for the first time, in an empty home: step by step, by keys alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.desk_steps import DEAF_SECONDS
from tests.terminal.other_process import Site
from tests.terminal.pty_terminal import DOWN, ENTER, Picture, Terminal

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
PRICE = r"(?:₺|TL)? ?\d+[.,]\d\d ?(?:₺|TL)? +[1-9]\d* "
CODE = r" (\d{4,8}) +\+\d{9,15}"
CHOSEN = r"^[│|][▸>] +(?:₺|TL)? ?\d+[.,]\d\d.*$"
CATEGORY, COUNTRY = "Discord", "Amerika"
"""What the second category of the sandbox is called, and its second service."""


def by_typing(terminal: Terminal, site: Site) -> None:
    """Type the address, and then the key, letter by letter."""
    for letter in (*site.url, ENTER, *site.key, ENTER):
        terminal.send(letter)


def by_pasting_a_call(terminal: Terminal, site: Site) -> None:
    """Paste a line of the site's API page, with one's own key in it."""
    terminal.send(f"{PASTE}{site.url}/api/{site.key}/getBalance\r{PASTED}")
    terminal.until(lambda screen: site.url in screen and "▸[" in screen)
    terminal.send(ENTER)


def by_pasting_both(terminal: Terminal, site: Site) -> None:
    """Paste the address, and then the key, faster than anything is painted."""
    terminal.send(f"{PASTE}{site.url}{PASTED}{ENTER}{PASTE}{site.key}{PASTED}{ENTER}")


@dataclass(frozen=True, slots=True)
class Manner:
    """A locale, which the machine need not have, what it makes the program say, and a way to fill in the form."""

    locale: str
    welcome: str
    works: str
    connected: str
    opens: str
    orders: str
    fill_in: Callable[[Terminal, Site], None]


_ENGLISH = ("Welcome to snum-tui", "It works", "connected", "Enter open", "Enter order")
_TURKISH = ("snum-tui'ye hoş geldiniz", "Çalışıyor", "bağlı", "Enter aç", "Enter sipariş")
MANNERS = (
    Manner("", *_ENGLISH, by_typing),
    Manner("tr_TR.UTF-8", *_TURKISH, by_pasting_a_call),
    Manner("en_US.UTF-8", *_ENGLISH, by_pasting_both),
)


@dataclass(slots=True)
class Newcomer:
    """One run of the program, from its first screen on. `seconds` is how long it took until `code` was read."""

    manner: Manner
    site: Site
    home: Path
    terminal: Terminal
    began: float
    seconds: float = float("inf")
    code: str = ""

    def give_site_and_key(self) -> None:
        """Fill in both, and save them once the site has accepted the key."""
        manner = self.manner
        self.terminal.until(lambda screen: manner.welcome in screen.lines[0] and screen.lines[-1][0] in "└+")
        manner.fill_in(self.terminal, self.site)
        self.terminal.until(lambda screen: manner.works in screen and screen.find(r"100[.,]00"))
        self.terminal.send(ENTER)

    def choose(self) -> None:
        """Go to another category, and to another service there, by the keys that the footer names."""
        manner = self.manner
        self.terminal.until(lambda screen: manner.connected in screen and screen.find(PRICE))
        self.terminal.send("1")
        self.terminal.until(lambda screen: manner.opens in screen)
        self.terminal.send(DOWN)
        self.terminal.send(ENTER)
        self.terminal.until(
            lambda screen: manner.orders in screen and CATEGORY in screen.lines[1] and chosen(screen)
        )
        self.terminal.send(DOWN)
        self.terminal.until(lambda screen: COUNTRY in chosen(screen))

    def order(self) -> None:
        """Order, read the question, and agree."""
        self.terminal.send(ENTER)
        self.terminal.until(lambda screen: COUNTRY in screen and "(n)]" in screen)
        self.terminal.listen(DEAF_SECONDS)
        self.terminal.send("y")

    def receive(self) -> None:
        """Read the code on the screen."""
        arrived = self.terminal.until(lambda screen: screen.find(CODE)).find(CODE)
        assert arrived is not None
        self.code = arrived[1]
        self.seconds = time.monotonic() - self.began


def chosen(screen: Picture) -> str:
    """Return the service under the cursor once its price is known."""
    row = screen.find(CHOSEN)
    return row[0] if row else ""
