"""`snum-tui watch`: the engine without a screen. It tells what happens, and never orders."""

import os
import queue
from typing import TYPE_CHECKING

from snum_tui.cli.problems import tell
from snum_tui.cli.starting import make_engine, read_settings
from snum_tui.cli.watch_ending import PROBLEM, Ending
from snum_tui.cli.watch_events import Kind, WatchEvent
from snum_tui.cli.watch_output import Output, Writer, json_writer, standard_output, text_writer
from snum_tui.cli.watch_signals import Signals
from snum_tui.cli.watch_story import Story
from snum_tui.domain.orders import OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.system_words import words_of
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.locale import Speaker
from snum_tui.settings.language import choose_language

if TYPE_CHECKING:
    import argparse

    from snum_tui.engine.thread import Engine

TICK_SECONDS = 1.0
"""How late it is seen that a refund window closes, or that nobody reads any more."""
PATIENCE_SECONDS = 0.7
FINISH_SECONDS = 75.0
"""The longest a cancel in flight may take (60 s) and to be recorded."""

FINISHING = say(
    N_("A cancel is still under way. Waiting until it has been written down; Ctrl-C ends this at once.")
)
CANNOT_WRITE = N_(
    "Standard output cannot be written ({reason}). Open numbers are kept: start snum-tui watch again."
)
UNWRITTEN = say(N_("The journal did not take all of this. Note what is not in it, and make room on the disk."))


def watch(arguments: "argparse.Namespace") -> int:
    """Tell what becomes of the open numbers until none is left. Raises Problem where it cannot begin."""
    settings = read_settings(arguments)
    language = choose_language(os.environ, settings.language)
    for warning in settings.warnings:
        tell(warning, language)
    engine = make_engine(settings, language, read_only=arguments.read_only, browses=False)
    return Watch(engine, language, as_json=arguments.json).run()


class Watch:
    """One run: looks whenever the engine has news, and once a second; writes a line an event."""

    def __init__(self, engine: "Engine", language: str, *, as_json: bool) -> None:
        self._engine = engine
        self._language = language
        self._as_json = as_json
        speaker = Speaker(language)
        self._write: Writer = json_writer(speaker) if as_json else text_writer(speaker)
        self._story = Story()
        self._problem: Sentence | None = None
        # A signal handler may put in the middle of our own get; an Event would lock up there.
        self._wakes = queue.SimpleQueue[None]()
        self._signals = Signals(self._wake)
        self._output = Output(standard_output(), gives_up=lambda: self._signals.received is not None)
        self._unread = engine.latest
        """What the engine shows before it has read the journal."""

    def run(self) -> int:
        """Watch to the end. Returns the exit status."""
        self._engine.when_changed(self._wake)
        self._engine.start()
        while not self._is_over:
            self._rest()
            self._look()
            self._output.look()
        return self._end()

    @property
    def _is_over(self) -> bool:
        told_to = self._signals.received is not None or self._output.is_gone
        return told_to or self._problem is not None or self._story.is_over

    def _wake(self) -> None:
        # One is enough, however many snapshots come while a slow reader holds up the next look.
        if self._wakes.empty():
            self._wakes.put(None)

    def _rest(self) -> None:
        try:
            self._wakes.get(timeout=TICK_SECONDS)
        except queue.Empty:
            return

    def _look(self, *, last: bool = False) -> None:
        self._problem = self._problem or self._engine.failure
        seen = self._engine.latest
        if self._engine.failure is not None or seen is self._unread:
            return
        events = self._story.look(seen, self._engine.clock.now(), last=last)
        if _never_had_a_key(seen) and not self._story.is_over:
            self._problem = self._problem or seen.link_problem
        for event in events:
            self._tell(event)

    def _tell(self, event: WatchEvent) -> None:
        # What ends it is told on standard error, as by every other program of ours; once is enough for a person.
        if event.kind is Kind.KEY_REJECTED and self._problem is not None and not self._as_json:
            return
        try:
            self._output.write(self._write(event, self._engine.clock.now().wall))
        except OSError as error:
            self._output.is_gone = True
            self._problem = say(CANNOT_WRITE, reason=words_of(error))

    def _end(self) -> int:
        if not self._engine.stop(PATIENCE_SECONDS):
            self._finish()
        self._look(last=True)
        if self._engine.latest.unwritten:
            self._problem = self._problem or UNWRITTEN
        ending = Ending(self._story.watched, signal=self._signals.received, problem=self._problem)
        self._tell(ending.event)
        if self._problem is not None:
            tell(self._problem, self._language)
            return PROBLEM
        left_alone = self._output.is_gone and self._signals.received is None
        return PROBLEM if left_alone else ending.status

    def _finish(self) -> None:
        if any(order.state is OrderState.CANCELLING for order in self._engine.latest.orders):
            tell(FINISHING, self._language)
        self._engine.stop(FINISH_SECONDS)


def _never_had_a_key(seen: Snapshot) -> bool:
    """Tell whether the key was never accepted. One that was may be again: the site is what changed its mind."""
    return seen.link is Link.KEY_REJECTED and seen.balance is None
