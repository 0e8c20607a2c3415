"""A centre's aims: stored in one operation, followed by the next problem, safe from other edits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.small_centre import HORIZON, MONDAY, duty, small_centre, write
from wfm.errors import Conflict
from wfm.model.aims import Aims
from wfm.model.people import Wish
from wfm.model.problem import RosterProblem
from wfm.model.roster import AgentWeek
from wfm.workspace import Workspace

WISHES_FIRST = Aims().moved("wishes", 0)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as made:
        yield made


def wish_prices(problem: RosterProblem) -> list[int | None]:
    return [
        item.price
        for agent in problem.agents
        for item in agent.primitives
        if item.price is not None
    ]


def test_changed_aims_price_the_next_problem_and_undo_takes_them_back(
    workspace: Workspace,
) -> None:
    write(workspace, Wish("a", MONDAY, weight=8))
    usual = workspace.rosters.build_problem(HORIZON)
    assert workspace.site.aims == Aims()
    outcome = workspace.settings.change_aims(WISHES_FIRST, seen=Aims())
    assert workspace.site.aims == WISHES_FIRST
    assert wish_prices(usual) == [8]
    assert wish_prices(workspace.rosters.build_problem(HORIZON)) == [64]
    assert outcome.operation is not None
    workspace.log.undo(outcome.operation.id)
    assert wish_prices(workspace.rosters.build_problem(HORIZON)) == [8]


def test_aims_changed_by_somebody_else_are_not_overwritten(workspace: Workspace) -> None:
    workspace.settings.change_aims(WISHES_FIRST, seen=Aims())
    with pytest.raises(Conflict):
        workspace.settings.change_aims(Aims().moved("surplus", 0), seen=Aims())
    assert workspace.site.aims == WISHES_FIRST


def test_other_settings_and_aims_do_not_overwrite_each_other(workspace: Workspace) -> None:
    seen = workspace.site
    workspace.settings.change_aims(WISHES_FIRST, seen=seen.aims)
    workspace.settings.change_site(replace(seen, name="Other"), seen=seen)
    assert (workspace.site.name, workspace.site.aims) == ("Other", WISHES_FIRST)
    again = workspace.settings.change_aims(Aims(), seen=WISHES_FIRST)
    assert again.operation is not None
    assert workspace.site.name == "Other"


def test_a_draft_weighs_what_it_breaks_by_the_aims(workspace: Workspace) -> None:
    write(workspace, Wish("a", MONDAY, weight=8), AgentWeek("a", MONDAY, (duty("a", MONDAY),)))
    workspace.settings.change_aims(WISHES_FIRST, seen=Aims())
    draft = workspace.rosters.draft(workspace.week_state(HORIZON))
    judge = draft.facts.judge
    assert judge is not None
    for locked in (False, True):
        (found,) = judge.broken("a", (duty("a", MONDAY, locked=locked),), ())
        assert found.violation.cost == 64
