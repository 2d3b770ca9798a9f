"""A form from which something goes on beside the screen: asking a site, saving, opening an account."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from snum_tui.domain.sentence import N_
from snum_tui.ui.accounts import Accounts, Opened, Turning
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.screens.form import FormScreen
from snum_tui.ui.widgets.form_field import Words

_Told = TypeVar("_Told")


class WorkingForm(FormScreen):
    """One thing at a time: until it is over, nothing else begins. `_result` is where it is told."""

    def __init__(self, desk: Desk, accounts: Accounts, turning: Turning) -> None:
        super().__init__(desk)
        self._accounts = accounts
        self._turning = turning
        self._result = Words("result")
        self._busy: str | None = None
        """What is going on, as a template."""

    def _open(self, name: str) -> None:
        """Work with this account from now on."""
        self._turning.keep_place()
        self._begin(N_("Opening…"), partial(self._accounts.open, name), self._opened)

    def _opened(self, opened: Opened) -> None:
        if opened.problem is not None:
            self._desk.tell(self._desk.render(opened.problem), Tone.BAD)
        else:
            self.app.call_later(self._turning.begin_anew, opened)

    def _begin(
        self, what: str, start: Callable[[Callable[[_Told], None]], None], then: Callable[[_Told], None]
    ) -> None:
        """Begin something that goes on beside the screen; `then` is called on the screen's thread."""
        if self._busy is not None:
            return

        def over(told: _Told) -> None:
            self._busy = None
            if self.is_attached:
                self._show_result()
                then(told)

        self._busy = what
        self._desk.tell("", Tone.PLAIN)
        self._show_result()
        start(lambda told: self._turning.hand_over(partial(over, told)))

    def _show_result(self) -> None:
        """Say what goes on, or what came of it."""
        raise NotImplementedError
