"""Textual's DataTable filled, sorted and filtered: `python -m tests.benchmarks.large_table_app 10000`.

`z` empties it and `p` fills it; `n` and `m` sort it by name and price; `1` to `3` filter it by the first so many
letters of `alm`, as they are typed. A DataTable hides no rows: it is filled anew.
"""

import sys

from textual import events

from snum_tui.domain.text import fold
from tests.benchmarks.list_app import TableApp

FILTER = "alm"


class LargeTableApp(TableApp):
    """What sorting and filtering need is at hand, as it is in the program: folded names, prices as numbers."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._folded = {name: fold(name) for name in self.names.values()}
        self._amounts = {self.price(key): amount for key, amount in self.prices.items()}

    def on_key(self, event: events.Key) -> None:
        match event.key:
            case "z":
                self.table.clear(columns=True)
            case "p":
                self.fill()
            case "n":
                self.table.sort("Name", key=lambda cell: self._folded[cell.plain])
            case "m":
                self.table.sort("Price", key=lambda cell: self._amounts[cell.plain])
            case "1" | "2" | "3":
                self._filter(FILTER[: int(event.key)])

    def _filter(self, wanted: str) -> None:
        self.table.clear()
        self.add(key for key, name in self.names.items() if wanted in self._folded[name])


if __name__ == "__main__":
    LargeTableApp(int(sys.argv[1])).run()
