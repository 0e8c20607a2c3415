"""Problem files from elsewhere: whatever is wrong with one is a sentence that names the culprit."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from solver import SolveSettings, solve
from solver.validate import validate
from tests.solver.example import FOLDER
from wfm.errors import WfmError
from wfm.model.codec import load_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem

Json = dict[str, Any]


def document() -> Json:
    found: Json = json.loads((FOLDER / "problem.example.json").read_text("utf-8"))
    return found


def read(data: Json) -> RosterProblem:
    problem = load_document(json.dumps(data), RosterProblem, PROBLEM_FORMAT, "p.json")
    validate(problem)
    return problem


def option(**values: Any) -> Callable[[Json], None]:
    return lambda data: data["options"][0].update(values)


def first_break(**values: Any) -> Callable[[Json], None]:
    return lambda data: data["options"][0]["breaks"][0].update(values)


def agent(**values: Any) -> Callable[[Json], None]:
    return lambda data: data["agents"][0].update(values)


def rule(kind: str, **values: Any) -> Callable[[Json], None]:
    item = {"type": kind, "rule": {"key": "odd"}, **values}
    return lambda data: data["agents"][0]["primitives"].append(item)


def demand(**values: Any) -> Callable[[Json], None]:
    return lambda data: data["demands"][0].update(values)


def past(**values: Any) -> Callable[[Json], None]:
    return lambda data: data["agents"][0]["past"][0].update(values)


def twice(name: str) -> Callable[[Json], None]:
    return lambda data: data[name].append(copy.deepcopy(data[name][0]))


MACHINE: Json = {"measure": "duty_class", "start": 0, "transitions": [[0, 0, 0]]}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        # units
        (lambda data: data["horizon"].update(slot_minutes=7), "p.json.horizon: An interval is 5,"),
        (lambda data: data["horizon"].update(zone="Mars/Base"), "no time zone “Mars/Base”"),
        (option(start=32400, end=64800), "Option day does not start and end between 0:00 and"),
        (option(start=9, end=18, breaks=[]),
         "“worked_minutes” of option day is 480, but by its times it is 9 (all times are in minut"),
        (first_break(length=3600), "A break of option day does not fit into it: 3600 min long"),
        (first_break(latest=10), "p.json.options[0].breaks[0]: A break needs a length"),
        (lambda data: data["measures"].update(worked_minutes=[8, 7, 7]), "option day is 8, but by"),
        (lambda data: data["measures"].update(start=[9, 13, 22]), "“start” of option day is 9"),
        (lambda data: data["measures"].update(duties=[1, 2, 1]), "“duties” of option evening is 2"),
        # what is missing, unknown, or of another type
        (lambda data: data["agents"][0].pop("skills"), "agents[0]: the field “skills” is missing"),
        (agent(colour="red"), "agents[0]: there is no field “colour”"),
        (agent(speed_percent=0.5), "agents[0].speed_percent: expected int, found 0.5"),
        (lambda data: data["measures"].pop("start"), "The option table has no measure “start”"),
        # what does not exist
        (agent(options=[99]), "Agent abe has an option or speed that does not exist"),
        (rule("Mask", day=0, options=[77]), "Rule odd of agent abe names a day, option, measure"),
        (rule("Succession", pairs=[[0, 55]]), "Rule odd of agent abe names a day, option,"),
        (rule("Automaton", **MACHINE, final=[5]), "Rule odd of agent abe names a day, option,"),
        (rule("Counter", days=[0], measure="smiles"), "Rule odd of agent abe names a day, option,"),
        # what is there twice
        (twice("agents"), "Two agents of the problem have the key abe"),
        (twice("demands"), "The problem has two demands for phone"),
        (agent(options=[0, 0]), "Agent abe has an option twice"),
        # what contradicts itself
        (demand(required=[1.0] * 3), "The demand for phone has 3 intervals, the horizon 192"),
        (demand(required=[-1.0] * 192), "The demand for phone is negative or empty"),
        (demand(under_steps=[{"depth": -1, "cost": 5}, {"depth": None, "cost": 9}]),
         "The under-costs of phone must not fall"),
        (past(end=100), "The past of agent abe has a duty on 2026-11-29 that ends before it"),
        (past(day="2026-12-01"), "The past of agent abe has a duty on 2026-12-01"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_its_culprit(
    change: Callable[[Json], None], sentence: str
) -> None:
    data = document()
    change(data)
    with pytest.raises(WfmError) as refusal:
        read(data)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_example_has_no_fault() -> None:
    read(document())


def test_bounds_that_contradict_each_other_are_one_agents_affair() -> None:
    data = document()
    rule("Counter", days=[0, 1, 2, 3], measure="duties", low=4, high=1)(data)
    plan = solve(read(data), SolveSettings(time_limit_s=5, workers=1))
    broken = [item for item in plan.unmet if item.kind == "rule"]
    assert [item.agent for item in broken] == ["abe"]
    assert {duty.agent for duty in plan.duties} >= {"baba"}
