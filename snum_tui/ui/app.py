"""The app: opens the main screen, wakes it, and closes cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input

from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.elsewhere import Placed, Speaking, why_nothing
from snum_tui.ui.later import after_refresh
from snum_tui.ui.over_dialogs import meant_over_dialog
from snum_tui.ui.refusals import Refusals
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.screens.main import MainScreen
from snum_tui.ui.screens.too_small import TooSmallScreen, is_too_small
from snum_tui.ui.signs import borders
from snum_tui.ui.styles import style_paths
from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.themes import FALLBACK_VARIABLES, THEMES, next_theme
from snum_tui.ui.widgets.letter_line import LetterLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.scroll_bar import choose_scroll_bar

if TYPE_CHECKING:
    from snum_tui.domain.setting import Setting
    from snum_tui.ui.accounts import Opened
    from snum_tui.ui.clipboard.carrier import Carrier, Told
    from snum_tui.ui.flows.suspend import Suspension
    from snum_tui.ui.outside.errands import Errands
    from snum_tui.ui.tables.palette import Chosen
    from snum_tui.ui.telling.teller import Teller

OPENING_SECONDS = 2.0
"""A screen has its parts within some hundredths of one."""


class SnumApp(TerminalApp, inherit_bindings=False):
    """The full-screen program. The engine is started once the first frame stands."""

    TITLE = "snum-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Place.APP),
        Binding("ctrl+c", "help_quit", show=False),  # fixed: whoever is lost finds the way out by it
    ]
    ENABLE_COMMAND_PALETTE = False  # Textual's; ours is opened by the registry's keys

    def __init__(self, desk: Desk, *, theme: str) -> None:
        # Textual chooses how it removes colours while it is made, from this and not from the theme set below.
        super().__init__(css_path=list(style_paths()), ansi_color=True if "NO_COLOR" in os.environ else None)
        self.desk = desk
        self.failure: Exception | None = None
        self._asked_to_leave = self._is_up = self._is_turning = False
        self._carrier: Carrier | None = None
        self._teller: Teller | None = None
        self._suspension: Suspension | None = None
        self._refusals = Refusals()
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme
        self.set_keymap(desk.keyboard.keymap)
        choose_scroll_bar()

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the only one there always is, once there is a site to work with."""
        if self.desk.accounts is None or self.desk.is_begun:
            return MainScreen(self.desk)
        from snum_tui.ui.screens.beginning import BeginningScreen  # noqa: PLC0415 - once in the life of an account

        return BeginningScreen(self.desk, self.desk.accounts, self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the colours and borders that our style sheets name."""
        return {**FALLBACK_VARIABLES, **borders()}

    def on_mount(self) -> None:
        """Listen to the engine, and start it beside the first paint."""
        self.own_context = contextvars.copy_context()
        self.desk.copy = self._copy
        self.desk.tell = self._tell
        self.desk.engine.when_changed(lambda: self.hand_over(self._woken))
        self.call_after_refresh(self._first_frame_stands)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window has become too small."""
        if is_too_small(event.size) and self._is_up and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen(self.desk))

    async def on_event(self, event: events.Event) -> None:
        """Hear of a sign of the person before it goes its way: what the title calls them for has been seen."""
        if isinstance(event, events.Key | events.MouseDown):
            if self._teller is not None:
                self._teller.person_is_here()
            if self.is_at_work and self.screen is self.main:
                self.main.person_is_here()
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Give a line the letters that were on their way to a list when it opened (see LetterLine)."""
        line = self.focused or getattr(self.screen, "line", None)  # the palette's has no focus before it is mounted
        if isinstance(line, LetterLine) and event.is_printable and event.character:
            event.prevent_default()
            line.insert_text_at_cursor(event.character)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 - Textual's own
        """Do what a key is for; where it is for nothing here, say why."""
        await self._opened()
        with self._refusals.of_a_key():
            taken = await super()._check_bindings(key, priority)
            does_something = taken or (not priority and await self._done_over_dialog(key))
            if not does_something and not priority and not isinstance(self.focused, Input):
                self._explain(key)
        if does_something:
            self._refusals.take_back(self.screen_stack)
        return taken

    async def _opened(self) -> None:
        """Wait until the screen on top has its parts: what follows the key that opens it in one burst is for it."""
        if self.screen_stack and not self.screen.is_mounted:
            with contextlib.suppress(TimeoutError):  # one that ends before it stands must not hold up all keys
                async with asyncio.timeout(OPENING_SECONDS):
                    await self.screen._mounted_event.wait()  # noqa: SLF001 - only who opens it is let wait by Textual

    async def _done_over_dialog(self, key: str) -> bool:
        meant = meant_over_dialog(key, self.desk.keyboard, self.screen_stack, self.focused)
        return meant is not None and await self.run_action(meant, self)

    def _explain(self, key: str) -> None:
        screen, rows = self.screen, self.focused
        if isinstance(screen, Placed):
            empty_hint = rows.hint if isinstance(rows, RowList) and rows.cursor_key is None else None
            if (words := why_nothing(self.desk, key, screen.place, empty_hint)) is not None:
                self._refusals.say(screen, words)

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return cast("MainScreen", self.screen_stack[0])

    @property
    def is_at_work(self) -> bool:
        """Whether the main screen is there; before the first start is over it is not."""
        return bool(self.screen_stack) and isinstance(self.screen_stack[0], MainScreen)

    def keep_place(self) -> None:
        """Have the engine of now keep where the person is, for the next time."""
        if self.is_at_work:
            self.main.keep_place()

    def action_profiles(self) -> None:
        """Show the accounts there are."""
        from snum_tui.ui.screens.profiles import ProfilesScreen  # noqa: PLC0415 - not needed for the first paint

        if self.desk.accounts is None:
            words = N_("This is the demo: it has no profiles. Start snum-tui without demo to have some.")
            self.desk.tell(self.desk.text(words), Tone.WARNING)
        else:
            self.push_screen(ProfilesScreen(self.desk, self.desk.accounts, self))

    async def begin_anew(self, opened: Opened) -> None:
        """Work with another engine from now on, on a main screen of its own; the terminal stays ours."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._is_turning = True
        opened.enter()
        self.desk.keeps_orders = opened.keeps_orders
        if not self.screen._result_callbacks:  # noqa: SLF001 - Textual gives its first screen none, and switching takes one
            self.screen._push_result_callback(self.screen, None)  # noqa: SLF001 - as above
        main = MainScreen(self.desk)
        await self.switch_screen(main)
        self._is_turning = False
        after_refresh(main, main.paint)  # the frame's joints are known once it has been laid out
        self._start_telling()
        if is_too_small(self.size):
            self.push_screen(TooSmallScreen(self.desk))

    @property
    def _place(self) -> Place:
        """Where the person is."""
        return self.screen.place if isinstance(self.screen, Placed | Dialog) else self.main.place

    def action_focus_next(self) -> None:
        """Leave Tab, which Textual binds on every screen, to whom the registry gives it."""
        raise SkipAction

    def action_focus_previous(self) -> None:
        """The same."""
        raise SkipAction

    def action_theme(self) -> None:
        """Switch to the next theme, everywhere at once."""
        if self.no_color:
            words = N_("NO_COLOR is set, so there are no colours. Unset it and start again to have some.")
            self.desk.tell(self.desk.text(words), Tone.WARNING)
            return
        self.theme = next_theme(self.theme)
        words = N_('These are the colours of {theme}. To keep them, write theme = "{theme}" into config.toml.')
        if self.desk.preferences is not None:
            words = N_("These are the colours of {theme}. To keep them, choose theme among the commands ({key}).")
        self.desk.tell(self.desk.text(words, theme=self.theme, key=self.desk.key("app.palette")), Tone.PLAIN)

    def action_language(self) -> None:
        """Switch between English and Turkish, everywhere at once."""
        self.desk.speaker.language = "en" if self.desk.speaker.language == "tr" else "tr"
        self.repaint_all()

    def action_help(self) -> None:
        """Show the keys, or close what shows them."""
        from snum_tui.ui.dialogs.help import HelpScreen  # noqa: PLC0415 - not needed for the first paint

        if isinstance(self.screen, HelpScreen):
            self.screen.action_close()
        else:
            self.push_screen(HelpScreen(self.desk, self._place))

    def action_palette(self) -> None:
        """Find a command, a category or a service."""
        from snum_tui.ui.palette import PaletteScreen  # noqa: PLC0415 - not needed for the first paint

        if self.is_at_work and not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(self.desk), self._chose)
            self._read_settings()

    def _read_settings(self) -> None:
        if (preferences := self.desk.preferences) is not None:
            preferences.look(self.desk.snapshot.profile, lambda found: self.hand_over(lambda: self._know(found)))

    def _know(self, settings: tuple[Setting, ...]) -> None:
        self.desk.settings = settings
        if isinstance(self.screen, Repaints):
            self.screen.repaint()

    async def _chose(self, chosen: Chosen | None) -> None:
        """Show or do what was chosen in the palette, on the main screen. Nothing is ordered by choosing."""
        while chosen is not None and self.screen is not self.main and not self.screen.is_modal:
            self.pop_screen()
        if chosen is None or self.screen is not self.main:
            return  # a question opened meanwhile comes first
        from snum_tui.ui.flows.settings import change_setting  # noqa: PLC0415 - as above
        from snum_tui.ui.tables.palette import CategoryChosen, ServiceChosen, SettingChosen  # noqa: PLC0415 - as above

        match chosen:
            case SettingChosen(name):
                change_setting(self, self.desk, name, self.repaint_all)
            case ServiceChosen(category_id, service_id):
                self.main.show_service(category_id, service_id)
            case CategoryChosen(category_id):
                self.main.show_category(category_id)
            case _ if (wanted := self.desk.keyboard.action(chosen.action_id)).place is Place.APP:
                await self.run_action(wanted.id, self)
            case _:
                await self.main.do(wanted)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what was selected with the mouse, on Ctrl-C; Textual's own way knows neither tmux nor a tool."""
        from snum_tui.ui.copying import SELECTION, copy_text  # noqa: PLC0415 - not needed for the first paint

        self._clipboard = text  # what Ctrl-V pastes
        copy_text(self.desk, text, SELECTION)

    @cached_property
    def _errands(self) -> Errands:
        from snum_tui.ui.outside.errands import Errands  # noqa: PLC0415 - not needed for the first paint

        return Errands()

    def _copy(self, text: str, told: Told) -> None:
        from snum_tui.ui.clipboard.carrier import Carrier  # noqa: PLC0415 - not needed for the first paint

        if self._carrier is None or self._carrier.way != self.desk.wishes.clipboard:
            self._carrier = Carrier(self.desk.wishes.clipboard, self, self._errands)
        self._carrier.copy(text, told)

    def action_help_quit(self) -> None:
        """Answer Ctrl-C, which Textual would answer in English."""
        words = N_("Press {key} to leave.")
        self.desk.tell(self.desk.text(words, key=self.desk.key("app.quit")), Tone.PLAIN)

    def action_suspend(self) -> None:
        """Go to the shell; says why not while numbers are open."""
        from snum_tui.ui.flows.suspend import Suspension  # noqa: PLC0415 - not needed for the first paint

        self._suspension = Suspension(self, self.desk)
        self.gone_on = self._suspension.is_over
        self._suspension.ask()

    async def action_quit(self) -> None:
        """Leave; asks while numbers are open."""
        still_open = len(self.desk.snapshot.open_numbers)
        if not still_open:
            self.exit()
            return
        from snum_tui.ui.flows.leave import leave_question  # noqa: PLC0415 - not needed for the first paint

        self.push_screen(leave_question(self.desk), self._quit_answered)

    def _quit_answered(self, agreed: bool | None) -> None:  # noqa: FBT001 - Textual's own calling way
        if agreed:
            self.exit()

    def exit(self, *arguments: Any, **named: Any) -> None:  # Any: as Textual's own takes them
        """Close the screen; where the person was is kept first."""
        if self._is_up:
            self.keep_place()
        super().exit(*arguments, **named)

    def leave_from_another_thread(self) -> None:
        """Close the screen without a question, as soon as it is open; for signals."""
        self._asked_to_leave = True
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop ended in between
                loop.call_soon_threadsafe(self._leave_if_up)

    def _leave_if_up(self) -> None:
        if self._is_up:
            self.exit()

    def _first_frame_stands(self) -> None:
        self._is_up = True
        # Who leaves in the middle of the start leaves here: screens cannot be closed before they are open.
        if self._asked_to_leave:
            self.exit()
            return
        self.desk.engine.start()
        if self.is_at_work:
            self._start_telling()
        if is_too_small(self.size):
            self.push_screen(TooSmallScreen(self.desk))

    def _start_telling(self) -> None:
        from snum_tui.ui.telling.teller import Teller  # noqa: PLC0415 - not needed for the first paint

        self._teller = Teller(self.desk, self, self._errands)
        self._teller.follow(self.desk.snapshot)

    def _tell(self, words: str, tone: Tone) -> None:
        """Say something on the topmost screen that can, of those that are there now."""
        for screen in reversed(self.screen_stack):
            if screen.is_mounted and isinstance(screen, Speaking):
                if not (tone is Tone.WARNING and self._refusals.say_if_of_a_key(screen, words)):
                    screen.say(words, tone)
                return

    def _woken(self) -> None:
        if self.is_running and self.is_at_work and not self._is_turning:
            if self._teller is not None:
                self._teller.follow(self.desk.snapshot)
            if self._suspension is not None:
                self._suspension.follow(self.desk.snapshot)
            self.main.wake()
            if isinstance(self.screen, Repaints):
                self.screen.repaint()

    def repaint_all(self) -> None:
        """Say and draw everything anew: the language, or how it is drawn, has changed."""
        if self._teller is not None:
            self._teller.follow(self.desk.snapshot)
        if self.is_at_work:
            self.main.repaint_in_new_language()
        for screen in self.screen_stack:
            if isinstance(screen, Repaints):
                screen.repaint()

    def _handle_exception(self, error: Exception) -> None:
        # A screen that opens while the app closes is given no parts by Textual, and misses them when it is mounted.
        if not ((self._exit or self._closing) and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Close without Textual's traceback, which prints local variables (FACTS); the caller says a sentence."""
        self.failure = self._exception
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """The same for errors that Textual would print in a box of their own, as those of style sheets."""
        self._fatal_error()
