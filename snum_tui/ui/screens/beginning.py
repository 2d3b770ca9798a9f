"""The first start: the site's address and the key, tried out and written down; or the demo."""

from collections.abc import Iterator
from functools import partial

from textual import on
from textual.widget import Widget

from snum_tui.domain.accounts import AccountDraft
from snum_tui.domain.sentence import N_
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.ui.accounts import Accounts, Turning, Unsaved
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.screens.site_form import SiteForm
from snum_tui.ui.widgets.form_field import Words
from snum_tui.ui.widgets.form_lines import Edited, PressLine

NAME = "default"
"""What the first account is called; it can be renamed."""


class BeginningScreen(SiteForm):
    """Asks for what every other start knows, and says what is fair."""

    WAY_OUT = N_("leave")
    BEGINS_WITH_LANGUAGE = True

    def __init__(self, desk: Desk, accounts: Accounts, turning: Turning) -> None:
        super().__init__(desk, accounts, turning)
        self._to_lose: tuple[str, ApiKey] | None = None
        """What was filled in when leaving was asked about."""
        self._language_before = desk.speaker.language
        self._lead, self._note = Words("lead"), Words("note fair")
        self.demo = PressLine()

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
        demo = N_("Try the demo, without money") if self.is_tiny else N_("Try the demo: no site, no key, no money")
        return {
            self.test: text(N_("Test the key")),
            self.save: text(N_("Save all the same and begin") if self._has_failed else N_("Save and begin")),
            self.demo: text(demo),
        }

    def repaint(self) -> None:
        """Say everything in the language of now."""
        super().repaint()
        text = self._desk.text
        lead = N_("Which site do you have an account on? Its address and your key are all it takes.")
        self._lead.say(text(N_("Which site is your account on?") if self.is_tiny else lead))
        fair = N_(
            "Fair use: one order for each time you agree, none by itself. Keep to the rules of the site and of the "
            "app that sends the code. WhatsApp and Telegram often block such numbers: nobody can vouch for them."
        )
        self._note.say(text(fair))

    def entered(self, line: Widget) -> None:
        """Try the demo, or go on as any form."""
        if line is self.demo:
            self._begin(N_("The demo is being started…"), self._accounts.open_demo, self._opened)
        else:
            super().entered(line)

    def keep(self, address: SiteAddress, key: ApiKey | None) -> None:
        """Write the first account down, and begin."""
        language = self._desk.speaker.language
        draft = AccountDraft(
            NAME,
            address.url,
            key,
            allow_plain_http=not address.is_encrypted and not address.is_this_machine,
            language=None if language == self._language_before else language,
        )
        self._begin(N_("Saving…"), partial(self._accounts.save, draft, None), self._saved)

    def action_close(self) -> None:
        """Leave, for there is nothing behind this screen; at the second time where something was typed."""
        if any(self._content) and self._to_lose != self._content:
            self._to_lose = self._content
            words = N_("What you filled in is not kept. {key} once more leaves.")
            self._desk.tell(self._desk.text(words, key=self._desk.key("form.close")), Tone.WARNING)
        else:
            self.app.exit()

    def _saved(self, unsaved: Unsaved | None) -> None:
        if unsaved is None:
            self._open(NAME)
        else:
            self._desk.tell(self._desk.render(unsaved.problem), Tone.BAD)

    @on(Edited)
    def _goes_on(self) -> None:
        """Ask anew where there is more to lose than at the first Esc."""
        if self._to_lose is not None and self._to_lose != self._content:
            self._to_lose = None
            self._desk.tell("", Tone.PLAIN)
