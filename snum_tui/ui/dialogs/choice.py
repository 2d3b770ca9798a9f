"""A setting whose values are listed: one of them is chosen, or any of them marked."""

from collections.abc import Callable
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from snum_tui.domain.setting import Setting, SettingKind, Value
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.dialogs.question import FRAME_CELLS, WIDTH
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.reading_box import ReadingBox
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.toned import Piece, TonedText
from snum_tui.ui.wording import setting_words


class ChoiceScreen(Dialog[None]):
    """Hands over the value under the cursor and closes; of several, each is marked or unmarked, and it stays open.

    `marked` is what holds. It is a part of the palette, and has its keys.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable
    PLACE = Place.PALETTE
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.PALETTE)

    def __init__(self, desk: Desk, setting: Setting, marked: Value, pick: Callable[[Value], None]) -> None:
        super().__init__()
        self._desk = desk
        self._setting = setting
        self._pick = pick
        self._marked = marked
        self._rows = RowList()

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        desk, setting = self._desk, self._setting
        box = Vertical(id="question")
        box.border_title = Text(setting.name)
        keys = (
            f"{desk.key(name)} {desk.text(desk.keyboard.action(name).name)}"
            for name in ("palette.choose", "palette.close")
        )
        box.border_subtitle = Text(drawn(" · ").join(keys))
        self._rows.styles.width = self._room
        self._rows.styles.height = len(setting.choices)
        with box:
            with ReadingBox(classes="facts"):
                yield TonedText(self._said())
            yield self._rows

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width."""
        self._rows.styles.width = self._room
        self.query_one(TonedText).show(self._said())

    @property
    def _room(self) -> int:
        return max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))

    def _said(self) -> list[Piece]:
        return [("\n".join(wrap(self._desk.text(self._setting.description), self._room)), Tone.PLAIN)]

    def on_mount(self) -> None:
        """Begin on what holds."""
        self._show()
        self.set_focus(self._rows)
        if self._marked in self._setting.choices:
            self._rows.move_to(self._setting.choices.index(self._marked))

    def action_cursor_up(self) -> None:
        """Move one row up."""
        self._rows.action_cursor_up()

    def action_cursor_down(self) -> None:
        """Move one row down."""
        self._rows.action_cursor_down()

    def action_page_up(self) -> None:
        """Move one page up."""
        self._rows.action_page_up()

    def action_page_down(self) -> None:
        """Move one page down."""
        self._rows.action_page_down()

    def action_choose(self) -> None:
        """Take what is under the cursor."""
        value = self._setting.choices[self._rows.cursor_index]
        if self._setting.kind is SettingKind.SEVERAL:
            self._turn_over(value)
        elif self.is_active:
            self.dismiss()
            self._pick(value)

    def action_close(self) -> None:
        """Leave it as it is."""
        self.dismiss()

    def _turn_over(self, value: Value) -> None:
        marked = self._marked if isinstance(self._marked, tuple) else ()
        turned = {*marked} ^ {str(value)}
        self._marked = tuple(str(one) for one in self._setting.choices if one in turned)
        self._show()
        self._pick(self._marked)

    def _show(self) -> None:
        columns = Column("", 2), Column("", 0)
        self._rows.show(columns, [self._row(place, value) for place, value in enumerate(self._setting.choices)])

    def _row(self, place: int, value: Value) -> Row:
        is_marked = value in self._marked if isinstance(self._marked, tuple) else value == self._marked
        words = setting_words(value, self._desk.speaker)
        return Row(str(place), (Cell(drawn("●") if is_marked else "", Tone.GOOD), Cell(words)))

    @on(RowList.CursorMoved)
    def _clicked_once(self, event: RowList.CursorMoved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _clicked_twice(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_choose()
