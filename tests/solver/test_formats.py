"""The documented files: schemas, examples, and that they say the same as the code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from solver import SolveSettings, solve
from solver.evaluate import Evaluator
from tests.conftest import repetitions
from tests.solver.example import FOLDER, example_problem
from tests.solver.instances import call_centre
from tests.solver.tiny import problems
from wfm.model.codec import dump_document, load_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT, RosterPlan
from wfm.model.rule import OFF


def validator(name: str) -> Draft202012Validator:
    schema: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", ["problem", "roster"])
def test_the_examples_fulfil_their_schemas(name: str) -> None:
    validator(name).validate(json.loads((FOLDER / f"{name}.example.json").read_text("utf-8")))


@settings(max_examples=repetitions(1_000, 20))
@given(problem=problems())
def test_every_problem_that_is_written_fulfils_the_schema(problem: RosterProblem) -> None:
    validator("problem").validate(json.loads(dump_document(problem, PROBLEM_FORMAT)))


def test_a_centre_of_sixty_fulfils_the_schema_and_comes_back_unchanged() -> None:
    text = dump_document(call_centre(60), PROBLEM_FORMAT)
    validator("problem").validate(json.loads(text))
    assert dump_document(load_document(text, RosterProblem, PROBLEM_FORMAT), PROBLEM_FORMAT) == text


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("problem", {"colour": "red"}),
        ("problem", {"over_cost": -1}),
        ("problem", {"format": "toban.problem/2"}),
        ("roster", {"status": "fine"}),
        ("roster", {"duties": [{"agent": "abe"}]}),
    ],
)
def test_the_schemas_refuse_what_is_not_described(name: str, change: dict[str, object]) -> None:
    example = json.loads((FOLDER / f"{name}.example.json").read_text("utf-8"))
    assert not validator(name).is_valid({**example, **change})


def test_the_example_problem_is_the_one_made_here() -> None:
    text = (FOLDER / "problem.example.json").read_text("utf-8")
    assert text == dump_document(example_problem(), PROBLEM_FORMAT)


@pytest.mark.slow
def test_the_example_roster_is_what_the_solver_makes_of_the_example_problem() -> None:
    text = (FOLDER / "roster.example.json").read_text("utf-8")
    kept = load_document(text, RosterPlan, ROSTER_FORMAT)
    made = solve(example_problem(), SolveSettings(time_limit_s=60, workers=2))
    assert kept.status == made.status == "optimal"
    assert kept.objective == made.objective == kept.lower_bound


def test_the_example_roster_costs_what_it_says() -> None:
    problem = example_problem()
    text = (FOLDER / "roster.example.json").read_text("utf-8")
    plan = load_document(text, RosterPlan, ROSTER_FORMAT)
    weeks = []
    for agent in problem.agents:
        week = [OFF] * problem.horizon.days
        for duty in plan.duties:
            if duty.agent == agent.key:
                fitting = [o for o in agent.options if problem.options[o].kind == duty.kind]
                week[problem.horizon.day_index(duty.day)] = fitting[0]
        weeks.append(week)
    found = Evaluator(problem).evaluate(weeks, plan.duties)
    assert found.objective == plan.objective
    assert found.violations == plan.violations
    assert found.unmet == plan.unmet


@settings(max_examples=10)
@given(problem=problems())
def test_a_problem_document_comes_back_as_it_was(problem: RosterProblem) -> None:
    text = dump_document(problem, PROBLEM_FORMAT)
    again = load_document(text, RosterProblem, PROBLEM_FORMAT)
    assert dump_document(again, PROBLEM_FORMAT) == text
