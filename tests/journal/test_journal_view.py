"""Where the person left off is found again, and nothing strange in its place is worth an error."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.catalogue import Category
from snum_tui.domain.view import View
from snum_tui.journal.cache import Cache
from tests.journal.conftest import NOON

SITE = "example.com"
LEFT_OFF = View("category:7", "12", "order-1", "services", "price", "goo", "alm")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache directory."""
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path) -> Iterator[Cache]:
    """A cache, open."""
    opened = Cache.open(folder)
    yield opened
    opened.close()


def test_the_view_comes_back_after_a_restart(cache: Cache, folder: Path) -> None:
    cache.keep_view(SITE, "default", View())
    cache.keep_view(SITE, "default", LEFT_OFF)
    cache.close()
    with closing(Cache.open(folder)) as again:
        assert again.view(SITE, "default") == LEFT_OFF


def test_sites_and_profiles_have_views_of_their_own(cache: Cache) -> None:
    cache.keep_view(SITE, "default", LEFT_OFF)
    assert cache.view(SITE, "other") is None
    assert cache.view("sms.tc", "default") is None


@given(st.text(), st.text())
def test_any_text_that_was_typed_comes_back(shared: Cache, one: str, other: str) -> None:
    view = View(tree_filter=one, services_filter=other)
    shared.keep_view(SITE, "default", view)
    assert shared.view(SITE, "default") == view


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """One cache for all examples."""
    opened = Cache.open(tmp_path_factory.mktemp("cache"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "stored",
    [
        None,
        7,
        b"\xff",
        "",
        "x",
        "null",
        "[]",
        '"pane"',
        '{"pane": 3}',
        '{"pane": null}',
        '{"pane": ["tree"]}',
        "[" * 10**5,
    ],
)
def test_a_strange_view_is_no_view_and_costs_nothing_else(cache: Cache, folder: Path, stored: object) -> None:
    cache.store_categories(SITE, [Category("1", "Google")], NOON)
    cache.keep_view(SITE, "default", LEFT_OFF)
    with closing(sqlite3.connect(folder / "cache.db")) as other:
        other.execute("UPDATE views SET view = ?", (stored,))
        other.commit()
    assert cache.view(SITE, "default") is None
    assert cache.categories(SITE) == (Category("1", "Google"),)


def test_a_view_of_another_version_gives_what_it_has(cache: Cache, folder: Path) -> None:
    cache.keep_view(SITE, "default", LEFT_OFF)
    with closing(sqlite3.connect(folder / "cache.db")) as other:
        other.execute("UPDATE views SET view = ?", (json.dumps({"pane": "numbers", "zoom": 2}),))
        other.commit()
    assert cache.view(SITE, "default") == View(pane="numbers")
