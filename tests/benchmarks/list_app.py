"""One list and nothing else, told by keys what to do: `python -m tests.benchmarks.list_app table 300`.

`table` is Textual's DataTable, `rows` is our row widget; both have the columns, the colours and the rows of the
services. `c` changes a price that can be seen. `e` changes fifty prices a second, of any rows, each painted as it
comes; `b` paints them four times a second, as the program does; `v` changes those that can be seen, four paints a
second; `t` has a countdown in place of each price that can be seen, once a second; `x` ends that.
"""

import itertools
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.timer import Timer
from textual.widgets import DataTable

from snum_tui.domain.money import format_amount
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.signs import borders
from snum_tui.ui.styles import style_paths
from snum_tui.ui.themes import DEFAULT, FALLBACK_VARIABLES, THEMES
from snum_tui.ui.widgets.row_list import RowList
from tests.benchmarks.rows import make_quotes, make_services

CHANGES_A_SECOND = 50
PAINTS_A_SECOND = 4
COUNTED_SECONDS = 600
COLUMNS = (
    Column("Price", 8, right=True),
    Column("Stock", 6, right=True),
    Column("Age", 5, right=True),
    Column("Name", 0),
    Column("Success", 8, right=True),
)
STYLES = {Tone.STRONG: "bold", Tone.DIM: "#848d99", Tone.PLAIN: "", Tone.BAD: "#ff7b72"}


class ListApp(App[None]):
    """What both have in common: the rows, and what the keys do."""

    def __init__(self, count: int) -> None:
        super().__init__(css_path=list(style_paths()))
        for own in THEMES:
            self.register_theme(own)
        self.theme = DEFAULT
        services = make_services(count)
        quotes = make_quotes(services, count)
        self.names = {service.id: service.name for service in services}
        self.prices = {key: quotes[key].quote.price for key in self.names}
        self.stocks = {key: quotes[key].quote.stock or 0 for key in self.names}
        self._steps = itertools.count()
        self._rates: list[Timer] = []
        self._waiting: set[str] = set()
        self._left_seconds = COUNTED_SECONDS

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {**FALLBACK_VARIABLES, **borders()}

    def fill(self) -> None:
        """Show all rows, in a list that is empty."""
        raise NotImplementedError

    def change(self, keys: set[str]) -> None:
        """Paint the new prices of these rows."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.fill()

    def on_key(self, event: events.Key) -> None:
        every = tuple(self.names)
        visible = every[: self.size.height - 1]  # beside the table's own header
        match event.key:
            case "c":
                self.change({self._next_price(visible)})
            case "e":
                self._run(CHANGES_A_SECOND, lambda: self.change({self._next_price(every)}))
            case "b":
                self._collect(every)
            case "v":
                self._collect(visible)
            case "t":
                self._run(1, lambda: self._count_down(visible))
            case "x":
                while self._rates:
                    self._rates.pop().stop()

    def cells(self, key: str) -> tuple[Cell, ...]:
        """Return a row as the services show it."""
        stock = self.stocks[key]
        return (
            Cell(self.price(key), Tone.STRONG),
            Cell(str(stock), Tone.PLAIN if stock else Tone.BAD),
            Cell("now", Tone.DIM),
            Cell(self.names[key]),
            Cell(""),
        )

    def price(self, key: str) -> str:
        if self._left_seconds < COUNTED_SECONDS:
            return f"{self._left_seconds // 60}:{self._left_seconds % 60:02}"
        return format_amount(self.prices[key], "₺", "en")

    def _next_price(self, keys: tuple[str, ...]) -> str:
        """Change one price: of another row each time, and never to what it was. Returns the row's key."""
        step = next(self._steps)
        key = keys[step * 7 % len(keys)]
        self.prices[key] = Decimal(100 + step * 13 % 899).scaleb(-2)
        return key

    def _count_down(self, keys: tuple[str, ...]) -> None:
        self._left_seconds -= 1
        self.change(set(keys))

    def _collect(self, keys: tuple[str, ...]) -> None:
        self._run(CHANGES_A_SECOND, lambda: self._waiting.add(self._next_price(keys)))
        self._run(PAINTS_A_SECOND, self._paint_waiting)

    def _paint_waiting(self) -> None:
        waiting, self._waiting = self._waiting, set()
        self.change(waiting)

    def _run(self, times_a_second: float, do: Callable[[], object]) -> None:
        self._rates.append(self.set_interval(1 / times_a_second, do))


class TableApp(ListApp):
    """Textual's DataTable, at its fastest: its columns have fixed widths, so that it measures no cell."""

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    @property
    def table(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    def fill(self) -> None:
        flexible = self.size.width - sum(column.width for column in COLUMNS) - 2 * len(COLUMNS) - 2
        for column in COLUMNS:
            self.table.add_column(column.title, width=column.width or flexible, key=column.title)
        self.add(self.names)

    def add(self, keys: Iterable[str]) -> None:
        """Add these rows behind the others."""
        for key in keys:
            texts = (self._text(cell, column) for cell, column in zip(self.cells(key), COLUMNS, strict=True))
            self.table.add_row(*texts, key=key)

    def change(self, keys: set[str]) -> None:
        for key in keys:
            self.table.update_cell(key, "Price", self._text(self.cells(key)[0], COLUMNS[0]))

    def _text(self, cell: Cell, column: Column) -> Text:
        return Text(cell.text, STYLES[cell.tone], justify="right" if column.right else "left")


class RowsApp(ListApp):
    """Our row widget, told of every change as the panes tell it: by showing everything again."""

    def compose(self) -> ComposeResult:
        yield RowList()

    def fill(self) -> None:
        self.query_one(RowList).show_keys(COLUMNS, tuple(self.names), lambda key: Row(key, self.cells(key)))

    def change(self, keys: set[str]) -> None:
        del keys  # it finds them itself
        self.fill()


APPS: dict[str, type[ListApp]] = {"table": TableApp, "rows": RowsApp}

if __name__ == "__main__":
    APPS[sys.argv[1]](int(sys.argv[2])).run()
