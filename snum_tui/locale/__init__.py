"""English and Turkish: gettext catalogues, and the one place where a sentence becomes words.

English is the source. `tr/LC_MESSAGES/snum_tui.po` is the translation and the `.mo` beside it what is read at
run time; `python -m tests.locale.catalogues` extracts, updates and compiles both.
"""

import gettext
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from snum_tui.domain.dates import Day
from snum_tui.domain.keys import KeyOf
from snum_tui.domain.money import Amount
from snum_tui.domain.sentence import Sentence

LANGUAGES = ("en", "tr")
DOMAIN = "snum_tui"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, Path(__file__).parent, languages=[language], fallback=True)


class Speaker:
    """Turns sentences into words of one language, which may be switched while the program runs.

    `show_key` writes the key that a sentence names, as the person has mapped it; `drawn` puts the program's own
    words, and the signs of amounts, but no other values, into what the terminal can draw.
    """

    def __init__(
        self,
        language: str,
        *,
        show_key: Callable[[KeyOf], str | Sentence] = str,
        drawn: Callable[[str], str] = str,
    ) -> None:
        self.language = language
        self._show_key = show_key
        self._drawn = drawn

    def text(self, template: str, **values: object) -> str:
        """Translate a marked template and fill it."""
        return self.render(Sentence(template, values))

    def render(self, sentence: Sentence) -> str:
        """Translate and fill a sentence, those nested in its values included.

        Values are put in as they are: nothing in them is read as a template or as markup.
        """
        template = self._drawn(self._translated(sentence))
        values = {name: self._value(value) for name, value in sentence.values.items()}
        if sentence.count is not None:
            values.setdefault("count", str(sentence.count))
        return template.format_map(values)

    def _translated(self, sentence: Sentence) -> str:
        if not sentence.template:
            return ""
        catalogue = _catalogue(self.language)
        if sentence.plural is not None and sentence.count is not None:
            return catalogue.ngettext(sentence.template, sentence.plural, sentence.count)
        return catalogue.gettext(sentence.template)

    def _value(self, value: object) -> str:
        match value:
            case Sentence():
                return self.render(value)
            case Amount():
                return replace(value, currency=self._drawn(value.currency)).written(self.language)
            case Day():
                return value.written(self.language)
            case KeyOf():
                shown = self._show_key(value)
                return self.render(shown) if isinstance(shown, Sentence) else shown
            case _:
                return str(value)
