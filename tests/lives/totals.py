"""Adds up what became of many chains, and says it."""

from collections import Counter
from collections.abc import Iterable

from tests.lives.chain import ChainResult
from tests.lives.plans import Ending, Kind

HEAD = ("", "lives", "orders", "charged", "struck", "unknown", "covered", "lost", "twice", "false")


class Totals:
    """Sums by kind and by ending."""

    def __init__(self) -> None:
        self._by_kind: dict[Kind, Counter[str]] = {kind: Counter() for kind in Kind}
        self._lives: dict[Kind, Counter[Ending]] = {kind: Counter() for kind in Kind}
        self._cut_off: dict[Kind, Counter[Ending]] = {kind: Counter() for kind in Kind}
        self.bad: list[ChainResult] = []

    def add(self, result: ChainResult) -> None:
        """Count one chain."""
        kind, verdict = result.plan.kind, result.verdict
        self._lives[kind] += result.lives
        self._cut_off[kind] += result.cut_off
        self._by_kind[kind] += Counter(
            {
                "lives": result.lives.total(),
                "orders": verdict.orders,
                "charged": verdict.charged,
                "struck": verdict.struck,
                "unknown": verdict.unknown,
                "covered": verdict.covered,
                "lost": len(verdict.lost),
                "twice": len(verdict.sent_twice),
                "false": len(verdict.false_claims),
                "chains": 1,
                "problems": len(result.problems),
                "together": result.together,
                "in a write": result.in_a_write,
                "killed late": result.killed_late,
                "lingering": result.lingering,
                "not sent": result.not_sent,
                "settled by hand": result.settled_by_hand,
            }
        )
        if not result.is_well:
            self.bad.append(result)

    def __getitem__(self, name: str) -> int:
        """Return one sum over all kinds."""
        return sum(counter[name] for counter in self._by_kind.values())

    @property
    def endings(self) -> frozenset[Ending]:
        """The endings that there were."""
        return frozenset(ending for lives in self._lives.values() for ending in lives)

    def line(self, seconds: float) -> str:
        """Say in one line how far it has come."""
        minutes = max(seconds, 1.0) / 60
        counts = ", ".join(f"{self[name]} {name}" for name in HEAD[1:])
        pace = f"{self['lives'] / minutes:.0f} lives, {self['orders'] / minutes:.0f} orders a minute"
        return f"{minutes:5.1f} min: {counts} ({pace})"

    def table(self) -> str:
        """Say everything."""
        rows = [HEAD, *(self._row(kind.value, self._by_kind[kind]) for kind in Kind)]
        rows.append(self._row("all", Counter({name: self[name] for name in HEAD[1:]})))
        ends = [("end of life", "lives", "cut off"), *self._ending_rows()]
        more = (
            "chains",
            "together",
            "in a write",
            "killed late",
            "lingering",
            "not sent",
            "settled by hand",
            "problems",
        )
        return "\n".join(
            ["", *_aligned(rows), "", *_aligned(ends), "", ", ".join(f"{name}: {self[name]}" for name in more)]
        )

    def _row(self, title: str, counter: Counter[str]) -> tuple[str, ...]:
        return (title, *(str(counter[name]) for name in HEAD[1:]))

    def _ending_rows(self) -> Iterable[tuple[str, ...]]:
        for kind in Kind:
            for ending in Ending:
                if lives := self._lives[kind][ending]:
                    yield f"{kind.value}, {ending.value}", str(lives), str(self._cut_off[kind][ending])


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
