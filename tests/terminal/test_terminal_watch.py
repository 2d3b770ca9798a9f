"""`snum-tui watch`, the real program in a pipe or a terminal, on a real site: what it writes and how it ends."""

import re
import resource
import signal
from datetime import datetime

import pytest

from snum_tui.domain.orders import OrderState
from snum_tui.locale import Speaker
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import OpenTerminal
from tests.terminal.watching import OpenWatch, amend, intend, record, rent, seconds_of, wait_for

QUICK = "[polls]\nfirst_seconds = 1\n[politeness]\nprobe_seconds = 1\n"
GIVES_UP_AT_ONCE = """\
[polls]
first_until_seconds = 0
second_until_seconds = 0
give_up_seconds = 0
last_seconds = 1
"""
CODE_SOON = ("--code-share", "1", "--code-after", "2", "--no-number-share", "0")
NO_CODE = ("--code-share", "0", "--no-number-share", "0", "--earliest-cancel", "0")
TIME = r"\d\d:\d\d:\d\d"


def test_a_code_is_one_line_that_begins_with_it_and_ends_the_watch_with_0(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox(*CODE_SOON)
    order = rent(program, site)
    watching = open_watch(site)
    assert watching.wait() == 0
    truth = site.truth()
    [code] = truth["orders"][0]["codes"]
    opened, received, ended = watching.lines
    assert re.fullmatch(rf"{TIME} waiting, (?:9:\d\d|10:00) left to cancel .*: \{order.number}, Google, .*", opened)
    assert re.fullmatch(rf"{TIME} {code}: code for \{order.number}, Google, .*", received)
    assert re.fullmatch(rf"{TIME} 1 number got its code\.", ended)
    assert [(one["state"], one["code"]) for one in program.orders()] == [("received", code)]
    assert truth["requests"]["getNumber"] == 1, "the one of the test"
    assert truth["requests"]["getCategories"] == truth["requests"]["getServices"] == 0
    assert watching.close() == ""


def test_json_is_an_object_a_line_and_agrees_with_orders_and_with_the_site(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox(*CODE_SOON)
    rent(program, site)
    watching = open_watch(site, "--json")
    assert watching.wait() == 0
    opened, received, ended = watching.events
    assert [one["event"] for one in watching.events] == ["open", "code", "ended"]
    assert list(opened) == ["at", "event", "text", "seconds_left", "order"]
    assert list(received) == ["at", "event", "text", "message", "order"]
    assert received["order"] == program.orders()[0]
    assert [received["message"]] == site.truth()["orders"][0]["codes"]
    assert (ended["status"], ended["open"], ended["unknown"], ended["problem"]) == (0, 0, 0, None)
    for event in watching.events:
        assert event["at"].endswith("Z")
        assert datetime.fromisoformat(event["at"])


def test_with_nothing_open_it_ends_at_once_with_0(quiet_site: Site, open_watch: OpenWatch) -> None:
    watching = open_watch(quiet_site)
    assert watching.wait() == 0
    [line] = watching.lines
    assert line.endswith(" No number is open.")


def test_a_number_that_another_program_cancels_ends_it_with_3(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    order = rent(program, quiet_site)
    watching = open_watch(quiet_site, "--json")
    watching.until('"open"')
    record(program, order, OrderState.CANCELLING)
    record(program, order, OrderState.CANCELLED, refunded=order.price, settled_at=order.ordered_at)
    assert watching.wait() == 3
    cancelled = watching.events[1]
    assert (cancelled["event"], cancelled["refunded"]) == ("cancelled", str(order.price))
    assert cancelled["order"]["state"] == "cancelled"
    assert watching.events[-1]["text"] == "1 number ended without a code."


def test_a_number_that_is_no_longer_asked_for_ends_it_with_3(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    program.configure(GIVES_UP_AT_ONCE)
    rent(program, quiet_site)
    watching = open_watch(quiet_site, "--json")
    assert watching.wait() == 3
    assert [one["event"] for one in watching.events] == ["open", "expired", "ended"]


def test_an_unknown_order_is_told_keeps_nobody_waiting_and_ends_it_with_4(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    record(program, intend(program, quiet_site), OrderState.UNKNOWN)
    intend(program, quiet_site)
    watching = open_watch(quiet_site)
    assert watching.wait() == 4
    assert [line.split()[1] for line in watching.lines] == ["unknown:", "unknown:", "2"]
    assert "which only you can settle" in watching.lines[-1]
    assert [one["state"] for one in program.orders("--open")] == ["unknown", "unknown"]


def test_an_unknown_order_counts_more_than_a_code(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox(*CODE_SOON)
    record(program, intend(program, site), OrderState.UNKNOWN)
    rent(program, site)
    watching = open_watch(site, "--json")
    assert watching.wait() == 4
    assert [one["event"] for one in watching.events] == ["open", "open", "code", "ended"]


@pytest.mark.parametrize(
    ("ending", "status"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)],
    ids=str,
)
def test_a_signal_ends_it_with_the_status_of_shells_and_says_what_is_open(
    ending: signal.Signals, status: int, program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    rent(program, quiet_site)
    watching = open_watch(quiet_site)
    watching.until("waiting")
    watching.process.send_signal(ending)
    assert watching.wait() == status
    assert re.search(
        rf"1 number is still open, refund until {TIME}: start snum-tui watch again", watching.lines[-1]
    )
    assert [one["state"] for one in program.orders()] == ["waiting"]
    assert watching.close() == ""


def test_signals_that_come_together_end_it_as_one_does(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    rent(program, quiet_site)
    watching = open_watch(quiet_site)
    watching.until("waiting")
    for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGHUP):
        watching.process.send_signal(ending)
    assert watching.wait() in {129, 143}, "the system decides which one comes first"
    assert "1 number is still open" in watching.lines[-1]
    assert watching.close() == ""


def test_a_second_ctrl_c_ends_it_at_once_also_amid_a_cancel(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    site = open_sandbox(*NO_CODE, "--fault", "cancelNumber:stall@1")
    order = rent(program, site, auto_cancel=True)
    watching = open_watch(site)
    watching.until("by itself if no code comes")
    amend(program, order, refund_seconds=seconds_of(order, left=60))
    wait_for(lambda: site.asked("cancelNumber"))
    watching.process.send_signal(signal.SIGTERM)
    assert watching.process.stderr is not None
    assert "A cancel is still under way" in watching.process.stderr.readline()
    watching.process.send_signal(signal.SIGINT)
    assert watching.wait() == 130
    assert [one["state"] for one in program.orders()] == ["cancelling"]


def test_what_nohup_ignores_does_not_end_it(program: Program, quiet_site: Site, open_watch: OpenWatch) -> None:
    rent(program, quiet_site)
    ignoring = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *program.command]
    watching = open_watch(quiet_site, command=ignoring)
    watching.until("waiting")
    watching.process.send_signal(signal.SIGHUP)
    watching.process.send_signal(signal.SIGTERM)
    assert watching.wait() == 143


@pytest.mark.parametrize("arguments", [[], ["--read-only"]], ids=["free", "read-only"])
def test_an_armed_number_is_cancelled_in_time_and_its_refund_told(
    arguments: list[str], program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox(*NO_CODE)
    order = rent(program, site, auto_cancel=True)
    watching = open_watch(site, "--json", *arguments)
    watching.until('"open"')
    # A second question is asked a second after the first ones: by then the balance has been told.
    wait_for(lambda: site.asked("getBalance") and site.asked("getMessage") > 1)
    amend(program, order, refund_seconds=seconds_of(order, left=60))
    assert watching.wait() == 3
    assert [one["event"] for one in watching.events] == ["open", "auto_cancel", "cancelled", "ended"]
    assert "by itself if no code comes" in watching.events[0]["text"]
    assert watching.events[2]["refunded"] == str(order.price)
    truth = site.truth()
    assert (truth["requests"]["cancelNumber"], truth["orders"][0]["state"]) == (1, "cancelled")
    assert truth["requests"]["getNumber"] == 1, "the one of the test"


def test_a_signal_amid_a_cancel_lets_it_be_recorded(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    site = open_sandbox(*NO_CODE, "--fault", "cancelNumber:drip@1", "--drip-seconds", "0.05")
    order = rent(program, site, auto_cancel=True)
    watching = open_watch(site)
    watching.until("by itself if no code comes")
    amend(program, order, refund_seconds=seconds_of(order, left=60))
    watching.until("being cancelled by itself")
    watching.process.send_signal(signal.SIGTERM)
    assert watching.wait() == 3, "nothing is open any more"
    assert "cancelled, " in watching.lines[-2]
    assert [one["state"] for one in program.orders()] == ["cancelled"]
    [sentence] = watching.close().splitlines()
    assert "A cancel is still under way" in sentence


def test_a_refund_window_that_closes_is_told_once(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    order = rent(program, quiet_site)
    watching = open_watch(quiet_site, "--json")
    watching.until('"open"')
    amend(program, order, refund_seconds=seconds_of(order, left=150))
    watching.until("refund_closes")
    another = rent(program, quiet_site)
    watching.until(str(another.number))
    watching.process.send_signal(signal.SIGTERM)
    watching.wait()
    assert [one["event"] for one in watching.events] == ["open", "refund_closes", "ordered", "ended"]
    assert watching.events[1]["seconds_left"] <= 150


def test_a_reader_that_goes_away_ends_it_quietly_and_soon(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    rent(program, quiet_site)
    watching = open_watch(quiet_site)
    watching.until("waiting")
    watching.stop_reading()
    assert watching.wait() == 1
    assert watching.close() == ""


def test_a_reader_that_takes_nothing_does_not_keep_it_from_ending(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    for number in range(60):
        service = f"{number} " + "x" * 100
        record(program, intend(program, quiet_site, service=service), OrderState.UNKNOWN)
    rent(program, quiet_site)
    watching = open_watch(quiet_site, pipe_bytes=4096)
    watching.until("unknown")
    watching.process.send_signal(signal.SIGTERM)
    assert watching.process.wait(20) == 143


def test_output_that_cannot_be_written_is_one_sentence_and_1(program: Program, quiet_site: Site) -> None:
    rent(program, quiet_site)
    command = ["sh", "-c", '"$@" watch > /dev/full', "sh", *program.command]
    done = Program(program.home)
    done.command = command
    ended = done.run(environment=quiet_site.environment)
    assert ended.returncode == 1
    [sentence] = ended.stderr.splitlines()
    assert "Standard output cannot be written (no space left on the disk)" in sentence


@pytest.mark.parametrize("redirection", [">&-", ">/dev/null"])
def test_the_status_alone_is_enough_for_a_script(program: Program, quiet_site: Site, redirection: str) -> None:
    record(program, intend(program, quiet_site), OrderState.UNKNOWN)
    silent = Program(program.home)
    silent.command = ["sh", "-c", f'"$@" watch {redirection}', "sh", *program.command]
    done = silent.run(environment=quiet_site.environment)
    assert (done.returncode, done.stderr) == (4, "")


def test_a_journal_that_cannot_be_opened_is_one_sentence_and_1(program: Program, quiet_site: Site) -> None:
    program.state.write_text("a file where the folder should be")
    done = program.run("watch", "--json", environment=quiet_site.environment)
    assert (done.returncode, done.stdout) == (1, "")
    [sentence] = done.stderr.splitlines()
    assert str(program.state) in sentence


def test_a_code_that_finds_no_room_on_the_disk_is_told_all_the_same_and_ends_it_with_1(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox("--code-share", "1", "--code-after", "20", "--no-number-share", "0")
    rent(program, site)
    watching = open_watch(site, "--json")
    watching.until('"open"')
    resource.prlimit(watching.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    assert watching.wait() == 1
    events = {one["event"]: one for one in watching.events}
    assert list(events) == ["open", "journal_trouble", "unwritten", "code", "ended"]
    assert events["code"]["message"] == site.truth()["orders"][0]["codes"][0]
    assert events["unwritten"]["order"]["number"] in events["unwritten"]["text"]
    assert [one["state"] for one in program.orders()] == ["waiting"]
    [sentence] = watching.close().splitlines()
    assert "The journal did not take all of this." in sentence


def test_a_journal_that_is_damaged_meanwhile_is_told_once_and_ends_nothing(
    program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    rent(program, quiet_site)
    watching = open_watch(quiet_site, "--json")
    watching.until('"open"')
    file = program.state / "orders.db"
    file.write_bytes(b"\xa5" * file.stat().st_size)
    watching.until("journal_trouble")
    asked = quiet_site.asked("getMessage")
    wait_for(lambda: quiet_site.asked("getMessage") > asked + 1)
    watching.process.send_signal(signal.SIGTERM)
    watching.wait()
    assert [one["event"] for one in watching.events] == ["open", "journal_trouble", "ended"]
    assert str(file) in watching.events[1]["text"]


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_a_wrong_key_is_told_never_shown_and_ends_it_with_1(
    arguments: list[str], program: Program, quiet_site: Site, open_watch: OpenWatch
) -> None:
    rent(program, quiet_site)
    watching = open_watch(quiet_site, *arguments, environment={"SNUM_TUI_API_KEY": "0ddba11"})
    assert watching.wait() == 1
    errors = watching.close()
    [sentence] = errors.splitlines()
    assert "The site does not accept the API key" in sentence
    assert "0ddba11" not in errors + "".join(watching.lines)
    if arguments:
        assert [one["event"] for one in watching.events] == ["open", "key_rejected", "ended"]
        assert (watching.events[-1]["status"], watching.events[-1]["open"]) == (1, 1)
        assert watching.events[-1]["problem"] in sentence
    else:
        assert len(watching.lines) == 2


def test_a_site_that_goes_and_comes_back_is_told_once_each_and_ends_nothing(
    program: Program, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK + "[freshness]\nbalance_seconds = 1\n")
    site = open_sandbox(*NO_CODE, "--fault", "*:502@6-22")
    rent(program, site)
    watching = open_watch(site, "--json")
    watching.until("link_lost")
    watching.until("link_back")
    watching.process.send_signal(signal.SIGTERM)
    watching.wait()
    told = [one["event"] for one in watching.events]
    assert (told.count("link_lost"), told.count("link_back")) == (1, 1)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_in_a_terminal_it_writes_plain_lines_and_a_lost_line_ends_it(
    term: str, program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    order = rent(program, quiet_site)
    terminal = open_terminal("watch", environment={**quiet_site.environment, "TERM": term})
    terminal.until(lambda screen: str(order.number) in screen)
    assert b"\x1b" not in terminal.received
    assert terminal.is_as_before
    terminal.hang_up()
    assert terminal.wait() == 129


def test_it_speaks_turkish(program: Program, quiet_site: Site, open_watch: OpenWatch) -> None:
    record(program, intend(program, quiet_site), OrderState.UNKNOWN)
    watching = open_watch(quiet_site, "--language", "tr")
    assert watching.wait() == 4
    assert watching.lines[0].split()[1] == Speaker("tr").text("unknown") + ":"
    assert "sonucu belirsiz" in watching.lines[-1]


@pytest.mark.parametrize("arguments", [["watch", "all"], ["watch", "--format", "json"]])
def test_wrong_arguments_are_2(program: Program, arguments: list[str]) -> None:
    assert program.run(*arguments).returncode == 2


def test_the_help_tells_the_exit_statuses(program: Program) -> None:
    told = program.run("watch", "--help").stdout
    for status in ("0 ", "1 ", "2 ", "3 ", "4 ", "129, 130, 143"):
        assert f"\n  {status}" in told
