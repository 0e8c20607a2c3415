"""A roster built in parts: nothing is stored before it is accepted, and nothing accepted unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.small_centre import (
    CONTRACT,
    HORIZON,
    KIND,
    MONDAY,
    PEOPLE,
    TUESDAY,
    duty,
    plan,
    small_centre,
    stored,
    write,
)
from wfm.errors import Conflict, WfmError
from wfm.model.people import Leave
from wfm.model.roster import AgentWeek
from wfm.model.site import RunRecord
from wfm.model.workload import Requirement
from wfm.services.rostering import read_requirements
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as made:
        yield made


def test_a_proposal_changes_nothing_and_shows_the_week_as_it_would_be(
    workspace: Workspace,
) -> None:
    write(workspace, AgentWeek("a", MONDAY, (duty("a", MONDAY),)))
    before = workspace.log.head()
    prepared = workspace.rosters.prepare_build(HORIZON)
    proposal = workspace.rosters.propose(prepared, plan(duty("b", MONDAY), duty("a", TUESDAY)))
    assert workspace.log.head() == before
    assert [(item.agent, item.what) for item in proposal.difference.changes] == [
        ("a", "removed"),
        ("a", "added"),
        ("b", "added"),
    ]
    assert {item.agent for item in proposal.state.centre.roster.duties} == {"a", "b"}
    assert proposal.state.coverage is not None
    assert proposal.state.coverage.understaffed_agent_hours == (
        proposal.difference.after.short_hours
    )
    assert proposal.state.run is not None
    assert proposal.state.run.lower_bound == 12


def test_accepting_is_one_operation_that_undo_takes_back(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    proposal = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    number = workspace.log.head()[0]
    outcome = workspace.rosters.accept_proposal(proposal)
    assert outcome.operation is not None
    assert outcome.operation.id == number + 1
    assert stored(workspace)["a"].duties == (duty("a", MONDAY),)
    assert workspace.week_state(HORIZON).run is not None
    workspace.log.undo(outcome.operation.id)
    assert not any(week.duties for week in stored(workspace).values())


def test_locked_days_are_counted_and_stay_locked(workspace: Workspace) -> None:
    write(
        workspace,
        AgentWeek("a", MONDAY, (duty("a", MONDAY, locked=True),)),
        AgentWeek("b", MONDAY, locked_off=(TUESDAY,)),
    )
    prepared = workspace.rosters.prepare_build(HORIZON)
    assert prepared.locked == 2
    proposal = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    assert proposal.difference.changes == ()
    workspace.rosters.accept_proposal(proposal)
    assert stored(workspace)["a"].duties[0].locked


def test_a_plan_that_breaks_a_rule_is_refused(workspace: Workspace) -> None:
    write(workspace, Leave("a", MONDAY))
    prepared = workspace.rosters.prepare_build(HORIZON)
    proposal = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    with pytest.raises(WfmError, match="breaks 1 rule"):
        workspace.rosters.accept_proposal(proposal)
    assert stored(workspace) == {}


def test_a_person_changed_during_the_build_is_named(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    proposal = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    write(workspace, Leave("b", TUESDAY))
    with pytest.raises(Conflict, match="What B may work was changed"):
        workspace.rosters.accept_proposal(proposal)
    with pytest.raises(Conflict, match="What B may work was changed"):
        workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    assert stored(workspace) == {}


def test_required_staff_changed_during_the_build_is_told(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    with workspace._session.database.read() as store:
        (needed,) = read_requirements(store, HORIZON)
    write(workspace, replace(needed, rostered=needed.rostered * 2))
    with pytest.raises(Conflict, match="required staff was changed"):
        workspace.rosters.propose(prepared, plan())


def test_shift_kinds_changed_during_the_build_are_told(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    write(workspace, replace(KIND, lengths=(240, 300)))
    with pytest.raises(Conflict, match="shift kinds"):
        workspace.rosters.propose(prepared, plan())


def test_several_people_changed_are_counted(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    write(workspace, Leave("b", TUESDAY), Leave("c", TUESDAY))
    with pytest.raises(Conflict, match=r"What B and other people \(2 in all\)"):
        workspace.rosters.propose(prepared, plan())


def test_a_roster_changed_while_the_proposal_is_shown_is_not_overwritten(
    workspace: Workspace,
) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    proposal = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    write(workspace, AgentWeek("c", MONDAY, (duty("c", TUESDAY),)))
    with pytest.raises(Conflict, match="while the proposal was shown"):
        workspace.rosters.accept_proposal(proposal)
    assert set(stored(workspace)) == {"c"}
    again = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    assert [item.what for item in again.difference.changes] == ["added", "removed"]
    workspace.rosters.accept_proposal(again)
    assert stored(workspace)["c"].duties == ()


def test_the_run_is_kept_with_what_it_proved(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    workspace.rosters.accept_proposal(workspace.rosters.propose(prepared, plan()))
    with workspace._session.database.read() as store:
        (run,) = store.all(RunRecord)
    assert (run.objective, run.lower_bound, run.problem_hash) == (20, 12, prepared.digest)


def test_a_centre_without_people_is_a_sentence(tmp_path: Path) -> None:
    with small_centre(tmp_path) as made:
        write(made, *(replace(agent, left=MONDAY) for agent in PEOPLE))
        with pytest.raises(WfmError, match="no agents to roster"):
            made.rosters.prepare_build(HORIZON)


def test_a_renamed_contract_does_not_stop_an_acceptance(workspace: Workspace) -> None:
    prepared = workspace.rosters.prepare_build(HORIZON)
    proposal = workspace.rosters.propose(prepared, plan(duty("a", MONDAY)))
    write(workspace, replace(CONTRACT, name="Free hours"))
    assert workspace.rosters.accept_proposal(proposal).operation is not None


def test_a_requirement_is_read_for_exactly_its_week(workspace: Workspace) -> None:
    with workspace._session.database.read() as store:
        assert len(store.all(Requirement)) == 1
    other = replace(HORIZON, start=MONDAY.replace(day=23))
    with pytest.raises(WfmError, match="required staff"):
        workspace.rosters.prepare_build(other)
