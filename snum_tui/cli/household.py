"""The accounts behind the screen: tried out, written into config.toml, and opened one in the place of another."""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from snum_tui.cli.beside import beside
from snum_tui.cli.door import StoppableDoor
from snum_tui.cli.starting import make_engine
from snum_tui.cli.turning import TurningDoor
from snum_tui.domain.accounts import AccountDraft
from snum_tui.domain.clock import Clock
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import Remark
from snum_tui.engine.trying import Trial
from snum_tui.settings.paths import Paths
from snum_tui.ui.accounts import Listed, Opened, TellProblem, TellUnsaved, Unsaved

if TYPE_CHECKING:
    import argparse

    from snum_tui.settings.load import Settings


class Household:
    """Does what takes time on threads of its own, none of which keeps anybody from leaving."""

    def __init__(self, door: TurningDoor, paths: Paths, clock: Clock, arguments: "argparse.Namespace") -> None:
        self._door = door
        self._paths = paths
        self._clock = clock
        self._arguments = arguments
        self._belongings = ExitStack()
        self._remark: Sentence | None = None
        """What is to be said of config.toml by the next engine, too: each has a log of its own."""

    def try_out(self, address: SiteAddress, key: ApiKey, tell: Callable[[Trial], None]) -> None:
        """Ask the site for the balance, and nothing else."""
        from snum_tui.engine.trying import try_out  # noqa: PLC0415 - only at a form

        try_out(address, key, None, tell)

    def try_kept(self, name: str, address: SiteAddress, tell: Callable[[Trial], None]) -> None:
        """Ask for the balance with the key that is kept for an account, at an address of the same host."""

        def work() -> Trial | None:
            from snum_tui.engine.trying import try_out  # noqa: PLC0415 - only at a form

            settings = self._settings_of(name)
            if settings.address.host != address.host:
                raise ValueError
            try_out(address, settings.key, settings.proxy, tell)
            return None

        beside(work, lambda problem: Trial(problem=problem), lambda trial: None if trial is None else tell(trial))

    def look(self, tell: Callable[[Listed], None]) -> None:
        """List the accounts, with the numbers that are open in each."""
        from snum_tui.cli.accounts import list_accounts  # noqa: PLC0415 - only on its screen

        beside(lambda: list_accounts(self._paths), lambda problem: Listed(problem=problem), tell)

    def save(self, draft: AccountDraft, before: str | None, tell: TellUnsaved) -> None:
        """Write an account into config.toml: a new one, or in the place of the one that had the name `before`."""
        from snum_tui.settings.accounts import add_account, change_account  # noqa: PLC0415 - only at a form
        from snum_tui.settings.errors import NameTaken  # noqa: PLC0415 - as above

        def work() -> Unsaved | None:
            try:
                if before is None:
                    self._tell_of(add_account(self._paths, draft))
                else:
                    self._tell_of(change_account(self._paths, before, draft))
            except NameTaken as error:
                return Unsaved(error.sentence, is_about_name=True)
            return None

        beside(work, Unsaved, tell)

    def remove(self, name: str, then: str, tell: TellProblem) -> None:
        """Take an account out of config.toml; `then` is started with where it was."""
        from snum_tui.settings.accounts import remove_account  # noqa: PLC0415 - only on its screen

        self._write(lambda: remove_account(self._paths, name, then), tell)

    def start_with(self, name: str, tell: TellProblem) -> None:
        """Have a start that names no account take this one."""
        from snum_tui.settings.accounts import start_with  # noqa: PLC0415 - only on its screen

        self._write(lambda: start_with(self._paths, name), tell)

    def open(self, name: str, tell: Callable[[Opened], None]) -> None:
        """Make the engine of an account ready, then end the one that runs."""
        self._open(lambda: self._engine_of(name), tell, keeps_orders=True)

    def open_demo(self, tell: Callable[[Opened], None]) -> None:
        """Make the demo ready, then end the engine that runs."""
        self._open(self._demo, tell, keeps_orders=False)

    def close(self) -> None:
        """Clear away what a demo left behind."""
        self._belongings.close()

    def _write(self, write: Callable[[], Path | None], tell: TellProblem) -> None:
        """Write config.toml on a thread: a disk may take its time."""

        def work() -> Sentence | None:
            self._tell_of(write())
            return None

        beside(work, lambda problem: problem, tell)

    def _tell_of(self, copy: Path | None) -> None:
        """Say where the comments are of a config.toml that was written anew."""
        if copy is not None:
            from snum_tui.settings.save import comments_are_in  # noqa: PLC0415 - as above

            self._remark = comments_are_in(copy)
            self._door.submit(Remark(self._remark))

    def _open(
        self, make: Callable[[], StoppableDoor], tell: Callable[[Opened], None], *, keeps_orders: bool
    ) -> None:
        def work() -> Opened:
            # Made first: what cannot be opened must not cost the engine that runs.
            door = make()
            self._door.leave()
            return Opened(lambda: self._door.turn_to(door), keeps_orders=keeps_orders)

        beside(work, lambda problem: Opened(problem=problem), tell)

    def _engine_of(self, name: str) -> StoppableDoor:
        from snum_tui.settings.language import choose_language  # noqa: PLC0415 - beside its one use

        settings = self._settings_of(name)
        language = choose_language(os.environ, settings.language)
        engine = make_engine(settings, language, read_only=self._arguments.read_only)
        if self._remark is not None:
            engine.submit(Remark(self._remark))
            self._remark = None
        return engine

    def _settings_of(self, name: str) -> "Settings":
        """Read an account's settings; its api_key_command runs."""
        from snum_tui.settings.load import load_settings  # noqa: PLC0415 - beside its one use

        return load_settings(_without_site(os.environ), self._paths, profile=name, language=None)

    def _demo(self) -> StoppableDoor:
        from snum_tui.cli.demo import DemoDoor  # noqa: PLC0415 - only who tries it needs a site of its own
        from snum_tui.cli.parser import parse  # noqa: PLC0415 - as above
        from snum_tui.sandbox.options import options_from  # noqa: PLC0415 - as above

        options = replace(options_from(parse(["demo"])), port=0)
        folder = Path(self._belongings.enter_context(tempfile.TemporaryDirectory(prefix="snum-tui-demo-")))
        return DemoDoor(options, folder, folder / "cache", self._clock, read_only=self._arguments.read_only)


def _without_site(environment: "os._Environ[str]") -> dict[str, str]:
    """Return the environment without a site of its own: here the person has chosen one by its name."""
    from snum_tui.settings.profile import KEY_VARIABLE, PROFILE_VARIABLE, SITE_VARIABLE  # noqa: PLC0415 - as above

    return {
        name: value
        for name, value in environment.items()
        if name not in {SITE_VARIABLE, KEY_VARIABLE, PROFILE_VARIABLE}
    }
