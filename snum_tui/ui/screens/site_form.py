"""A form that asks for a site's address and a key, and tries them out before they are kept."""

from functools import partial
from typing import cast

from textual import on
from textual.widget import Widget

from snum_tui.domain.accounts import Account, bare_address, bare_key, lone_key, take_apart
from snum_tui.domain.keys import PLAIN_HTTP
from snum_tui.domain.money import format_amount
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, BadAddress, SiteAddress, is_key, read_address
from snum_tui.engine.trying import Trial
from snum_tui.ui.accounts import Accounts, Turning
from snum_tui.ui.desk import Desk
from snum_tui.ui.later import after_refresh
from snum_tui.ui.screens.working_form import WorkingForm
from snum_tui.ui.widgets.form_field import FormField
from snum_tui.ui.widgets.form_lines import AddressLine, CallPasted, Edited, KeyLine, PressLine


class SiteForm(WorkingForm):
    """Nothing is sent before Enter, and then only getBalance, on a thread that is not the screen's.

    `kept` is the account that is changed: its key may stay. What a form is about comes after the two fields.
    """

    def __init__(self, desk: Desk, accounts: Accounts, turning: Turning, kept: Account | None = None) -> None:
        super().__init__(desk, accounts, turning)
        self._kept = kept
        language_keys = desk.keyboard.action("app.language").keys
        self.address = FormField(
            N_("Site's address"),
            AddressLine(lambda key: key in language_keys),
            N_("Like https://sanalnumara.org. A whole line of its API page will do, too."),
        )
        self.key = FormField(
            N_("API key"), KeyLine(), N_("It stands on your profile page there. Copy it, and paste it here.")
        )
        self.test, self.save = PressLine(), PressLine()
        self._trial: Trial | None = None
        self._judged: tuple[str, ApiKey] | None = None
        """What stood in the fields when they were looked at last: what was said of it holds for that alone."""
        self._allowed = ""
        """The address that may be asked over plain http."""
        self._is_kept_if_good = False
        """Whether what is being tried out is to be kept at once if it works."""

    def keep(self, address: SiteAddress, key: ApiKey | None) -> None:
        """Write down what was filled in, as far as it can be used; None leaves the key that is kept."""
        raise NotImplementedError

    def look_at_the_rest(self, address: SiteAddress | None) -> None:
        """Complain of all else that was filled in and cannot be used; the address is None where that is one."""

    def repaint(self) -> None:
        """Say everything in the language of now."""
        super().repaint()
        own = N_("stays as it is") if self._kept is not None and self._kept.has_key else N_("not shown here")
        cast("KeyLine", self.key.line).say_hint(self._desk.text(own))
        self._show_result()

    def entered(self, line: Widget) -> None:
        """Go on where the line is filled in; test, or save."""
        if line is self.address.line:
            if self._address() is not None:
                self.go_to(self.key.line)
            else:
                self._go_to_first_wrong(self.address)
        elif line is self.save:
            self._save()
        else:
            self._test()

    def action_plain_http(self) -> None:
        """Let the key travel unencrypted to the address that stands there: the person says so."""
        self._allowed = self._typed_address
        if self._address() is None:
            self.go_to(self.address.line)

    @on(CallPasted)
    def _take_apart(self, event: CallPasted) -> None:
        event.stop()
        self._take(event.pasted.address, event.pasted.key)

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        now, judged = self._content, self._judged or (None, None)
        if now == judged:
            return  # it was looked at before this came
        # What a site said holds for both together, and the key that is kept for its own address alone.
        is_of_both = self._trial is not None or self._stays
        self._trial = None
        for field, here, before in zip((self.address, self.key), now, judged, strict=True):
            if field.problem is not None and (is_of_both or here != before):
                self.complain(field, None)
        self._show_result()

    @property
    def _content(self) -> tuple[str, ApiKey]:
        return self._typed_address, cast("KeyLine", self.key.line).key

    @property
    def _typed_address(self) -> str:
        return cast("AddressLine", self.address.line).value.strip()

    @property
    def _stays(self) -> bool:
        """Whether the key that is kept is meant: none was given, and the site is the same."""
        is_kept = self._kept is not None and self._kept.has_key
        return is_kept and not cast("KeyLine", self.key.line).key

    def _take(self, address: str, key: ApiKey | None) -> None:
        """Have these in the fields; an empty address leaves the one that is there, and tells where none is."""
        line = cast("AddressLine", self.address.line)
        line.value = address or line.value
        if key is not None:
            cast("KeyLine", self.key.line).take(key)
        if not line.value:
            self._judged = self._content
            self.complain(
                self.address, say(N_("That is a key: it is in its own field now. The site's address comes here."))
            )
        self.go_to(line if not line.value else self.key.line if key is None else self.test)

    def _address(self) -> SiteAddress | None:
        """Return the site's address, taking a key out that was typed with it; complain where it is none."""
        if (key := lone_key(bare_key(self._typed_address))) is not None:
            cast("AddressLine", self.address.line).value = ""
            self._take("", key)
            return None  # _take has complained
        if (pasted := take_apart(self._typed_address)) is not None:
            self._take(pasted.address, pasted.key)
        if (typed := bare_address(self._typed_address)) != self._typed_address:
            cast("AddressLine", self.address.line).value = typed
        self._judged = self._content
        problem: Sentence | None = None
        try:
            return read_address(typed, allow_plain_http=typed == self._allowed)
        except BadAddress as error:
            problem = error.sentence
        finally:
            self.complain(self.address, self._with_way_out(typed, problem))
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
        words = N_(
            "{address} would send your key unencrypted. Write https:// instead; {key} allows it for this site."
        )
        return say(words, address=problem.values["address"], key=PLAIN_HTTP)

    def _key(self, address: SiteAddress | None) -> ApiKey | None:
        """Return the key, an empty one where the kept one stays; complain where it is none, or of another site.

        Of which one that is nothing is said while the address is None.
        """
        key = self._bare_key()
        problem: Sentence | None = None
        if self._stays and self._kept is not None:
            host = SiteAddress(self._kept.site).host
            if address is not None and host != address.host:
                problem = say(N_("The key that is kept belongs to {host}. Paste the one of this site."), host=host)
        elif not key:
            problem = say(N_("Paste your key first; your profile page there shows it."))
        elif "://" in key.reveal() or "/api/" in key.reveal():
            problem = say(N_("That is an address. Only the key comes here, as your profile page there shows it."))
        elif not is_key(key.reveal()):
            problem = say(N_("A key has no spaces, just plain letters, digits and signs. Copy it once more."))
        self.complain(self.key, problem)
        return key if problem is None else None

    def _bare_key(self) -> ApiKey:
        """Take the key out of what was typed with it, and return it."""
        line = cast("KeyLine", self.key.line)
        typed = line.key.reveal()
        pasted = take_apart(typed)
        key = pasted.key if pasted is not None else ApiKey(bare_key(typed))
        if key is not None and key.reveal() != typed:
            line.take(key)
            self._judged = self._content  # it is the one that is looked at now
        return line.key

    def _both(self) -> tuple[SiteAddress, ApiKey] | None:
        """Return address and key; complain of each that cannot be used."""
        address = self._address()
        key = self._key(address)
        return None if address is None or key is None else (address, key)

    def _test(self) -> None:
        if (both := self._both()) is None:
            self._go_to_first_wrong(self.address, self.key)
        else:
            self._ask(N_("Asking {host} for your balance…"), *both)

    def _go_to_first_wrong(self, *fields: FormField) -> bool:
        """Go to the first of the fields that was complained of; tell whether there is one."""
        wrong = next((field for field in fields if field.problem is not None), None)
        if wrong is not None:
            self.go_to(wrong.line)
        return wrong is not None

    def _ask(self, what: str, address: SiteAddress, key: ApiKey) -> None:
        content = self._content
        if self.focused is not self.save:
            self.go_to(self.test)  # what comes of it stands there
        if self._kept is not None and not key:
            ask = partial(self._accounts.try_kept, self._kept.name, address)
        else:
            ask = partial(self._accounts.try_out, address, key)
        self._begin(what, ask, lambda trial: self._tried(trial, content))

    def _tried(self, trial: Trial, content: tuple[str, ApiKey]) -> None:
        is_to_be_kept = self._is_kept_if_good and self.focused is self.save
        self._is_kept_if_good = False
        if content != self._content:
            return
        self._trial = trial
        self.complain(self.key if trial.is_about_key else self.address, trial.problem)
        self._show_result()
        if trial.problem is None or (is_to_be_kept and trial.is_out_of_reach):
            self.go_to(self.save)
        else:
            self.go_to((self.key if trial.is_about_key else self.address).line)
        if trial.problem is None and is_to_be_kept:
            self._save()

    def _save(self) -> None:
        """Try it out, and save it if it works; what was tried out already is saved however that ended.

        A site that is down today is up tomorrow.
        """
        both = self._both()
        self.look_at_the_rest(None if both is None else both[0])
        if self._go_to_first_wrong(*self.query(FormField)) or both is None:
            return
        address, key = both
        is_as_before = self._stays and self._kept is not None and self._typed_address == self._kept.site
        if self._trial is not None or is_as_before:
            self.keep(address, key or None)
            return
        self._is_kept_if_good = True
        self._ask(N_("Asking {host} for your balance, then saving…"), address, key)

    @property
    def _has_failed(self) -> bool:
        """Whether what stands there was tried out, and did not work."""
        return self._trial is not None and self._trial.balance is None

    @property
    def _currency_there(self) -> str:
        """The sign of the amounts of the site in this form."""
        return self._desk.currency

    def _show_result(self) -> None:
        """Say what goes on, or what came of the test."""
        text = self._desk.text
        if self._busy is not None:
            words = text(self._busy, host=self._typed_address.partition("/api/")[0])
        elif self._trial is not None and self._trial.balance is not None:
            amount = format_amount(self._trial.balance, self._currency_there, self._desk.speaker.language)
            words = text(N_("It works: your balance there is {amount}."), amount=amount)
        elif self._trial is not None and self._trial.is_out_of_reach:
            words = N_("{host} cannot be asked now, so nothing is saved yet. You can save it untested.")
            words = text(words, host=self._typed_address)
        else:
            words = ""  # what was not accepted is told beside its field, and nowhere else
        is_new = words != self._result.said
        self._result.say(words)
        self.save.show(self.labels()[self.save])
        self._result.set_class(self._trial is not None and self._trial.balance is not None, "good")
        if is_new and (line := self.focused) in {self.test, self.save}:
            after_refresh(self, lambda: self._bring_into_sight(line))

    def _bring_into_sight(self, line: Widget) -> None:
        """Have what came of the test in sight, too, where it is asked for and kept."""
        if line in {self.test, self.save} and self._result.display:
            self._form.scroll_to_widget(self._result, animate=False, immediate=True)
        super()._bring_into_sight(line)
