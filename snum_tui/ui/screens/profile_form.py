"""One profile: its name, its site and key, and what the person knows of the site's rules."""

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial
from typing import TypeVar, cast

from textual import on
from textual.widget import Widget

from snum_tui.domain.accounts import (
    CURRENCY_LENGTH,
    NAME_LENGTH,
    RULE_LENGTH,
    Account,
    AccountDraft,
    AccountRules,
    is_currency,
)
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.domain.text import clean_text
from snum_tui.ui.accounts import Accounts, Turning, Unsaved
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.screens.site_form import SiteForm
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.form_field import FormField
from snum_tui.ui.widgets.form_lines import Edited, PressLine, TextLine

_Value = TypeVar("_Value")

_MINUTE, _DAY = 60, 86_400
_HUNDREDTH = Decimal("0.01")


class ProfileForm(SiteForm):
    """A new profile where `kept` is None or not in config.toml; else that one, changed, and renamed by its name.

    `done` is told the name once it is written down.
    """

    def __init__(
        self, desk: Desk, accounts: Accounts, turning: Turning, kept: Account | None, done: Callable[[str], None]
    ) -> None:
        super().__init__(desk, accounts, turning, kept if kept is not None and kept.in_file else None)
        self._done = done
        self._refused: dict[FormField, str] = {}
        """What stood in the fields that were complained of."""
        self._start = kept or Account("", "", "", SiteRules())
        name = N_("As you like; it stands beside the site at the top.")
        self.name_field = FormField(N_("Name"), TextLine(limit=NAME_LENGTH), name)
        self.currency = FormField(N_("Currency"), TextLine(limit=CURRENCY_LENGTH))
        self.refund = FormField(N_("Refund, min"), TextLine(limit=7), N_("So long a cancel brings the money back."))
        self.earliest = FormField(
            N_("Cancel from, s"), TextLine(limit=6), N_("Before this age the site may refuse a cancel. 0: never.")
        )
        self.rule = FormField(N_("Rule"), TextLine(limit=RULE_LENGTH), N_("Its refund rule in your own words."))

    def parts(self) -> Iterator[Widget]:
        """Fields, what came of the test, and what to do."""
        yield self.name_field
        yield self.address
        yield self.key
        yield self.currency
        yield self.refund
        yield self.earliest
        yield self.rule
        yield self._result
        yield self.test
        yield self.save

    @property
    def _currency_there(self) -> str:
        """The sign of the amounts of the site in this form, not of the one at work."""
        return drawn(clean_text(self._text(self.currency), CURRENCY_LENGTH)) or super()._currency_there

    def on_mount(self) -> None:
        """Begin with what is kept."""
        rules = self._start.rules
        self._fill(self.name_field, self._start.name)
        self._fill(self.address, self._start.site)
        self._fill(self.currency, rules.currency)
        self._fill(self.refund, _in_minutes(rules.refund_seconds))
        self._fill(self.earliest, str(rules.earliest_cancel_seconds))
        self._fill(self.rule, rules.refund_rule)
        if self._start.allow_plain_http:
            self._allowed = self._start.site
        super().on_mount()

    def heading(self) -> str:
        """The title."""
        if self._kept is None:
            return self._desk.text(N_("New profile"))
        return self._desk.text(N_("Profile {name}"), name=self._kept.name)

    def labels(self) -> dict[PressLine, str]:
        """What can be done."""
        save = N_("Save all the same") if self._has_failed else N_("Save")
        return {self.test: self._desk.text(N_("Test the key")), self.save: self._desk.text(save)}

    def entered(self, line: Widget) -> None:
        """Go on where the line is filled in; test, or save."""
        if line in {
            field.line for field in (self.name_field, self.currency, self.refund, self.earliest, self.rule)
        }:
            self.action_down()
        else:
            super().entered(line)

    def action_close(self) -> None:
        """Go back without a change."""
        self.dismiss()

    def look_at_the_rest(self, address: SiteAddress | None) -> None:
        """Complain of name and rules that cannot be used, and where open numbers would go out of sight."""
        self._typed_name()
        self._rules()
        if address is not None:
            self._keep_in_sight(address)

    def keep(self, address: SiteAddress, key: ApiKey | None) -> None:
        """Write the profile down, once all of it can be used; nothing where nothing is new."""
        name, rules = self._typed_name(), self._rules()
        if name is None or rules is None:
            return
        draft = AccountDraft(
            name,
            address.url,
            key,
            allow_plain_http=not address.is_encrypted and not address.is_this_machine,
            rules=rules,
        )
        if self._is_as_kept(draft):
            self.action_close()
            return
        before = None if self._kept is None else self._kept.name
        self._begin(N_("Saving…"), partial(self._accounts.save, draft, before), partial(self._saved, name))

    def _is_as_kept(self, draft: AccountDraft) -> bool:
        kept = self._kept
        return (
            kept is not None
            and (draft.name, draft.site, draft.key, draft.rules) == (kept.name, kept.site, None, AccountRules())
            and kept.allow_plain_http >= draft.allow_plain_http
        )

    def _saved(self, name: str, unsaved: Unsaved | None) -> None:
        if unsaved is None:
            self.action_close()
            self._done(name)
        elif unsaved.is_about_name:
            self._wrong(self.name_field, unsaved.problem)
            self.go_to(self.name_field.line)
        else:
            self._desk.tell(self._desk.render(unsaved.problem), Tone.BAD)

    @on(Edited)
    def _put_right(self) -> None:
        """Say no longer what was wrong with a text that is gone."""
        for field, refused in tuple(self._refused.items()):
            if self._text(field) != refused:
                del self._refused[field]
                self.complain(field, None)

    def _typed_name(self) -> str | None:
        name = self._text(self.name_field)
        if name and clean_text(name, NAME_LENGTH) == name:
            self.complain(self.name_field, None)
            return name
        words = N_("A name has up to {count} printable letters.")
        missing = say(N_("Give the profile a name first, like work."))
        self._wrong(self.name_field, say(words, count=NAME_LENGTH) if name else missing)
        return None

    def _rules(self) -> AccountRules | None:
        start = self._start.rules
        currency, refund = self._typed_currency(), self._refund_seconds()
        earliest = self._seconds(self.earliest, 1, N_("A number of seconds from 0 to {most}, like 150."))
        if currency is None or refund is None or earliest is None:
            return None
        rule = clean_text(self._text(self.rule), RULE_LENGTH)
        if self._kept is None:
            return AccountRules(currency, refund, earliest, rule)
        return AccountRules(  # what was not set before, and is as it was, is not set then either
            _if_new(currency, start.currency),
            _if_new(refund, start.refund_seconds),
            _if_new(earliest, start.earliest_cancel_seconds),
            _if_new(rule, clean_text(start.refund_rule, RULE_LENGTH)),
        )

    def _typed_currency(self) -> str | None:
        currency = self._text(self.currency)
        if currency == self._start.rules.currency or is_currency(currency):
            self.complain(self.currency, None)
            return currency
        words = N_("One sign like ₺, or up to {count} letters alone, like TRY.")
        self._wrong(self.currency, say(words, count=CURRENCY_LENGTH))
        return None

    def _refund_seconds(self) -> int | None:
        kept = self._start.rules.refund_seconds
        if self._text(self.refund) == _in_minutes(kept):
            self.complain(self.refund, None)
            return kept  # what nobody touched stays to the second
        return self._seconds(self.refund, _MINUTE, N_("A number of minutes from 0 to {most}, like 10."))

    def _seconds(self, field: FormField, unit: int, words: str) -> int | None:
        try:
            amount = Decimal(self._text(field).replace(",", ".")) * unit
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount <= _DAY:
            self._wrong(field, say(words, most=_DAY // unit))
            return None
        self.complain(field, None)
        return int(amount.to_integral_value(ROUND_HALF_UP))

    def _keep_in_sight(self, address: SiteAddress) -> None:
        """Complain of another address where numbers are open: it would hide them."""
        kept = self._kept
        if kept is None or not kept.open_numbers or kept.site == address.url:
            return
        words = NP_(
            "{count} number is open at {host}, and would no longer be asked for. Add a profile instead.",
            "{count} numbers are open at {host}, and would no longer be asked for. Add a profile instead.",
        )
        self._wrong(self.address, say_count(words, kept.open_numbers, host=SiteAddress(kept.site).host))

    def _wrong(self, field: FormField, problem: Sentence) -> None:
        self._refused[field] = self._text(field)
        self.complain(field, problem)

    @staticmethod
    def _text(field: FormField) -> str:
        return cast("TextLine", field.line).value.strip()

    @staticmethod
    def _fill(field: FormField, text: str) -> None:
        cast("TextLine", field.line).value = text


def _if_new(value: _Value, before: _Value) -> _Value | None:
    return None if value == before else value


def _in_minutes(seconds: int) -> str:
    """Write seconds as minutes, as short as can be: 600 is 10, 90 is 1.5, 605 is 10.08."""
    written = f"{(Decimal(seconds) / _MINUTE).quantize(_HUNDREDTH, ROUND_HALF_UP):f}"
    return written.rstrip("0").removesuffix(".")
