"""Curtois-Qu instances: what is read, what they become, and their own checker."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.validate import validate
from tests.benchmarks import curtois_qu
from tests.benchmarks._curtois_qu import Cover, Employee, problem_of, read, run_machine
from tests.conftest import repetitions
from tests.oracle import curtois_qu_checker as checker
from tests.oracle import roster_checker
from wfm.errors import WfmError
from wfm.model.codec import dump_document
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty, RosterPlan
from wfm.model.rule import Counter, Mask, Succession

TEXT = """# A comment
SECTION_HORIZON
# days
8

SECTION_SHIFTS
# id, minutes, banned
E,480,
D,600,E
L,480,E|D

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxRun, MinRun, MinOff, MaxWeekends
A,E=8|D=8|L=8,2400,960,3,2,2,1
B,E=8|D=0|L=1,2400,0,5,1,1,0

SECTION_DAYS_OFF
# EmployeeID, DayIndexes
A,0

SECTION_SHIFT_ON_REQUESTS
A,1,E,3

SECTION_SHIFT_OFF_REQUESTS
B,2,L,4

SECTION_COVER
0,E,1,100,1
1,E,2,100,1
1,D,1,100,2
3,L,1,90,1
"""
NOBODY = {"A": [""] * 8, "B": [""] * 8}


def rows(**worked: str) -> dict[str, list[str]]:
    """Return rows of eight days from texts such as ``-EE-----``."""
    return {**NOBODY, **{key: [c.replace("-", "") for c in row] for key, row in worked.items()}}


# --- reading -------------------------------------------------------------------------------------


def test_every_section_is_read() -> None:
    instance = read(TEXT)
    assert instance.days == 8
    assert [(s.key, s.minutes, s.banned) for s in instance.shifts] == [
        ("E", 480, ()), ("D", 600, ("E",)), ("L", 480, ("E", "D")),
    ]  # fmt: skip
    assert instance.employees[1] == Employee(
        "B", {"E": 8, "D": 0, "L": 1}, (0, 2400), 5, 1, 1, 0, ()
    )
    assert instance.employees[0].off == (0,)
    assert [(r.employee, r.day, r.shift, r.weight, r.on) for r in instance.requests] == [
        ("A", 1, "E", 3, True), ("B", 2, "L", 4, False),
    ]  # fmt: skip
    assert instance.covers[2] == Cover(1, "D", 1, 100, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SECTION_COVER", "SECTION_COVERS", "unknown section COVERS"),
        ("0,E,1,100,1", "0,E,one,100,1", "SECTION_COVER"),
        ("A,E=8|D=8|L=8,2400,960,3,2,2,1", "A,E=8|D=8|L=8,2400", "SECTION_STAFF"),
        ("SECTION_HORIZON\n# days\n8\n", "", "no SECTION_HORIZON"),
    ],
)
def test_a_text_that_cannot_be_read_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(WfmError) as found:
        read(TEXT.replace(old, new))
    assert said in str(found.value)


# --- becoming a problem --------------------------------------------------------------------------


def test_each_shift_has_an_interval_of_its_own_and_its_true_length_in_a_measure() -> None:
    problem = problem_of(read(TEXT))
    validate(problem)
    slot = problem.horizon.slot_minutes
    assert [(o.start // slot, o.end // slot) for o in problem.options] == [(0, 1), (1, 2), (2, 3)]
    assert problem.measures["minutes"] == (480, 600, 480)


def test_a_shift_that_somebody_must_never_work_is_none_of_theirs() -> None:
    problem = problem_of(read(TEXT))
    assert problem.agents[1].options == (0, 2)
    assert {rule.high for rule in problem.agents[1].primitives if rule.rule.key == "most"} == {1}


def test_limits_that_cannot_be_reached_become_no_rule() -> None:
    first = problem_of(read(TEXT)).agents[0]
    assert not [rule for rule in first.primitives if rule.rule.key == "most"]
    assert [rule for rule in first.primitives if isinstance(rule, Succession)]


def test_a_request_is_a_price_on_what_is_not_asked_for() -> None:
    masks = [
        rule
        for agent in problem_of(read(TEXT)).agents
        for rule in agent.primitives
        if isinstance(rule, Mask) and rule.price is not None
    ]
    assert [(rule.day, rule.options, rule.price) for rule in masks] == [
        (1, (-1, 1, 2), 3), (2, (2,), 4),
    ]  # fmt: skip


def test_weekends_are_counted_once_however_many_of_their_days_are_worked() -> None:
    first = problem_of(read(TEXT)).agents[1]
    found = [r for r in first.primitives if isinstance(r, Counter) and r.rule.key == "weekends"]
    assert [(rule.blocks, rule.high) for rule in found] == [(((5, 6),), 0)]


@pytest.mark.parametrize(
    ("longest", "shortest", "rest"), list(product([1, 2, 3], [1, 2, 3], [1, 2, 3]))
)
def test_the_machine_of_runs_forbids_exactly_what_the_checker_names(
    longest: int, shortest: int, rest: int
) -> None:
    machine = run_machine(longest, shortest, rest)
    for week in product((0, 1), repeat=8):
        state = machine.start
        for kind in week:
            state = machine.transitions[state][kind]
            if state < 0:
                break
        faults = checker.runs(["x" * kind for kind in week], longest, shortest, rest)
        assert (state < 0) == bool(faults), week


# --- the checker ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("worked", "said"),
    [
        ({"A": "E-EE----"}, "a day off"),
        ({"A": "-DE-----"}, "D on day 1 is followed by E"),
        ({"A": "-LD-----"}, "L on day 1 is followed by D"),
        ({"A": "-EEEE---"}, "4 days in a row"),
        ({"A": "-EE-EE--"}, "1 days off"),
        ({"A": "---E--EE"}, "1 days at work"),
        ({"A": "--E-----"}, "480 minutes"),
        ({"A": "-DDD-DDD"}, "3600 minutes"),
        ({"B": "---LL---"}, "2 shifts L, not 1"),
        ({"B": "---D----"}, "1 shifts D, not 0"),
        ({"B": "-----EE-"}, "1 weekends, not 0"),
        ({"B": "X-------"}, "known shifts"),
        ({"C": "--------"}, "no such person"),
    ],
)
def test_each_broken_constraint_is_named(worked: Mapping[str, str], said: str) -> None:
    assert any(said in line for line in checker.faults(TEXT, rows(**worked)))


def test_runs_at_the_ends_of_the_horizon_may_be_short() -> None:
    assert checker.runs(["E", "", "", "E"], 5, 2, 2) == []
    assert checker.runs(["", "E", "E", ""], 5, 2, 2) == []


def test_a_lawful_roster_has_no_faults() -> None:
    assert checker.faults(TEXT, rows(A="-EE---EE", B="L-E-----")) == []


def test_the_penalty_is_that_of_requests_and_cover() -> None:
    nobody = 3 + 100 + 200 + 100 + 90
    assert checker.penalty(TEXT, NOBODY) == nobody
    assert checker.penalty(TEXT, rows(A="-E------")) == nobody - 3 - 100
    assert checker.penalty(TEXT, rows(B="--L-----")) == nobody + 4
    both = rows(A="-D------", B="-D------")
    assert checker.penalty(TEXT, both) == nobody - 100 + 2


# --- both together -------------------------------------------------------------------------------


@st.composite
def instances(draw: st.DrawFn) -> tuple[str, dict[str, list[str]]]:
    """Return an instance's text and a roster of it, lawful or not."""
    days = draw(st.integers(6, 9))
    shifts = ["E", "D", "L"][: draw(st.integers(1, 3))]
    lines = ["SECTION_HORIZON", str(days), "SECTION_SHIFTS"]
    for key in shifts:
        banned = "|".join(draw(st.lists(st.sampled_from(shifts), unique=True, max_size=2)))
        lines.append(f"{key},{draw(st.sampled_from([360, 480]))},{banned}")
    lines.append("SECTION_STAFF")
    people = ["A", "B", "C"][: draw(st.integers(1, 3))]
    own = {}
    for key in people:
        most = {shift: draw(st.sampled_from([0, 1, 2, days])) for shift in shifts}
        own[key] = [shift for shift in shifts if most[shift]]
        low = draw(st.sampled_from([0, 0, 360, 960]))
        numbers = [draw(st.integers(1, 3)) for _ in range(3)]
        limits = [draw(st.sampled_from([1440, 9000])), low, *numbers, draw(st.integers(0, 2))]
        caps = "|".join(f"{shift}={count}" for shift, count in most.items())
        lines.append(",".join([key, caps, *map(str, limits)]))
    lines.append("SECTION_DAYS_OFF")
    lines += [f"{key},{draw(st.integers(0, days - 1))}" for key in people if draw(st.booleans())]
    day, shift, weight = st.integers(0, days - 1), st.sampled_from(shifts), st.integers(1, 4)
    for on in ("ON", "OFF"):
        lines.append(f"SECTION_SHIFT_{on}_REQUESTS")
        for _ in range(draw(st.integers(0, 3))):
            asked = draw(st.tuples(st.sampled_from(people), day, shift, weight))
            lines.append(",".join(map(str, asked)))
    lines.append("SECTION_COVER")
    uneven = draw(st.booleans())
    for place, key in product(range(days), shifts):
        if uneven and draw(st.integers(0, 4)) == 0:
            continue
        under = draw(st.sampled_from([100, 7])) if uneven else 100
        over = draw(st.sampled_from([1, 3, 0])) if uneven else 1
        lines.append(f"{place},{key},{draw(st.integers(0, 2))},{under},{over}")
    if not lines[-1][0].isdigit():
        lines.append(f"0,{shifts[0]},1,100,1")
    roster = {
        key: [draw(st.sampled_from(["", "", *own[key]])) for _ in range(days)] for key in people
    }
    return "\n".join(lines), roster


def plan_of(problem: RosterProblem, roster: Mapping[str, Sequence[str]]) -> RosterPlan:
    """Return the roster's duties as the solver would."""
    spans = {option.kind: (option.start, option.end) for option in problem.options}
    duties = tuple(
        Duty(key, problem.horizon.dates[day], *spans[shift], kind=shift)
        for key, row in roster.items()
        for day, shift in enumerate(row)
        if shift
    )
    return RosterPlan(problem.horizon, duties, 0.0, 0.0, "feasible")


@settings(max_examples=repetitions(5_000, 150), deadline=None)
@given(case=instances())
def test_an_instance_and_the_problem_made_of_it_judge_every_roster_alike(
    case: tuple[str, dict[str, list[str]]],
) -> None:
    text, roster = case
    problem = problem_of(read(text))
    validate(problem)
    plan = plan_of(problem, roster)
    document = json.loads(dump_document(problem, "toban.problem/1"))
    written = json.loads(dump_document(plan, "toban.roster/1"))
    broken = roster_checker.hard_violations(document, written)
    assert bool(broken) == bool(checker.faults(text, roster))
    assert roster_checker.objective(document, written) == checker.penalty(text, roster)
    assert curtois_qu.rows_of(problem, plan) == roster


def test_the_first_public_instance_is_solved_to_its_known_optimum(
    bench_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bench_data / "curtois_qu" / "Instance1.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not among the benchmark data")
    assert curtois_qu.main([str(path), "--time-limit", "60", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "objective 607  bound 607.00" in said
    assert "penalty 607, 0 hard constraints broken" in said
