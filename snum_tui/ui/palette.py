"""The command palette, fed by the registry of actions."""

from functools import partial
from typing import cast

from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Action, Place
from snum_tui.ui.desk import Desk
from snum_tui.ui.signs import drawn


class ActionProvider(Provider):
    """Offers every action that works from anywhere, under its help phrase and with its key."""

    @property
    def _desk(self) -> Desk:
        return cast("Desk", getattr(self.app, "desk"))  # noqa: B009 - the app's own type would be a circle

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for action in _offered(self._desk):
            yield DiscoveryHit(self._name(action), partial(self._run, action), help=action.shown_keys)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        matched = False
        for action in _offered(self._desk):
            name = self._name(action)
            if (score := matcher.match(name)) > 0:
                matched = True
                yield Hit(score, matcher.highlight(name), partial(self._run, action), help=action.shown_keys)
        if not matched:
            # Textual would say so in English.
            yield Hit(1.0, self._desk.text(N_("No command matches.")), _nothing)

    def _name(self, action: Action) -> str:
        return f"{self._desk.text(action.name)} {drawn('–')} {self._desk.text(action.help)}"

    async def _run(self, action: Action) -> None:
        prefix = "app" if action.place is Place.APP else "screen"
        await self.app.run_action(f"{prefix}.{action.id}")


def _nothing() -> None:
    """Stand for no command."""


def _offered(desk: Desk) -> list[Action]:
    return [action for action in desk.keyboard.actions if action.in_palette]


def open_palette(app: App[None], desk: Desk) -> None:
    """Open the palette in the person's language."""
    placeholder = desk.text(N_("Search for a command…"))
    app.push_screen(CommandPalette([ActionProvider], placeholder=placeholder, id="palette"))
