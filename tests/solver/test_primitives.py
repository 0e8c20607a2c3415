"""Every primitive by example: what the solver does under it, hard and priced."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from solver import SolveSettings, solve
from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, UnderStep
from wfm.model.roster import RosterPlan
from wfm.model.rule import OFF, Automaton, Counter, Distinct, Mask, Primitive, RuleRef, Succession
from wfm.model.time import Horizon

RULE = RuleRef("rule", "company")
SETTINGS = SolveSettings(time_limit_s=20, workers=1)
EARLY, LATE, NIGHT = range(3)
TABLE = (
    Option("early", 480, 720, (), "early", "E"),
    Option("late", 840, 1080, (), "late", "L"),
    Option("night", 1260, 1500, (), "night", "N"),
)
MEASURES = {
    "duties": (1, 1, 1),
    "worked_minutes": (240, 240, 240),
    "night_minutes": (0, 0, 180),
    "start": (480, 840, 1260),
    "class": (1, 1, 2),
}


def wanted(days: int, *spans: tuple[int, int, int]) -> np.ndarray:
    """Return hourly demand of one agent in (day, from hour, to hour) spans."""
    required = np.zeros(days * 24)
    for day, start, end in spans:
        required[day * 24 + start : day * 24 + end] = 1
    return required


def problem(
    required: np.ndarray, *rules: Primitive, agents: int = 1, over_cost: int = 1
) -> RosterProblem:
    horizon = Horizon(date(2026, 11, 30), len(required) // 24, 60)
    return RosterProblem(
        horizon, TABLE, MEASURES, (Demand("phone", required),),
        tuple(AgentProblem(f"a{n}", ("phone",), (0, 1, 2), rules) for n in range(agents)),
        over_cost,
    )  # fmt: skip


def solved(
    required: np.ndarray, *rules: Primitive, agents: int = 1
) -> tuple[list[int], RosterPlan]:
    """Return the starting hour of each day (0: off) of the first agent, and the plan."""
    plan = solve(problem(required, *rules, agents=agents), SETTINGS)
    days = len(required) // 24
    row = [0] * days
    for duty in plan.duties:
        if duty.agent == "a0":
            row[(duty.day - date(2026, 11, 30)).days] = duty.start // 60
    assert plan.status == "optimal"
    assert plan.lower_bound == plan.objective
    return row, plan


def test_without_rules_demand_is_met_at_no_cost() -> None:
    row, plan = solved(wanted(2, (0, 8, 12), (1, 14, 18)))
    assert (row, plan.objective, plan.violations, plan.unmet) == ([8, 14], 0, (), ())


def test_a_masked_option_is_not_used_and_its_staff_listed_as_missing() -> None:
    row, plan = solved(wanted(1, (0, 8, 12)), Mask(RULE, 0, (EARLY,)))
    assert row == [0]
    assert plan.objective == 20
    shortage = plan.unmet[0]
    assert (shortage.kind, shortage.skill) == ("coverage", "phone")
    assert (shortage.start, shortage.end, shortage.amount) == (480, 720, 240)


@pytest.mark.parametrize(("price", "row", "objective"), [(7, [8], 7), (30, [0], 20)])
def test_a_priced_mask_is_paid_where_it_is_worth_it(
    price: int, row: list[int], objective: int
) -> None:
    found, plan = solved(wanted(1, (0, 8, 12)), Mask(RULE, 0, (EARLY,), price))
    assert (found, plan.objective) == (row, objective)


def test_a_day_off_can_be_forbidden() -> None:
    row, plan = solved(wanted(1), Mask(RULE, 0, (OFF,)))
    assert row == [21]
    # the night costs least, for its fourth hour lies beyond the horizon
    assert plan.objective == 3


def test_a_duty_keeps_its_rest_after_the_one_before() -> None:
    required = wanted(2, (0, 14, 18), (1, 8, 12))
    assert solved(required, Succession(RULE, 14 * 60))[0] == [14, 8]
    assert sum(hour > 0 for hour in solved(required, Succession(RULE, 14 * 60 + 1))[0]) == 1


def test_rest_counts_across_a_day_off() -> None:
    required = wanted(3, (0, 21, 24), (2, 8, 12))
    assert solved(required, Succession(RULE, 31 * 60))[0] == [21, 0, 8]
    assert solved(required, Succession(RULE, 32 * 60))[0] == [0, 0, 8]


def test_rest_counts_from_the_last_duty_before_the_horizon() -> None:
    required = wanted(1, (0, 8, 12))
    assert solved(required, Succession(RULE, 660, previous_end=-180))[0] == [8]
    assert solved(required, Succession(RULE, 660, previous_end=-179))[0] == [0]


def test_a_forbidden_pair_may_not_follow_on_the_next_day_only() -> None:
    rule = Succession(RULE, pairs=((LATE, EARLY),))
    assert solved(wanted(2, (0, 14, 18), (1, 8, 12)), rule)[0].count(0) == 1
    assert solved(wanted(3, (0, 14, 18), (2, 8, 12)), rule)[0] == [14, 0, 8]


def test_a_short_rest_is_priced_once_per_duty() -> None:
    plan = solved(wanted(2, (0, 14, 18), (1, 8, 12)), Succession(RULE, 20 * 60, price=3))[1]
    assert plan.objective == 3
    assert [(item.amount, item.cost, item.hard) for item in plan.violations] == [(360, 3, False)]


def test_a_counter_bounds_a_sum_from_both_sides() -> None:
    required = wanted(3, (0, 8, 12), (1, 8, 12), (2, 8, 12))
    most = Counter(RULE, (0, 1, 2), "duties", high=2)
    assert solved(required, most)[0].count(0) == 1
    least = Counter(RULE, (0, 1, 2), "duties", low=2)
    assert solved(wanted(3), least)[0].count(0) == 1
    with_past = Counter(RULE, (0, 1), "duties", high=2, constant=1)
    assert solved(required, with_past)[0].count(0) == 1


def test_a_breach_of_a_counter_is_priced_per_begun_unit() -> None:
    rule = Counter(RULE, (0,), "worked_minutes", high=179, price=2, unit=60)
    plan = solved(wanted(1, (0, 8, 12)), rule)[1]
    assert plan.objective == 4
    assert plan.violations[0].amount == 61
    short = Counter(RULE, (0,), "worked_minutes", low=300, price=1, unit=60)
    assert solved(wanted(1, (0, 8, 12)), short)[1].violations[0].amount == -60


def test_a_block_of_days_counts_once_however_many_of_its_days_are_worked() -> None:
    required = wanted(4, *((day, 8, 12) for day in range(4)))
    most = Counter(RULE, (0, 1, 2, 3), "duties", high=1, blocks=((0, 1), (2, 3)))
    assert solved(required, most)[0] in ([8, 8, 0, 0], [0, 0, 8, 8])
    inside = Counter(RULE, (0, 1, 2), "duties", high=1, blocks=((0, 2),))
    assert solved(required, inside)[0] == [8, 0, 8, 8]
    least = Counter(RULE, (0, 1, 2, 3), "duties", low=2, blocks=((0, 1), (2, 3)))
    row = solved(wanted(4), least)[0]
    assert [row[:2].count(0), row[2:].count(0)] == [1, 1]


def test_an_automaton_reads_only_its_days() -> None:
    required = wanted(4, *((day, 8, 12) for day in range(4)))
    together = Automaton(RULE, "class", 0, ((1, 2, 2), (0, -1, -1), (-1, 0, 0)), days=(1, 2))
    assert solved(required, together)[0] == [8, 8, 8, 8]
    off = Mask(RULE, 2, (EARLY, LATE, NIGHT))
    assert solved(required, together, off)[0] == [8, 0, 0, 8]
    last = Automaton(RULE, "class", 0, ((0, 1, 1), (0, 1, 1)), (0,), days=(0, 2))
    assert solved(required, last)[0] == [8, 8, 0, 8]


def test_an_automaton_ends_a_run_of_working_days() -> None:
    rows = ((0, 1, 1), (0, 2, 2), (0, -1, -1))
    required = wanted(3, (0, 8, 12), (1, 8, 12), (2, 8, 12))
    assert solved(required, Automaton(RULE, "class", 0, rows))[0].count(0) == 1
    assert solved(required, Automaton(RULE, "class", 1, rows))[0] in ([8, 0, 8], [0, 8, 8])
    assert solved(required, Automaton(RULE, "class", 0, rows, price=4))[1].objective == 4


def test_an_automaton_must_end_in_a_final_state() -> None:
    after_night_off = Automaton(RULE, "class", 0, ((0, 0, 1), (0, -1, -1)), (0,))
    assert solved(wanted(2, (1, 21, 24)), after_night_off)[0] == [0, 0]
    assert solved(wanted(3, (1, 21, 24)), after_night_off)[0] == [0, 21, 0]


def test_distinct_bounds_the_number_of_different_starts() -> None:
    required = wanted(3, (0, 8, 12), (1, 14, 18), (2, 8, 12))
    assert solved(required, Distinct(RULE, (0, 1, 2), "start", 1))[0] == [8, 0, 8]
    assert solved(required, Distinct(RULE, (0, 1, 2), "start", 1, price=6))[1].objective == 6
    assert solved(required, Distinct(RULE, (0, 2), "start", 1))[0] == [8, 14, 8]
    late_before = Distinct(RULE, (0, 1, 2), "start", 1, known=(840,))
    assert solved(required, late_before)[0] == [0, 14, 0]
    two_before = Distinct(RULE, (0,), "start", 1, price=3, known=(840, 900))
    assert solved(required, two_before)[1].objective == 6


def test_an_agent_without_a_legal_week_breaks_the_lightest_rule_and_is_named() -> None:
    grave = Mask(RuleRef("minor_at_night", "illegal"), 0, (EARLY, LATE, NIGHT))
    light = Counter(RuleRef("weekly_days", "company"), (0, 1), "duties", low=2)
    row, plan = solved(wanted(2, (0, 8, 12), (1, 8, 12)), grave, light)
    assert row == [0, 8]
    assert [(item.rule.key, item.hard, item.amount) for item in plan.violations] == [
        ("weekly_days", True, -1)
    ]
    named = [item for item in plan.unmet if item.kind == "rule"]
    assert [(item.agent, item.rule and item.rule.key, item.amount) for item in named] == [
        ("a0", "weekly_days", 1)
    ]
    assert plan.objective == 20


def test_breaks_lie_in_their_windows_on_the_grid_where_staff_is_needed_least() -> None:
    option = Option("day", 480, 960, (BreakRule(60, 120, 240), BreakRule(60, 120, 240)), "day")
    required = wanted(1, (0, 8, 16))
    required[10:13] = [0, 1, 0]
    found = solve(
        RosterProblem(
            Horizon(date(2026, 11, 30), 1, 60), (option,),
            {"duties": (1,), "worked_minutes": (360,), "night_minutes": (0,), "start": (480,)},
            (Demand("phone", required),), (AgentProblem("a", ("phone",), (0,)),),
        ),
        SETTINGS,
    )  # fmt: skip
    assert [(item.start, item.end) for item in found.duties[0].breaks] == [(600, 660), (720, 780)]
    assert found.objective == 0


@pytest.mark.parametrize(("gap", "starts"), [(0, (600, 660)), (60, (600, 720)), (90, (600, 780))])
def test_between_two_breaks_lies_at_least_the_gap_of_the_shift(
    gap: int, starts: tuple[int, int]
) -> None:
    breaks = (BreakRule(60, 120, 120), BreakRule(60, 180, 300))
    option = Option("day", 480, 960, breaks, "day", "D", gap)
    required = wanted(1, (0, 8, 16))
    required[[10, 11]] = 0
    found = solve(
        RosterProblem(
            Horizon(date(2026, 11, 30), 1, 60), (option,),
            {"duties": (1,), "worked_minutes": (360,), "night_minutes": (0,), "start": (480,)},
            (Demand("phone", required),), (AgentProblem("a", ("phone",), (0,)),),
        ),
        SETTINGS,
    )  # fmt: skip
    assert tuple(item.start for item in found.duties[0].breaks) == starts


def test_a_break_shorter_than_the_interval_counts_by_the_minute() -> None:
    option = Option("day", 480, 720, (BreakRule(10, 60, 60, paid=True),), "day")
    required = np.zeros(24 * 4)
    required[32:48] = 1
    found = solve(
        RosterProblem(
            Horizon(date(2026, 11, 30), 1, 15), (option,),
            {"duties": (1,), "worked_minutes": (240,), "night_minutes": (0,), "start": (480,)},
            (Demand("phone", required, (UnderStep(None, 6),)),),
            (AgentProblem("a", ("phone",), (0,)),),
        ),
        SETTINGS,
    )  # fmt: skip
    assert found.objective == pytest.approx(6 * 10 / 15)


def test_slow_agents_count_for_their_speed_and_skills_are_shared_at_least_cost() -> None:
    horizon = Horizon(date(2026, 11, 30), 1, 60)
    chat, phone = wanted(1, (0, 8, 12)), wanted(1, (0, 8, 12))
    base = problem(phone)
    found = solve(
        RosterProblem(
            horizon, TABLE, MEASURES,
            (Demand("chat", chat), Demand("phone", phone, (UnderStep(0.5, 3), UnderStep(None, 9)))),
            (
                AgentProblem("both", ("chat", "phone"), (0,), speed_percent=50),
                AgentProblem("chat", ("chat",), (0,)),
            ),
            base.over_cost,
        ),
        SETTINGS,
    )  # fmt: skip
    assert found.objective == pytest.approx(4 * 0.5 * 3)


def test_centres_without_agents_options_or_demand_have_an_answer() -> None:
    full = problem(wanted(1, (0, 8, 12)))
    nobody = solve(RosterProblem(full.horizon, TABLE, MEASURES, full.demands, ()), SETTINGS)
    assert (nobody.duties, nobody.objective, nobody.status) == ((), 20, "optimal")
    idle = RosterProblem(full.horizon, (), {}, full.demands, (AgentProblem("a", ("phone",), ()),))
    assert solve(idle, SETTINGS).objective == 20
    nothing = RosterProblem(full.horizon, TABLE, MEASURES, (), full.agents)
    assert solve(nothing, SETTINGS).objective == 0
    unknown = RosterProblem(
        full.horizon, TABLE, MEASURES, (Demand("fax", wanted(1, (0, 8, 9))),), full.agents
    )
    assert solve(unknown, SETTINGS).objective == 5
