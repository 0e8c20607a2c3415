"""What is impossible is told with the roster, and everybody else is planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from solver import SolveSettings, solve
from tests.services.small_centre import (
    CONTRACT,
    HORIZON,
    KIND,
    PEOPLE,
    QUEUE,
    small_centre,
    write,
)
from wfm.model.people import Skill
from wfm.model.roster import RosterPlan
from wfm.model.workload import Requirement
from wfm.workspace import Workspace

QUICK = SolveSettings(time_limit_s=3, workers=1)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as workspace:
        yield workspace


def accepted(centre: Workspace) -> tuple[RosterPlan, str]:
    problem = centre.rosters.build_problem(HORIZON)
    plan = solve(problem, QUICK)
    return plan, "\n".join(map(str, centre.rosters.accept_plan(problem, plan).notes))


def test_a_possible_centre_has_nothing_to_tell(centre: Workspace) -> None:
    assert accepted(centre)[1] == ""


def test_a_skill_that_nobody_has_is_named_with_its_hours(centre: Workspace) -> None:
    needed = np.zeros(HORIZON.slots)
    needed[20:24] = 2
    write(
        centre, Skill("mail", "Letters"), replace(QUEUE, key="post", skill="mail"),
        Requirement("post", "mail", HORIZON, needed, needed),
    )  # fmt: skip
    plan, notes = accepted(centre)
    assert "Nobody who can be planned has the skill Letters: all of its 4.0 agent-hours" in notes
    # the other queue is staffed all the same
    assert plan.duties
    assert {item.skill for item in plan.unmet if item.kind == "coverage"} == {"mail"}


def test_an_impossible_contract_is_named_with_how_many_have_it(centre: Workspace) -> None:
    hard = replace(CONTRACT, key="hard", name="Hard", week_minutes_min=2400, week_days_max=5)
    write(centre, hard, replace(PEOPLE[0], contract="hard"))
    plan, notes = accepted(centre)
    assert (
        "Contract Hard asks for at least 40 h a week, but 5 days of its shifts make 20 h at most."
        " 1 person is planned as far as possible." in notes
    )
    assert {duty.agent for duty in plan.duties} > {"a"}
    assert KIND.lengths == (240,)
