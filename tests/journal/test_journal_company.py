"""Who else is at work on the same orders, and who of them polls."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest

from snum_tui.journal.company import FOLDER, Company

Child = Callable[..., "Popen[str]"]
Join = Callable[..., Company]

MEMBER = """
from snum_tui.journal.company import Company
company = Company(state, "example.com", "default")
company.join()
print(company.name, company.try_to_lead(), flush=True)
sys.stdin.readline()
die()
"""


@pytest.fixture
def join(state: Path) -> Iterator[Join]:
    """Join the company of a site and profile; whoever joined leaves with the test."""
    with ExitStack() as stack:

        def joined(site: str = "example.com", profile: str = "default") -> Company:
            company = Company(state, site, profile)
            company.join()
            stack.callback(company.leave)
            return company

        yield joined


def test_each_sees_how_many_others_there_are(join: Join) -> None:
    """Oneself is not one of the others."""
    first = join()
    assert first.others() == 0
    second, third = join(), join()
    assert [one.others() for one in (first, second, third)] == [2, 2, 2]
    third.leave()
    assert first.others() == 1


def test_one_leads_and_the_next_only_once_it_has_left(join: Join) -> None:
    """Twice asked is once led."""
    first, second = join(), join()
    assert first.try_to_lead()
    assert first.try_to_lead()
    assert not second.try_to_lead()
    first.leave()
    assert second.try_to_lead()


def test_another_profile_or_site_has_a_company_of_its_own(join: Join) -> None:
    """Its numbers are asked for with another key: each needs a leader."""
    assert all(
        one.try_to_lead() and one.others() == 0 for one in (join(), join(profile="work"), join(site="example.net"))
    )


def test_the_killed_are_dead_at_once_and_lead_no_more(join: Join, child: Child, state: Path) -> None:
    """The kernel lets go of their locks, whatever they left lying about."""
    process = child(MEMBER, state)
    assert process.stdin is not None
    assert process.stdout is not None
    name, led = process.stdout.readline().split()
    own = join()
    assert led == "True"
    assert own.is_alive(name)
    assert own.others() == 1
    assert not own.try_to_lead()
    process.stdin.write("\n")
    process.stdin.flush()
    process.wait(60)
    assert not own.is_alive(name)
    assert own.try_to_lead()
    assert own.others() == 0
    assert [path.stem for path in (state / FOLDER).glob("*/*.alive")] == [own.name]


def test_somebody_who_never_was_is_not_alive(join: Join) -> None:
    """As one whose file was cleared away long ago."""
    assert not join().is_alive("0123456789abcdef")


def test_a_place_cleared_away_in_between_is_taken_again(join: Join, state: Path) -> None:
    """Between the making of a file and its lock another program may take it for a dead one's."""
    first = join()
    real = Path.stat
    removed: list[Path] = []

    def vanish_once(path: Path, **options: bool) -> object:
        if path.suffix == ".alive" and not removed:
            removed.append(path)
            path.unlink()
        return real(path, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "stat", vanish_once)
        second = join()
    assert removed
    assert first.is_alive(second.name)
    assert first.others() == 1
    assert len(list((state / FOLDER).glob("*/*.alive"))) == 2


def test_leaving_twice_is_leaving_once(join: Join) -> None:
    """An engine that ends while it starts may do so."""
    company = join()
    company.leave()
    company.leave()
    assert company.others() == 0
