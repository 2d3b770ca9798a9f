"""One registry knows every key: what is bound, what it is called, and what the sentences of other layers name."""

import importlib
import pkgutil
import string
from collections.abc import Iterator

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

import snum_tui.ui
from snum_tui.domain import keys
from snum_tui.domain.keys import KeyOf, read_key
from snum_tui.ui.actions import ACTIONS, Action, Place
from snum_tui.ui.app import SnumApp
from snum_tui.ui.keyboard import Keyboard

FIXED = {"ctrl+c"}
"""Tells the way out to whoever is lost, whatever is remapped."""


def our_nodes() -> Iterator[type[DOMNode]]:
    """Every widget, screen and app of ours."""
    for module in pkgutil.walk_packages(snum_tui.ui.__path__, "snum_tui.ui."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, DOMNode) and one.__module__ == module.name:
                yield one


def our_bindings() -> list[tuple[type[DOMNode], Binding]]:
    """Every binding of ours with the class that has it."""
    return [
        (node, binding)
        for node in our_nodes()
        for binding in node.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    ]


def test_every_binding_is_in_the_registry_under_its_id() -> None:
    known = {one.binding_id: one for one in ACTIONS}
    for node, binding in our_bindings():
        if binding.key in FIXED:
            continue
        assert binding.id in known, (node, binding)
        assert binding.key == ",".join(known[binding.id].keys)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.binding_id)
def test_every_action_of_the_registry_can_be_done_where_it_is_bound(action: Action) -> None:
    """Those that a question weighs itself are bound nowhere."""
    nodes = {node for node, binding in our_bindings() if binding.id == action.binding_id}
    assert bool(nodes) == action.is_bound
    assert all(hasattr(node, f"action_{action.id}") for node in nodes)


def test_no_key_is_bound_that_the_registry_does_not_know() -> None:
    """Textual's own keys of the app, such as one that leaves at once, are not there."""
    merged = SnumApp._merged_bindings
    assert merged is not None
    bound = set(merged.key_to_bindings)
    assert bound == {key for one in ACTIONS if one.place is Place.APP for key in one.keys} | FIXED


def test_the_sentences_of_other_layers_name_actions_of_the_registry_with_their_keys() -> None:
    named = [value for value in vars(keys).values() if isinstance(value, KeyOf)]
    assert named
    by_id = {one.binding_id: one for one in ACTIONS}
    assert [one for one in named if by_id[one.binding_id].keys[0] != one.default] == []


def test_keys_are_called_what_textual_calls_them() -> None:
    """Textual takes any name in silence, and then never hears it."""
    for letter in string.ascii_letters + string.digits + string.punctuation.replace(",", "") + "şİıÖé":
        assert read_key(letter) == _character_to_key(letter)


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        *((chr(ord(letter) - 96), f"Ctrl+{letter}") for letter in "abdefgklnopqrstuvwxyz"),
        ("\r", "Enter"),
        ("\t", "Tab"),
        ("\x7f", "Backspace"),
        (" ", "Space"),
        (",", "comma"),
        ("\x1b[Z", "Shift+Tab"),
        ("\x1b[A", "↑"),
        ("\x1b[1;5D", "Ctrl+Left"),
        ("\x1b[1;2B", "Shift+Down"),
        ("\x1b[5~", "PgUp"),
        ("\x1b[6~", "PgDn"),
        ("\x1b[H", "Home"),
        ("\x1b[F", "End"),
        ("\x1b[3~", "Del"),
        ("\x1b[2~", "Ins"),
        ("\x1bOP", "F1"),
        ("\x1b[24~", "F12"),
        *((f"\x1b{letter}", f"Alt+{letter}") for letter in "acdeghijklmnopqrstuvwxyzX"),
    ],
)
def test_what_a_terminal_sends_for_a_key_is_heard_under_the_name_that_config_toml_gives_it(
    sent: str, written: str
) -> None:
    parser = XTermParser()
    messages = [*parser.feed(sent), *parser.feed("")]  # the end of all input decides what an escape was
    heard = [one.key for one in messages if isinstance(one, events.Key)]
    assert heard == [read_key(written)]


def test_a_keyboard_knows_what_opens_a_question() -> None:
    assert Keyboard().asking_keys == {"enter", "o", "c", "q", "ctrl+q", "x"}
    assert "b" in Keyboard({"services.order": ("b",)}).asking_keys
