"""The first start: the site's address and the key, tried out and written down; or the demo."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual import on
from textual.widget import Widget

from snum_tui.domain.accounts import AccountDraft, take_apart
from snum_tui.domain.keys import PLAIN_HTTP
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, BadAddress, SiteAddress, is_key, read_address
from snum_tui.engine.trying import Trial
from snum_tui.ui.accounts import Accounts, Opened
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.screens.form import FormScreen
from snum_tui.ui.widgets.form_field import FormField, Words
from snum_tui.ui.widgets.form_lines import AddressLine, CallPasted, Edited, KeyLine, PressLine

if TYPE_CHECKING:
    from snum_tui.ui.terminal.app import TerminalApp

NAME = "default"
"""What the first account is called; it can be renamed."""

_Told = TypeVar("_Told")
BeginAnew = Callable[[Opened], Awaitable[None]]
"""Puts the main screen of what was opened in the place of all others."""


class BeginningScreen(FormScreen):
    """Asks for what every other start knows. Nothing is sent before Enter, and then only getBalance."""

    def __init__(self, desk: Desk, accounts: Accounts, begin_anew: BeginAnew) -> None:
        super().__init__(desk)
        self._accounts = accounts
        self._begin_anew = begin_anew
        self._language_before = desk.speaker.language
        language_keys = desk.keyboard.action("app.language").keys
        self.address = FormField(
            N_("Site's address"),
            AddressLine(lambda key: key in language_keys),
            N_("Like https://sanalnumara.org. A whole line of its API page will do, too."),
        )
        self.key = FormField(
            N_("API key"), KeyLine(), N_("It stands on your profile page there. Copy it, and paste it here.")
        )
        self._lead, self._result, self._note = Words("lead"), Words("result"), Words("note fair")
        self.test, self.save, self.demo = PressLine(), PressLine(), PressLine()
        self._trial: Trial | None = None
        self._judged: tuple[str, ApiKey] | None = None
        """What stood in the fields when they were looked at last: what was said of it holds for that alone."""
        self._busy: str | None = None
        """What is going on, as a template; until it is over, nothing else begins."""
        self._allowed = ""
        """The address that may be asked over plain http."""

    def parts(self) -> Iterator[Widget]:
        """Lead, fields, what came of the test, what to do, and what is fair."""
        yield self._lead
        yield self.address
        yield self.key
        yield self._result
        yield self.test
        yield self.save
        yield self.demo
        yield self._note

    def heading(self) -> str:
        """The title."""
        return self._desk.text(N_("Welcome to snum-tui"))

    def labels(self) -> dict[PressLine, str]:
        """What can be done."""
        text = self._desk.text
        return {
            self.test: text(N_("Test the key")),
            self.save: text(N_("Save and begin")),
            self.demo: text(N_("Try the demo: no site, no key, no money")),
        }

    def repaint(self) -> None:
        """Say everything in the language of now."""
        super().repaint()
        text = self._desk.text
        self._lead.say(text(N_("Which site do you have an account on? Its address and your key are all it takes.")))
        cast("KeyLine", self.key.line).hint = text(N_("not shown here"))
        fair = N_(
            "Fair use: one order for each time you agree, none by itself. Keep to the rules of the site and of the "
            "app that sends the code. WhatsApp and Telegram often block such numbers: nobody can vouch for them."
        )
        self._note.say(text(fair))
        self._show_result()

    def entered(self, line: Widget) -> None:
        """Go on where the line is filled in; test, save, or try the demo."""
        if line is self.address.line:
            if self._address() is not None:
                self.go_to(self.key.line)
        elif line is self.demo:
            self._begin(N_("The demo is being started…"), self._accounts.open_demo, self._opened)
        elif line is self.save:
            self._save()
        else:
            self._test()

    def action_plain_http(self) -> None:
        """Let the key travel unencrypted to the address that stands there: the person says so."""
        self._allowed = self._typed_address
        self._address()

    def action_close(self) -> None:
        """Leave; there is nothing behind this screen."""
        self.app.exit()

    @on(CallPasted)
    def _take_apart(self, event: CallPasted) -> None:
        event.stop()
        self._take(event.pasted.address, event.pasted.key)

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        if self._content == self._judged:
            return  # it was looked at before this came
        self._judged = self._trial = None
        for field in (self.address, self.key):
            if field.problem is not None:
                self.complain(field, None)
        self._show_result()

    @property
    def _content(self) -> tuple[str, ApiKey]:
        return self._typed_address, cast("KeyLine", self.key.line).key

    @property
    def _typed_address(self) -> str:
        return cast("AddressLine", self.address.line).value.strip()

    def _take(self, address: str, key: ApiKey | None) -> None:
        cast("AddressLine", self.address.line).value = address
        if key is not None:
            cast("KeyLine", self.key.line).take(key)
        self.go_to(self.key.line if key is None else self.test)

    def _address(self) -> SiteAddress | None:
        """Return the site's address, taking a key out that was typed with it; complain where it is none."""
        if (pasted := take_apart(self._typed_address)) is not None:
            self._take(pasted.address, pasted.key)
        self._judged = self._content
        typed = self._typed_address
        problem: Sentence | None = None
        try:
            return read_address(typed, allow_plain_http=typed == self._allowed)
        except BadAddress as error:
            problem = error.sentence
        finally:
            self.complain(self.address, self._with_way_out(typed, problem))
        self.go_to(self.address.line)
        return None

    def _with_way_out(self, typed: str, problem: Sentence | None) -> Sentence | None:
        if problem is None:
            return None
        if not typed:
            return say(N_("Type or paste the site's address first, like https://example.com"))
        try:
            read_address(typed, allow_plain_http=True)
        except BadAddress:
            return problem
        return say(N_("{problem} ({key} allows it for this site.)"), problem=problem, key=PLAIN_HTTP)

    def _key(self) -> ApiKey | None:
        key = cast("KeyLine", self.key.line).key
        if is_key(key.reveal()):
            self.complain(self.key, None)
            return key
        problem = N_("A key has no spaces and none but plain letters, digits and signs. Copy it once more.")
        self.complain(
            self.key, say(problem if key else N_("Paste your key first; your profile page there shows it."))
        )
        self.go_to(self.key.line)
        return None

    def _test(self) -> None:
        address = self._address()
        key = None if address is None else self._key()
        if address is not None and key is not None:
            content = self._content
            self._begin(
                N_("Asking {host} for your balance…"),
                partial(self._accounts.try_out, address, key),
                lambda trial: self._tried(trial, content),
            )

    def _tried(self, trial: Trial, content: tuple[str, ApiKey]) -> None:
        if content != self._content:
            return
        self._trial = trial
        self.complain(self.key if trial.is_about_key else self.address, trial.problem)
        self._show_result()
        if trial.problem is None:
            self.go_to(self.save)
        else:
            self.go_to((self.key if trial.is_about_key else self.address).line)

    def _save(self) -> None:
        """Save what was tried out, however that ended: a site that is down today is up tomorrow."""
        if self._trial is None:
            self._test()
            return
        address = self._address()
        key = None if address is None else self._key()
        if address is None or key is None:
            return
        language = self._desk.speaker.language
        draft = AccountDraft(
            NAME,
            address.url,
            key,
            allow_plain_http=not address.is_encrypted and not address.is_this_machine,
            language=None if language == self._language_before else language,
        )
        self._begin(N_("Saving…"), partial(self._accounts.save, draft), self._saved)

    def _saved(self, problem: Sentence | None) -> None:
        if problem is not None:
            self._desk.tell(self._desk.render(problem), Tone.BAD)
        else:
            self._begin(N_("Saving…"), partial(self._accounts.open, NAME), self._opened)

    def _opened(self, opened: Opened) -> None:
        if opened.problem is not None:
            self._desk.tell(self._desk.render(opened.problem), Tone.BAD)
        else:
            self.app.call_later(self._begin_anew, opened)

    def _begin(
        self, what: str, start: Callable[[Callable[[_Told], None]], None], then: Callable[[_Told], None]
    ) -> None:
        """Begin something that goes on beside the screen; `then` is called on the screen's thread."""
        if self._busy is not None:
            return
        app = cast("TerminalApp", self.app)

        def over(told: _Told) -> None:
            self._busy = None
            if self.is_attached:
                self._show_result()
                then(told)

        self._busy = what
        self._desk.tell("", Tone.PLAIN)
        self._show_result()
        start(lambda told: app.hand_over(partial(over, told)))

    def _show_result(self) -> None:
        """Say what goes on, or what came of the test."""
        text = self._desk.text
        if self._busy is not None:
            words = text(self._busy, host=self._typed_address.partition("/api/")[0])
        elif self._trial is None:
            words = ""
        elif self._trial.balance is None:
            words = text(N_("Not accepted yet. Put it right above, or save it all the same."))
        else:
            words = text(
                N_("It works: your balance there is {amount}."), amount=self._desk.amount(self._trial.balance)
            )
        self._result.say(words)
        self._result.set_class(self._trial is not None and self._trial.balance is not None, "good")
