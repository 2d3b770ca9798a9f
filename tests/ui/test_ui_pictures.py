"""What every screen looks like, at every size, in both languages; and that nothing on it is cut.

`python -m tests.ui.pictures` accepts a new look. What differs is shown side by side in snapshot_report.html.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
import pytest_textual_snapshot  # type: ignore[import-untyped]
from textual.pilot import Pilot
from textual.screen import Screen

import snum_tui.ui
from tests.ui import scenes
from tests.ui.pictures.camera import FIRST_CLASS, SOURCE_LANGUAGE, Picture, all_pictures, photograph, picture_name
from tests.ui.pictures.cut import cut_words
from tests.ui.pictures.report import Shelf, Still
from tests.ui.pictures.store import COMMAND, kept, left_over, path_of
from tests.ui.pictures.walks import WALKS
from tests.ui.session import stage

SnapCompare = Callable[..., bool]

PICTURES = [
    pytest.param((walk, language), name, id=name)
    for walk in WALKS
    for language in walk.languages
    for name in walk.pictures(language)
]
AT_80X24 = [one for one in PICTURES if str(one.id).endswith(picture_name("", FIRST_CLASS))]


@cache
def walked(walk_name: str, language: str) -> dict[str, Picture] | Exception:
    """Walk once, whoever asks for one of the pictures; a walk that fails is not walked again for the next one."""
    try:
        return photograph(next(walk for walk in WALKS if walk.name == walk_name), language)
    except Exception as failure:  # noqa: BLE001 - raised again for each of its pictures
        return failure


@pytest.fixture
def taken(request: pytest.FixtureRequest) -> dict[str, Picture]:
    """All pictures of one walk in one language."""
    walk, language = request.param
    outcome = walked(walk.name, language)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


@pytest.fixture(autouse=True)
def _own_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest_textual_snapshot, "SVGImageExtension", Shelf)


@pytest.mark.parametrize(("taken", "picture"), PICTURES, indirect=["taken"])
def test_picture(taken: dict[str, Picture], picture: str, snap_compare: SnapCompare) -> None:
    svg, before = taken[picture].svg, kept(picture)
    is_same = before == svg  # not in the assertion: to explain a difference of 60 kB takes pytest minutes
    said = "is missing" if before is None else "is not what the program shows"
    assert is_same or snap_compare(Still(svg)), f"{path_of(picture)} {said}; take it anew: {COMMAND}"


@pytest.mark.parametrize(("taken", "picture"), AT_80X24, indirect=["taken"])
def test_nothing_is_cut(taken: dict[str, Picture], picture: str) -> None:
    one = taken[picture]
    assert cut_words(one.text) == [], one.text
    if not picture.startswith(("keys", "first", "profile-form")):  # they are long, and say so with a scroll bar
        assert one.hidden_lines == 0, one.text


@pytest.mark.parametrize(
    ("play", "size"),
    [
        pytest.param(scenes.at_start, (40, 12), id="start-40x12"),
        pytest.param(scenes.asking, (40, 12), id="order-40x12"),
        pytest.param(scenes.at_start, (200, 60), id="start-200x60"),
    ],
)
def test_a_start_at_a_size_shows_what_resizing_to_it_does(
    play: Callable[[Any], Any], size: tuple[int, int], tmp_path: Path, snap_compare: SnapCompare
) -> None:
    with stage(tmp_path) as made:

        async def walk(pilot: Pilot[Any]) -> None:
            await play(made.session(pilot))

        assert snap_compare(made.app, terminal_size=size, run_before=walk)


def test_every_screen_and_dialog_has_a_picture() -> None:
    for module in walk_packages(snum_tui.ui.__path__, "snum_tui.ui."):
        import_module(module.name)
    outcomes = [walked(walk.name, SOURCE_LANGUAGE) for walk in WALKS]
    seen = {one.screen for outcome in outcomes if isinstance(outcome, dict) for one in outcome.values()}
    assert _screens_below(Screen) - seen == set(), "let a walk go there"


def _screens_below(screen: type[Screen[Any]]) -> set[type[Screen[Any]]]:
    """Return the kinds of our own screens that are shown as they are, not just the base of others."""
    below = screen.__subclasses__()
    if not below:
        return {screen} if screen.__module__.startswith("snum_tui.") else set()
    return {leaf for one in below for leaf in _screens_below(one)}


def test_there_is_no_picture_that_nobody_takes() -> None:
    assert left_over(all_pictures(WALKS)) == set(), f"throw them away: {COMMAND}"


def test_no_two_walks_take_the_same_picture() -> None:
    assert len(all_pictures(WALKS)) == len(PICTURES)
