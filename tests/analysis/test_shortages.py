"""The worst stretches come first, never twice, with their agent-hours and who is off."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.analysis import coverage
from wfm.analysis.shortages import worst_gaps
from wfm.model.people import Agent, Leave
from wfm.model.problem import AgentProblem, Demand
from wfm.model.roster import Duty
from wfm.model.time import Horizon

MONDAY = date(2026, 11, 30)
HORIZON = Horizon(MONDAY, 2, 60)
PEOPLE = tuple(Agent(key, key, key, "", "", {"phone": 2}) for key in "abc")
WORKERS = tuple(AgentProblem(key, ("phone",), ()) for key in "abc")


def required(**at: int) -> Demand:
    """Return a demand of some agents at some hours: ``d0h9=2``."""
    needed = np.zeros(HORIZON.slots)
    for name, count in at.items():
        day, hour = map(int, name[1:].split("h"))
        needed[day * 24 + hour] = count
    return Demand("phone", needed)


def test_gaps_are_listed_worst_first_with_hours_peak_and_people_off() -> None:
    demand = required(d0h9=3, d0h10=2, d1h15=1)
    covered = coverage(HORIZON, (demand,), WORKERS, ())
    first, second = worst_gaps(covered, PEOPLE, (), (), 5)
    assert (first.shortage.day, first.shortage.start, first.shortage.end) == (MONDAY, 540, 660)
    assert (first.shortage.missing, first.hours, first.peak, first.off) == (3.0, 5.0, 540, 3)
    assert (second.shortage.day, second.shortage.start) == (MONDAY + timedelta(days=1), 900)


def test_who_works_is_away_or_lacks_the_skill_is_not_counted_as_off() -> None:
    covered = coverage(HORIZON, (required(d0h9=2),), WORKERS, ())
    duty = Duty("a", MONDAY, 720, 1200)
    people = (*PEOPLE, Agent("d", "d", "d", "", "", {"mail": 2}))
    (gap,) = worst_gaps(covered, people, (duty,), (Leave("b", MONDAY),), 5)
    assert gap.off == 1


def test_a_week_without_shortage_has_no_gaps() -> None:
    covered = coverage(HORIZON, (required(),), WORKERS, ())
    assert worst_gaps(covered, PEOPLE, (), ()) == ()


@given(
    needed=st.lists(st.integers(0, 4), min_size=HORIZON.slots, max_size=HORIZON.slots),
    count=st.integers(1, 60),
)
def test_gaps_never_overlap_and_never_grow(needed: list[int], count: int) -> None:
    covered = coverage(HORIZON, (Demand("phone", np.array(needed, dtype=float)),), WORKERS, ())
    gaps = worst_gaps(covered, PEOPLE, (), (), count)
    seen: set[tuple[date, int]] = set()
    for gap in gaps:
        hours = {(gap.shortage.day, m) for m in range(gap.shortage.start, gap.shortage.end, 60)}
        assert not hours & seen
        assert (gap.shortage.day, gap.peak) in hours
        seen |= hours
    sizes = [gap.shortage.missing for gap in gaps]
    assert sizes == sorted(sizes, reverse=True)
    if count == 60:
        assert sum(gap.hours for gap in gaps) == pytest.approx(float(sum(needed)))
