"""What ties agents together: costs by the definitions, and proven optima of tiny centres."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from solver.breaks import duties_of
from solver.centre import STABILITY, centre_cost
from solver.compile import scale_of
from solver.evaluate import Evaluator
from solver.legal import WeekBook
from solver.tables import make_tables
from solver.whole import WholeModel
from tests.conftest import repetitions
from tests.solver.centre_example import ABE_DAY, BABA_EVENING, centre_problem
from tests.solver.tiny_centre import best, centre_problems, price_of, variants_of
from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
from wfm.model.problem import RosterProblem, Stability
from wfm.model.roster import Duty, PlacedBreak, Unmet
from wfm.model.rule import OFF, RuleRef

RULE = RuleRef("the rule")


@settings(max_examples=repetitions(2_000, 60), deadline=None)
@given(problem=centre_problems(), data=st.data())
def test_the_evaluator_costs_a_roster_as_its_definition_does(
    problem: RosterProblem, data: st.DataObject
) -> None:
    roster = [
        data.draw(st.sampled_from(list(variants_of(problem, agent)))) for agent in problem.agents
    ]
    duties = [
        duty
        for agent, variant in zip(problem.agents, roster, strict=True)
        for duty in variant.duties(problem, agent)
    ]
    found = Evaluator(problem).evaluate([variant.week for variant in roster], duties)
    cost, affected = price_of(problem, roster)
    assert found.objective == pytest.approx(cost)
    people = None if problem.stability is None else problem.stability.people
    excess = [u.amount for u in found.unmet if u.rule and u.rule.key == STABILITY]
    assert excess == ([affected - people] if people is not None and affected > people else [])


@pytest.mark.slow
@settings(max_examples=repetitions(300, 20), deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=centre_problems())
def test_the_whole_model_finds_the_best_of_all_rosters(problem: RosterProblem) -> None:
    legal = WeekBook(problem).all()
    tables = make_tables(problem, [item.primitives for item in legal])
    whole = WholeModel(tables, legal)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(whole.model) == cp_model.OPTIMAL
    groups = max((len(item) for item in tables.placings), default=0)
    shape = (len(problem.agents), problem.horizon.days, groups)
    choice, placing = whole.roster(solver.boolean_value, shape)
    duties = duties_of(problem, tables.placings, choice, placing)

    found = Evaluator(problem).evaluate(choice.tolist(), duties)

    assert solver.objective_value == pytest.approx(found.objective * tables.scale.units)
    assert found.objective == pytest.approx(best(problem))


# --- examples ------------------------------------------------------------------------------------


def cost_of(problem: RosterProblem, *duties: Duty) -> tuple[float, list[Unmet]]:
    """Return what ties agents together costs in the example centre, for these duties."""
    kinds = {option.kind: number for number, option in enumerate(problem.options)}
    weeks = [[OFF] * problem.horizon.days for _ in problem.agents]
    for duty in duties:
        place = [agent.key for agent in problem.agents].index(duty.agent)
        weeks[place][problem.horizon.day_index(duty.day)] = kinds[duty.kind]
    found = centre_cost(problem, weeks, duties)
    return found.units / scale_of(problem).units, list(found.unmet)


def with_rule(*rules: CentreRule, before: Stability | None = None) -> RosterProblem:
    return replace(centre_problem(), centre_rules=rules, stability=before)


def limit(heads: float, *hours: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a limit in whole hours of the first day."""
    values = np.zeros(192)
    for hour in hours:
        values[2 * hour : 2 * hour + 2] = heads
    return values


def test_a_supervisor_on_a_break_is_not_on_the_floor() -> None:
    # Abe: 9:00–18:00 with breaks 10:30–10:45 and 12:30–13:30
    problem = with_rule(Presence(RULE, (0, 1), low=limit(1, 10, 12), price=50))
    cost, unmet = cost_of(problem, ABE_DAY)
    monday = date(2026, 11, 30)
    assert unmet == [
        Unmet("centre", rule=RULE, day=monday, start=630, end=660, amount=15),
        Unmet("centre", rule=RULE, day=monday, start=750, end=780, amount=30),
    ]
    assert cost == 50 * (15 + 30) / 30


def test_a_seat_is_taken_during_a_break() -> None:
    problem = with_rule(Presence(RULE, (0, 1), high=limit(0, 12) + 0.5, price=60, breaks=True))
    cost, unmet = cost_of(problem, ABE_DAY)
    assert [(item.start, item.end, item.amount) for item in unmet] == [(540, 1080, 270)]
    assert cost == 60 * 9


def test_what_lies_beyond_the_grid_counts_nowhere() -> None:
    problem = with_rule(Presence(RULE, (2,), high=limit(0), price=1, breaks=True))
    night = Duty("chiba", date(2026, 12, 3), 1320, 1800, (PlacedBreak(1500, 60),), "night", "N")
    cost, unmet = cost_of(problem, night)
    assert (cost, [item.amount for item in unmet]) == (4, [120])


def test_a_run_of_missing_heads_ends_at_midnight() -> None:
    values = np.zeros(192)
    values[46:50] = 1
    _, unmet = cost_of(with_rule(Presence(RULE, (0,), low=values)))
    assert [(item.day, item.start, item.end) for item in unmet] == [
        (date(2026, 11, 30), 1380, 1440), (date(2026, 12, 1), 0, 60),
    ]  # fmt: skip


@pytest.mark.parametrize(("overlap", "broken"), [(0, 0), (300, 0), (301, 1)])
def test_a_pair_shares_the_minutes_that_are_asked_for(overlap: int, broken: int) -> None:
    # 9:00–18:00 and 13:00–21:00 share five hours
    evening = replace(BABA_EVENING, day=ABE_DAY.day)
    problem = with_rule(Pair(RULE, 0, 1, overlap=overlap, price=40))
    cost, unmet = cost_of(problem, ABE_DAY, evening)
    assert (cost, len(unmet)) == (40 * broken, broken)


def test_only_the_first_of_a_pair_needs_the_second() -> None:
    problem = with_rule(Pair(RULE, 0, 1, price=40))
    assert cost_of(problem, BABA_EVENING) == (0, [])
    alone = Unmet("centre", "abe", RULE, day=ABE_DAY.day, amount=1)
    assert cost_of(problem, ABE_DAY) == (40, [alone])


def test_two_who_keep_apart_may_work_one_after_the_other_on_a_date() -> None:
    problem = with_rule(Pair(RULE, 0, 2, apart=True, price=35))
    night = Duty("chiba", ABE_DAY.day, 1320, 1800, (PlacedBreak(1500, 60),), "night", "N")
    evening = Duty("chiba", ABE_DAY.day, 780, 1260, (PlacedBreak(960, 45),), "late", "E")
    assert cost_of(problem, ABE_DAY, night)[0] == 0
    assert cost_of(problem, ABE_DAY, evening)[0] == 35


@pytest.mark.parametrize(
    ("carried", "units"), [((0, 1, 4), 3), ((2, 2, 3), 0), ((1, 1, 1), 0), ((0, 0, 5), 4)]
)
def test_a_share_is_unfair_by_what_lies_outside_the_best_band(
    carried: tuple[int, ...], units: int
) -> None:
    problem = with_rule(FairShare(RULE, (0, 1, 2), (0, 1), "duties", carried, 1, 10))
    cost, unmet = cost_of(problem)
    assert cost == 10 * units
    assert [item.amount for item in unmet] == ([units] if units else [])


def test_duties_count_towards_a_share_on_its_days_only() -> None:
    problem = with_rule(FairShare(RULE, (0, 1), (1,), "worked_minutes", (0, 0), 0, 1))
    assert cost_of(problem, ABE_DAY, BABA_EVENING)[0] == 435


def test_changes_cost_by_shift_break_and_person() -> None:
    before = Stability((ABE_DAY, BABA_EVENING), shift_cost=4, break_cost=1, person_cost=8)
    problem = with_rule(before=before)
    assert cost_of(problem, ABE_DAY, BABA_EVENING) == (0, [])
    moved = replace(ABE_DAY, breaks=(ABE_DAY.breaks[0], PlacedBreak(780, 60)))
    assert cost_of(problem, moved, BABA_EVENING)[0] == 1
    # a dropped shift and an added one affect two people
    added = replace(BABA_EVENING, day=date(2026, 12, 2))
    assert cost_of(problem, BABA_EVENING, added)[0] == 2 * (4 + 8)
    # both of one person's
    assert cost_of(problem, ABE_DAY, added)[0] == 2 * 4 + 8


def test_more_people_affected_than_allowed_are_listed() -> None:
    before = Stability((ABE_DAY, BABA_EVENING), people=1)
    _, unmet = cost_of(with_rule(before=before))
    assert [(item.kind, item.amount) for item in unmet] == [("centre", 1)]
    assert unmet[0].rule == RuleRef(STABILITY, "company", {"people": 1})
