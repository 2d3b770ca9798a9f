"""The main screen: categories, services, numbers."""

import time
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import Refresh
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Action, Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.chooser import Chooser
from snum_tui.ui.code_news import CodeNews
from snum_tui.ui.copy_actions import CopyActions
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.named_keys import Joint, NamesKeys
from snum_tui.ui.elsewhere import idle_actions
from snum_tui.ui.landing import Landing
from snum_tui.ui.later import after_refresh, call_later
from snum_tui.ui.message_below import SaysBelow
from snum_tui.ui.newest_event import NewestEvent
from snum_tui.ui.painter import Painter
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.panes.numbers import NumbersPane
from snum_tui.ui.panes.services import ServicesPane
from snum_tui.ui.panes.tree import TreePane
from snum_tui.ui.screens.place_keeper import PlaceKeeper
from snum_tui.ui.status import numbers_title, status, windows
from snum_tui.ui.tables.tree import category_key, category_of
from snum_tui.ui.terminal.compositor import NearCompositor
from snum_tui.ui.widgets.footer import Footer
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule

TICK_SECONDS = 1.0
LEAST_AGE_SECONDS = 1.0


class MainScreen(NamesKeys, SaysBelow, CopyActions, Screen[None]):
    """Composes the panes, paints them from snapshots, and knows which of them the person is in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.MAIN)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it as an instance variable
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - the same

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._compositor = NearCompositor()
        self._desk = desk
        self._painter = Painter(self, self.paint, time.monotonic)
        self._chooser = Chooser(desk)
        self._landing = Landing()
        self._newest = NewestEvent()
        self._asked_rise = 0
        self._news = CodeNews()
        self._places = PlaceKeeper(self, desk)
        self._aging: Timer | None = None

    def compose(self) -> ComposeResult:
        """The frame and what is in it."""
        self._know_layout()
        yield Rule("┌", "┐", id="status")
        with Horizontal(id="body"):
            yield TreePane(self._desk, self._open_category, id="tree")
            with Vertical(id="right"):
                yield ServicesPane(self._desk, id="services")
                yield Rule("├", "┤", id="numbers-title")
                yield NumbersPane(self._desk, id="numbers")
        yield MessageLine(id="message")
        yield Footer(id="footer")

    def _know_layout(self) -> None:
        """Put on the classes of this size before anything is styled: Textual would do so after the first layout."""
        width, height = self.app.size
        self.add_class(
            _class_for(width, self.HORIZONTAL_BREAKPOINTS), _class_for(height, self.VERTICAL_BREAKPOINTS)
        )
        self.add_class("-at-tree")

    def on_mount(self) -> None:
        """Paint what is known, then listen."""
        self._pane(Place.TREE).focus_list()
        self._ticking = self.set_interval(TICK_SECONDS, self._tick, pause=True)
        self.paint()  # so that the very first frame has words

    @property
    def place(self) -> Place:
        """The pane the person is in."""
        nodes = [] if self.focused is None else self.focused.ancestors_with_self
        pane = next((node for node in nodes if isinstance(node, ListPane)), None)
        return Place.TREE if pane is None else pane.PLACE

    def person_is_here(self) -> None:
        """A key was pressed while this screen was seen; the next paint may tell something newer."""
        self._newest.person_is_here()

    def wake(self) -> None:
        """The engine has something new. Call on the screen's own thread."""
        self._painter.wake()

    def paint(self) -> None:
        """Paint what differs from the latest snapshot."""
        snapshot = self._desk.snapshot
        self._places.restore(snapshot)
        self._chooser.follow(snapshot)
        self._news.follow(snapshot)
        for pane in (self.query_one(TreePane), self.query_one(ServicesPane), self.query_one(NumbersPane)):
            pane.paint(snapshot)
        self._landing.follow(snapshot, self._pane(Place.SERVICES).list)
        self._paint_frame(snapshot)
        self._tell_news(snapshot)
        self._ask_at_new_price(snapshot)
        self._tick_if_needed(snapshot)
        self._paint_when_older(snapshot)

    def repaint_in_new_language(self) -> None:
        """Say everything again, in the language that was switched to."""
        self.query_one(MessageLine).show_words("")  # what a key was answered stands there in the other language
        self._newest.forget()
        self.paint()

    def _paint_frame(self, snapshot: Snapshot) -> None:
        left, right = status(snapshot, self._desk, self.app.size.width)
        self.query_one("#status", Rule).show(left, right, self._joint("┬"))
        numbers = self.query_one("#numbers-title", Rule)
        numbers.show(numbers_title(snapshot, self._desk), windows(snapshot, self._desk))
        self.show_keys()

    def show_own_keys(self, footer: Footer) -> None:
        """Name the keys of the pane; those that could do nothing just now last."""
        idle = idle_actions(self.place, self.query_one(NumbersPane).selected(), self.order_to_copy())
        footer.show_place(self.place, self._desk, self.foot_joint(), idle)

    def foot_joint(self) -> Joint | None:
        """Return where the line beside the tree ends."""
        return self._joint("┴")

    def _joint(self, sign: str) -> Joint | None:
        """Return where the line beside the tree meets the frame, and what is drawn there."""
        tree = self.query_one(TreePane)
        return (tree.region.right, sign) if tree.display and tree.region.width else None

    def _tell_news(self, snapshot: Snapshot) -> None:
        line = self.query_one(MessageLine)
        if (newest := self._newest.choose(snapshot.events)) is not None:
            line.show_event(newest, self._desk.speaker)
        line.drop_outdated(snapshot.link)

    def _ask_at_new_price(self, snapshot: Snapshot) -> None:
        """Ask about a price that rose while an order was on its way: once, in whatever language."""
        rise = snapshot.price_rise
        if rise is None or rise.serial == self._asked_rise:
            return
        self._asked_rise = rise.serial
        from snum_tui.ui.flows.price_rise import ask_at_new_price  # noqa: PLC0415 - not needed for the first paint

        ask_at_new_price(self.app, self._desk, rise)

    def _tick_if_needed(self, snapshot: Snapshot) -> None:
        if self.query_one(NumbersPane).counts_down(snapshot):
            self._ticking.resume()
        else:
            self._ticking.pause()

    def _paint_when_older(self, snapshot: Snapshot) -> None:
        """Paint again at the moment when an age on the screen has grown a step."""
        if self._aging is not None:
            self._aging.stop()
        seconds = self.query_one(ServicesPane).seconds_until_older(snapshot)
        self._aging = None
        if seconds is not None:
            self._aging = call_later(self, max(LEAST_AGE_SECONDS, seconds), self._painter.wake)

    def _tick(self) -> None:
        numbers, snapshot = self.query_one(NumbersPane), self._desk.snapshot
        numbers.tick(snapshot)
        if not numbers.counts_down(snapshot):
            self._ticking.pause()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the frame out for the new size."""
        after_refresh(self, self.paint)

    @on(ListPane.Outgrown)
    def _pane_outgrown(self, event: ListPane.Outgrown) -> None:
        event.stop()
        self.paint()

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        # One that comes late is about a pane that the person has left again.
        if event.widget is self.focused:
            self._show_place()
            after_refresh(self, self.paint)

    @on(RowList.CursorMoved)
    def _cursor_moved(self) -> None:
        self._places.note()

    @on(TreePane.Rested)
    def _rested_on_category(self, event: TreePane.Rested) -> None:
        self._choose(event.key)

    @on(RowList.CursorMoved, "#numbers RowList")
    def _chose_number(self) -> None:
        self._news.forget()
        self.show_keys()

    def _open_category(self, key: str) -> None:
        self._choose(key)
        self.go(Place.SERVICES)

    def show_category(self, category_id: str) -> None:
        """Show a category as if it had been opened in the tree, whatever was filtered there."""
        key = category_key(category_id)
        for place in (Place.TREE, Place.SERVICES):
            self._pane(place).drop_filter()
        self.paint()  # a row that a filter hid can be stood on
        self._pane(Place.TREE).list.move_to_key(key)
        self._open_category(key)

    def show_service(self, category_id: str, service_id: str) -> None:
        """Show a category with the cursor on this service, as soon as it is there."""
        self.show_category(category_id)
        self.land_on(category_id, service_id)

    def land_on(self, category_id: str | None, service_id: str) -> None:
        """Put the cursor on a service once its list is on show and has it (None: a list of the person's own)."""
        self._landing.aim(category_id, service_id)

    async def do(self, wanted: Action) -> None:
        """Do an action of the registry that belongs to this screen, or to one of its panes."""
        if wanted.place is Place.MAIN:
            await self.app.run_action(wanted.id, self)
        else:
            self.go(wanted.place)
            await self.app.run_action(wanted.id, self._pane(wanted.place))

    def _choose(self, key: str) -> None:
        services = self.query_one(ServicesPane)
        if key != services.shown_key:
            services.shown_key = key
            self._landing.turn_to(category_of(key))
        self._chooser.choose(key, self._desk.snapshot, services.first_rows)
        self._places.note()
        after_refresh(self, self.paint)

    @on(ListPane.FilterChanged)
    def _filter_changed(self) -> None:
        self._places.note()

    def keep_place(self) -> None:
        """Have the next start begin where this one ends."""
        self._places.keep()

    def _pane(self, place: Place) -> ListPane:
        return self.query_one(f"#{place}", ListPane)

    def order_to_copy(self) -> Order | None:
        """Return whose code was told last, until the cursor moves; else the order under the cursor."""
        told = self._news.order(self._desk.snapshot)
        if told is not None:
            return told
        return self.query_one(NumbersPane).selected()

    def action_cancel(self) -> None:
        """Ask whether to cancel the number under the panel's cursor."""
        from snum_tui.ui.flows.cancel import ask_cancel  # noqa: PLC0415 - not needed for the first paint

        ask_cancel(self.app, self._desk, self.query_one(NumbersPane).selected())

    def action_auto_cancel(self) -> None:
        """Arm the auto-cancel of the number under the panel's cursor, or take it back."""
        from snum_tui.ui.flows.cancel import toggle_auto_cancel  # noqa: PLC0415 - not needed for the first paint

        toggle_auto_cancel(self._desk, self.query_one(NumbersPane).selected())

    def action_filter(self) -> None:
        """Filter the pane the person is in."""
        self._pane(self.place).open_filter()

    def action_go_tree(self) -> None:
        """Go to the categories."""
        self.go(Place.TREE)

    def action_go_services(self) -> None:
        """Go to the services."""
        self.go(Place.SERVICES)

    def action_go_numbers(self) -> None:
        """Go to the numbers."""
        self.go(Place.NUMBERS)

    def action_go_next(self) -> None:
        """Go to the next pane."""
        self.go({Place.TREE: Place.SERVICES, Place.SERVICES: Place.NUMBERS}.get(self.place, Place.TREE))

    def action_go_previous(self) -> None:
        """Go to the pane before."""
        self.go({Place.TREE: Place.NUMBERS, Place.NUMBERS: Place.SERVICES}.get(self.place, Place.TREE))

    def action_refresh(self) -> None:
        """Read everything that is shown again."""
        self._desk.engine.submit(Refresh())
        self._desk.tell(self._desk.text(N_("Everything shown is being read again.")), Tone.PLAIN)

    def action_unknown(self) -> None:
        """Show the orders with an unknown outcome."""
        from snum_tui.ui.screens.unknown import UnknownScreen  # noqa: PLC0415 - not needed for the first paint

        if self._desk.snapshot.unknown_orders:
            self.app.push_screen(UnknownScreen(self._desk))
        else:
            self._desk.tell(self._desk.text(N_("There are no unknown orders.")), Tone.GOOD)

    def action_history(self) -> None:
        """Show all orders, and what they cost."""
        from snum_tui.ui.screens.history import HistoryScreen  # noqa: PLC0415 - not needed for the first paint

        self.app.push_screen(HistoryScreen(self._desk))

    def action_log(self) -> None:
        """Show everything that happened in this run."""
        from snum_tui.ui.screens.log import LogScreen  # noqa: PLC0415 - not needed for the first paint

        self.app.push_screen(LogScreen(self._desk))

    async def action_profiles(self) -> None:
        """Show the profiles; the app knows how to go from one to another."""
        await self.app.run_action("app.profiles")

    def go(self, place: Place) -> None:
        """Give a pane the focus."""
        self.add_class(f"-at-{place}")  # what is not displayed cannot be given the focus
        self._pane(place).focus_list()
        self._show_place()

    def _show_place(self) -> None:
        """Put on the class that the layouts of small terminals go by."""
        for place in (Place.TREE, Place.SERVICES, Place.NUMBERS):
            self.set_class(place is self.place, f"-at-{place}")
        self._places.note()


def _class_for(cells: int, breakpoints: list[tuple[int, str]]) -> str:
    return next(name for least, name in reversed(breakpoints) if cells >= least)
