"""What looks for cut words on the pictures finds them, and nothing else."""

import pytest

from snum_tui.ui.cells import fit
from snum_tui.ui.tables import numbers
from tests.ui.pictures.cut import cut_words
from tests.ui.session import OpenDesk


@pytest.mark.parametrize(
    "line",
    [
        f"│ {fit('iptal ediliyor', 12)}  482915 │",
        f"│ {fit('cancelling', 9)}  482915 │",
        f"│ {fit('Your limit for a day is reached.', 20)} │",
        "│ Siparişl…  Stok │",
    ],
)
def test_a_word_of_ours_that_is_cut_is_found(line: str) -> None:
    assert cut_words(f"│ all is well │\n{line}\n│ 9:41 │") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "│ iptal ediliyor  482915 │",
        f"│ 9:41  waiting  {fit('Google · Almanya⁴ (+49)', 12)} │",
        "│ Ordering Almanya⁴ (+49)… │",
        "│ Almanya⁴ (+49) sipariş ediliyor… │",
        "│ Asking the site for number id 74… │",
        "│ …  sending  │",
    ],
)
def test_what_the_site_named_too_long_and_what_goes_on_is_no_cut_word(line: str) -> None:
    assert cut_words(line) == []


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_a_column_that_is_too_narrow_is_found_on_the_screen(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await session.ready()
        await session.order(0)
        assert cut_words(session.screen_text()) == []
        monkeypatch.setattr(numbers, "outcome_cells", lambda _speaker: 5)
        session.app.repaint_all()
        await session.until(lambda: cut_words(session.screen_text()))
