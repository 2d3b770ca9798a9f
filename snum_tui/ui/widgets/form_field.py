"""A field of a form: what is asked, where to write it, where to find it, and what is wrong with it."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from snum_tui.domain.sentence import Sentence
from snum_tui.ui.signs import drawn


class Words(Static):
    """Words that wrap; gone where there are none."""

    def __init__(self, classes: str) -> None:
        super().__init__(classes=classes)
        self.auto_links = False
        self.display = False
        self._said = ""

    def say(self, words: str) -> None:
        """Say this; repaints only where it is something else."""
        if words != self._said:
            self._said = words
            self.display = bool(words)
            self.update(Text(words))

    @property
    def said(self) -> str:
        """What is said now."""
        return self._said


class FormField(Vertical):
    """One line to fill in. `label` and `note` are gettext templates; `problem` is what is wrong with it."""

    def __init__(self, label: str, line: Widget, note: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes="field")
        self.label = label
        self.note = note
        self.line = line
        self.problem: Sentence | None = None
        self._label = Words("label")
        self._note = Words("note")
        self._problem = Words("problem")

    def compose(self) -> ComposeResult:
        """Label and line beside each other, words below."""
        with Horizontal(classes="row"):
            yield self._label
            yield self.line
        yield self._note
        yield self._problem

    def show(self, label: str, note: str, problem: str) -> None:
        """Show these words, translated."""
        self._label.say(label)
        self._note.say("" if problem else note)  # on a small screen both would push the line out of sight
        self._problem.say(drawn("! ") + problem if problem else "")
