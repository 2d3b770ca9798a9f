"""What the site says to whoever starts it: marked for the catalogues, and English where nobody translates.

The site is a stranger to the rest of the house: who knows another language hands `Text` in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Text(Protocol):
    """Translates a marked template and fills it."""

    def __call__(self, template: str, **values: object) -> str:
        """Return the words."""
        ...


def N_(template: str) -> str:  # noqa: N802 - gettext's name for a mark
    """Mark a text that is translated later."""
    return template


@dataclass(frozen=True, slots=True)
class Words:
    """A marked template and the values of its `{names}`; one that is itself Words is translated as well."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, text: Text) -> str:
        """Return them translated and filled."""
        values = {
            name: value.said(text) if isinstance(value, Words) else value for name, value in self.values.items()
        }
        return text(self.template, **values)


def in_english(template: str, **values: object) -> str:
    """Fill a template as it is written."""
    return template.format_map(values)
