"""What to wait for: stock, or a price."""

from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from snum_tui.domain.catalogue import Service
from snum_tui.domain.money import NotAnAmount, format_amount, read_amount
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import WatchedService
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.dialogs.facts import Fact, fact_pieces
from snum_tui.ui.dialogs.prompt import PromptLine
from snum_tui.ui.dialogs.question import FRAME_CELLS, WIDTH
from snum_tui.ui.signs import drawn
from snum_tui.ui.tables.watches import watch_words
from snum_tui.ui.widgets.reading_box import ReadingBox
from snum_tui.ui.widgets.toned import Piece, TonedText
from snum_tui.ui.wording import category_and_service

LONGEST_AMOUNT = 16


@dataclass(frozen=True, slots=True)
class WatchWish:
    """What the person answered: a limit, none (wait for stock), or that the watch ends."""

    price_limit: Decimal | None = None
    ends: bool = False


class AmountLine(PromptLine):
    """The line; it hears the key that ends a watch, too."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.WATCH)

    class Ended(Message):
        """The person waits no longer."""

    def __init__(self, written: str, placeholder: str) -> None:
        super().__init__(LONGEST_AMOUNT)
        self.value = written
        self.placeholder = placeholder

    def action_end_watch(self) -> None:
        """Watch it no longer."""
        self.post_message(self.Ended())


class WatchPrompt(Dialog[WatchWish | None]):
    """One line for an amount; empty means stock. A service that is watched already says so, and can be let go."""

    PLACE = Place.WATCH
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable

    def __init__(self, desk: Desk, service: Service, category: str, watch: WatchedService | None) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._category = category
        self._watch = watch
        limit = None if watch is None else watch.price_limit
        self._line = AmountLine("" if limit is None else self._bare(limit), desk.text(N_("stock at any price")))
        self._problem = TonedText(id="watch-problem")
        self._problem_words = ""

    @property
    def place(self) -> Place:
        """Where a watch can be ended only if there is one."""
        return Place.PROMPT if self._watch is None else Place.WATCH

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        box = Vertical(id="question")
        title = N_("Watch this service") if self._watch is None else N_("Watched")
        box.border_title = Text(self._desk.text(title))
        box.border_subtitle = Text(drawn(" · ").join(self._keys()))
        with box:
            with ReadingBox(classes="facts"):
                yield TonedText(self._said(), id="watch-facts")
            yield self._line
            yield self._problem

    def on_mount(self) -> None:
        """Type at once."""
        self.set_focus(self._line)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width; a terminal that has become short has no room for all."""
        self.query_one("#watch-facts", TonedText).show(self._said())
        self._show_problem()

    def _keys(self) -> list[str]:
        ends = ["watch.end_watch"] if self._watch is not None else []
        return [self._desk.key(one) for one in ("prompt.submit", *ends, "prompt.give_up")]

    def _said(self) -> list[Piece]:
        explanation = ("\n\n" if self._is_tall else "\n") + self._wrapped(self._explanation())
        return [*fact_pieces(self._facts(), self._room), (explanation, Tone.PLAIN)]

    def _wrapped(self, words: str) -> str:
        return "\n".join(wrap(words, self._room))

    @property
    def _room(self) -> int:
        return max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))

    @property
    def _is_tall(self) -> bool:
        return self.app.size.height >= self.VERTICAL_BREAKPOINTS[1][0]

    def _facts(self) -> list[Fact]:
        desk, known = self._desk, self._desk.snapshot.quotes.get(self._service.id)
        name = self._service.name
        facts = [
            Fact(desk.text(N_("Service")), category_and_service(self._category, name) if self._category else name)
        ]
        if known is not None and (self._is_tall or self._watch is None):  # else there is no room for all
            stock = known.quote.stock
            facts.append(Fact(desk.text(N_("Price")), desk.amount(known.quote.price), Tone.BOLD))
            facts.append(Fact(desk.text(N_("Stock")), "?" if stock is None else str(stock)))
        if self._watch is not None:
            words = watch_words(self._watch, desk.currency, desk.speaker)
            facts.append(Fact(desk.text(N_("Watched")), words, Tone.GOOD if self._watch.met else Tone.PLAIN))
        return facts

    def _explanation(self) -> str:
        desk = self._desk
        if self._watch is None:
            words = N_("Type the most it may cost, or leave the line empty. You are told; nothing is ordered.")
            return desk.text(words)
        words = N_("{keep} keeps it so, another amount or an empty line changes it, {end} ends it.")
        return desk.text(words, keep=desk.key("prompt.submit"), end=desk.key("watch.end_watch"))

    def _bare(self, amount: Decimal) -> str:
        """Write an amount without its currency, as it is typed."""
        return format_amount(amount, "", self._desk.speaker.language).strip()

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        desk = self._desk
        written = event.value.replace(desk.currency, "").replace(desk.snapshot.rules.currency, "").strip()
        if not written:
            self.dismiss(WatchWish())
            return
        try:
            limit = read_amount(written)
        except NotAnAmount:
            self._say(N_("{written} is no amount. Write it like {example}."), written=event.value.strip())
            return
        if limit > 0:
            self.dismiss(WatchWish(limit))
        else:
            self._say(N_("Nothing costs that little. Write an amount like {example}."))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._problem_words = ""
        self._show_problem()

    def _say(self, template: str, **values: str) -> None:
        self._problem_words = self._desk.text(template, example=self._bare(Decimal("2.50")), **values)
        self._show_problem()

    def _show_problem(self) -> None:
        words = self._wrapped(self._problem_words)
        self._problem.show([(words, Tone.BAD)] if words else ())

    @on(PromptLine.GivenUp)
    def _given_up(self) -> None:
        self.dismiss(None)

    @on(AmountLine.Ended)
    def _ended(self) -> None:
        if self._watch is not None:
            self.dismiss(WatchWish(ends=True))
        else:
            self._say(N_("This service is not watched: there is nothing to end."))
