"""All that is known of one service."""

from itertools import groupby

from rich.cells import cell_len
from textual.timer import Timer

from snum_tui.domain.catalogue import Quote, Service
from snum_tui.domain.dates import day_and_time, day_of_year_and_time
from snum_tui.domain.history import Stretch
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.domain.refund import countdown
from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Study
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact, fact_pieces
from snum_tui.ui.dialogs.sheet import Sheet
from snum_tui.ui.later import call_later
from snum_tui.ui.signs import drawn, is_ascii
from snum_tui.ui.tables.sparkline import NOT_SEEN, Figure, Number, extremes, sparkline
from snum_tui.ui.tables.watches import watch_of, watch_words
from snum_tui.ui.widgets.toned import Piece
from snum_tui.ui.wording import (
    age,
    category_and_service,
    seconds_until_older,
)

FEWEST_POINTS = 2
PRICE_OVER_TIME = N_("Price over time")
STOCK_OVER_TIME = N_("Stock over time")
END_OF_LINE: Piece = ("\n", Tone.PLAIN)
GAP: Piece = ("\n\n", Tone.PLAIN)


class ServiceScreen(Sheet):
    """Price and stock of now and over time, what one's own orders say, whether it is marked, and the site's ids."""

    def __init__(self, desk: Desk, service: Service, category: str) -> None:
        super().__init__(desk)
        self._service = service
        self._category = category
        self._aging: Timer | None = None

    def on_mount(self) -> None:
        """Let the age grow while nothing else changes."""
        self._repaint_when_older()

    def repaint(self) -> None:
        """Show everything as it is now."""
        super().repaint()
        self._repaint_when_older()

    def heading(self) -> str:
        """The service's name."""
        return self._service.name

    def content(self) -> list[Piece]:
        """Now, over time, one's own orders and the ids; a block each."""
        study = self._desk.snapshot.study
        if study is None or study.service_id != self._service.id:
            study = Study(self._service.id)  # what is known of it is on its way
        now, own = self._now(), [*self._own(study.own), self._ids()]
        over_time = (self._desk.text(one) for one in (PRICE_OVER_TIME, STOCK_OVER_TIME))
        label = max(cell_len(one) for one in (*over_time, *(fact.label for fact in (*now, *own))))
        return [
            *fact_pieces(now, self.room, least_label=label),
            GAP,
            *self._over_time(study.points, label),
            GAP,
            *fact_pieces(own, self.room, least_label=label),
        ]

    def _now(self) -> list[Fact]:
        desk, snapshot = self._desk, self._desk.snapshot
        name = self._service.name
        facts = [
            Fact(desk.text(N_("Service")), category_and_service(self._category, name) if self._category else name)
        ]
        known = snapshot.quotes.get(self._service.id)
        if known is not None:
            facts += [
                Fact(desk.text(N_("Price")), desk.amount(known.quote.price), Tone.BOLD),
                Fact(desk.text(N_("Stock")), *self._stock(known.quote)),
                Fact(desk.text(N_("Age")), age(known.read_at, desk.now.wall, desk.speaker), Tone.DIM),
            ]
        if (failed := snapshot.failed_quotes.get(self._service.id)) is not None:
            facts.append(Fact(desk.text(N_("Not read")), desk.render(failed), Tone.WARNING))
        return [*facts, *self._marks()]

    def _stock(self, quote: Quote) -> tuple[str, Tone]:
        if quote.stock is None:
            return self._desk.text(N_("the site does not tell it")), Tone.DIM
        return str(quote.stock), Tone.PLAIN if quote.stock else Tone.BAD

    def _marks(self) -> list[Fact]:
        """Say whether it is watched or a favourite; nothing where it is neither."""
        desk, snapshot, facts = self._desk, self._desk.snapshot, []
        if (watch := watch_of(self._service.id, snapshot)) is not None:
            words = watch_words(watch, desk.currency, desk.speaker)
            facts.append(Fact(desk.text(N_("Watched")), words, Tone.GOOD if watch.met else Tone.PLAIN))
        if any(chosen.service_id == self._service.id for chosen in snapshot.favourites):
            facts.append(Fact(desk.text(N_("Favourite")), desk.text(N_("yes"))))
        return facts

    def _over_time(self, points: tuple[Stretch, ...], label: int) -> list[Piece]:
        if len(points) < FEWEST_POINTS:
            too_little = Fact(self._desk.text(N_("Over time")), self._too_little(points))
            return fact_pieces([too_little], self.room, least_label=label)
        first, last = (
            day_of_year_and_time(moment, self._desk.speaker.language)
            for moment in (points[0].read_at, points[-1].until)
        )
        return [
            *self._line(PRICE_OVER_TIME, label, points, lambda quote: quote.price),
            *self._line(STOCK_OVER_TIME, label, points, lambda quote: quote.stock),
            (first + last.rjust(self.room - len(first)), Tone.DIM),
        ]

    def _too_little(self, points: tuple[Stretch, ...]) -> str:
        if not points:
            return self._desk.text(N_("nothing has been read yet"))
        words = N_("neither price nor stock has changed since the first look, {time}")
        return self._desk.text(words, time=day_and_time(points[0].read_at, self._desk.speaker.language))

    def _line(self, template: str, label: int, points: tuple[Stretch, ...], figure: Figure) -> list[Piece]:
        """Return what a figure came to and, if the site told it, how it went; with the end of its last line."""
        bounds = extremes(points, figure)
        said = self._desk.text(N_("the site does not tell it")) if bounds is None else self._between(*bounds)
        fact = Fact(self._desk.text(template), said)
        pieces = [*fact_pieces([fact], self.room, least_label=label), END_OF_LINE]
        if bounds is None:
            return pieces
        not_seen = " " if is_ascii() else NOT_SEEN
        for seen, cells in groupby(sparkline(points, figure, self.room), lambda cell: cell != NOT_SEEN):
            drawing = "".join(cells)
            pieces.append((drawn(drawing), Tone.PLAIN) if seen else (not_seen * len(drawing), Tone.DIM))
        return [*pieces, END_OF_LINE]

    def _between(self, lowest: Number, highest: Number) -> str:
        if lowest == highest:
            return self._desk.text(N_("always {figure}"), figure=self._written(lowest))
        words = N_("lowest {lowest}, highest {highest}")
        return self._desk.text(words, lowest=self._written(lowest), highest=self._written(highest))

    def _written(self, figure: Number) -> str:
        return str(figure) if isinstance(figure, int) else self._desk.amount(figure)

    def _own(self, own: OwnOrders) -> list[Fact]:
        desk = self._desk
        label = desk.text(N_("Your orders"))
        if not own.orders:
            return [Fact(label, desk.text(N_("none yet")))]
        count = desk.render(say_count(NP_("{count} number", "{count} numbers"), own.orders))
        facts = [Fact(label, count)]
        if own.settled:
            came = desk.text(N_("{received} of {settled} settled"), received=own.received, settled=own.settled)
            facts.append(Fact(desk.text(N_("Codes")), came))
        if own.median_wait_seconds is not None:
            facts.append(Fact(desk.text(N_("Usual wait")), countdown(own.median_wait_seconds)))
        return [*facts, Fact(desk.text(N_("Spent")), desk.amount(own.spent))]

    def _ids(self) -> Fact:
        desk = self._desk
        words = N_("service {service}, category {category}")
        ids = desk.text(words, service=self._service.id, category=self._service.category_id)
        return Fact(desk.text(N_("The site's ids")), ids)

    def _repaint_when_older(self) -> None:
        if self._aging is not None:
            self._aging.stop()
        known = self._desk.snapshot.quotes.get(self._service.id)
        self._aging = None
        if known is not None:
            seconds = max(1.0, seconds_until_older(known.read_at, self._desk.now.wall))
            self._aging = call_later(self, seconds, self.repaint)
