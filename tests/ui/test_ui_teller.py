"""What is told, how often, and in which letters: the teller on snapshots made up for it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from snum_tui.domain.sentence import say
from snum_tui.engine.snapshot import Event, News, Snapshot, Weight
from snum_tui.ui.outside.errands import Errands
from snum_tui.ui.telling.teller import Teller
from tests.ui.session import OpenDesk, Session

HOSTILE = "4829\x1b0;evil\x07\u202e15\x9c"
MARK = "\N{REPLACEMENT CHARACTER}"


class Heard:
    """An outlet that keeps what comes out."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.titles: list[str] = []

    def write(self, commands: str) -> None:
        self.written.append(commands)

    def show_title(self, words: str) -> None:
        self.titles.append(words)

    def hand_over(self, call: Callable[[], None]) -> None:
        call()


def with_news(session: Session, serial: int, code: str = "482915") -> Snapshot:
    event = Event(serial, session.clock.now().wall, Weight.GOOD, say("Code {code}.", code=code), News.CODE)
    return replace(session.snapshot, events=(event,))


def teller_of(session: Session, heard: Heard) -> Teller:
    return Teller(session.app.desk, heard, Errands())


@pytest.fixture(autouse=True)
def kitty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-kitty")


@pytest.mark.parametrize("way", ["osc9", "osc777", "osc99"])
async def test_no_control_character_and_no_turned_writing_reaches_a_notification_or_the_title(
    desk: OpenDesk, way: str
) -> None:
    async with desk() as session:
        await session.ready()
        session.app.desk.wishes = replace(session.app.desk.wishes, notify=way)
        heard = Heard()
        snapshot = replace(with_news(session, 7, HOSTILE), profile=HOSTILE, site=f"https://{HOSTILE}")
        teller_of(session, heard).follow(snapshot)
        clean = f"4829{MARK}0;evil{MARK}{MARK}15{MARK}"
        told = heard.written[-1]
        words = f"Code {clean}."
        assert words.replace(";", ",") in told.replace(";", ",")
        [title] = heard.titles
        assert title.startswith(f"{clean} · ")
        assert f" · {clean} · snum-tui" in title
        for hostile in "\x07\u202e\x9c":
            assert hostile not in title + told
        assert "\x1b" not in title + told.removesuffix("\x1b\\").rpartition("\x1b]")[2]


async def test_news_is_told_once_and_what_was_seen_is_not_told_again(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        heard = Heard()
        teller = teller_of(session, heard)
        teller.follow(with_news(session, 7))
        told = len(heard.written)
        assert heard.titles[-1].startswith("482915 · ")
        session.door._engine._latest = with_news(session, 7)
        teller.person_is_here()
        teller.follow(with_news(session, 7))
        assert len(heard.written) == told
        assert not heard.titles[-1].startswith("482915")


async def test_the_news_of_another_account_whose_engine_counts_anew_is_told(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        heard = Heard()
        teller = teller_of(session, heard)
        teller.follow(with_news(session, 7))
        teller.follow(replace(session.snapshot, events=()))
        teller.follow(with_news(session, 1, "271828"))
        assert heard.titles[-1].startswith("271828 · ")
