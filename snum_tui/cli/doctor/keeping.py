"""What is kept: the journal, the cache, and the programs that share them."""

from pathlib import Path

from snum_tui.cli.doctor.finding import Check, Finding, Status, listed, ok
from snum_tui.cli.doctor.places import exposed
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count
from snum_tui.journal.errors import Busy, JournalError
from snum_tui.journal.examination import (
    JournalHealth,
    cache_path,
    examine_journal,
    is_cache_whole,
    journal_path,
    who_runs,
)


def check_orders(state_directory: Path) -> Finding:
    """Tell whether the journal is whole, and how many orders are in it."""
    path = journal_path(state_directory)
    try:
        health = examine_journal(state_directory)
    except Busy as error:
        return Finding(Check.ORDERS, Status.WARNING, say(N_("{path} is being written"), path=path), error.sentence)
    except JournalError as error:
        return Finding(Check.ORDERS, Status.ERROR, say(N_("cannot be used")), error.sentence)
    if health is None:
        return ok(Check.ORDERS, N_("{path}, not there yet"), path=path)
    if health.is_unfinished:
        detail = say(N_("{path} was left half written by a program that was killed"), path=path)
        return Finding(
            Check.ORDERS, Status.WARNING, detail, say(N_("Start snum-tui: it puts that right by itself."))
        )
    return exposed(Check.ORDERS, path) or Finding(Check.ORDERS, Status.OK, _counts(health))


def _counts(health: JournalHealth) -> Sentence:
    parts = [
        say(N_("{path}, whole"), path=health.path),
        say_count(NP_("{count} order", "{count} orders"), health.orders),
        say_count(NP_("{count} of them open", "{count} of them open"), health.open_orders),
    ]
    if health.newest_backup is not None:
        parts.append(say(N_("newest backup {backup}"), backup=health.newest_backup))
    return listed(parts)


def check_running(state_directory: Path) -> Finding:
    """Tell how many other programs are at work on the orders, and which one asks for codes."""
    running = who_runs(state_directory)
    if not running.programs:
        return ok(Check.RUNNING, N_("no other snum-tui"))
    programs = say_count(
        NP_("{count} other program on these orders", "{count} other programs on these orders"), running.programs
    )
    if not running.leaders:
        return Finding(Check.RUNNING, Status.OK, programs)
    leaders = ", ".join(str(pid) for pid in running.leaders)
    template = NP_("process {pids} asks for the codes", "processes {pids} ask for the codes")
    leading = say_count(template, len(running.leaders), pids=leaders)
    return Finding(Check.RUNNING, Status.OK, listed([programs, leading]))


def check_cache(cache_directory: Path) -> Finding:
    """Tell whether the cache is whole; it is never precious."""
    path = cache_path(cache_directory)
    whole = is_cache_whole(cache_directory)
    if whole is None:
        return ok(Check.CACHE, N_("{path}, not there yet"), path=path)
    if not whole:
        advice = say(N_("Nothing is to be done: the next start makes it anew, and reads the site again."))
        return Finding(
            Check.CACHE, Status.WARNING, say(N_("{path} is damaged or of another version"), path=path), advice
        )
    return exposed(Check.CACHE, path) or ok(Check.CACHE, N_("{path}, whole"), path=path)
