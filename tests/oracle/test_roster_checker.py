"""The second opinion itself: it passes a lawful roster, and no corruption of one escapes it."""

import ast
import copy
import json
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.oracle import roster_checker as oracle
from tests.rules.builders import FULL, MONDAY, bare, context, day, duty, problem_of
from tests.rules.test_restatement import cases
from wfm.model.codec import dump_document
from wfm.model.people import Agent, Availability, Leave, Wish
from wfm.model.problem import AgentProblem, Option
from wfm.model.roster import Duty, RosterPlan
from wfm.model.rule import Automaton, Counter, Distinct, Mask, RuleRef, Succession
from wfm.rules import check, rule_set


def documents(problem, duties, objective=0.0):
    """Return problem and roster as a reader of the two files gets them."""
    plan = RosterPlan(problem.horizon, tuple(duties), objective, 0.0, "feasible")
    return (
        json.loads(dump_document(problem, "toban.problem/1")),
        json.loads(dump_document(plan, "toban.roster/1")),
    )


LOCKED = duty(2, 540, locked=True)
FACTS = context(
    contract=FULL,
    agent=Agent("a", "1", "Aoki", "t", "full", {"phone": 2}, birth_date=MONDAY.replace(year=1990)),
    past=(duty(-4, 480), duty(-3, 480), duty(-1, 780, "late")),
    locked=(LOCKED,),
    leaves=(Leave("a", day(5), minutes=0, kind="day_off"),),
    availability=Availability("a", {6: ()}),
    wishes=(Wish("a", day(4), weight=8),),
)
PROBLEM = problem_of(FACTS, *rule_set("japan-2026", {"consecutive_days": {"days": 6}}))
LAWFUL = (duty(0, 540), duty(1, 540), LOCKED, duty(3, 480), duty(4, 720, "late"))


def test_a_lawful_roster_passes():
    assert oracle.hard_violations(*documents(PROBLEM, LAWFUL)) == []


def corrupted(change):
    problem, roster = documents(PROBLEM, LAWFUL)
    change(roster["duties"])
    return oracle.hard_violations(problem, roster)


def at(place, **values):
    return lambda duties: duties[place].update(values)


def break_at(place, **values):
    return lambda duties: duties[place]["breaks"][0].update(values)


def shift_by(place, minutes):
    def change(duties):
        duties[place]["start"] += minutes
        duties[place]["end"] += minutes
        for item in duties[place]["breaks"]:
            item["start"] += minutes

    return change


def copy_to(place, to):
    return lambda duties: duties.append({**copy.deepcopy(duties[place]), "day": str(day(to))})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (at(0, agent="nobody"), "unknown agent"),
        (at(0, day=str(day(7))), "outside the horizon"),
        (at(0, day=str(day(-2))), "outside the horizon"),
        (at(0, start=550), "none of the agent's shifts"),
        (at(0, end=1200), "none of the agent's shifts"),
        (at(0, end=500), "ends before it starts"),
        (at(0, kind="late"), "none of the agent's shifts"),
        (at(0, kind="unheard of"), "none of the agent's shifts"),
        (at(0, breaks=[]), "other breaks"),
        (break_at(0, start=1060), "lies outside the duty"),
        (break_at(0, start=540), "at its edge"),
        (break_at(0, start=725), "out of their windows"),
        (break_at(0, start=900), "out of their windows"),
        (break_at(0, length=45), "other breaks"),
        (break_at(0, paid=True), "other breaks"),
        (lambda duties: duties[0]["breaks"].append({"start": 740, "length": 60, "paid": False}),
         "overlap"),
        (lambda duties: duties.append(copy.deepcopy(duties[0])), "two duties"),
        (shift_by(0, -60), "actual rest"),
        (shift_by(0, -60), "rest: "),
        (lambda duties: duties.pop(2), "lock: "),
        (break_at(2, start=780), "lock: "),
        (shift_by(2, -60), "lock: "),
        (copy_to(3, 5), "leave: "),
        (copy_to(3, 6), "availability: "),
        (copy_to(3, 5), "weekly_days: "),
        (copy_to(3, 5), "weekly_hours: "),
        (lambda duties: duties.pop(0), "weekly_hours: "),
        (copy_to(3, 5), "working day in a row"),
        (copy_to(3, 5), "consecutive_days: "),
    ],
)  # fmt: skip
def test_each_kind_of_corruption_is_detected(change, said):
    assert any(said in line for line in corrupted(change))


def test_a_roster_of_another_horizon_is_detected():
    problem, roster = documents(PROBLEM, LAWFUL)
    roster["horizon"]["days"] = 8
    assert any("another horizon" in line for line in oracle.hard_violations(problem, roster))


def test_a_duty_over_the_end_of_a_night_shift_is_detected_even_without_rules():
    problem, roster = documents(problem_of(context()), [duty(0, 1320, "night"), duty(1, 480)])
    problem["agents"][0]["primitives"] = []
    assert oracle.hard_violations(problem, roster) == []
    shift_by(1, -120)(roster["duties"])
    assert any("overlaps" in line for line in oracle.hard_violations(problem, roster))


def test_a_past_left_out_of_the_primitives_is_still_seen():
    problem, roster = documents(PROBLEM, LAWFUL)
    shift_by(0, -60)(roster["duties"])
    for item in problem["agents"][0]["primitives"]:
        if item["type"] == "Succession":
            item["previous_end"] = None
        if item["type"] == "Automaton":
            item["start"] = 0
    assert any("actual rest" in line for line in oracle.hard_violations(problem, roster))


def test_false_claims_are_named():
    problem, roster = documents(PROBLEM, LAWFUL)
    cost = oracle.objective(problem, roster)
    roster |= {"objective": cost, "lower_bound": cost - 1}
    assert oracle.false_claims(problem, roster) == []
    for claim in ({"objective": cost - 5}, {"lower_bound": cost + 5}, {"status": "optimal"}):
        assert len(oracle.false_claims(problem, roster | claim)) == 1


@given(cases())
def test_both_checkers_agree_on_random_rosters(case):
    facts, duties = case
    problem = problem_of(facts)
    mine = check(problem, duties)
    theirs = documents(problem, duties)
    assert bool(oracle.hard_violations(*theirs)) == any(item.hard for item in mine)
    assert oracle.soft_cost(*theirs) == sum(item.cost for item in mine)


# --- costs ---------------------------------------------------------------------------------------


def test_a_wish_not_granted_and_the_coverage_make_the_objective():
    """Nobody at a flat demand of one costs 5 in every interval; each worked one saves 5."""
    problem, empty = documents(problem_of(context()), [])
    assert oracle.objective(problem, empty) == 7 * 96 * 5
    problem, one = documents(problem_of(context(wishes=(Wish("a", day(0)),))), [duty(0)])
    assert oracle.objective(problem, one) == (7 * 96 - 32) * 5 + 8


def test_a_break_inside_an_interval_counts_by_the_minute():
    problem, roster = documents(problem_of(context()), [duty(0)])
    roster["duties"][0]["breaks"][0]["length"] = 65
    assert oracle.objective(problem, roster) == pytest.approx((7 * 96 - 32 + 5 / 15) * 5)


def test_what_lies_beyond_the_horizon_covers_nothing():
    night = documents(problem_of(context()), [duty(6, 1320, "night")])
    assert oracle.coverage_cost(*night) == (7 * 96 - 8) * 5


def test_more_agents_than_work_cost_the_over_cost():
    problem, roster = documents(problem_of(context()), [duty(0)])
    problem["demands"][0]["required"] = [0] * (7 * 96)
    assert oracle.objective(problem, roster) == 32


def test_the_first_missing_agents_cost_their_own_step():
    problem, roster = documents(problem_of(context()), [])
    problem["demands"][0] |= {
        "required": [3.5] + [0] * (7 * 96 - 1),
        "under_steps": [{"depth": 1.0, "cost": 2}, {"depth": None, "cost": 10}],
    }
    assert oracle.objective(problem, roster) == 2 + 25


@st.composite
def intervals(draw):
    names = ["p", "q", "r"]
    demands = [
        {
            "skill": name,
            "under_steps": [
                {"depth": float(draw(st.integers(1, 2))), "cost": draw(st.integers(1, 4))},
                {"depth": None, "cost": draw(st.integers(4, 9))},
            ],
        }
        for name in names
    ]
    wanted = [draw(st.integers(0, 3)) for _ in names]
    groups = draw(st.lists(st.sets(st.sampled_from(names)).map(frozenset), max_size=5))
    return demands, wanted, groups, draw(st.integers(0, 3))


@given(intervals())
def test_agents_are_shared_among_skills_as_cheaply_as_trying_every_way(interval):
    demands, wanted, groups, over = interval
    problem = {"demands": demands, "over_cost": over, "horizon": {"slot_minutes": 15}}
    supply: dict[frozenset[str], int] = {}
    for group in groups:
        supply[group] = supply.get(group, 0) + 1500
    found = oracle.interval_cost(problem, supply, tuple(1500 * item for item in wanted))

    def cost(sharing):
        total = 0
        missing_in_all = 0
        for demand, want in zip(demands, wanted, strict=True):
            missing = max(0, want - sharing.count(demand["skill"]))
            missing_in_all += missing
            first, rest = demand["under_steps"]
            total += first["cost"] * min(missing, first["depth"])
            total += rest["cost"] * max(0, missing - first["depth"])
        return total + over * (len(groups) - sum(wanted) + missing_in_all)

    ways = product(*[[*sorted(group), None] for group in groups])
    assert found == 1500 * min(cost(way) for way in ways)


def test_one_agent_can_be_parted_between_two_skills():
    steps = [{"depth": None, "cost": 5}]
    demands = [{"skill": skill, "under_steps": steps} for skill in "pq"]
    problem = {"over_cost": 1, "horizon": {"slot_minutes": 15}, "demands": demands}
    both = {frozenset("pq"): 120 * 15}
    assert oracle.interval_cost(problem, both, (50 * 15, 60 * 15)) == 10 * 15


def test_the_command_line_names_the_faults(tmp_path, capsys):
    problem, roster = documents(PROBLEM, LAWFUL)
    names = []
    roster["objective"] = oracle.objective(problem, roster)
    for name, content in (("problem", problem), ("roster", roster)):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        names.append(str(path))
    assert oracle.main(names) == 0
    roster["duties"][0]["breaks"] = [{"start": 725, "length": 60, "paid": False}]
    (tmp_path / "roster.json").write_text(json.dumps(roster), encoding="utf-8")
    assert oracle.main(names) == 1
    assert "out of their windows" in capsys.readouterr().out


def test_the_oracle_imports_nothing_of_the_program():
    """The checkers read with the standard library; the bound is worked out with numpy."""
    for path in Path(oracle.__file__).parent.glob("[!t_]*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                imported |= {item.name for item in node.names}
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
        own = {name for name in imported if name.startswith("tests.oracle.")}
        other = {name.split(".")[0] for name in imported - own} - sys.stdlib_module_names
        assert other <= ({"numpy"} if path.stem in {"bound", "best_week"} else set()), path.name


# --- primitives that no rule of today makes ------------------------------------------------------

SHIFTS = (Option("x", 480, 960), Option("y", 720, 1200), Option("z", 1320, 1860))
MEASURES = {"duties": (1, 1, 1), "worked_minutes": (480, 480, 540), "start": (480, 720, 1320),
            "class": (1, 1, 2)}  # fmt: skip
SHIFT = st.integers(0, 2)
PLACES = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
PAIRS = st.sets(st.tuples(SHIFT, SHIFT)).map(tuple)
STATE = st.integers(-4, 2)


@st.composite
def primitives(draw):
    ref, price = RuleRef("r"), draw(st.none() | st.integers(1, 9))
    bound, places = st.none() | st.integers(0, 2000), draw(PLACES)
    cut = draw(st.integers(0, len(places)))
    blocks = tuple(item for item in (places[:cut:2], places[cut:]) if item)
    rows = st.lists(st.tuples(STATE, STATE, STATE), min_size=3, max_size=3).map(tuple)
    return draw(
        st.sampled_from(
            [
                Mask(ref, draw(st.integers(0, 6)), tuple(draw(st.sets(st.integers(-1, 2)))), price),
                Succession(ref, draw(st.integers(0, 1600)), draw(PAIRS),
                           draw(st.none() | st.integers(-600, 900)), price),
                Counter(ref, places, "worked_minutes", draw(bound), draw(bound),
                        draw(st.integers(0, 600)), price, draw(st.sampled_from([1, 60, 100])),
                        blocks),
                Automaton(ref, "class", draw(st.integers(0, 2)), draw(rows),
                          tuple(draw(st.sets(st.integers(0, 2)))), price,
                          draw(st.just(()) | PLACES)),
                Distinct(ref, draw(PLACES), "start", draw(st.integers(0, 3)), price,
                         tuple(draw(st.sets(st.sampled_from([480, 600, 720]))))),
            ]
        )
    )  # fmt: skip


@given(st.lists(primitives(), max_size=6), st.lists(st.none() | SHIFT, min_size=7, max_size=7))
def test_both_checkers_read_every_primitive_alike(rules, week):
    counters = [item for item in rules if isinstance(item, Counter)]
    assume(all(None in (item.low, item.high) or item.low <= item.high for item in counters))
    agent = AgentProblem("a", (), (0, 1, 2), tuple(rules))
    problem = bare(agent, SHIFTS, measures=MEASURES)
    duties = [
        Duty("a", day(place), SHIFTS[n].start, SHIFTS[n].end)
        for place, n in enumerate(week)
        if n is not None
    ]
    mine, theirs = check(problem, duties), documents(problem, duties)
    assert oracle.soft_cost(*theirs) == sum(item.cost for item in mine)
    assert bool(oracle.hard_violations(*theirs)) == any(item.hard for item in mine)
