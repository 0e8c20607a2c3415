"""Rules of the centre while a week is edited: what follows a change, and what it is said to do."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.draft_week import EARLY, LATE, day, duty, state_needs, state_of
from tests.conftest import repetitions
from wfm.analysis import difference
from wfm.analysis.draft import AgentChange, WeekDraft, edits
from wfm.model.house_rule import HouseRule
from wfm.model.roster import Duty
from wfm.rules.centre import CentreTerm, check_centre, house_rule
from wfm.rules.centre.pairs import Apart, Together
from wfm.rules.centre.shares import FairBurden
from wfm.rules.centre.staffing import MinimumStaff, Seats
from wfm.services.editing import week_draft
from wfm.services.rostering import make_problem
from wfm.services.week import WeekState, judged

TERMS: tuple[CentreTerm, ...] = (
    MinimumStaff(count=1, queue="mail", start=600, end=900),
    Seats(count=2),
    Together(first="c", second="b"),
    Apart(first="a", second="b"),
    FairBurden(burden="lates", spread=0),
    FairBurden(burden="weekends", spread=1),
)


def state(duties: Sequence[Duty], *terms: CentreTerm) -> WeekState:
    stored: tuple[HouseRule, ...] = tuple(
        house_rule(f"r{number}", term) for number, term in enumerate(terms)
    )
    centre = replace(state_of(duties).centre, house_rules=stored)
    return judged(centre, make_problem(centre, state_needs(1.0)))


def draft(duties: Sequence[Duty], *terms: CentreTerm) -> WeekDraft:
    return week_draft(state(duties, *terms))


def random_duties(rng: random.Random, agent: str) -> tuple[Duty, ...]:
    found = []
    for place in range(7):
        if rng.random() < 0.6:
            kind = rng.choice((EARLY, LATE))
            made = duty(agent, place, rng.choice(kind.starts), kind.key)
            if rng.random() < 0.2:
                # a shift by hand that is no option of anybody
                made = replace(made, end=made.end + 25, kind="")
            found.append(made)
    return tuple(found)


@given(st.integers(0, 10**9))
def test_rules_of_the_centre_that_follow_changes_equal_those_read_anew(seed: int) -> None:
    rng = random.Random(seed)
    week = [item for agent in "abcd" for item in random_duties(rng, agent)]
    now = draft(week or [duty("a", 0)], *TERMS)
    for _ in range(repetitions(6, 3)):
        changes = [
            AgentChange(agent, now.of(agent), random_duties(rng, agent))
            for agent in rng.sample("abcd", rng.randint(1, 3))
        ]
        now = now.applied(changes)
        assert now.centre is not None
        anew = check_centre(now.centre.problem, now.all_duties())
        assert now.centre.all_breaches == anew
        assert now.centre_breaches == (anew if now.planned else ())


def test_the_draft_costs_what_the_stored_week_and_the_difference_say() -> None:
    duties = [duty("a", 0), duty("b", 0, 720, "late"), duty("c", 5, kind="short")]
    stored = state(duties, *TERMS)
    assert stored.problem is not None
    made = week_draft(stored)
    assert stored.together
    assert made.cost == pytest.approx(stored.objective)
    found = difference(stored.problem, (), duties)
    assert found.after.cost == pytest.approx(made.cost)
    assert found.after.soft >= len(stored.together)
    assert not made.violations() or all(item.agent for item in made.violations())
    assert [str(item.text) for item in made.together()] == [
        str(text) for _, text in stored.together
    ]


def test_a_week_without_any_shift_breaks_no_rule_of_the_centre() -> None:
    empty = draft([], *TERMS)
    assert empty.together() == ()
    assert empty.cost == pytest.approx(draft([]).cost)


def test_an_effect_names_the_rules_of_the_centre_that_it_breaks_and_mends() -> None:
    made = draft([duty("a", 0), duty("b", 1)], Apart(first="a", second="b"))
    assert made.together() == ()
    moved = edits.move(made, [edits.Move(made.of("a")[0], 0, 1)])
    (broken,) = [item for item in made.effect(moved.changes).new if item.rule == "apart"]
    assert (broken.agent, broken.days, broken.hard) == ("a", (day(1),), False)
    assert "Aoki and Baba work at the same time" in str(broken.text)
    after = made.applied(moved.changes)
    back = edits.move(after, [edits.Move(after.of("a")[0], 0, -1)])
    assert [item.rule for item in after.effect(back.changes).resolved] == ["apart"]


def test_a_shortage_that_only_moves_within_a_day_is_nothing_new() -> None:
    floor = MinimumStaff(count=1, queue="mail", start=480, end=1260, days="0")
    made = draft([duty("b", 0, 480)], floor)
    later = edits.move(made, [edits.Move(made.of("b")[0], 30)])
    effect = made.effect(later.changes)
    assert "minimum_staff" not in [item.rule for item in (*effect.new, *effect.resolved)]
