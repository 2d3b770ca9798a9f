"""Every sentence is translated, and what is compiled is what is written."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from snum_tui.domain.money import Amount
from snum_tui.domain.sentence import Sentence, say, say_count
from snum_tui.locale import Speaker
from tests.locale.catalogues import MO, compiled, extract, read_translation

PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def messages() -> Iterator[Message]:
    return (message for message in read_translation() if message.id)


def texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(part) for part in value or ())  # type: ignore[attr-defined]


def test_the_catalogue_holds_exactly_the_sentences_of_the_code() -> None:
    """Run `python -m tests.locale.catalogues` when this fails."""
    written = {str(message.id) for message in extract() if message.id}
    translated = {str(message.id) for message in messages()}
    assert written - translated == set(), "not in the catalogue yet"
    assert translated - written == set(), "no longer in the code"


def test_every_sentence_has_a_turkish_translation() -> None:
    missing = [message.id for message in messages() if not all(texts(message.string))]
    assert missing == []
    assert [message.id for message in messages() if message.fuzzy] == []


def test_a_translation_uses_the_values_of_its_sentence_and_no_others() -> None:
    for message in messages():
        allowed = {name for text in texts(message.id) for name in PLACEHOLDER.findall(text)}
        for text in texts(message.string):
            assert set(PLACEHOLDER.findall(text)) == allowed, message.id


def test_the_compiled_catalogue_is_that_of_the_translation() -> None:
    assert MO.read_bytes() == compiled(read_translation())


@pytest.mark.parametrize(("language", "shown"), [("tr", "12,50 ₺"), ("en", "₺12.50")])
def test_an_amount_in_a_sentence_is_written_the_way_of_the_language(language: str, shown: str) -> None:
    from decimal import Decimal  # noqa: PLC0415

    sentence = Sentence("{amount}", {"amount": Amount(Decimal("12.5"), "₺")})
    assert Speaker(language).render(sentence) == shown


def test_the_sign_of_an_amount_is_drawn_as_the_terminal_can() -> None:
    """But no other value: what the site wrote is not ours to change."""
    from decimal import Decimal  # noqa: PLC0415

    speaker = Speaker("en", drawn=lambda own: own.replace("₺", "TL"))
    values = {"amount": Amount(Decimal("12.5"), "₺"), "words": "5 ₺"}
    assert speaker.render(Sentence("{amount} {words}", values)) == "TL 12.50 5 ₺"


def test_site_text_in_a_sentence_is_never_read_as_a_template() -> None:
    assert Speaker("en").render(say("{words}", words="{key} {0} %s")) == "{key} {0} %s"


def test_a_count_chooses_its_form() -> None:
    forms = ("{count} order", "{count} orders")
    assert Speaker("en").render(say_count(forms, 1)) == "1 order"
    assert Speaker("en").render(say_count(forms, 3)) == "3 orders"


def test_a_nested_sentence_is_translated_too() -> None:
    waiting = Speaker("tr").text("waiting")
    assert waiting != "waiting"
    assert Speaker("tr").render(say("{what}", what=say("waiting"))) == waiting
