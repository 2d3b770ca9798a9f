"""On a terminal that has ASCII alone, nothing of our own is beyond it; the site's letters are sent as near ones."""

from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.actions import ACTIONS
from snum_tui.ui.cells import fit
from snum_tui.ui.signs import charset_of, draw_in_ascii, drawn, is_ascii, is_short_of_signs
from snum_tui.ui.terminal.charset import encoded
from tests.locale.catalogues import read_translation
from tests.ui.scenes import an_unknown_order, at_work
from tests.ui.session import OpenDesk, Session


@pytest.fixture
def _in_ascii() -> Iterator[None]:
    """Draw as on a terminal that has ASCII alone."""
    draw_in_ascii(on=True)
    yield
    draw_in_ascii(on=False)


def of_the_site(snapshot: Snapshot) -> set[str]:
    """Every letter that came from the site."""
    texts = [
        *(category.name for category in snapshot.categories),
        *(service.name for service in snapshot.listing.services),
        *(f"{order.category}{order.service}{order.message}" for order in snapshot.orders),
    ]
    return set("".join(texts))


def beyond_ascii(session: Session) -> set[str]:
    """What is on the screen, neither ASCII nor the site's."""
    return {letter for letter in session.screen_text() if not letter.isascii()} - of_the_site(session.snapshot)


@pytest.mark.parametrize(("language", "size"), [("en", (120, 40)), ("tr", (80, 24))])
async def test_nothing_of_our_own_is_beyond_ascii_at_work(
    desk: OpenDesk, language: str, size: tuple[int, int]
) -> None:
    """The desk, question, details, help, history, log, palette and filter, with a code and a favourite."""
    async with desk(in_ascii=True, language=language, size=size) as session:
        await at_work(session)
        assert "Almanya⁵" in session.screen_text()
        assert beyond_ascii(session) == set()
        for keys in (
            ["2", "f"],
            ["s"],
            ["enter"],
            ["n", "d"],
            ["escape", "w"],
            ["enter"],
            ["w"],
            ["escape", "3", "enter"],
            ["escape", "question_mark"],
            ["G"],
            ["escape", "H"],
            ["f"],
            ["escape", "l"],
            ["escape", "colon", "a"],
            ["escape", "slash", "a"],
            ["escape", "q"],
            ["n", "1", "o"],
            ["right"],
        ):
            await session.press(*keys)
            assert beyond_ascii(session) == set(), (keys, session.screen_text())


async def test_nothing_of_our_own_is_beyond_ascii_while_an_order_is_unknown_and_while_it_is_read(
    desk: OpenDesk,
) -> None:
    async with desk(in_ascii=True, size=(80, 24)) as session:
        await session.until(lambda: session.app.screen_stack)
        await session.pilot.pause()
        assert beyond_ascii(session) == set()
        await an_unknown_order(session)
        for keys in (["u"], ["i"], ["escape", "l"]):
            await session.press(*keys)
            assert beyond_ascii(session) == set(), session.screen_text()


async def test_the_frame_is_closed_and_the_marks_can_be_told_apart(desk: OpenDesk) -> None:
    async with desk(in_ascii=True, size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "f")
        lines = session.screen_text().splitlines()
        assert lines[0].startswith("+- numara.example | demo -")
        assert lines[0].endswith("TL 100.00 | today TL 0.00 | o connected +")
        assert lines[-1].startswith("+- Enter order  w watch")
        assert all(line[0] in "+|" and line[-1] in "+| " for line in lines)
        await session.until(lambda: ">   TL 3.02" in session.screen_text().replace(">    ", ">   "))
        assert "* Rusya⁶" in session.screen_text()
        assert all(cell_len(line) <= 80 for line in lines)


@pytest.mark.parametrize(
    ("environment", "short"),
    [
        ({"LANG": "tr_TR.UTF-8", "TERM": "xterm-256color"}, False),
        ({"LANG": "C.utf8", "TERM": "screen"}, False),
        ({"LANG": "en_US.UTF-8@euro", "TERM": "xterm"}, False),
        ({"LC_CTYPE": "tr_TR.UTF-8", "TERM": "xterm"}, False),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, True),
        ({"LANG": "en_US.UTF-8", "TERM": "vt100"}, True),
        ({"LANG": "tr_TR.ISO-8859-9", "TERM": "xterm"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C", "TERM": "xterm"}, True),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8", "TERM": "xterm"}, False),
        ({"LANG": "en_US", "TERM": "xterm"}, True),
        ({"LANG": "", "LC_ALL": "", "TERM": "xterm"}, True),
        ({}, True),
    ],
)
def test_ascii_is_drawn_where_the_locale_is_not_utf_8_and_on_consoles_without_signs(
    environment: dict[str, str], *, short: bool
) -> None:
    assert is_short_of_signs(environment) is short


@pytest.mark.parametrize(
    ("locale", "charset"),
    [
        ("tr_TR.ISO-8859-9", "iso8859-9"),
        ("tr_TR.UTF-8", "utf-8"),
        ("C", "ascii"),
        ("POSIX", "ascii"),
        ("xx_XX.no-such-set", "ascii"),
        ("tr_TR.iso88599@lira", "iso8859-9"),
    ],
)
def test_the_character_set_is_the_one_that_the_locale_names(locale: str, charset: str) -> None:
    assert charset_of({"LC_ALL": locale}) == charset


@pytest.mark.parametrize(("is_utf8_mode", "charset"), [(True, "iso8859-9"), (False, "utf-8")])
def test_what_python_sets_for_itself_is_not_what_the_person_set(*, is_utf8_mode: bool, charset: str) -> None:
    environment = {"LANG": "tr_TR.ISO-8859-9", "LC_CTYPE": "C.UTF-8"}
    assert charset_of(environment, is_utf8_mode=is_utf8_mode) == charset


def test_what_a_character_set_lacks_is_written_with_the_nearest_letters_in_as_many_cells() -> None:
    text = "İngiltere³ ışık Türkiye – ★ 中文 ﬁ \uff46\uff55"
    for charset in ("ascii", "iso8859-9", "cp437"):
        written = encoded(text, charset).decode(charset)
        assert cell_len(written) == cell_len(text)
    assert encoded(text, "ascii") == b"Ingiltere3 isik Turkiye - * ???? f f u "
    assert encoded(text, "iso8859-9").decode("iso8859-9").startswith("İngiltere³ ışık Türkiye - * ????")
    assert encoded(text, "utf-8").decode() == text
    assert encoded("\ud800", "utf-8") == b"?"


@pytest.mark.usefixtures("_in_ascii")
def test_where_ascii_is_chosen_no_character_set_has_more() -> None:
    for charset in ("ascii", "iso8859-9", "utf-8"):
        assert encoded("İngiltere³ – ışık ★", charset) == b"Ingiltere3 - isik *"


@pytest.mark.usefixtures("_in_ascii")
def test_no_sentence_of_ours_has_a_letter_that_is_drawn_in_no_way() -> None:
    """In either language; and names of keys."""
    assert is_ascii()
    for message in read_translation():
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for text in (*((message.id,) if isinstance(message.id, str) else message.id), *forms):
            assert drawn(str(text)).isascii(), text
    assert all(one.shown_keys.isascii() for one in ACTIONS)


@pytest.mark.usefixtures("_in_ascii")
def test_only_words_of_ours_are_drawn_the_values_in_them_stay() -> None:
    speaker = Speaker("en", drawn=drawn)
    assert speaker.text("Ordering {service}…", service="Türkiye… ★") == "Ordering Türkiye… ★..."


@pytest.mark.usefixtures("_in_ascii")
def test_what_is_cut_says_so_in_one_cell() -> None:
    assert fit("Almanya", 5) == "Alma~"
