"""The registry of actions: the one place that knows what can be done, by which key, and what it is called.

Bindings, footer, palette, help, README and the names that `[keys]` in config.toml may use come from here. It needs
no screen, so that settings are checked against it before there is one.
"""

from dataclasses import dataclass
from enum import StrEnum

from snum_tui.domain.keys import KeyTable, show_key
from snum_tui.domain.sentence import N_
from snum_tui.ui.signs import drawn


class Place(StrEnum):
    """Where an action works: in any list, in one pane, all over the main screen, anywhere, or in a dialog."""

    LIST = "list"
    TREE = "tree"
    SERVICES = "services"
    NUMBERS = "numbers"
    PANE = "pane"
    FILTER = "filter"
    UNKNOWN = "unknown"
    HISTORY = "history"
    LOG = "log"
    NUMBER = "number"
    SHEET = "sheet"
    HELP = "help"
    QUESTION = "question"
    PROMPT = "prompt"
    WATCH = "watch"
    PALETTE = "palette"
    FORM = "form"
    PROFILES = "profiles"
    MAIN = "main"
    APP = "app"


PANES = (Place.TREE, Place.SERVICES, Place.NUMBERS)
"""The three panes of the main screen."""
OVER_MAIN = (Place.UNKNOWN, Place.HISTORY, Place.LOG, Place.PROFILES)
"""Whole screens over the main one."""


TYPING = (Place.FILTER, Place.PROMPT, Place.WATCH, Place.PALETTE, Place.FORM)
"""Where a person types."""
HELD_BACK = frozenset(
    {
        "services.order",
        "main.cancel",
        "main.auto_cancel",
        "unknown.check_balance",
        "unknown.adopt",
        "unknown.write_off",
        "unknown.void",
        "unknown.order_again",
    }
)
"""What spends or settles, by name: in a session that only watches it is not done."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    `keys` are key names as `domain.keys` has them, the first one is shown. `name` (for the footer) and `help` (a
    phrase) are gettext templates. `rank` orders the footer, 1 first; 0 keeps an action out of it. The palette has
    what can be done on the main screen; for an action of one pane it goes there first. One that `asks` opens a
    question: its keys, still held, must not answer it. Keys of one that is not `is_bound` are heard by its place
    itself. One that `is_heard_first` works over every question and in every line too.
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    name: str
    help: str
    rank: int = 0
    in_palette: bool = False
    asks: bool = False
    is_bound: bool = True
    is_heard_first: bool = False

    @property
    def binding_id(self) -> str:
        """The name under which its keys are remapped: `services.order`."""
        return f"{self.place}.{self.id}"

    @property
    def needs_key(self) -> bool:
        """Whether it must have a key: to leave, to go back, to answer, and to do what has no key."""
        is_answer = self.place is Place.QUESTION and self.id in {"agree", "choose", "decline"}
        return is_answer or self.id in {"close", "give_up"} or self.binding_id in {"app.quit", "app.palette"}

    @property
    def shown_key(self) -> str:
        """The first key, as people write it; empty where it has none."""
        return drawn(show_key(self.keys[0])) if self.keys else ""

    @property
    def shown_keys(self) -> str:
        """All keys, as people write them."""
        return " ".join(drawn(show_key(key)) for key in self.keys)


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
        asks=True,
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
        "watch",
        Place.SERVICES,
        ("w",),
        N_("watch"),
        N_("be told when it is in stock, or costs no more than you say"),
        rank=4,
        in_palette=True,
    ),
    Action(
        "study",
        Place.SERVICES,
        ("d",),
        N_("details"),
        N_("price over time, and your own orders"),
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
        "order_again",
        Place.UNKNOWN,
        ("o",),
        N_("order again"),
        N_("order the service again (asks first)"),
        rank=6,
        asks=True,
    ),
    Action("close", Place.UNKNOWN, ("escape", "q", "u"), N_("back"), N_("go back to the main screen")),
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
        "cancel",
        Place.MAIN,
        ("c",),
        N_("cancel"),
        N_("cancel the number (asks first)"),
        rank=2,
        in_palette=True,
        asks=True,
    ),
    Action(
        "filter",
        Place.MAIN,
        ("slash",),
        N_("filter"),
        N_("show only what matches what you type"),
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
    Action(
        "theme",
        Place.APP,
        ("T",),
        N_("colours"),
        N_("switch between dark, light, and the terminal's own colours"),
        in_palette=True,
    ),
    Action(
        "profiles",
        Place.MAIN,
        ("P",),
        N_("profiles"),
        N_("your profiles: add, switch, rename, remove"),
        in_palette=True,
    ),
    Action(
        "paint_all",
        Place.APP,
        ("ctrl+l",),
        N_("paint anew"),
        N_("paint the screen anew, where another program wrote on it"),
        in_palette=True,
        is_heard_first=True,
    ),
    Action(
        "suspend",
        Place.APP,
        ("ctrl+z",),
        N_("suspend"),
        N_("stand still until fg in the shell; not while numbers are open"),
        in_palette=True,
        is_heard_first=True,
    ),
    Action("help", Place.APP, ("question_mark", "f1"), N_("more"), N_("show the keys"), in_palette=True),
    Action("palette", Place.APP, ("colon", "ctrl+p"), N_("commands"), N_("find a command, category or service")),
    Action(
        "quit",
        Place.APP,
        ("q", "ctrl+q"),
        N_("quit"),
        N_("leave (asks while numbers are open)"),
        rank=12,
        in_palette=True,
        asks=True,
    ),
    Action("clear_filter", Place.PANE, ("escape",), N_("show all"), N_("show all rows again, without the filter")),
    Action("done", Place.FILTER, ("enter", "down"), N_("done"), N_("keep the filter and go to the rows")),
    Action("give_up", Place.FILTER, ("escape",), N_("show all"), N_("drop the filter and show all rows")),
    Action("detail", Place.HISTORY, ("enter",), N_("details"), N_("show all that is known of this order")),
    Action("close", Place.HISTORY, ("escape", "q", "H"), N_("back"), N_("go back to the main screen")),
    Action("detail", Place.LOG, ("enter",), N_("details"), N_("show the whole event")),
    Action("close", Place.LOG, ("escape", "q", "l"), N_("back"), N_("go back to the main screen")),
    Action("copy", Place.NUMBER, ("y",), N_("copy"), N_("copy the code, or the number while there is none")),
    Action("copy_number", Place.NUMBER, ("n",), N_("copy number"), N_("copy the number with its +")),
    Action("copy_digits", Place.NUMBER, ("N",), N_("copy digits"), N_("copy the number's digits alone")),
    Action("copy_national", Place.NUMBER, ("Y",), N_("copy short"), N_("copy the number without its country code")),
    Action("copy_message", Place.NUMBER, ("m",), N_("copy message"), N_("copy the whole message")),
    Action("close", Place.SHEET, ("escape", "q", "enter"), N_("back"), N_("go back")),
    Action("up", Place.SHEET, ("up", "k"), N_("up"), N_("one line up")),
    Action("down", Place.SHEET, ("down", "j"), N_("down"), N_("one line down")),
    Action("page_up", Place.SHEET, ("pageup",), N_("page up"), N_("one page up")),
    Action("page_down", Place.SHEET, ("pagedown", "space"), N_("page down"), N_("one page down")),
    Action("first", Place.SHEET, ("g", "home"), N_("first"), N_("to the first line")),
    Action("last", Place.SHEET, ("G", "end"), N_("last"), N_("to the last line")),
    Action("agree", Place.QUESTION, ("y",), N_("yes"), N_("agree"), is_bound=False),
    Action("choose", Place.QUESTION, ("enter",), N_("answer"), N_("give the marked answer"), is_bound=False),
    Action("decline", Place.QUESTION, ("n", "escape"), N_("no"), N_("decline")),
    Action(
        "switch",
        Place.QUESTION,
        ("left", "right", "tab", "shift+tab", "h", "l"),
        N_("other"),
        N_("mark the other answer"),
    ),
    Action("up", Place.QUESTION, ("up", "k"), N_("up"), N_("one line up")),
    Action("down", Place.QUESTION, ("down", "j"), N_("down"), N_("one line down")),
    Action("submit", Place.PROMPT, ("enter",), N_("answer"), N_("answer with what is typed")),
    Action("give_up", Place.PROMPT, ("escape",), N_("back"), N_("go back without an answer")),
    Action("end_watch", Place.WATCH, ("f8",), N_("end watch"), N_("watch the service no longer")),
    Action("choose", Place.PALETTE, ("enter",), N_("choose"), N_("do it, or show it")),
    Action("close", Place.PALETTE, ("escape",), N_("back"), N_("go back")),
    Action("cursor_up", Place.PALETTE, ("up",), N_("up"), N_("one row up")),
    Action("cursor_down", Place.PALETTE, ("down",), N_("down"), N_("one row down")),
    Action("page_up", Place.PALETTE, ("pageup",), N_("page up"), N_("one page up")),
    Action("page_down", Place.PALETTE, ("pagedown",), N_("page down"), N_("one page down")),
    Action(
        "switch",
        Place.PROFILES,
        ("enter",),
        N_("switch"),
        N_("work with this profile (asks while numbers are open)"),
        asks=True,
    ),
    Action("add", Place.PROFILES, ("a",), N_("add"), N_("add a profile: another site, another account")),
    Action("change", Place.PROFILES, ("e",), N_("change"), N_("change or rename this profile")),
    Action("remove", Place.PROFILES, ("x",), N_("remove"), N_("remove this profile (asks first)"), asks=True),
    Action("start_with", Place.PROFILES, ("s",), N_("at start"), N_("begin with this profile at the next start")),
    Action("close", Place.PROFILES, ("escape", "q", "P"), N_("back"), N_("go back to the main screen")),
    Action("next", Place.FORM, ("enter",), N_("go on"), N_("go on, or do what is marked"), rank=1),
    Action("down", Place.FORM, ("down", "tab"), N_("next field"), N_("go to the next field"), rank=2),
    Action("up", Place.FORM, ("up", "shift+tab"), N_("field before"), N_("go to the field before"), rank=2),
    Action("page_down", Place.FORM, ("pagedown",), N_("page down"), N_("one page down")),
    Action("page_up", Place.FORM, ("pageup",), N_("page up"), N_("one page up")),
    Action("plain_http", Place.FORM, ("f4",), N_("allow http"), N_("let the key travel unencrypted to this site")),
    Action("close", Place.FORM, ("escape",), N_("leave"), N_("go back, or leave on the first start"), rank=1),
)


_ON_MAIN = frozenset({Place.LIST, Place.PANE, Place.MAIN, Place.APP})
_MEETINGS: tuple[frozenset[Place], ...] = (
    *(_ON_MAIN | {pane} for pane in PANES),
    frozenset({Place.FILTER, Place.MAIN, Place.APP}),
    *(frozenset({screen, Place.LIST, Place.APP}) for screen in OVER_MAIN),
    frozenset({Place.SHEET}),
    frozenset({Place.NUMBER, Place.SHEET}),
    frozenset({Place.HELP, Place.SHEET}),
    frozenset({Place.QUESTION}),
    frozenset({Place.PROMPT}),
    frozenset({Place.PROMPT, Place.WATCH}),
    frozenset({Place.PALETTE}),
    frozenset({Place.FORM, Place.APP}),
)
"""Places whose keys are heard at the same time."""


def heard_at(here: Place) -> frozenset[Place]:
    """Return the places whose keys are heard where the person is."""
    return next(places for places in _MEETINGS if here in places)


def key_table() -> KeyTable:
    """Return what `[keys]` may name, and which actions meet."""
    return KeyTable(
        keys={action.binding_id: action.keys for action in ACTIONS},
        together=tuple(frozenset(place.value for place in places) for places in _MEETINGS),
        # Who is on a screen over the main one goes back from there, by the key that leaves the program elsewhere.
        share=frozenset(frozenset({f"{place}.close", "app.quit"}) for place in OVER_MAIN),
        typing=frozenset(place.value for place in TYPING),
        needed=frozenset(action.binding_id for action in ACTIONS if action.needs_key),
    )
