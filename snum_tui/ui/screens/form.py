"""What forms have in common: fields from top to bottom, things to press, and the keys for both."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from snum_tui.domain.sentence import N_, Sentence
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.named_keys import NamesKeys
from snum_tui.ui.later import after_refresh
from snum_tui.ui.message_below import SaysBelow
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.widgets.footer import Footer, help_key
from snum_tui.ui.widgets.form_field import FormField
from snum_tui.ui.widgets.form_lines import PressLine
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.rule import SIDE_CELLS, Rule
from snum_tui.ui.widgets.toned import Piece, length

PAGE_LINES = 5


class FormBox(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls with the field that has the focus; its own keys would come before those of the form."""


class FormScreen(NamesKeys, SaysBelow, Repaints, Screen[None]):
    """Goes from field to field. What a field says is said in the language of now, errors included."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.FORM)
    WAY_OUT = N_("back")
    """What closing the form is called here."""
    BEGINS_WITH_LANGUAGE: ClassVar[bool] = False
    """Whether the empty first field leaves the key for the other language alone; a name takes every letter."""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-roomy")]  # noqa: RUF012 - Textual declares it as an instance variable
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Title, the form, a line where something is said, keys."""
        yield Rule("┌", "┐", id="form-title")
        with FormBox(id="form"):
            yield from self.parts()
        yield MessageLine(id="form-message", hides=True)
        yield Footer(id="form-keys")

    def parts(self) -> Iterator[Widget]:
        """Yield what stands in the form."""
        raise NotImplementedError

    def heading(self) -> str:
        """Return the title."""
        raise NotImplementedError

    def labels(self) -> dict[PressLine, str]:
        """Return what the lines to press say."""
        raise NotImplementedError

    def entered(self, line: Widget) -> None:
        """Enter in a field, or on a line to press."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.repaint()
        self.go_to(self.stops[0])

    @property
    def stops(self) -> list[Widget]:
        """Where the focus can be, from top to bottom."""
        fields = [one.line for one in self.query(FormField)]
        return [*fields, *self.query(PressLine)]

    @property
    def place(self) -> Place:
        """Where the person is."""
        return Place.FORM

    def way_of(self, key: str) -> Callable[[], None] | None:
        """Return what leads from one line to another by this key; None where it means something else."""
        ways = {"form.next": self.action_next, "form.down": self.action_down, "form.up": self.action_up}
        return next((way for name, way in ways.items() if key in self._desk.keyboard.action(name).keys), None)

    def go_to(self, line: Widget) -> None:
        """Give a field the focus, and have all of it in sight."""
        self.set_focus(line, scroll_visible=False)
        self._show_fields()
        after_refresh(self, lambda: self._bring_into_sight(line))

    def complain(self, field: FormField, problem: Sentence | None) -> None:
        """Say beside a field what is wrong with it, or nothing any more."""
        field.problem = problem
        self._show_field(field)

    def repaint(self) -> None:
        """Say everything in the language of now."""
        heading: list[Piece] = [(self.heading(), Tone.STRONG)]
        self.query_one("#form-title", Rule).show(heading, self._other_language(length(heading)))
        self._show_fields()
        for line, words in self.labels().items():
            line.show(words)
        self.show_keys()

    def _other_language(self, heading_cells: int) -> list[Piece]:
        """Name the key for the other language where it is heard; beside a long title by its code, or not at all."""
        switch, code = (
            self._desk.keyboard.action("app.language"),
            "EN" if self._desk.speaker.language == "tr" else "TR",
        )
        room = self.app.size.width - 2 - 2 * SIDE_CELLS - heading_cells
        for name in (self._desk.text(switch.name), code) if switch.keys and self.BEGINS_WITH_LANGUAGE else ():
            pieces: list[Piece] = [(switch.shown_key, Tone.STRONG), (f" {name}", Tone.DIM)]
            if length(pieces) <= room:
                return pieces
        return []

    def action_next(self) -> None:
        """Do what Enter means here."""
        if (focused := self.focused) is not None:
            self.entered(focused)

    def action_down(self) -> None:
        """Go to the next field."""
        self._step(1)

    def action_up(self) -> None:
        """Go to the field before."""
        self._step(-1)

    def action_page_down(self) -> None:
        """Read on."""
        self._form.scroll_relative(y=PAGE_LINES, animate=False, immediate=True)

    def action_page_up(self) -> None:
        """Read what stands above."""
        self._form.scroll_relative(y=-PAGE_LINES, animate=False, immediate=True)

    def action_plain_http(self) -> None:
        """Let the key travel unencrypted to the address that stands there: the person says so."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Go back, or leave."""
        raise NotImplementedError

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the keys out for the new width, and keep the field in sight."""
        after_refresh(self, self._laid_out)

    @on(PressLine.Pressed)
    def _pressed(self, event: PressLine.Pressed) -> None:
        event.stop()
        self.go_to(event.line)
        self.entered(event.line)

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self._show_fields()

    @property
    def is_tiny(self) -> bool:
        """Whether all that can be done stays in sight only where less is said."""
        width, height = self.app.size
        return width < self.HORIZONTAL_BREAKPOINTS[1][0] and height < self.VERTICAL_BREAKPOINTS[1][0]

    @property
    def _form(self) -> FormBox:
        return self.query_one(FormBox)

    def _laid_out(self) -> None:
        self.repaint()
        if self.focused is not None:
            self._bring_into_sight(self.focused)

    def _step(self, by: int) -> None:
        stops = self.stops
        at = stops.index(self.focused) if self.focused in stops else 0
        # Not from the first field up to the last thing to press: a stray key and an Enter would do it.
        self.go_to(stops[max(0, at + by) % len(stops)])

    def _bring_into_sight(self, line: Widget) -> None:
        if line is self.stops[0]:
            self._form.scroll_home(animate=False, immediate=True)
            return
        whole = next((field for field in self.query(FormField) if field.line is line), line)
        self._form.scroll_to_widget(whole, animate=False, immediate=True)

    def _show_fields(self) -> None:
        for field in self.query(FormField):
            self._show_field(field)

    def _show_field(self, field: FormField) -> None:
        text, problem = self._desk.text, field.problem
        is_said = field.note and (field.line is self.focused or not self.is_tiny)
        note = text(field.note) if is_said else ""
        field.show(text(field.label), note, "" if problem is None else self._desk.render(problem))

    def show_own_keys(self, footer: Footer) -> None:
        """Name the keys of here, the way out as it is called here."""
        desk = self._desk
        ranked = (one for one in desk.keyboard.in_place(Place.FORM) if one.rank and one.keys)
        keys: list[list[Piece]] = []
        for one in sorted(ranked, key=lambda one: one.rank):
            name = self.WAY_OUT if one.binding_id == "form.close" else one.name
            keys.append([(one.shown_key, Tone.STRONG), (f" {desk.text(name)}", Tone.DIM)])
        footer.show_keys(keys, help_key(desk, typing=True))
