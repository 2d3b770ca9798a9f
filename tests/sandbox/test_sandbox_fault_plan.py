"""The fault plan is read as it is documented, and anything else is said in one sentence."""

import pytest

from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.fault_plan import CALLS, KIND_MEANINGS, Fault, FaultKind, read_fault
from snum_tui.sandbox.faults import Faults
from snum_tui.sandbox.options import SandboxOptions


def struck(plan: str, requests: int = 10, call: str = "getNumber") -> list[int]:
    """Return which of so many requests a plan strikes, counted from 1."""
    faults = Faults([read_fault(plan)], seed=7)
    return [nth for nth in range(1, requests + 1) if faults.strike(call) is not None]


@pytest.mark.parametrize(
    ("plan", "hits"),
    [
        ("getNumber:500@3", [3]),
        ("getNumber:500@2-5", [2, 3, 4, 5]),
        ("getNumber:500@8+", [8, 9, 10]),
        ("getNumber:500@*", list(range(1, 11))),
        ("getNumber:500", list(range(1, 11))),
        ("*:500@3", [3]),
        ("getMessage:500", []),
        (" getNumber:500@3 ", [3]),
    ],
)
def test_which_requests_are_struck(plan: str, hits: list[int]) -> None:
    assert struck(plan) == hits


def test_a_share_strikes_about_that_many_and_always_the_same() -> None:
    hits = struck("getNumber:500@*%20", requests=1000)
    assert 150 < len(hits) < 250
    assert hits == struck("getNumber:500@*%20", requests=1000)
    assert min(struck("getNumber:500@901+%50", requests=1000)) > 900


def test_a_star_counts_all_calls_together_and_a_name_only_its_own() -> None:
    faults = Faults([read_fault("*:500@3"), read_fault("getBalance:502@2")], seed=7)
    asked = ["getBalance", "getNumber", "getMessage", "getBalance", "getBalance"]
    assert [faults.strike(call) for call in asked] == [None, None, "500", "502", None]


def test_the_first_of_two_faults_strikes_and_both_count() -> None:
    faults = Faults([read_fault("getNumber:stall@1"), read_fault("getNumber:500@1-2")], seed=7)
    assert [faults.strike("getNumber") for _ in range(3)] == ["stall", "500", None]


def test_an_added_fault_counts_from_then_on_and_cleared_ones_are_gone() -> None:
    faults = Faults([], seed=7)
    faults.strike("getNumber")
    faults.add(read_fault("getNumber:500@1"))
    assert faults.strike("getNumber") is FaultKind.STATUS_500
    faults.add(read_fault("getNumber:502"))
    faults.clear()
    assert faults.strike("getNumber") is None


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_can_be_planned_for_every_call_and_duplicate_id_for_orders(kind: FaultKind) -> None:
    for call in ["getNumber"] if kind is FaultKind.DUPLICATE_ID else ["*", *CALLS]:
        assert read_fault(f"{call}:{kind}") == Fault(call, kind)


def test_each_kind_says_whether_the_call_is_executed() -> None:
    assert set(KIND_MEANINGS) == set(FaultKind)
    for kind, meaning in KIND_MEANINGS.items():
        assert ("not executed" in meaning) == (not kind.executes)
        assert "executed" in meaning


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ("", "'' is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3."),
        ("getNumber", "'getNumber' is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3."),
        ("getNumber:500@", "'getNumber:500@' is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3."),
        (
            "getNumber:500@x",
            "'getNumber:500@x' is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3.",
        ),
        (
            "getNumber:500@3%",
            "'getNumber:500@3%' is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3.",
        ),
        ("getCash:500", "'getCash' in 'getCash:500' is no call: write * or one of getCategories, "),
        ("getNumber:explode", "'explode' in 'getNumber:explode' is no kind of fault: write one of drop-reply, "),
        ("getNumber:500@0", "@0 in 'getNumber:500@0' cannot be: requests count from 1, and a range goes upwards."),
        (
            "getNumber:500@5-2",
            "@5-2 in 'getNumber:500@5-2' cannot be: requests count from 1, and a range goes upwards.",
        ),
        ("getNumber:500%0", "%0 in 'getNumber:500%0' cannot be: write a percentage above 0 and up to 100."),
        ("getNumber:500%101", "%101 in 'getNumber:500%101' cannot be: write a percentage above 0 and up to 100."),
        ("*:duplicate-id", "'*:duplicate-id' cannot be: duplicate-id is for getNumber only."),
    ],
)
def test_a_plan_that_cannot_be_meant_is_said_in_one_sentence(plan: str, sentence: str) -> None:
    with pytest.raises(BadOption) as caught:
        SandboxOptions(faults=(plan,))
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).count("\n") == 0
