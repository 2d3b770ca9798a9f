"""What the lists over the main screen have in common: title, rows, keys, and a line where something is said."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen

from snum_tui.ui.actions import Place
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.named_keys import NamesKeys
from snum_tui.ui.later import after_refresh
from snum_tui.ui.message_below import SaysBelow
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.footer import Footer, named, way_to_the_rest
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import Piece


class ListScreen(NamesKeys, SaysBelow, Repaints, Screen[None]):
    """A list of its own, that `close` leaves and whose rows `detail` shows whole."""

    PLACE: ClassVar[Place]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Title, rows, keys."""
        yield Rule("┌", "┐", id=f"{self.PLACE}-title")
        yield ColumnHeader()
        yield RowList()
        yield MessageLine(hides=True)  # the list keeps the row until there is something to say
        yield Footer()

    def on_mount(self) -> None:
        """Show what there is."""
        self.repaint()
        self.rows.focus()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self.PLACE

    def show_frame(self, left: list[Piece], right: list[Piece]) -> None:
        """Show the title's words, and the keys."""
        self.query_one(f"#{self.PLACE}-title", Rule).show(left, right)
        self.show_keys()

    def show_own_keys(self, footer: Footer) -> None:
        """Name the keys of here, and last the way back."""
        keyboard = self._desk.keyboard
        *others, last = keyboard.in_place(self.PLACE)
        keys = [named(one, self._desk) for one in others if one.keys]
        footer.show_keys(keys, way_to_the_rest(self._desk), way_back=named(last, self._desk))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_detail(self) -> None:
        """Show the row under the cursor whole; where there is none, say why."""
        if (key := self.rows.cursor_key) is None:
            self._desk.tell(self.rows.hint, Tone.WARNING)
        else:
            self.show_detail(key)

    def show_detail(self, key: str) -> None:
        """Show what the row of this key is about."""
        raise NotImplementedError

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.action_detail()

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the columns for the new width."""
        after_refresh(self, self.repaint)
