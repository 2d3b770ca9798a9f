"""Sentences for the person, kept untranslated until they are shown.

A sentence travels from the engine's thread to the screen as its English template and its values, so that
switching the language re-words what is already on the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "extract me, translate later"
    """Mark a template for extraction and return it unchanged."""
    return message


def NP_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as N_, for a singular and its plural
    """Mark a singular and its plural for extraction and return them unchanged."""
    return one, many


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English template (a gettext message id) and the values its `{names}` stand for.

    A value that is itself a Sentence is translated before it is put in. With `plural`, `count` chooses the form
    and is available to the template as `{count}`.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None


def say(template: str, **values: object) -> Sentence:
    """Make a sentence of an already marked template: `say(N_("Not reached: {host}"), host=host)`."""
    return Sentence(template, values)


def say_count(templates: tuple[str, str], count: int, **values: object) -> Sentence:
    """Make a sentence whose form depends on a count: `say_count(NP_("{count} order", "{count} orders"), 2)`."""
    one, many = templates
    return Sentence(one, values, plural=many, count=count)
