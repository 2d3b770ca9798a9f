"""What the person wants of the terminal: how copies reach a clipboard, and how it calls them back."""

from dataclasses import dataclass
from typing import Literal

ClipboardWay = Literal["auto", "osc52", "tmux", "tool", "off"]
NewsName = Literal["code", "refund_closes", "stock", "unknown"]
"""The engine's kinds of news, as config.toml names them."""
NotifyWay = Literal["auto", "osc9", "osc777", "osc99", "off"]

BELL: tuple[NewsName, ...] = ("code", "refund_closes", "stock")
"""What rings the bell by itself. An unknown order needs none: whoever orders sits before the screen."""


@dataclass(frozen=True, slots=True)
class TerminalWishes:
    """`bell` names the news that ring it; `title` lets the terminal's title tell; `notify` shows notifications."""

    clipboard: ClipboardWay = "auto"
    bell: frozenset[NewsName] = frozenset(BELL)
    title: bool = True
    notify: NotifyWay = "auto"
