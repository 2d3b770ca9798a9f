"""Textual's driver with our writer in it: for programs that are stopped, and terminals that freeze or go."""

import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any

from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver

from snum_tui.ui.terminal.charset import encoded
from snum_tui.ui.terminal.input import Bell, read_input
from snum_tui.ui.terminal.writer import Calls, Writer

if TYPE_CHECKING:
    from snum_tui.ui.terminal.app import TerminalApp
    from snum_tui.ui.terminal.title import Title

EMPTY_SCREEN = "\x1b[0m\x1b[H\x1b[J"
"""The Linux console, mosh and GNU screen have no second screen to come back from: the prompt stands on ours."""


class TerminalDriver(LinuxDriver):
    """Drives the terminal of a TerminalApp.

    Before TSTP stops the program, it leaves the screen; after STOP it makes up for that when it goes on. It comes
    back to the screen in the foreground only: in the background the engine works, and the terminal is the shell's.
    """

    def __init__(self, app: "TerminalApp", **options: Any) -> None:
        self._writer: Writer | None = None
        self._is_away = False
        self._title: Title | None = None
        self._terminal_app = app
        self._enough = Bell()
        super().__init__(app, **options)
        # On the loop: Textual's handlers run wherever Python is, which may hold the lock that they need.
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop)
        self._loop.add_signal_handler(signal.SIGCONT, self._go_on)

    @property
    def takes_frames(self) -> bool:
        """Whether what is painted now would be seen soon."""
        return self._writer is not None and not self._is_away and not self._writer.is_behind

    @property  # type: ignore[override]  # Textual makes a writer in the middle of its start; ours takes its place
    def _writer_thread(self) -> Writer | None:
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, made: WriterThread | None) -> None:
        self._writer = None if made is None else Writer(made.fileno(), Calls(self._taken_again, self._lost))

    def write(self, data: str) -> None:
        """Write text in the terminal's character set."""
        if self._writer is not None and not self._writer.write(encoded(data, self._terminal_app.charset)):
            self._terminal_app.forget_shown()

    def show_title(self, words: str) -> None:
        """Show this as the terminal's title; where the screen is left, once it is entered again."""
        if self._title is None:
            from snum_tui.ui.terminal.title import Title  # noqa: PLC0415 - not needed for the first paint

            self._title = Title(os.environ)
        if words != self._title.words:
            self._title.words = words
            if self._writer is not None:
                self.write(self._title.shown())

    def hide_title(self) -> None:
        """Bring back the title from before ours."""
        if self._title is not None:
            self.write(self._title.put_back())
            self._title.words = None

    def use_mouse(self, *, on: bool) -> None:
        """Hear the mouse from now on, or leave it to the terminal; no more than that is sent."""
        if on == self._mouse:
            return
        if on:
            self._mouse = True
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()
            self._mouse = False

    def start_application_mode(self) -> None:
        """Show the screen, and the title that it had."""
        self._terminal_app.forget_shown()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        if self._title is not None:
            self.write(self._title.shown())
        # Who reads from the background gets an error then, and is not stopped again.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)

    def run_input_thread(self) -> None:
        """Read keys until the bell rings, or until the terminal is the shell's, or gone."""
        with contextlib.suppress(OSError):
            read_input(self.fileno, self._terminal_app.charset, self._enough, self.process_message)

    def stop_application_mode(self) -> None:
        """Leave the screen, where one is shown. What says so must arrive, whatever becomes of frames before it."""
        if self._writer is None:
            return
        # Also in the background, after STOP: there the shell's prompt stands on our screen.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        self._writer.begin_goodbye()
        if self._title is not None:
            self.write(self._title.put_back())
        self.write(EMPTY_SCREEN)
        super().stop_application_mode()

    def disable_input(self) -> None:
        """Read no more, where there is a screen."""
        if self._writer is not None:
            self._enough.ring()
            super().disable_input()
            self._enough.still()

    def close(self) -> None:
        """End the writer."""
        super().close()
        self._writer = None

    @property
    def has_shell(self) -> bool:
        """Whether a shell manages jobs here. Who is first in a session, as alone in a window, has none."""
        return os.getsid(0) != os.getpgrp()

    def stop_for_shell(self) -> None:
        """Do what Ctrl-Z does in a terminal that hears it itself: a program that started this one stops with it."""
        os.kill(0, signal.SIGTSTP)

    def _stop(self) -> None:
        if not self._is_away:
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        # The kernel sends CONT with the HUP of a lost terminal, too.
        if not (self._terminal_app.is_running and os.isatty(self.fileno)):
            return
        self._terminal_app.gone_on()
        self._is_away = not _in_foreground(self.fileno)
        if not self._is_away:
            self.suspend_application_mode()
            self.resume_application_mode()
            self._terminal_app.paint_all()

    def _taken_again(self) -> None:
        self._loop.call_soon_threadsafe(self._terminal_app.paint_missed)

    def _lost(self) -> None:
        self._terminal_app.terminal_lost()


def _in_foreground(descriptor: int) -> bool:
    """Tell whether the terminal is this program's; always where no shell manages jobs on it."""
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return True
