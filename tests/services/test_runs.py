"""Runs as records: kept with their roster, shown again, compared, repeated and accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from solver import SolveSettings, solve
from tests.services.shift_centre import (
    HORIZON,
    MONDAY,
    TODAY,
    TUESDAY,
    duty,
    leaves,
    roster,
    shift_centre,
    write,
)
from wfm import VERSION
from wfm.errors import Conflict, WfmError
from wfm.model.aims import Aims
from wfm.model.people import Leave, Wish
from wfm.model.problem import RosterProblem
from wfm.model.request import AgentDay
from wfm.model.roster import AgentWeek, RosterPlan
from wfm.model.run import RunRequest, RunScope, careful
from wfm.model.site import RunRecord
from wfm.services.proposing import Proposal
from wfm.services.run_records import MOST_KEPT
from wfm.workspace import Workspace

MOVES = SolveSettings(time_limit_s=60, workers=1, iterations=300)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with shift_centre(tmp_path) as made:
        yield made


def proposed(workspace: Workspace, request: RunRequest | None = None) -> Proposal:
    runs = workspace.rosters.runs
    prepared = runs.prepare(HORIZON, request)
    return runs.propose(prepared, solve(prepared.to_solve, MOVES))


def again(problem: RosterProblem, settings: Mapping[str, int]) -> RosterPlan:
    return solve(
        problem,
        SolveSettings(
            settings["time_limit_s"], settings["workers"], settings["seed"], settings["iterations"]
        ),
    )


def test_a_run_is_kept_with_everything_that_made_it(workspace: Workspace) -> None:
    proposal = proposed(workspace)
    key = workspace.rosters.runs.keep(proposal)
    record = workspace.rosters.runs.record(key)
    assert (record.horizon_start, record.days, record.accepted) == (MONDAY, 7, False)
    assert record.problem_hash == record.week_hash == proposal.prepared.digest
    assert record.settings == {"time_limit_s": 60, "workers": 1, "seed": 1, "iterations": 300}
    assert record.versions["toban"] == VERSION
    assert set(record.versions) == {"toban", "python", "numpy", "numba", "ortools", "machine"}
    assert (record.rule_set, record.rules, record.made_by) == ("japan-2026", {}, "planner")
    assert record.weights["missing phone"] == 5
    assert record.weights["surplus"] == 1
    assert record.duties == proposal.plan.duties
    assert record.figures["short_hours"] == proposal.difference.after.short_hours
    assert record.figures["cost"] == proposal.plan.objective
    # the roster itself is as it was
    assert roster(workspace)["a", MONDAY].start == 480


def test_an_accepted_run_is_found_among_the_others_the_newest_first(workspace: Workspace) -> None:
    runs = workspace.rosters.runs
    first = runs.keep(proposed(workspace))
    runs.accept(proposed(workspace))
    found = runs.all(HORIZON)
    assert [record.accepted for record in found] == [True, False]
    assert found[1].key == first


def test_the_same_record_gives_the_same_roster_twice(workspace: Workspace) -> None:
    key = workspace.rosters.runs.keep(proposed(workspace))
    for _ in range(2):
        found = workspace.rosters.runs.repeat(key, again)
        assert found.same
        assert found.reasons == ()


def test_a_repair_is_repeated_from_the_roster_it_began_with(workspace: Workspace) -> None:
    request = RunRequest(careful(30), (AgentDay("a", TUESDAY),), purpose="repair")
    proposal = proposed(workspace, request)
    workspace.rosters.runs.accept(proposal)
    (record,) = workspace.rosters.runs.all(HORIZON)
    assert record.problem_hash != record.week_hash
    assert record.request == replace(request, today=TODAY)
    found = workspace.rosters.runs.repeat(record.key, again)
    assert found.same


def test_a_run_limited_by_time_says_that_a_repeat_may_differ(workspace: Workspace) -> None:
    runs = workspace.rosters.runs
    prepared = runs.prepare(HORIZON)
    plan = solve(prepared.to_solve, SolveSettings(time_limit_s=5, workers=1))
    key = runs.keep(runs.propose(prepared, plan))
    found = runs.repeat(key, again)
    assert any("limited by time" in str(reason) for reason in found.reasons)


def test_other_versions_are_named_when_a_run_is_repeated(workspace: Workspace) -> None:
    key = workspace.rosters.runs.keep(proposed(workspace))
    record = workspace.rosters.runs.record(key)
    write(workspace, replace(record, versions={**record.versions, "ortools": "8.0"}))
    found = workspace.rosters.runs.repeat(key, again)
    (reason,) = found.reasons
    assert str(reason).startswith("ortools: 8.0 → ")


def test_a_run_whose_inputs_changed_is_shown_but_not_made_again(workspace: Workspace) -> None:
    key = workspace.rosters.runs.keep(proposed(workspace))
    write(workspace, Leave("b", TUESDAY))
    with pytest.raises(Conflict, match="has changed since"):
        workspace.rosters.runs.repeat(key, again)
    with pytest.raises(Conflict, match="has changed since"):
        workspace.rosters.runs.proposal(key)
    assert workspace.rosters.runs.record(key).duties is not None


def test_a_kept_run_is_proposed_again_and_accepted(workspace: Workspace) -> None:
    first = proposed(workspace)
    key = workspace.rosters.runs.keep(first)
    proposal = workspace.rosters.runs.proposal(key)
    assert proposal.plan.duties == first.plan.duties
    assert proposal.plan.objective == first.plan.objective
    workspace.rosters.runs.accept(proposal)
    assert set(roster(workspace).values()) == set(first.plan.duties)


def test_two_runs_are_compared_by_figures_people_and_inputs(workspace: Workspace) -> None:
    runs = workspace.rosters.runs
    one = runs.keep(proposed(workspace))
    other = runs.keep(proposed(workspace, RunRequest(RunScope(part="remove", last=TUESDAY))))
    found = runs.compare(one, other)
    figures = {item.key: (item.one, item.other) for item in found.figures}
    first, second = runs.record(one), runs.record(other)
    assert figures["cost"] == (first.figures["cost"], second.figures["cost"])
    assert "They may change other parts of the roster, or at other costs." in [
        str(note) for note in found.inputs
    ]
    assert found.agents
    assert runs.compare(one, one).agents == ()
    assert runs.compare(one, one).inputs == ()


def test_a_run_from_before_rosters_were_kept_is_listed_and_has_no_roster(
    workspace: Workspace,
) -> None:
    old = RunRecord("old", MONDAY, 7, "ab", {}, {}, "feasible", 1.0, 0.0, 1.0, accepted=True)
    write(workspace, old)
    assert workspace.rosters.runs.all(HORIZON) == (old,)
    for ask in (
        workspace.rosters.runs.proposal,
        lambda key: workspace.rosters.runs.compare(key, key),
    ):
        with pytest.raises(WfmError, match=r"has no roster|has changed since"):
            ask("old")
    with pytest.raises(WfmError, match="no run nothing"):
        workspace.rosters.runs.record("nothing")


def test_only_so_many_runs_are_kept_unless_they_were_accepted(workspace: Workspace) -> None:
    runs = workspace.rosters.runs
    proposal = proposed(workspace)
    runs.accept(proposal)
    again_proposed = proposed(workspace)
    for _ in range(MOST_KEPT + 3):
        runs.keep(again_proposed)
    found = runs.all(HORIZON)
    assert sum(record.accepted for record in found) == 1
    assert sum(not record.accepted for record in found) == MOST_KEPT


# --- parts of a roster ---------------------------------------------------------------------------


def test_absences_are_entered_with_the_repaired_roster_and_undone_with_it(
    workspace: Workspace,
) -> None:
    before = roster(workspace)
    request = RunRequest(careful(30), (AgentDay("a", TUESDAY),), purpose="repair")
    proposal = proposed(workspace, request)
    assert leaves(workspace) == ()
    outcome = workspace.rosters.runs.accept(proposal)
    assert leaves(workspace) == (Leave("a", TUESDAY, "absence"),)
    assert ("a", TUESDAY) not in roster(workspace)
    assert outcome.operation is not None
    assert str(outcome.operation.text) == "Accept the repaired roster of 2026-W49"
    workspace.log.undo(outcome.operation.id)
    assert roster(workspace) == before
    assert leaves(workspace) == ()


def test_past_days_stay_as_they_are(workspace: Workspace) -> None:
    site = workspace.site
    write(workspace, replace(site, as_of=TUESDAY))
    before = {key: duty for key, duty in roster(workspace).items() if key[1] < TUESDAY}
    proposal = proposed(workspace, RunRequest(RunScope(shift_cost=1)))
    after = {(d.agent, d.day): d for d in proposal.plan.duties if d.day < TUESDAY}
    assert after == before


def test_the_run_of_a_part_claims_no_bound_for_the_whole_week(workspace: Workspace) -> None:
    runs = workspace.rosters.runs
    runs.accept(proposed(workspace, RunRequest(RunScope(part="breaks"))))
    assert workspace.week_state(HORIZON).run is None
    whole = proposed(workspace)
    runs.accept(whole)
    state = workspace.week_state(HORIZON)
    assert state.run is not None
    assert state.run.lower_bound == whole.plan.lower_bound


def test_rules_that_the_roster_broke_before_do_not_stop_a_repair(workspace: Workspace) -> None:
    # c works until 22:00 on Monday and from 8:00 on Tuesday: ten hours of rest, put there by hand
    with workspace._session.database.read() as store:
        (week,) = store.where(AgentWeek, agent="c", since=MONDAY)
    by_hand = (duty("c", MONDAY, 780), duty("c", TUESDAY, 480))
    write(workspace, week.with_days({MONDAY, TUESDAY, week.duties[-1].day}, by_hand))
    state = workspace.week_state(HORIZON)
    assert "rest" in {item.rule.key for item, _ in state.violations if item.hard}
    request = RunRequest(RunScope(first=TUESDAY, agents=("a", "b")), purpose="repair")
    proposal = proposed(workspace, request)
    assert workspace.rosters.runs.accept(proposal).operation is not None


# --- alternatives --------------------------------------------------------------------------------


def test_three_alternatives_are_judged_by_the_weeks_own_prices(workspace: Workspace) -> None:
    write(workspace, Wish("a", MONDAY, weight=2), Wish("b", TUESDAY, weight=2))
    runs = workspace.rosters.runs
    requests = runs.alternatives()
    assert [item.purpose for item in requests] == ["cheapest", "wishes", "least_change"]
    found = {}
    for request in requests:
        proposal = proposed(workspace, request)
        assert proposal.plan.objective == pytest.approx(proposal.difference.after.cost)
        found[request.purpose] = runs.record(runs.keep(proposal))
    assert found["wishes"].figures["wishes_granted"] == 2
    assert len({record.problem_hash for record in found.values()}) == 3
    assert len({record.week_hash for record in found.values()}) == 1
    assert all(record.request.aims != Aims() for record in found.values())
