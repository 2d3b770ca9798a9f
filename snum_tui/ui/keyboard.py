"""The keys as this person has them: the registry of actions with what config.toml remapped."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from snum_tui.domain.keys import KeyOf, is_typed, show_key
from snum_tui.domain.sentence import Sentence, say
from snum_tui.ui.actions import ACTIONS, Action, Place, heard_at
from snum_tui.ui.signs import drawn

NO_KEY = "no-key"
"""What Textual is told instead of none: it would keep the usual key; no terminal sends this one."""
_FIRST_IN_DIALOGS = frozenset({"agree", "decline", "close"})


class Keyboard:
    """Every action with its own keys. Whoever shows a key takes it from here."""

    def __init__(self, remapped: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.remapped: Mapping[str, tuple[str, ...]] = remapped or {}
        """Checked keys by the names of their actions: `{"services.order": ("o",)}`."""
        self.actions = tuple(replace(one, keys=self.remapped.get(one.binding_id, one.keys)) for one in ACTIONS)
        """The registry, remapped."""
        self._by_id = {one.binding_id: one for one in self.actions}

    def action(self, binding_id: str) -> Action:
        """Return an action by its name: `services.order`."""
        return self._by_id[binding_id]

    def shown(self, binding_id: str) -> str:
        """Write an action's first key as people do; empty where it has none."""
        return self.action(binding_id).shown_key

    def show(self, key: KeyOf) -> str | Sentence:
        """Write the key that a sentence names; where there is none, how the palette does it: `:copy`."""
        one = self.action(key.binding_id)
        if one.keys:
            return one.shown_key
        if not one.in_palette:
            return f"[{one.binding_id}]"
        palette = self.shown("app.palette")
        return say("{key}{name}", key=palette if len(palette) == 1 else f"{palette} ", name=say(one.name))

    def on(self, key: str) -> tuple[Action, ...]:
        """Return the actions that a key stands for, anywhere."""
        return tuple(one for one in self.actions if key in one.keys)

    def moved_from(self, key: str, here: Place) -> Action | None:
        """Return the action that a key stands for where nobody remapped it, if it is heard here by another one."""
        usual = (one for one in ACTIONS if key in one.keys and one.place in heard_at(here))
        now = (self._by_id[one.binding_id] for one in usual)
        return next((one for one in now if key not in one.keys), None)

    def in_place(self, place: Place) -> tuple[Action, ...]:
        """Return the actions of a place."""
        return tuple(one for one in self.actions if one.place is place)

    def keys_of(self, binding_id: str) -> frozenset[str]:
        """Return all keys of an action, by its name."""
        return frozenset(self.action(binding_id).keys)

    def keys_in(self, place: Place) -> frozenset[str]:
        """Return all keys that mean something in a place."""
        return frozenset(key for one in self.in_place(place) for key in one.keys)

    @property
    def keymap(self) -> dict[str, str]:
        """What Textual is told."""
        return {name: ",".join(keys) or NO_KEY for name, keys in self.remapped.items()}

    @property
    def asking_keys(self) -> frozenset[str]:
        """Keys that open a question: one of them, still held, must not answer it."""
        return frozenset(key for one in self.actions if one.asks for key in one.keys)

    def footer_actions(
        self, place: Place, *, one_pane: bool = False, idle: Collection[str] = (), without: Collection[str] = ()
    ) -> tuple[Action, ...]:
        """Return what the footer shows while this place has the focus, most useful first.

        Where one pane hides the others, the key to the next one is the most useful. What could do nothing just now,
        `idle` by its name, comes last; what is done nowhere in this session is left out, `without`.
        """

        def usefulness(one: Action) -> tuple[object, ...]:
            is_way_out = one_pane and one.id == "go_next"
            return one.binding_id in idle, not is_way_out, one.rank, one.place is not place

        def is_of_use(one: Action) -> bool:
            return bool(one.rank and one.keys) and one.binding_id not in without

        everywhere = {Place.APP} if place is Place.UNKNOWN else {Place.MAIN, Place.APP}
        here = [one for one in self.actions if is_of_use(one) and one.place in {place} | everywhere]
        return tuple(sorted(here, key=usefulness))

    def dialog_actions(self, dialog: Place) -> tuple[Action, ...]:
        """Return what the footer shows while a dialog is open: all that has a key in it, most useful first."""
        places = {
            Place.NUMBER: (Place.NUMBER, Place.SHEET),
            Place.HELP: (Place.SHEET,),
            Place.WATCH: (Place.PROMPT, Place.WATCH),
        }
        here = (one for place in places.get(dialog, (dialog,)) for one in self.in_place(place))
        return tuple(sorted((one for one in here if one.keys), key=lambda one: one.id not in _FIRST_IN_DIALOGS))

    def help_key(self, *, typing: bool) -> str | None:
        """Return the key for the help as it is shown; where one types, the first that writes no letter. Or None."""
        keys = (key for key in self.action("app.help").keys if not (typing and is_typed(key)))
        return next((drawn(show_key(key)) for key in keys), None)
