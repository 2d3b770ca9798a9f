"""The palette: everything there is to choose from, found by typing."""

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from snum_tui.domain.catalogue import Category
from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.domain.setting import Setting
from snum_tui.engine.commands import Find
from snum_tui.engine.snapshot import Found, Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.dialogs.named_keys import NamesKeys
from snum_tui.ui.flows.in_force import held_now
from snum_tui.ui.later import after_refresh
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.tables.palette import Chosen, Look, Offer, PaletteTable, SettingOffer
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.footer import Footer, help_key, named
from snum_tui.ui.widgets.guided_list import GuidedList
from snum_tui.ui.widgets.letter_line import LetterLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import Piece
from snum_tui.ui.wording import setting_words, whole_number

ALSO_CALLED = {
    "app.language": N_("language"),
    "language": N_("language"),
    "app.theme": N_("theme"),
    "theme": N_("theme"),
}
"""What people look for by a word that neither its name nor its help has, in one of the languages."""


class PaletteScreen(NamesKeys, Repaints, Dialog[Chosen | None]):
    """Answers with what was chosen, or None. Actions and categories are there at once, the rest follows when found.

    The best match is under the cursor until the person moves it.
    """

    PLACE = Place.PALETTE
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.PALETTE)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line = LetterLine(placeholder=desk.text(N_("command, category or service")))
        self._rows = GuidedList()
        self._table = PaletteTable((), ())
        self._table_is_of: tuple[str, tuple[Category, ...], tuple[Setting, ...]] | None = None
        self._chosen_by_key: dict[str, Chosen] = {}
        self._shown: tuple[object, ...] = ("",)
        self._is_moved = False
        self._is_answered = False
        self._is_chosen_early = False
        """Whether Enter came, in one burst with the letters, before there was a place for the rows."""

    def compose(self) -> ComposeResult:
        """The line to type into, and below it what matches."""
        with Vertical(id="palette"):
            yield Rule("┌", "┐", id="palette-title")
            yield self.line
            yield ColumnHeader()
            yield self._rows
            yield Footer()

    def on_mount(self) -> None:
        """Type at once; all of the services are looked through from the first letter on."""
        self.set_focus(self.line)
        # By a message the list would be painted a frame after the letter.
        self.watch(self.line, "value", self._look_for, init=False)
        self._look_for(self.line.value)

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the columns for the new width."""
        after_refresh(self, self.repaint)

    def on_click(self) -> None:
        """Leave the cursor where the mouse has put it."""
        self._is_moved = True

    def repaint(self) -> None:
        """Show what is known now, where it is anything new."""
        snapshot, speaker = self._desk.snapshot, self._desk.speaker
        typed, width = self.line.value, self._rows.size.width
        shown = typed, speaker.language, width, snapshot.categories, self._desk.settings, snapshot.found
        if width and shown != self._shown:  # nothing is painted before there is a place for it
            self._is_moved = self._is_moved and typed == self._shown[0]
            self._shown = shown
            self._show_frame(snapshot.found)
            self._show_rows(typed, snapshot)
            if self._is_chosen_early:
                self._is_chosen_early = False
                self.action_choose()

    def action_cursor_up(self) -> None:
        """Move one row up."""
        self._move(self._rows.action_cursor_up)

    def action_cursor_down(self) -> None:
        """Move one row down."""
        self._move(self._rows.action_cursor_down)

    def action_page_up(self) -> None:
        """Move one page up."""
        self._move(self._rows.action_page_up)

    def action_page_down(self) -> None:
        """Move one page down."""
        self._move(self._rows.action_page_down)

    def _move(self, cursor: Callable[[], None]) -> None:
        self._is_moved = True
        cursor()

    def action_choose(self) -> None:
        """Answer with the row under the cursor."""
        self.repaint()  # a letter may have come right before
        self._is_chosen_early = not self._rows.size.width
        chosen = self._chosen_by_key.get(self._rows.cursor_key or "")
        if chosen is not None:
            self._answer(chosen)

    def action_close(self) -> None:
        """Answer nothing."""
        self._answer(None)

    @on(RowList.CursorMoved)
    def _clicked_once(self, event: RowList.CursorMoved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _clicked_twice(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_choose()

    def _look_for(self, text: str) -> None:
        """Show what is there at once; have the services looked through when that is painted."""
        self.repaint()
        after_refresh(self, lambda: self._ask_for(text))

    def _ask_for(self, text: str) -> None:
        if text == self.line.value and not self._is_answered:
            self._desk.engine.submit(Find(text))

    def _answer(self, chosen: Chosen | None) -> None:
        if self.is_active:
            self._is_answered = True
            self._desk.engine.submit(Find(""))  # nobody waits for the rest
            self.dismiss(chosen)

    def _show_frame(self, found: Found | None) -> None:
        desk = self._desk
        self.query_one("#palette-title", Rule).show([(desk.text(N_("Find")), Tone.STRONG)], self._known(found))
        self.show_keys()

    def name_keys(self, dialog: Place | None) -> None:
        """Name the keys of a dialog that is open, or those of here."""
        super().name_keys(None if dialog is self.PLACE else dialog)

    def show_own_keys(self, footer: Footer) -> None:
        """Name the keys of here."""
        desk = self._desk
        choose_and_close = (desk.keyboard.action(name) for name in ("palette.choose", "palette.close"))
        keys = [named(one, desk) for one in choose_and_close if one.keys]
        footer.show_keys(keys, help_key(desk, typing=True))

    def _known(self, found: Found | None) -> list[Piece]:
        """Say how many services are looked through; nothing before that is known."""
        if found is None:
            return []
        count, desk = found.known_services, self._desk
        words = NP_("searching {known} service", "searching {known} services")
        said = say_count(words, count, known=whole_number(count, desk.speaker))
        return [(desk.render(said) if count else desk.text(N_("no services known yet")), Tone.DIM)]

    def _show_rows(self, typed: str, snapshot: Snapshot) -> None:
        look = Look(self._rows.size.width, self._desk.speaker, self._desk.currency, self._desk.now.wall)
        page = self._table_of(snapshot).page(typed, snapshot.found, look)
        self._chosen_by_key = {entry.row.key: entry.chosen for entry in page.entries}
        self.query_one(ColumnHeader).show(page.columns)
        is_answered = snapshot.found is not None and snapshot.found.text == typed
        nothing = N_("Nothing matches. Services of categories that were never opened are not known yet.")
        near = N_(
            "Nothing matches all of it. Services are found once their category has been opened: choose it here."
        )
        hint = near if page.is_near else nothing if is_answered and not page.entries else ""
        self._rows.show_anew(
            page.columns,
            [entry.row for entry in page.entries],
            self._desk.text(hint) if hint else "",
            from_top=not self._is_moved,
        )

    def _table_of(self, snapshot: Snapshot) -> PaletteTable:
        """Return what there is to choose from, made anew for another language or other categories."""
        made_for = self._desk.speaker.language, snapshot.categories, self._desk.settings
        if made_for != self._table_is_of:
            self._table_is_of = made_for
            self._table = PaletteTable(self._offers(), snapshot.categories, self._settings())
        return self._table

    def _offers(self) -> list[Offer]:
        text = self._desk.text
        return [
            Offer(one.binding_id, text(one.name), text(one.help), one.shown_key, self._also(one.binding_id))
            for one in self._desk.keyboard.actions
            if one.in_palette
        ]

    def _settings(self) -> list[SettingOffer]:
        text, speaker = self._desk.text, self._desk.speaker
        return [
            SettingOffer(
                one.name,
                setting_words(held_now(self.app.theme, self._desk, one), speaker),
                text(one.title),
                text(N_("setting")),
                self._also(one.name),
            )
            for one in self._desk.settings
        ]

    def _also(self, name: str) -> str:
        return self._desk.text(ALSO_CALLED[name]) if name in ALSO_CALLED else ""
