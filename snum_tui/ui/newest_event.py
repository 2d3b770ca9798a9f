"""Which event stands on the message line: the newest, but a remark of the start stays until it was read."""

from itertools import takewhile

from snum_tui.engine.snapshot import Event, Weight


class NewestEvent:
    """Remembers what was shown, and what the person had before them when they pressed a key."""

    def __init__(self) -> None:
        self._shown: Event | None = None
        self._read = 0
        """The serial up to which all has been seen."""

    def choose(self, events: tuple[Event, ...]) -> Event | None:
        """Return what is to be shown now; None where it stands there already, or nothing has happened."""
        chosen = self._chosen(events)
        if chosen is None or (self._shown is not None and chosen.serial == self._shown.serial):
            return None
        self._shown = chosen
        return chosen

    def forget(self) -> None:
        """Have it told once more: the line was cleared."""
        self._shown = None

    def person_is_here(self) -> None:
        """A key was pressed: what stands there was seen."""
        if self._shown is not None:
            self._read = max(self._read, self._shown.serial)

    def _chosen(self, events: tuple[Event, ...]) -> Event | None:
        for event in takewhile(lambda one: one.serial > self._read, reversed(events)):
            if event.until_key:
                return event
            if event.weight is Weight.ALARM or event.news is not None:
                break  # more than a remark that was not read yet, which stands in the log
        return events[-1] if events else None
