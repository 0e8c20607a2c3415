"""Runs from outside: limits, answers for empty and contradictory problems, repeatability."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver import Event, Improved, Progress, SolveSettings, solve
from solver.evaluate import Evaluator
from tests.oracle import roster_checker
from tests.solver.example import example_problem
from tests.solver.instances import call_centre
from wfm.errors import WfmError
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, Demand, RosterProblem
from wfm.model.roster import ROSTER_FORMAT, RosterPlan
from wfm.model.rule import OFF, Counter, Mask, RuleRef

QUICK = SolveSettings(time_limit_s=3, workers=1)
COUNTED = SolveSettings(time_limit_s=300, workers=1, iterations=400)


def claims(problem: RosterProblem, plan: RosterPlan) -> tuple[list[str], list[str]]:
    """Return what an outside reader finds unlawful, and false."""
    import json

    documents = (
        json.loads(dump_document(problem, PROBLEM_FORMAT)),
        json.loads(dump_document(plan, ROSTER_FORMAT)),
    )
    return roster_checker.hard_violations(*documents), roster_checker.false_claims(*documents)


@pytest.mark.slow
def test_a_centre_gets_a_lawful_roster_whose_price_an_outside_reader_confirms() -> None:
    problem = call_centre(20)
    events: list[Event] = []

    plan = solve(problem, QUICK, events.append)

    assert claims(problem, plan) == ([], [])
    assert 0 < plan.lower_bound <= plan.objective
    assert plan.status == "feasible"
    bounds = [item.bound for item in events if isinstance(item, Progress) and item.bound]
    assert bounds == sorted(bounds)
    plans = [item.plan.objective for item in events if isinstance(item, Improved)]
    assert plans == sorted(plans, reverse=True)
    assert plan.objective <= plans[-1]


@pytest.mark.slow
def test_the_same_seed_and_count_of_moves_give_the_same_roster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("solver.settling.ROUND_WORK", 0.05)
    problem = call_centre(12)
    first, second = (solve(problem, COUNTED) for _ in range(2))
    assert first.duties == second.duties
    assert (first.objective, first.lower_bound) == (second.objective, second.lower_bound)


@pytest.mark.slow
def test_a_run_that_is_stopped_at_once_still_has_a_lawful_roster() -> None:
    problem = call_centre(12)
    plan = solve(problem, QUICK, should_stop=lambda: True)
    assert plan.status == "stopped"
    assert claims(problem, plan) == ([], [])


def test_no_agents_leave_everything_uncovered() -> None:
    problem = replace(example_problem(), agents=())
    plan = solve(problem, QUICK)
    assert plan.status == "optimal"
    assert plan.duties == ()
    assert claims(problem, plan)[1] == []
    assert {item.skill for item in plan.unmet} == {"phone", "chat"}


def test_no_demand_lets_everybody_stay_away_who_may() -> None:
    problem = replace(example_problem(), demands=())
    plan = solve(problem, QUICK)
    assert plan.status == "optimal"
    # two duties that a contract asks for, none else but the wanted night if it pays
    worked = [duty.agent for duty in plan.duties]
    assert worked.count("abe") == 0
    assert worked.count("baba") == 2
    assert not plan.unmet


def test_a_skill_that_nobody_has_is_uncovered() -> None:
    base = example_problem()
    wanted = np.zeros(base.horizon.slots)
    wanted[20:24] = 1.5
    problem = replace(base, demands=(*base.demands, Demand("mail", wanted)))
    plan = solve(problem, QUICK)
    (missing,) = [item for item in plan.unmet if item.skill == "mail"]
    assert (missing.start, missing.end, missing.amount) == (600, 720, 180)
    assert claims(problem, plan) == ([], [])


def test_a_contract_without_options_means_days_off() -> None:
    base = example_problem()
    idle = replace(base.agents[0], options=(), primitives=())
    problem = replace(base, agents=(idle, *base.agents[1:]))
    plan = solve(problem, QUICK)
    assert not [duty for duty in plan.duties if duty.agent == "abe"]
    assert claims(problem, plan) == ([], [])


def test_contradictory_rules_are_named_and_the_rest_is_rostered() -> None:
    base = example_problem()
    week = tuple(range(4))
    least = Counter(RuleRef("least_duties", "company"), week, "duties", low=3)
    leave = [Mask(RuleRef("leave", "illegal"), day, (0, 1)) for day in (0, 1)]
    abe = replace(base.agents[0], primitives=(*base.agents[0].primitives, least, *leave))
    problem = replace(base, agents=(abe, *base.agents[1:]))

    plan = solve(problem, QUICK)

    (rule,) = [item for item in plan.unmet if item.kind == "rule"]
    assert rule.rule is not None
    # the law is kept, the company's rule gives way by as little as possible
    assert (rule.agent, rule.rule.key, rule.amount) == ("abe", "least_duties", 1)
    (broken,) = [item for item in plan.violations if item.hard]
    assert (broken.amount, broken.cost) == (-1, 0)
    assert claims(problem, plan)[1] == []
    assert any(duty.agent == "baba" for duty in plan.duties)


def test_a_day_on_which_nothing_is_allowed_breaks_one_rule() -> None:
    base = example_problem()
    never = Mask(RuleRef("never", "wish"), 0, (OFF, 0, 1))
    problem = replace(base, agents=(replace(base.agents[1], primitives=(never,)),))
    plan = solve(problem, QUICK)
    assert [(item.kind, item.amount) for item in plan.unmet if item.rule] == [("rule", 1)]


@pytest.mark.parametrize("missing", [0.25, 1.0])
def test_missing_staff_are_listed_in_runs_of_one_day(missing: float) -> None:
    base = example_problem()
    wanted = np.zeros(base.horizon.slots)
    wanted[46:50] = missing
    problem = replace(base, agents=(), demands=(Demand("phone", wanted),))
    found = Evaluator(problem).evaluate((), ()).unmet
    minutes = round(60 * missing)
    assert [(item.start, item.end, item.amount) for item in found] == [
        (1380, 1440, minutes), (0, 60, minutes),
    ]  # fmt: skip


def test_a_problem_that_contradicts_itself_is_a_sentence() -> None:
    base = example_problem()
    short = Demand("phone", np.zeros(3))
    with pytest.raises(WfmError, match="has 3 intervals, the horizon 192"):
        solve(replace(base, demands=(short,)), QUICK)


@pytest.mark.slow
def test_a_run_that_counts_its_moves_ends_in_the_same_roster_every_time() -> None:
    problem = call_centre(10)
    limits = SolveSettings(seed=3, workers=2, iterations=2_000)
    first, second = solve(problem, limits), solve(problem, limits)
    assert first.duties == second.duties
    assert (first.objective, first.lower_bound) == (second.objective, second.lower_bound)
