"""`snum-tui demo`: the app on an embedded sandbox, which serves over a real socket like any site."""

import argparse
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from snum_tui.cli.look import choose_look
from snum_tui.cli.opening import Opening, check_terminal, open_app
from snum_tui.cli.preferences import KeptPreferences
from snum_tui.cli.problems import tell
from snum_tui.cli.reading import read
from snum_tui.domain.clock import Clock
from snum_tui.domain.policy import Policy, PollSchedule, SiteRules
from snum_tui.domain.sentence import N_, say
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import Command, Remark
from snum_tui.engine.snapshot import Link, Loading, Snapshot
from snum_tui.engine.system_clock import SystemClock
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.settings.language import language_of_app
from snum_tui.settings.paths import find_paths

if TYPE_CHECKING:
    from snum_tui.sandbox.server import SandboxServer
    from snum_tui.sandbox.site_options import SandboxOptions

PROFILE = "demo"
WITHOUT_IT = say(N_("The demo starts all the same, with what can be used of it and else as usual."))


def open_demo(arguments: argparse.Namespace) -> int:
    """Open the app on a sandbox of its own; its orders are kept apart from the real ones, and gone afterwards.

    With SNUM_TUI_STATE_DIR set they stay there, so that `snum-tui orders` can list them.
    """
    from snum_tui.sandbox.options import options_from  # noqa: PLC0415 - only the demo needs a site

    paths = find_paths(os.environ)
    reading = read(paths.config_file)
    config = reading.config
    language = language_of_app(os.environ, arguments.language, reading.config.language)
    check_terminal(os.environ, language)
    remarks = (*reading.problems, WITHOUT_IT) if reading.problems else ()
    for remark in remarks:
        tell(remark, language)
    look = choose_look(config, os.environ, mouse=arguments.mouse)
    options = replace(options_from(arguments), port=0)
    clock = SystemClock()
    with tempfile.TemporaryDirectory(prefix="snum-tui-demo-") as temporary:
        directory = Path(os.environ.get("SNUM_TUI_STATE_DIR") or temporary)
        door = DemoDoor(options, directory, Path(temporary) / "cache", clock, read_only=arguments.read_only)
        for remark in reversed(remarks):
            # On the screen too: what was printed before it stands behind it. The newest is seen, the first mistake.
            door.submit(Remark(remark))
        opening = Opening(
            language,
            look,
            paths.state_directory,
            keeps_orders=False,
            read_only=arguments.read_only,
            calm=config.calm,
            wishes=config.wishes,
            preferences=KeptPreferences(paths, arguments, is_demo=True),
        )
        return open_app(door, clock, opening)


def demo_policy(speed: float, refund_seconds: float, earliest_cancel_seconds: float) -> Policy:
    """Return the rules of a sandbox whose time runs `speed` times as fast."""
    polls = PollSchedule(first_seconds=max(0.5, 5.0 / speed), second_seconds=max(0.5, 10.0 / speed))
    rules = SiteRules(
        refund_seconds=max(1, int(refund_seconds / speed)),
        earliest_cancel_seconds=int(earliest_cancel_seconds / speed),
    )
    return Policy(polls=polls, rules=rules)


class DemoDoor:
    """An engine whose site is started together with it, beside the first paint."""

    def __init__(
        self, options: "SandboxOptions", state: Path, cache: Path, clock: Clock, *, read_only: bool = False
    ) -> None:
        self._read_only = read_only
        self._options = options
        self._directories = state, cache
        self._clock = clock
        policy = demo_policy(options.speed, options.refund_seconds, options.earliest_cancel_seconds)
        self._policy = policy
        self._first = Snapshot("sandbox", PROFILE, self._policy.rules)
        self._wake: Callable[[], None] = lambda: None
        self._early: list[Command] = []
        self._engine: Engine | None = None
        self._site: SandboxServer | None = None
        self._lock = threading.Lock()
        self._stopped = False

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self._first if self._engine is None else self._engine.latest

    def submit(self, command: Command) -> None:
        """Hand over a command; never blocks."""
        with self._lock:
            if self._engine is None:
                self._early.append(command)
            else:
                self._engine.submit(command)

    def when_changed(self, wake: Callable[[], None]) -> None:
        """Call `wake` after each new snapshot."""
        self._wake = wake

    def start(self) -> None:
        """Start the site, then the engine on it; returns at once."""
        threading.Thread(target=self._start, name="demo", daemon=True).start()

    def stop(self, timeout_seconds: float) -> bool:
        """End the engine, then the site; what is not started yet stays so."""
        with self._lock:
            self._stopped = True
        if self._engine is not None and not self._engine.stop(timeout_seconds):
            return False
        if self._site is not None:
            self._site.stop()
        return True

    def _start(self) -> None:
        from snum_tui.sandbox.errors import CannotServe  # noqa: PLC0415
        from snum_tui.sandbox.server import SandboxServer  # noqa: PLC0415 - starlette and uvicorn load beside the first paint

        site = SandboxServer(self._options)
        try:
            site.start()
        except CannotServe as error:
            reason = say(error.words.template, **error.words.values)
            problem = say(N_("The demo's site did not start: {reason}"), reason=reason)
            self._first = replace(self._first, link=Link.DOWN, link_problem=problem, categories_problem=problem)
            self._first = replace(self._first, categories_loading=Loading.FAILED, ordering_stopped=problem)
            self._wake()
            return
        state, cache = self._directories
        settings = EngineSettings(
            SiteAddress(site.url), ApiKey(site.key), PROFILE, state, cache, self._policy, read_only=self._read_only
        )
        engine = Engine(settings, self._clock)
        engine.when_changed(self._wake)
        with self._lock:
            if self._stopped:
                site.stop()
                return
            self._site, self._engine = site, engine
            for command in self._early:
                engine.submit(command)
            engine.start()
