"""The registry of actions: the one place that knows what can be done, by which key, and what it is called.

Bindings, footer, palette, help and README come from here.
"""

from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding, BindingType

from snum_tui.domain.sentence import N_


class Place(StrEnum):
    """Where an action works: in any list, in one pane, on the whole main screen, or anywhere."""

    LIST = "list"
    TREE = "tree"
    SERVICES = "services"
    NUMBERS = "numbers"
    UNKNOWN = "unknown"
    MAIN = "main"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    `keys` are Textual's key names, the first one is shown. `name` (for the footer) and `help` (a phrase) are
    gettext templates. `rank` orders the footer, 1 first; 0 keeps an action out of it. The palette offers what can
    be done on the main screen; for an action of one pane it goes there first.
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    name: str
    help: str
    rank: int = 0
    in_palette: bool = False

    @property
    def shown_key(self) -> str:
        """The first key, as people write it."""
        return show_key(self.keys[0])

    @property
    def shown_keys(self) -> str:
        """All keys, as people write them."""
        return " ".join(show_key(key) for key in self.keys)


_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "ctrl+p": "Ctrl+P",
    "f1": "F1",
}


def show_key(key: str) -> str:
    """Write a key name as people do: `slash` is `/`, `enter` is `Enter`."""
    return _SHOWN.get(key, key)


ACTIONS: tuple[Action, ...] = (
    Action("cursor_up", Place.LIST, ("up", "k"), N_("up"), N_("one row up")),
    Action("cursor_down", Place.LIST, ("down", "j"), N_("down"), N_("one row down")),
    Action("page_up", Place.LIST, ("pageup",), N_("page up"), N_("one page up")),
    Action("page_down", Place.LIST, ("pagedown",), N_("page down"), N_("one page down")),
    Action("first", Place.LIST, ("g", "home"), N_("first"), N_("to the first row")),
    Action("last", Place.LIST, ("G", "end"), N_("last"), N_("to the last row")),
    Action("open", Place.TREE, ("enter", "right"), N_("open"), N_("go to the services of this category"), rank=1),
    Action(
        "order",
        Place.SERVICES,
        ("enter", "o"),
        N_("order"),
        N_("order a number (asks first)"),
        rank=1,
        in_palette=True,
    ),
    Action(
        "favourite",
        Place.SERVICES,
        ("f",),
        N_("favourite"),
        N_("add to the favourites, or remove"),
        rank=6,
        in_palette=True,
    ),
    Action(
        "sort",
        Place.SERVICES,
        ("s",),
        N_("sort"),
        N_("sort by the site's order, name, price, stock, success"),
        rank=5,
        in_palette=True,
    ),
    Action(
        "detail",
        Place.NUMBERS,
        ("enter",),
        N_("details"),
        N_("show all that is known of this number"),
        rank=4,
        in_palette=True,
    ),
    Action(
        "auto_cancel",
        Place.MAIN,
        ("a",),
        N_("auto-cancel"),
        N_("cancel the number by itself before its refund closes, or no longer"),
        rank=4,
        in_palette=True,
    ),
    Action("check_balance", Place.UNKNOWN, ("b",), N_("balance"), N_("read the balance again"), rank=1),
    Action(
        "adopt", Place.UNKNOWN, ("i",), N_("number id"), N_("type in the number id that the site shows"), rank=2
    ),
    Action("write_off", Place.UNKNOWN, ("l",), N_("lost"), N_("settle it: charged, and no number came"), rank=3),
    Action("void", Place.UNKNOWN, ("x",), N_("not charged"), N_("settle it: the site did not charge"), rank=4),
    Action("copy_report", Place.UNKNOWN, ("y",), N_("copy"), N_("copy a text for the site's support"), rank=5),
    Action(
        "order_again", Place.UNKNOWN, ("o",), N_("order again"), N_("order the service again (asks first)"), rank=6
    ),
    Action(
        "copy",
        Place.MAIN,
        ("y",),
        N_("copy"),
        N_("copy the code, or the number while there is none"),
        rank=3,
        in_palette=True,
    ),
    Action(
        "copy_national",
        Place.MAIN,
        ("Y",),
        N_("copy short"),
        N_("copy the number without its country code"),
        in_palette=True,
    ),
    Action("copy_number", Place.MAIN, ("n",), N_("copy number"), N_("copy the number with its +"), in_palette=True),
    Action(
        "copy_digits", Place.MAIN, ("N",), N_("copy digits"), N_("copy the number's digits alone"), in_palette=True
    ),
    Action("copy_message", Place.MAIN, ("m",), N_("copy message"), N_("copy the whole message"), in_palette=True),
    Action(
        "cancel", Place.MAIN, ("c",), N_("cancel"), N_("cancel the number (asks first)"), rank=2, in_palette=True
    ),
    Action(
        "filter",
        Place.MAIN,
        ("slash",),
        N_("filter"),
        N_("show only what matches; Esc shows all again"),
        rank=4,
        in_palette=True,
    ),
    Action("go_tree", Place.MAIN, ("1",), N_("categories"), N_("go to the categories"), rank=9, in_palette=True),
    Action("go_services", Place.MAIN, ("2",), N_("services"), N_("go to the services"), rank=9, in_palette=True),
    Action("go_numbers", Place.MAIN, ("3",), N_("numbers"), N_("go to your numbers"), rank=9, in_palette=True),
    Action("go_next", Place.MAIN, ("tab",), N_("next pane"), N_("go to the next pane"), rank=8),
    Action("go_previous", Place.MAIN, ("shift+tab",), N_("previous pane"), N_("go to the pane before")),
    Action(
        "refresh",
        Place.MAIN,
        ("r",),
        N_("refresh"),
        N_("read everything that is shown again"),
        rank=7,
        in_palette=True,
    ),
    Action(
        "unknown",
        Place.MAIN,
        ("u",),
        N_("unknown"),
        N_("show the orders with an unknown outcome"),
        in_palette=True,
    ),
    Action(
        "history", Place.MAIN, ("H",), N_("history"), N_("all orders, and what they cost"), rank=10, in_palette=True
    ),
    Action("log", Place.MAIN, ("l",), N_("log"), N_("all that happened in this run"), rank=10, in_palette=True),
    Action(
        "language",
        Place.APP,
        ("L",),
        N_("Türkçe"),
        N_("switch between English and Turkish"),
        rank=11,
        in_palette=True,
    ),
    Action("help", Place.APP, ("question_mark", "f1"), N_("more"), N_("show the keys"), in_palette=True),
    Action("palette", Place.APP, ("colon", "ctrl+p"), N_("commands"), N_("find a command, category or service")),
    Action(
        "quit", Place.APP, ("q",), N_("quit"), N_("leave (asks while numbers are open)"), rank=12, in_palette=True
    ),
)


def bindings_for(place: Place) -> list[BindingType]:
    """Return the Textual bindings of one place; every binding has an id, so that it can be remapped."""
    return [
        Binding(",".join(action.keys), action.id, action.help, show=False, id=f"{place}.{action.id}")
        for action in ACTIONS
        if action.place is place
    ]


def footer_actions(place: Place, *, one_pane: bool = False) -> tuple[Action, ...]:
    """Return what the footer shows while this pane has the focus, most useful first.

    Where one pane hides the others, the key to the next one is the most useful.
    """
    everywhere = {Place.APP} if place is Place.UNKNOWN else {Place.MAIN, Place.APP}
    here = [action for action in ACTIONS if action.rank and action.place in {place} | everywhere]
    return tuple(
        sorted(here, key=lambda one: (not (one_pane and one.id == "go_next"), one.rank, one.place is not place))
    )


def action(action_id: str) -> Action:
    """Return one action by its id."""
    return next(action for action in ACTIONS if action.id == action_id)
