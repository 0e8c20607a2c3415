"""Rules of the centre as a whole: stored, in every problem, told wherever a roster is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.small_centre import (
    HORIZON,
    MONDAY,
    PEOPLE,
    TUESDAY,
    duty,
    plan,
    small_centre,
    write,
)
from wfm.errors import Conflict, ProblemsError
from wfm.model.centre_rule import FairShare, Presence
from wfm.model.house_rule import HouseRule
from wfm.model.people import Balance, Team
from wfm.model.request import Request
from wfm.model.roster import AgentWeek
from wfm.rules.centre.pairs import Apart, Together
from wfm.rules.centre.shares import FairBurden
from wfm.rules.centre.staffing import LeadersPresent, MinimumStaff, Seats
from wfm.workspace import Workspace


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as workspace:
        yield workspace


def rules(centre: Workspace) -> tuple[HouseRule, ...]:
    return tuple(item.stored for item in centre.settings.read().centre_rules.rules)


# --- storing -------------------------------------------------------------------------------------


def test_a_rule_is_added_changed_removed_and_taken_back(centre: Workspace) -> None:
    centre.settings.change_centre_rule(Seats(count=2))
    (stored,) = rules(centre)
    assert (stored.key, stored.rule, stored.numbers["count"]) == ("r1", "seats", 2)
    changed = centre.settings.change_centre_rule(Seats(count=3), key="r1", seen=stored)
    assert changed.operation is not None
    assert "At most 3 people at a time" in str(changed.operation.text)
    (now,) = rules(centre)
    removed = centre.settings.remove_centre_rule(now)
    assert rules(centre) == ()
    assert removed.operation is not None
    centre.log.undo(removed.operation.id)
    assert rules(centre) == (now,)


def test_a_rule_that_somebody_else_changed_meanwhile_is_not_overwritten(centre: Workspace) -> None:
    centre.settings.change_centre_rule(Seats(count=2))
    (seen,) = rules(centre)
    write(centre, replace(seen, numbers={"count": 9}))
    with pytest.raises(Conflict):
        centre.settings.change_centre_rule(Seats(count=3), key="r1", seen=seen)
    with pytest.raises(Conflict):
        centre.settings.remove_centre_rule(seen)


def test_keys_are_never_used_twice(centre: Workspace) -> None:
    for count in (1, 2, 3):
        centre.settings.change_centre_rule(Seats(count=count))
    centre.settings.remove_centre_rule(rules(centre)[1])
    centre.settings.change_centre_rule(Seats(count=4))
    assert [item.key for item in rules(centre)] == ["r1", "r3", "r4"]


def test_a_rule_about_somebody_who_does_not_exist_is_refused_beside_its_field(
    centre: Workspace,
) -> None:
    with pytest.raises(ProblemsError) as refused:
        centre.settings.change_centre_rule(Together(first="a", second="zen"))
    (problem,) = refused.value.problems
    assert (problem.column, str(problem.reason)) == ("second", "There is no person “zen” any more.")


def test_a_floor_that_nobody_can_fill_is_stored_and_told(centre: Workspace) -> None:
    outcome = centre.settings.change_centre_rule(LeadersPresent(count=2))
    assert "Only 0 people can count for this rule; 2 are wanted" in str(outcome.notes[0])
    (view,) = centre.settings.read().centre_rules.rules
    assert view.fault is not None


def test_a_rule_that_cannot_be_read_is_shown_and_keeps_nothing_from_being_planned(
    centre: Workspace,
) -> None:
    write(centre, HouseRule("r1", "astrology"), HouseRule("r2", "seats", {"count": 2}))
    strange, seats = centre.settings.read().centre_rules.rules
    assert strange.term is None
    assert "astrology" in str(strange.fault)
    problem = centre.rosters.build_problem(HORIZON)
    assert [rule.rule.key for rule in problem.centre_rules] == ["seats"]
    assert seats.term == Seats(count=2)


# --- what a problem gets -------------------------------------------------------------------------


def test_a_problem_holds_the_rules_of_its_centre_with_opening_hours(centre: Workspace) -> None:
    centre.settings.change_centre_rule(MinimumStaff(count=2, queue="phone"))
    (rule,) = centre.rosters.build_problem(HORIZON).centre_rules
    assert isinstance(rule, Presence)
    assert rule.agents == (0, 1, 2)
    assert rule.low is not None
    # 8:00 to 16:00 of seven days, in half-hours
    assert (rule.low > 0).sum() == 7 * 16


def test_a_problem_carries_duties_and_balances_of_before(centre: Workspace) -> None:
    centre.settings.change_centre_rule(FairBurden(burden="weekends"))
    sunday = MONDAY - timedelta(days=1)
    write(
        centre,
        AgentWeek("b", MONDAY - timedelta(days=7), (duty("b", sunday),)),
        Balance("c", date(2026, 11, 1), weekend_days=3),
    )
    (rule,) = centre.rosters.build_problem(HORIZON).centre_rules
    assert isinstance(rule, FairShare)
    assert rule.carried == (0, 1, 3)


def test_a_changed_rule_of_the_centre_is_another_problem(centre: Workspace) -> None:
    prepared = centre.rosters.prepare_build(HORIZON)
    centre.settings.change_centre_rule(Seats(count=1))
    with pytest.raises(Conflict, match="settings were changed"):
        centre.rosters.propose(prepared, plan())


# --- where rosters are judged --------------------------------------------------------------------


def test_a_week_lists_what_is_broken_and_costs_it(centre: Workspace) -> None:
    write(centre, AgentWeek("a", MONDAY, (duty("a", MONDAY),)),
          AgentWeek("b", MONDAY, (duty("b", MONDAY),)))  # fmt: skip
    before = centre.week_state(HORIZON)
    centre.settings.change_centre_rule(Apart(first="a", second="b", price=40))
    after = centre.week_state(HORIZON)
    assert [str(text) for _, text in after.together] == [
        "2026-11-30: A and B work at the same time"
    ]
    assert before.objective is not None
    assert after.objective == before.objective + 40
    overview = centre.log.overview(HORIZON)
    assert overview.facts.broken >= 1


def test_accepting_a_plan_tells_which_rules_of_the_centre_it_does_not_keep(
    centre: Workspace,
) -> None:
    from solver.evaluate import Evaluator

    centre.settings.change_centre_rule(Apart(first="a", second="b"))
    problem = centre.rosters.build_problem(HORIZON)
    duties = (duty("a", MONDAY), duty("b", MONDAY))
    weeks = [[0] + [-1] * 6, [0] + [-1] * 6, [-1] * 7]
    found = Evaluator(problem).evaluate(weeks, duties)
    made = replace(plan(*duties), objective=found.objective, unmet=found.unmet)
    notes = [str(note) for note in centre.rosters.accept_plan(problem, made).notes]
    assert "Rules of the centre are not kept in 1 case:" in notes
    assert "  2026-11-30: A and B work at the same time" in notes


def test_a_request_that_leaves_no_supervisor_is_to_be_looked_at(tmp_path: Path) -> None:
    with small_centre(tmp_path) as centre:
        leader = replace(PEOPLE[0], role="supervisor", team="t")
        write(
            centre, Team("t", "T", "a"), leader,
            *(AgentWeek(key, MONDAY, tuple(duty(key, day) for day in HORIZON.dates[:5]))
              for key in "abc"),
        )  # fmt: skip
        centre.settings.change_centre_rule(LeadersPresent(count=1, start=480, end=720, days="1"))
        request = Request("r1", "leave", "a", TUESDAY, last_day=TUESDAY, absence="special_leave")
        evidence = centre.requests.draft_card(request).evidence
        (effect,) = evidence.new_centre
        assert "Supervisors: fewer than 1 (4.0 person-hours)" in str(effect.text)
        assert evidence.proposal == "look_closer"
        assert "centre" in evidence.reasons
        other = replace(request, agent="b")
        assert centre.requests.draft_card(other).evidence.new_centre == ()
