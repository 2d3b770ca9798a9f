"""Copying: what is copied, by which way, and that no more is said of it than is known."""

import os
from pathlib import Path

import pytest

from snum_tui.domain.wishes import TerminalWishes
from snum_tui.ui.number_forms import NumberForm, write_number
from tests.ui.session import OpenDesk, Session, clipboard, presses

SMS = "Your code is 246810. Do not share it."
COPYING_KEYS = ("y", "n", "N", "Y", "m")


def listen(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take down what is written to the terminal."""
    written: list[str] = []
    monkeypatch.setattr(session.app._driver, "write", written.append)
    return written


def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Put a clipboard tool of X11 on PATH, and a display; return the folder that it works in."""
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncd '{tmp_path}'\n{script}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    return tmp_path


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        ("+905551234567", ("+905551234567", "905551234567", "5551234567")),
        ("+12015550123", ("+12015550123", "12015550123", "2015550123")),
        ("+79892508755", ("+79892508755", "79892508755", "9892508755")),
        # No country has this code: all digits are better than none.
        ("+999123456", ("+999123456", "999123456", "999123456")),
    ],
)
def test_a_number_is_written_in_three_forms(number: str, forms: tuple[str, ...]) -> None:
    assert tuple(write_number(number, form) for form in NumberForm) == forms


@presses("copy", "copy_number", "copy_digits", "copy_national", "copy_message")
@pytest.mark.parametrize("place", ["main screen", "sheet"])
async def test_every_form_is_copied_by_its_key(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    async with desk() as session:
        written = listen(session, monkeypatch)
        await session.ready()
        order = await session.order()
        session.site.deliver(order.number_id, SMS)
        await session.until(lambda: "246810" in session.message)
        if place == "sheet":
            await session.press("3", "enter")
        national = write_number(order.number, NumberForm.NATIONAL)
        expected = ("246810", order.number, order.number[1:], national, SMS)
        for key, text in zip(COPYING_KEYS, expected, strict=True):
            await session.press(key)
            assert clipboard(written) == text
            said = "The whole message" if key == "m" else text
            assert f"{said} was sent to the terminal's clipboard." in session.words()


async def test_what_is_not_there_yet_is_not_copied(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as session:
        written = listen(session, monkeypatch)
        await session.ready()
        for key in COPYING_KEYS:
            await session.press("r", key)
            assert session.message == "! There is nothing to copy yet."
        await session.order()
        await session.press("r", "m")
        assert session.message == "! There is nothing to copy yet."
        assert "]52;" not in "".join(written)


async def test_a_tool_of_this_machine_gets_the_text_and_its_word_is_taken(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with desk() as session:
        written = listen(session, monkeypatch)
        folder = install(tmp_path, monkeypatch, 'echo "$@" > arguments; cat > copied')
        await session.ready()
        order = await session.order()
        await session.press("y")
        await session.until(lambda: session.message == f"✓ {order.number} was copied.")
        assert (folder / "copied").read_text() == order.number
        assert (folder / "arguments").read_text() == "-selection clipboard -in\n"
        assert "]52;" not in "".join(written)


async def test_a_tool_that_fails_leaves_it_to_the_terminal(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with desk() as session:
        written = listen(session, monkeypatch)
        install(tmp_path, monkeypatch, "echo no display >&2; exit 1")
        await session.ready()
        order = await session.order()
        await session.press("y")
        await session.until(lambda: "was sent to the terminal's clipboard" in session.message)
        assert clipboard(written) == order.number


async def test_a_tool_that_takes_its_time_holds_up_no_key(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with desk() as session:
        folder = install(tmp_path, monkeypatch, "cat > copied; echo > started; read go < gate")
        os.mkfifo(folder / "gate")
        await session.ready()
        order = await session.order()
        await session.press("2", "y")
        await session.until((folder / "started").exists)
        await session.press("j", "j", "k")
        assert session.rows("services").cursor_index == 1
        assert "copied" not in session.message
        assert "clipboard" not in session.message
        (folder / "gate").write_text("go\n")
        await session.until(lambda: session.message == f"✓ {order.number} was copied.")


async def test_of_two_copies_the_later_one_stays(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first one is slow, and the second must not overtake it."""
    async with desk() as session:
        folder = install(tmp_path, monkeypatch, "cat > now; [ -e copied ] || sleep 0.3; mv now copied")
        await session.ready()
        order = await session.order()
        await session.press("n", "N")
        await session.until(lambda: session.message == f"✓ {order.number[1:]} was copied.")
        assert (folder / "copied").read_text() == order.number[1:]


async def test_where_nothing_can_be_copied_it_says_why_and_sends_nothing(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(wishes=TerminalWishes(clipboard="off")) as session:
        written = listen(session, monkeypatch)
        await session.ready()
        order = await session.order()
        await session.press("y")
        said = 'was not copied. Copying is off: clipboard = "off" stands in config.toml.'
        assert session.message == f"! {order.number} {said}"
        assert "]52;" not in "".join(written)


async def test_the_text_of_a_numbers_sheet_is_selected_with_the_mouse_and_copied(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(size=(80, 24)) as session:
        written = listen(session, monkeypatch)
        await session.ready()
        order = await session.order()
        session.site.deliver(order.number_id, "482915")
        await session.until(lambda: "482915" in session.message)
        await session.press("3", "enter")
        lines = session.screen_text().splitlines()
        row = next(at for at, line in enumerate(lines) if "Code " in line)
        column = lines[row].index("482915")
        await session.pilot.mouse_down(offset=(column, row))
        await session.pilot.hover(offset=(column + 6, row))
        await session.pilot.mouse_up(offset=(column + 6, row))
        await session.press("ctrl+c")
        assert clipboard(written) == "482915"
        assert "What you selected was sent to the terminal's clipboard." in session.words()
