"""The profiles: add, switch, change, rename, remove."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar
from urllib.parse import urlsplit

from textual.binding import BindingType

from snum_tui.domain.accounts import Account
from snum_tui.domain.sentence import N_, NP_, Sentence, say_count
from snum_tui.ui.accounts import Accounts, Listed, Opened, Turning
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.flows.profiles import remove_question, switch_question
from snum_tui.ui.screens.list_screen import ListScreen
from snum_tui.ui.screens.profile_form import ProfileForm
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.toned import Piece

NARROW = 60
NAME_CELLS, NARROW_NAME_CELLS = 16, 10


class ProfilesScreen(ListScreen):
    """One row a profile, with the numbers that are open in it; those of a removed profile are listed as well."""

    PLACE = Place.PROFILES
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.PROFILES)

    def __init__(self, desk: Desk, accounts: Accounts, turning: Turning, at: str | None = None) -> None:
        super().__init__(desk)
        self._at: str | None = desk.snapshot.profile if at is None else at
        """The name of the profile that the cursor is to be on once they are read: the one that is worked with."""
        self._accounts = accounts
        self._turning = turning
        self._listed: Listed | None = None
        self._is_switching = False

    def on_mount(self) -> None:
        """Show the frame at once, and the rows as soon as they are read."""
        super().on_mount()
        self._look()

    def repaint(self) -> None:
        """Show what was read last, in the language of now."""
        desk, rows, listed = self._desk, self.rows, self._listed
        columns = (
            Column("", 1),
            Column(desk.text(N_("Open")), 5, right=True),
            Column(desk.text(N_("Name")), NAME_CELLS if self.app.size.width >= NARROW else NARROW_NAME_CELLS),
            Column(desk.text(N_("Site")), 0),
        )
        accounts = () if listed is None else listed.accounts
        self.show_frame([(desk.text(N_("Profiles")), Tone.STRONG)], self._count(accounts))
        self.query_one(ColumnHeader).show(columns)
        rows.hint = self._hint(listed)
        rows.show(columns, [self._row(one) for one in accounts])

    def action_detail(self) -> None:
        """Work with the profile under the cursor, as a second click says."""
        self.action_switch()

    def action_switch(self) -> None:
        """Work with the profile under the cursor from now on."""
        if (account := self._selected()) is None or self._is_switching:
            return
        snapshot = self._desk.snapshot
        if not account.in_file:
            self._edit(account)
        elif self._is_current(account):
            self._say(N_("This is the profile that you work with."), Tone.PLAIN)
        elif snapshot.unwritten:
            self._say(N_("The journal has not taken an order yet. Wait for it, or note the number down and quit."))
        elif snapshot.open_numbers:
            question = switch_question(self._desk, account.name)
            self.app.push_screen(question, lambda agreed: self._switch(account.name) if agreed else None)
        else:
            self._switch(account.name)

    def action_add(self) -> None:
        """Add a profile."""
        self._edit(None)

    def action_change(self) -> None:
        """Change or rename the profile under the cursor."""
        if (account := self._selected()) is not None:
            self._edit(account)

    def action_remove(self) -> None:
        """Ask whether to remove the profile under the cursor; not the one that is worked with."""
        if (account := self._selected()) is None:
            return
        if not account.in_file:
            self._say(N_("It is not in config.toml. Its numbers stay in the journal until they are settled."))
        elif self._is_current(account):
            self._say(N_("You work with this profile. Switch to another one first."))
        else:
            question = remove_question(self._desk, account)
            self.app.push_screen(question, lambda agreed: self._remove(account.name) if agreed else None)

    def action_start_with(self) -> None:
        """Begin with the profile under the cursor from the next start on."""
        account = self._selected()
        if account is not None and account.in_file:
            self._do(partial(self._accounts.start_with, account.name))

    def _selected(self) -> Account | None:
        accounts = () if self._listed is None else self._listed.accounts
        found = next((one for one in accounts if _key(one) == self.rows.cursor_key), None)
        if found is None:
            self._desk.tell(self.rows.hint, Tone.WARNING)
        return found

    def _is_current(self, account: Account) -> bool:
        return account.in_file and account.name == self._desk.snapshot.profile and self._desk.keeps_orders

    def _edit(self, account: Account | None) -> None:
        was_current = account is not None and self._is_current(account)
        done = partial(self._edited, was_current=was_current)
        self.app.push_screen(ProfileForm(self._desk, self._accounts, self._turning, account, done))

    def _edited(self, name: str, *, was_current: bool) -> None:
        """What the engine of now works with was changed: it begins anew with that, its numbers included."""
        if was_current:
            self._switch(name, stays=True)
        else:
            self._look(name)

    def _switch(self, name: str, *, stays: bool = False) -> None:
        """Work with another profile, or with one as it is now: then the list `stays`."""
        if self._is_switching:
            return
        self._is_switching = True
        self._say(N_("Finishing what is under way, then switching to {name}…"), Tone.PLAIN, name=name)
        self._turning.keep_place()
        then = partial(self._opened, stays_at=name if stays else None)
        self._accounts.open(name, lambda opened: self._turning.hand_over(partial(then, opened)))

    def _opened(self, opened: Opened, *, stays_at: str | None) -> None:
        self._is_switching = False
        if opened.problem is None:
            self.app.call_later(self._begin_anew, opened, stays_at)
        elif self.is_attached:
            self._desk.tell(self._desk.render(opened.problem), Tone.BAD)
            self._look(stays_at)

    async def _begin_anew(self, opened: Opened, stays_at: str | None) -> None:
        app = self.app
        await self._turning.begin_anew(opened)
        if stays_at is not None and len(app.screen_stack) == 1:  # in a window that is too small, that is said first
            app.push_screen(ProfilesScreen(self._desk, self._accounts, self._turning, stays_at))

    def _remove(self, name: str) -> None:
        self._do(partial(self._accounts.remove, name, self._desk.snapshot.profile))

    def _do(self, start: Callable[[Callable[[Sentence | None], None]], None]) -> None:
        """Have something written into config.toml, then show how things stand."""

        def over(problem: Sentence | None) -> None:
            if problem is not None and self.is_attached:
                self._desk.tell(self._desk.render(problem), Tone.BAD)
            self._look()

        start(lambda problem: self._turning.hand_over(partial(over, problem)))

    def _look(self, at: str | None = None) -> None:
        """Read them anew; the cursor stays where it is, or goes to the one of this name."""
        self._at = at or self._at
        self._accounts.look(lambda listed: self._turning.hand_over(partial(self._read, listed)))

    def _read(self, listed: Listed) -> None:
        if self.is_attached:
            self._listed = listed
            self.repaint()
            names = [one.name for one in listed.accounts]
            if self._at in names:
                self.rows.move_to(names.index(self._at))
            self._at = None

    def _say(self, words: str, tone: Tone = Tone.WARNING, **values: object) -> None:
        self._desk.tell(self._desk.text(words, **values), tone)

    def _hint(self, listed: Listed | None) -> str:
        desk = self._desk
        if listed is None:
            return desk.text(N_("Reading…"))
        if listed.problem is not None:
            return desk.render(listed.problem)
        if listed.accounts:
            return ""
        return desk.text(N_("There are no profiles yet. {key} adds one."), key=desk.key("profiles.add"))

    def _count(self, accounts: tuple[Account, ...]) -> list[Piece]:
        count = sum(one.in_file for one in accounts)
        return [(self._desk.render(say_count(NP_("{count} profile", "{count} profiles"), count)), Tone.PLAIN)]

    def _row(self, account: Account) -> Row:
        mark = drawn("●") if self._is_current(account) else drawn("★") if account.is_first else ""
        site = urlsplit(account.site).netloc or account.site
        if not account.in_file:
            site = self._desk.text(N_("{site} (not in config.toml)"), site=site)
        open_numbers = account.open_numbers
        cells = (
            Cell(mark, Tone.GOOD),
            Cell(str(open_numbers) if open_numbers else "", Tone.WARNING),
            Cell(account.name, Tone.BOLD if self._is_current(account) else Tone.PLAIN),
            Cell(site, Tone.PLAIN if account.in_file else Tone.DIM),
        )
        return Row(_key(account), cells)


def _key(account: Account) -> str:
    return f"{account.in_file}\n{account.name}\n{account.site}"
