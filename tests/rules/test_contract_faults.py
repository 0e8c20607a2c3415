"""Contracts that no week can fulfil are named; all others, however tight, are left alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.builders import EARLY, KINDS, PART
from wfm.model.people import Contract
from wfm.rules.contract_faults import contract_fault

BASE = Contract("c", "Full", ("early",), week_minutes_min=2400, week_days_min=5)


def fault(**changes: object) -> str:
    found = contract_fault(replace(BASE, **changes), KINDS)  # type: ignore[arg-type]
    return "" if found is None else str(found)


def test_five_shifts_of_eight_hours_are_forty_hours() -> None:
    assert fault() == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"shift_kinds": ()}, "Contract Full has no shift kind: nobody can be planned by it."),
        ({"shift_kinds": ("gone",)}, "Contract Full has no shift kind"),
        ({"week_days_max": 4, "week_days_min": 0},
         "asks for at least 40 h a week, but 4 days of its shifts make 32 h at most"),
        ({"shift_kinds": ("part",), "week_days_min": 0},
         "asks for at least 40 h a week, but 5 days of its shifts make 25 h at most"),
        ({"week_minutes_min": 0, "week_minutes_max": 1200, "week_days_min": 3},
         "asks for 3 days a week, but so many of its shortest shifts are 24 h, above its 20 h"),
        ({"week_minutes_min": 2000, "week_minutes_max": 2300}, "5 days a week, but so many of"),
        ({"week_minutes_min": 2000, "week_minutes_max": 2300, "week_days_min": 0},
         "asks for at least 33:20 h a week, but 5 days of its shifts make 32 h at most"),
    ],
)  # fmt: skip
def test_a_contract_that_no_week_fulfils_says_why(
    changes: dict[str, object], sentence: str
) -> None:
    assert sentence in fault(**changes)


@given(
    lengths=st.sets(st.sampled_from([240, 300, 360, 480]), min_size=1),
    days=st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted),
    hours=st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted),
)
def test_a_fault_is_found_exactly_where_no_choice_of_shifts_fits(
    lengths: set[int], days: list[int], hours: list[int]
) -> None:
    kind = replace(PART, lengths=tuple(lengths))
    contract = Contract(
        "c", "C", ("part",), 480, hours[0] * 60, hours[1] * 60, week_days_max=days[1] or 7,
        week_days_min=days[0],
    )  # fmt: skip
    fits = any(
        hours[0] * 60 <= sum(chosen) <= hours[1] * 60
        for number in range(days[0], (days[1] or 7) + 1)
        for chosen in combinations_with_replacement(sorted(lengths), number)
    )
    assert (contract_fault(contract, (kind,)) is None) == fits


def test_unpaid_breaks_are_no_work() -> None:
    assert EARLY.lengths == (540,)
    assert fault(week_minutes_min=2401, week_minutes_max=2500, week_days_min=0) != ""
