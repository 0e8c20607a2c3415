"""Why not? The rule that forbids a wished day, or what it costs and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from solver import SolveSettings, solve
from solver.conflicts import conflict
from tests.services.shift_centre import (
    HORIZON,
    MONDAY,
    SATURDAY,
    SUNDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    duty,
    roster,
    shift_centre,
    write,
)
from wfm.errors import WfmError
from wfm.model.centre_rule import Pair
from wfm.model.people import Leave, Wish
from wfm.model.problem import RosterProblem
from wfm.model.roster import AgentWeek, RosterPlan
from wfm.model.rule import RuleRef
from wfm.model.run import RunScope, WishedDay
from wfm.services.whatif import WhyNot, movable, why_not
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with shift_centre(tmp_path) as made:
        yield made


def solved(problem: RosterProblem) -> RosterPlan:
    return solve(problem, SolveSettings(time_limit_s=20, workers=1))


def ask(workspace: Workspace, wished: WishedDay) -> WhyNot:
    questions = workspace.rosters.questions
    return questions.answer(questions.prepare(HORIZON, wished), solved, conflict)


def words(found: WhyNot) -> list[str]:
    return [str(reason) for reason in found.reasons]


def test_what_is_so_already_is_told_without_solving(workspace: Workspace) -> None:
    found = ask(workspace, WishedDay("a", SATURDAY, "off"))
    assert (found.already, found.possible, found.plan, found.reasons) == (True, True, None, ())


def test_leave_forbids_work_and_is_named(workspace: Workspace) -> None:
    write(workspace, Leave("e", TUESDAY))
    found = ask(workspace, WishedDay("e", TUESDAY, "work"))
    assert not found.possible
    assert words(found) == ["On leave on 2026-12-01"]
    assert [item.rule.key for item in found.conflict] == ["leave"]


def test_rules_that_only_forbid_it_together_are_named_together(workspace: Workspace) -> None:
    # five days of eight hours are asked for; with three days of leave fewer cannot be made up for
    late = tuple(duty("a", MONDAY + timedelta(days=n), 780, locked=True) for n in range(5))
    write(workspace, AgentWeek("a", MONDAY, late))
    found = ask(workspace, WishedDay("a", SATURDAY, "start", start=480))
    assert not found.possible
    assert len(found.conflict) >= 1
    assert "question" not in {item.rule.key for item in found.conflict}
    locked = ask(workspace, WishedDay("a", TUESDAY, "start", start=480))
    assert words(locked) == ["Differs from what is locked on 2026-12-01"]


def test_a_start_that_no_contract_has_names_those_it_has(workspace: Workspace) -> None:
    with pytest.raises(WfmError, match="No shift of Aoki starts at 06:00; theirs start at 08:00"):
        ask(workspace, WishedDay("a", MONDAY, "start", start=360))
    with pytest.raises(WfmError, match="Aoki has no shift of the kind “night”"):
        ask(workspace, WishedDay("a", MONDAY, "shift", shift="night"))


def test_a_day_off_that_others_cover_names_who_is_affected(workspace: Workspace) -> None:
    # a and c early, b and d late: with a free on Wednesday one early shift is still there
    found = ask(workspace, WishedDay("a", WEDNESDAY, "off"))
    assert found.possible
    assert found.plan is not None
    assert found.effect is not None
    assert ("a", WEDNESDAY) not in {(item.agent, item.day) for item in found.plan.duties}
    assert found.effect.lawful
    # the contract's forty hours are worked on another day; nobody else moves for it
    assert found.others == ()
    assert [change.what for item in found.effect.agents for change in item.changes] == [
        "removed",
        "added",
    ]
    # c begins at 9:00: the first hour is what it costs
    assert found.effect.short_hours == 1
    assert found.proven


def test_a_day_off_that_nobody_covers_costs_agent_hours(workspace: Workspace) -> None:
    # only early shifts from 8:00; nobody else may be early on Monday but a
    write(workspace, *(Leave(key, MONDAY) for key in "bcde"))
    for key, first in (("b", 780), ("d", 720)):
        write(workspace, AgentWeek(key, MONDAY, tuple(
            duty(key, MONDAY + timedelta(days=n), first) for n in range(1, 5))))  # fmt: skip
    found = ask(workspace, WishedDay("a", MONDAY, "off"))
    assert found.effect is not None
    # one agent is required from 8:00 to 20:00; a was there for eight hours of it
    assert found.effect.short_hours == 8
    assert found.effect.lawful


def test_a_granted_wish_and_a_broken_one_are_told_in_words(workspace: Workspace) -> None:
    write(workspace, Wish("a", MONDAY, weight=8), Wish("e", MONDAY, weight=8))
    write(workspace, *(Leave(key, MONDAY) for key in "bcd"))
    for key, first in (("b", 780), ("c", 540), ("d", 720)):
        write(workspace, AgentWeek(key, MONDAY, tuple(
            duty(key, MONDAY + timedelta(days=n), first) for n in range(1, 5))))  # fmt: skip
    found = ask(workspace, WishedDay("a", MONDAY, "off"))
    assert found.effect is not None
    assert [(item.agent, item.kind) for item in found.effect.mended] == [("a", "wish")]
    assert [str(item.text) for item in found.effect.mended] == ["Wish not granted on 2026-11-30"]


def test_an_answer_can_be_accepted_as_a_run(workspace: Workspace) -> None:
    questions = workspace.rosters.questions
    prepared = questions.prepare(HORIZON, WishedDay("a", WEDNESDAY, "off"))
    found = questions.answer(prepared, solved, conflict)
    assert found.plan is not None
    proposal = workspace.rosters.runs.propose(prepared, found.plan)
    assert {item.agent for item in proposal.difference.agents} == {"a"}
    workspace.rosters.runs.accept(proposal)
    assert ("a", WEDNESDAY) not in roster(workspace)
    (record,) = workspace.rosters.runs.all(HORIZON)
    assert record.request.wished == WishedDay("a", WEDNESDAY, "off")
    assert record.request.purpose == "question"


def test_past_days_strangers_and_other_weeks_are_sentences(workspace: Workspace) -> None:
    problem = workspace.rosters.build_problem(HORIZON)
    duties = tuple(roster(workspace).values())
    for wished, match in (
        (WishedDay("a", MONDAY), "is past"),
        (WishedDay("zz", TUESDAY), "zz is not among the people"),
        (WishedDay("a", SUNDAY + timedelta(days=1)), "not among the days"),
    ):
        with pytest.raises(WfmError, match=match):
            why_not(problem, duties, wished, solved, conflict, today=TUESDAY)


@pytest.mark.parametrize(
    ("kind", "shift", "words"),
    [("sing", "", "not “sing”"), ("shift", "", "shift kind"), ("start", "", "the start")],
)
def test_a_wish_that_says_too_little_is_a_sentence(kind: str, shift: str, words: str) -> None:
    with pytest.raises(WfmError, match=words):
        WishedDay("a", MONDAY, kind, shift)


def test_only_people_who_share_a_skill_may_move(workspace: Workspace) -> None:
    problem = workspace.rosters.build_problem(HORIZON)
    agents = {agent.key: agent for agent in problem.agents}
    assert set(movable(problem, agents["a"])) == set("abcde")
    assert movable(problem, agents["f"]) == ("f",)
    place = {agent.key: number for number, agent in enumerate(problem.agents)}
    together = Pair(RuleRef("together"), place["f"], place["d"])
    assert movable(replace(problem, centre_rules=(together,)), agents["f"]) == ("f", "d")
    prepared = workspace.rosters.questions.prepare(HORIZON, WishedDay("f", TUESDAY, "off"))
    assert prepared.request.today == TODAY
    assert prepared.request.scope.agents == ("f",)
    assert prepared.request.scope != RunScope()
