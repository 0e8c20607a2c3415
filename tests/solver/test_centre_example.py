"""The documented example with centre rules: true to its schema, its problem and its own claims."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from solver import SolveSettings, solve
from tests.oracle import roster_checker
from tests.solver.centre_example import PROBLEM_FILE, ROSTER_FILE, centre_problem
from tests.solver.example import FOLDER
from wfm.model.codec import dump_document, load_document
from wfm.model.problem import PROBLEM_FORMAT
from wfm.model.roster import ROSTER_FORMAT, RosterPlan
from wfm.rules.centre import check_centre


def documents() -> tuple[dict[str, Any], dict[str, Any]]:
    problem, roster = (json.loads(file.read_text("utf-8")) for file in (PROBLEM_FILE, ROSTER_FILE))
    return problem, roster


def test_the_examples_fulfil_their_schemas() -> None:
    for name, document in zip(("problem", "roster"), documents(), strict=True):
        schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(document)


def test_the_example_problem_is_the_one_made_here() -> None:
    assert PROBLEM_FILE.read_text("utf-8") == dump_document(centre_problem(), PROBLEM_FORMAT)


def test_an_outside_reader_confirms_the_example_roster() -> None:
    problem, roster = documents()
    assert roster_checker.hard_violations(problem, roster) == []
    assert roster_checker.false_claims(problem, roster) == []


def test_the_checker_lists_what_the_example_roster_says_is_unmet() -> None:
    plan = load_document(ROSTER_FILE.read_text("utf-8"), RosterPlan, ROSTER_FORMAT)
    found = [item.unmet for item in check_centre(centre_problem(), plan.duties)]
    assert found == [item for item in plan.unmet if item.kind == "centre"]
    assert len(found) > 0


@pytest.mark.slow
def test_the_example_roster_is_the_best_that_the_solver_can_prove() -> None:
    kept = load_document(ROSTER_FILE.read_text("utf-8"), RosterPlan, ROSTER_FORMAT)
    made = solve(centre_problem(), SolveSettings(time_limit_s=120, workers=1))
    assert kept.status == made.status == "optimal"
    assert kept.objective == made.objective == kept.lower_bound
