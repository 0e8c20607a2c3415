"""What one roster changes against another, by example and against a plain recount."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.builders import START, random_duty
from wfm.analysis import (
    agents_changed,
    difference,
    distance_hours,
    duty_changes,
    figures,
    publication,
)
from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, UnderStep
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.model.rule import OFF, Mask, RuleRef
from wfm.model.rule import Counter as Count
from wfm.model.time import Horizon

TUESDAY = START + timedelta(days=1)
EARLY = Duty("a", START, 540, 1080, (PlacedBreak(780, 60),), "early", "E")


def what(before: list[Duty], after: list[Duty]) -> list[tuple[str, date, str]]:
    return [(item.agent, item.day, item.what) for item in duty_changes(before, after)]


def test_equal_rosters_differ_nowhere_whatever_their_order_and_locks() -> None:
    other = replace(EARLY, day=TUESDAY)
    assert what([EARLY, other], [replace(other, locked=True), EARLY]) == []


def test_a_duty_where_none_was_is_added_and_one_that_went_is_removed() -> None:
    assert what([], [EARLY]) == [("a", START, "added")]
    assert what([EARLY], []) == [("a", START, "removed")]


def test_the_same_shift_at_another_time_is_moved() -> None:
    later = replace(EARLY, start=600, end=1140, breaks=(PlacedBreak(840, 60),))
    assert what([EARLY], [later]) == [("a", START, "moved")]


def test_another_kind_or_length_is_changed() -> None:
    assert what([EARLY], [replace(EARLY, kind="late")]) == [("a", START, "changed")]
    assert what([EARLY], [replace(EARLY, end=1020)]) == [("a", START, "changed")]


def test_breaks_at_other_places_are_told_apart_from_moved_shifts() -> None:
    assert what([EARLY], [replace(EARLY, breaks=(PlacedBreak(720, 60),))]) == [
        ("a", START, "breaks")
    ]


def test_breaks_in_another_order_are_the_same_breaks() -> None:
    two = (PlacedBreak(600, 15, paid=True), PlacedBreak(780, 60))
    assert what([replace(EARLY, breaks=two)], [replace(EARLY, breaks=two[::-1])]) == []


def test_a_duty_on_another_day_is_removed_there_and_added_here() -> None:
    assert what([EARLY], [replace(EARLY, day=TUESDAY)]) == [
        ("a", START, "removed"),
        ("a", TUESDAY, "added"),
    ]


def test_of_two_duties_of_a_day_only_the_other_one_counts() -> None:
    second = replace(EARLY, start=1140, end=1380, breaks=())
    assert what([EARLY, second], [second]) == [("a", START, "removed")]


def test_people_are_listed_with_their_hours_before_and_after() -> None:
    other = replace(EARLY, agent="b")
    (changed,) = agents_changed([EARLY, other], [EARLY, replace(other, end=1020)])
    assert (changed.agent, changed.minutes_before, changed.minutes_after) == ("b", 480, 420)
    assert changed.minutes == -60
    assert [item.what for item in changed.changes] == ["changed"]


@given(st.integers(0, 10**9))
def test_the_changes_lead_from_one_roster_to_the_other(seed: int) -> None:
    rng = random.Random(seed)
    cells = [(agent, START + timedelta(days=day)) for agent in "abc" for day in range(3)]
    before = [random_duty(rng, *cell) for cell in cells if rng.random() < 0.7]
    after = [
        duty if rng.random() < 0.5 else random_duty(rng, duty.agent, duty.day)
        for duty in before
        if rng.random() < 0.8
    ]
    left = Counter(before)
    for change in duty_changes(before, after):
        assert (change.before is None, change.after is None) == (
            change.what == "added",
            change.what == "removed",
        )
        left.subtract([item for item in [change.before] if item is not None])
        left.update([item for item in [change.after] if item is not None])
    assert +left == Counter(after)
    assert min(left.values(), default=0) >= 0


def problem() -> RosterProblem:
    """One day, one skill, two people: 9:00-18:00 with one break, one needed from 9:00 to 18:00."""
    horizon = Horizon(START, 2, 60)
    required = np.zeros(horizon.slots)
    required[9:18] = 1
    spread = Count(RuleRef("fair_weekends"), (0,), "duties", high=0, price=2)
    wish = Mask(RuleRef("wish", "wish"), 0, (0,), price=3)
    must = Mask(RuleRef("leave", "illegal"), 1, (0,))
    return RosterProblem(
        horizon,
        (Option("day", 540, 1080, (BreakRule(60, 180, 300),), "early", "E"),),
        {"duties": (1,), "worked_minutes": (480,), "night_minutes": (0,), "start": (540,)},
        (Demand("phone", required, (UnderStep(None, 5),)),),
        (
            AgentProblem("a", ("phone",), (0,), (spread, wish, must)),
            AgentProblem("b", ("phone",), (0,), (Mask(RuleRef("x"), 1, (OFF,), price=9),)),
        ),
    )


def test_the_figures_of_both_rosters_are_those_of_coverage_and_rules() -> None:
    both = [EARLY, replace(EARLY, agent="b"), replace(EARLY, day=TUESDAY)]
    found = difference(problem(), [], both)
    assert found.before.short_hours == 9
    assert (found.after.short_hours, found.after.surplus_hours) == (1, 16)
    assert (found.after.duties, found.after.people, found.after.worked_minutes) == (3, 2, 1440)
    # leave is hard, the spreading of weekends is no breach, the wish is counted apart
    assert (found.after.hard, found.after.soft, found.after.wishes) == (1, 1, 1)
    assert found.after.cost == 5 + 16 + 2 + 3 + 9
    assert found.count("added") == 3
    assert [agent.agent for agent in found.agents] == ["a", "b"]


def test_duties_outside_the_horizon_are_no_change() -> None:
    outside = replace(EARLY, day=START - timedelta(days=1))
    assert difference(problem(), [outside], []).changes == ()


def test_an_empty_roster_breaks_no_rule() -> None:
    found = figures(problem(), [])
    assert (found.hard, found.soft, found.cost) == (0, 0, 45)


def test_the_distance_from_the_best_roster_is_told_in_agent_hours() -> None:
    horizon = Horizon(START, 7, 15)
    assert distance_hours(horizon, 124, 100) == 6
    assert distance_hours(horizon, 99.99, 100) == 0
    assert distance_hours(horizon, 124, None) is None


def test_a_week_that_nobody_was_shown_counts_every_duty_as_new() -> None:
    found = publication([AgentWeek("a", START, (EARLY,))], Horizon(START, 7))
    assert (found.published, found.current, found.changes) == (False, False, 1)


def test_a_published_week_is_current_until_a_duty_differs() -> None:
    shown = AgentWeek("a", START, (EARLY,), published=(EARLY,))
    assert publication([shown], Horizon(START, 7)).current
    moved = replace(EARLY, start=600, end=1140)
    found = publication([shown], Horizon(START, 7), [moved])
    assert not found.current
    assert [(item.agent, item.changes[0].what) for item in found.agents] == [("a", "moved")]
