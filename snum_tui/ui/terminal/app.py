"""An app whose frames wait while the terminal does not take them."""

import contextlib
import contextvars
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from snum_tui.ui.terminal.driver import TerminalDriver
from snum_tui.ui.terminal.shown import Changes, Shown


class TerminalApp(App[None]):
    """What is painted while the terminal is behind is kept as places to paint later, with what stands there then.

    So a terminal that was frozen shows the newest when it goes on, and a slow line gets only what still matters. Of
    a frame only that is sent which the terminal does not show yet.
    """

    charset = "utf-8"
    """The terminal's character set, as Python calls it: keys come in it, and the screen goes out in it."""
    terminal_lost: Callable[[], None] = staticmethod(lambda: None)
    """Called from another thread when the terminal is gone."""
    gone_on: Callable[[], None] = staticmethod(lambda: None)
    """Called on the screen's thread when the program goes on after it was stopped."""
    _is_resized = False
    """Whether a frame of the newest size is still to come."""
    own_context: contextvars.Context | None = None
    """The app's own: Textual's timers need to know their app on every wake-up."""

    def get_driver_class(self) -> type[Driver]:
        """Ours."""
        return TerminalDriver

    def write(self, commands: str) -> None:
        """Write what paints nothing: a bell, a command to the terminal."""
        if self._driver is not None:
            self._driver.write(commands)

    def show_title(self, words: str) -> None:
        """Show this as the terminal's title until the screen closes, which brings back the one before."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.show_title(words)

    def hide_title(self) -> None:
        """Bring back the title from before ours."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.hide_title()

    def use_mouse(self, *, on: bool) -> None:
        """Hear the mouse, or leave it to the terminal."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.use_mouse(on=on)

    @property
    def has_shell(self) -> bool:
        """Whether a shell would bring the program back after a stop."""
        return isinstance(self._driver, TerminalDriver) and self._driver.has_shell

    def stop_for_shell(self) -> None:
        """Leave the screen, and stand still until the shell wakes the program."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.stop_for_shell()

    def hand_over(self, call: Callable[[], None]) -> None:
        """Call it soon on the screen's thread; from any thread, and for nothing once the screen is closed."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the screen's loop ended in between
                loop.call_soon_threadsafe(self._call_if_open, call, context=self.own_context)

    def _call_if_open(self, call: Callable[[], None]) -> None:
        if self.is_running and not self._closing:
            call()

    def paint_missed(self) -> None:
        """Paint what was missed."""
        if self.is_running and self.screen_stack:
            with self._context():
                self.screen._compositor_refresh()  # noqa: SLF001 - Textual has no public way to paint what is marked

    def paint_now(self, widgets: Iterable[Widget]) -> None:
        """Paint what is to be painted of these before any message that is under way is heard."""
        if self.is_running and self.screen_stack:
            self.screen._dirty_widgets.update(widgets)  # noqa: SLF001 - as above
            self.screen._on_timer_update()  # noqa: SLF001 - as above

    def paint_all(self) -> None:
        """Paint the whole screen, whatever it shows."""
        self.forget_shown()
        if self.is_running and self.screen_stack:
            self.screen.refresh(layout=True)

    def action_paint_all(self) -> None:
        """The same, for a key."""
        self.paint_all()

    @cached_property
    def _shown(self) -> Shown:
        return Shown()

    def forget_shown(self) -> None:
        """Take no more for granted what the terminal shows."""
        self._shown.forget()

    async def _on_resize(self, _event: events.Resize) -> None:
        """Expect anything: terminals cut lines off, break them anew, or clear the screen.

        Textual's own follows, and paints nothing where the size is what it was: after there and back in one moment.
        """
        self._is_resized = True
        self.paint_all()

    def _set_pointer_shape(self, shape: str) -> None:
        """Send nothing: Textual would with every dialog, and where it is not known the BEL at its end rings."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if renderable is None or not isinstance(driver, TerminalDriver):
            super()._display(screen, renderable)
        elif driver.takes_frames:
            changes = self._changes(renderable)
            if self._is_nothing(changes):
                self.post_display_hook()
            else:
                super()._display(screen, changes)
        else:
            compositor = screen._compositor  # noqa: SLF001 - as above
            compositor._dirty_regions.update(_places(renderable) or [compositor.size.region])  # noqa: SLF001

    def _is_nothing(self, changes: RenderableType | CompositorUpdate) -> bool:
        """Tell whether a frame that would be written now changes no cell, and leaves the cursor where it stands.

        Textual would send where the cursor goes all the same, and where a frame begins and ends: 22 bytes.
        """
        is_written = self._running and not self._closed and not self._batch_count
        if not is_written or not isinstance(changes, Changes) or changes.written(self.console):
            return False
        return self.screen.outer_size.clamp_offset(self.cursor_position) == self._previous_cursor_position

    def _changes(self, renderable: RenderableType | CompositorUpdate) -> Any:  # Any: as Textual's updates are typed
        if self._is_resized and isinstance(renderable, LayoutUpdate) and renderable.region.size == self.size:
            self._is_resized = False
            self.forget_shown()  # a frame of the old size may have come in between
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            return Changes(self._shown, renderable)
        self.forget_shown()
        return renderable


def _places(update: RenderableType) -> Iterable[Region]:
    """Return where a frame would have painted; nothing where that is everywhere."""
    if isinstance(update, ChopsUpdate):
        return [Region(left, line, right - left, 1) for line, left, right in update.spans]
    return ()
