"""Who has no lawful week is named with the rules that cannot all be kept, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from solver.conflicts import conflict
from tests.services.shift_centre import (
    DAYS,
    HORIZON,
    MONDAY,
    TUESDAY,
    duty,
    shift_centre,
    write,
)
from wfm.errors import WfmError
from wfm.model.people import Availability, Leave
from wfm.model.roster import AgentWeek
from wfm.services.unlawful import unlawful
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with shift_centre(tmp_path) as made:
        yield made


def test_everybody_has_a_lawful_week_in_a_sound_centre(workspace: Workspace) -> None:
    assert workspace.rosters.questions.unlawful(HORIZON, conflict) == ()


def test_a_locked_shift_on_a_day_of_leave_names_both(workspace: Workspace) -> None:
    write(
        workspace, Leave("a", TUESDAY),
        AgentWeek("a", MONDAY, (duty("a", TUESDAY, 480, locked=True),)),
    )  # fmt: skip
    (found,) = workspace.rosters.questions.unlawful(HORIZON, conflict)
    assert (found.agent, found.name) == ("a", "Aoki")
    assert sorted(map(str, found.reasons)) == [
        "Differs from what is locked on 2026-12-01", "On leave on 2026-12-01",
    ]  # fmt: skip


def test_rest_between_two_locked_shifts_is_told_in_hours(workspace: Workspace) -> None:
    locked = (duty("b", MONDAY, 780, locked=True), duty("b", TUESDAY, 480, locked=True))
    write(workspace, AgentWeek("b", MONDAY, locked))
    (found,) = workspace.rosters.questions.unlawful(HORIZON, conflict, "b")
    assert {item.rule.key for item in found.conflict} == {"lock", "rest"}
    assert "Only 10.0 h of rest before the shift of 2026-12-01 (at least 11.0 h)" in [
        str(reason) for reason in found.reasons
    ]


def test_hours_that_close_a_locked_day_are_named_with_the_lock(workspace: Workspace) -> None:
    # Endo can work until noon only, and one shift until 17:00 is locked
    hours = {day.weekday(): ((480, 720),) for day in DAYS}
    write(
        workspace, Availability("e", hours),
        AgentWeek("e", MONDAY, (duty("e", DAYS[2], 480, locked=True),)),
    )  # fmt: skip
    (found,) = workspace.rosters.questions.unlawful(HORIZON, conflict)
    assert {item.rule.key: item.days for item in found.conflict} == {
        "availability": (2,), "lock": (2,),
    }  # fmt: skip


def test_a_stranger_is_a_sentence(workspace: Workspace) -> None:
    problem = workspace.rosters.build_problem(HORIZON)
    with pytest.raises(WfmError, match="zz is not among the people"):
        unlawful(problem, conflict, ("zz",))
