"""Whatever is asked for: what was promised is what comes, and undoing it leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.persistence.test_undo import state
from tests.services.shift_centre import (
    DAYS,
    HORIZON,
    MONDAY,
    PEOPLE,
    TODAY,
    duty,
    roster,
    shift_centre,
    write,
)
from wfm.analysis.decision import unlawful
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.people import Leave, Wish
from wfm.model.request import Evidence, Request
from wfm.model.roster import AgentWeek, Duty
from wfm.rules import BALANCING
from wfm.workspace import Workspace

KEYS = [agent.key for agent in PEOPLE]
STARTS = (480, 540, 720, 780)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with shift_centre(tmp_path_factory.mktemp("random")) as made:
        yield made


@st.composite
def rosters(draw: st.DrawFn) -> list[object]:
    """Return a week of everybody, with some leave and wishes in it."""
    values: list[object] = []
    for key in KEYS:
        duties = [
            duty(key, day, start)
            for day in DAYS
            if (start := draw(st.sampled_from((*STARTS, 0)))) and draw(st.integers(0, 3))
        ]
        away = draw(st.sampled_from((None, None, *DAYS)))
        locked_off = () if away is None else (away,)
        kept = tuple(item for item in duties if item.day != away)
        values.append(AgentWeek(key, MONDAY, kept, locked_off, kept or None))
        values.append(Wish(key, draw(st.sampled_from(DAYS))))
        if away is not None and draw(st.booleans()):
            values.append(Leave(key, away, minutes=480))
    return values


@st.composite
def drafts(draw: st.DrawFn) -> Request:
    """Return any request about the week, also ones that make no sense."""
    agent, day = draw(st.sampled_from(KEYS)), draw(st.sampled_from((TODAY, *DAYS)))
    other_day = draw(st.sampled_from(DAYS))
    if draw(st.integers(0, 3)):
        same = draw(st.booleans())
        other = draw(st.sampled_from(KEYS))
        return Request("", "swap", agent, day, other, day if same else other_day)
    absence = draw(st.sampled_from(("paid_leave", "absence", "day_off")))
    return Request("", "leave", agent, day, last_day=other_day, absence=absence)


def content(duties: Any) -> set[tuple[object, ...]]:
    return {(item.agent, item.day, item.start, item.end, item.kind, item.breaks) for item in duties}


def broken(workspace: Workspace, agents: tuple[str, ...]) -> set[tuple[object, ...]]:
    """Return the hard rules that these people's roster breaks now."""
    return {
        (item.agent, item.rule.key, item.days, item.amount)
        for item, _ in workspace.week_state(HORIZON).violations
        if item.hard and item.agent in agents and item.rule.key not in {*BALANCING, "lock"}
    }


def promised(found: Evidence) -> set[tuple[object, ...]]:
    return {
        (item.violation.agent, item.violation.rule.key, item.violation.days, item.violation.amount)
        for item in found.rules
        if item.start == MONDAY
        and item.state in ("new", "kept")
        and item.violation.hard
        and item.violation.rule.key != "lock"
    }


@given(values=rosters(), draft=drafts())
def test_a_request_does_what_its_figures_promised_and_undoing_it_leaves_no_trace(
    workspace: Workspace, values: list[object], draft: Request
) -> None:
    with workspace._session.database.write("other", workspace._session.clock) as unit:
        unit.delete_all(Leave, [f"{item.agent}/{item.day}" for item in unit.all(Leave)])
        unit.delete_all(Wish, [f"{item.agent}/{item.day}/off" for item in unit.all(Wish)])
        unit.delete_all(Request, [item.key for item in unit.all(Request)])
        unit.put_all(values)
        unit.commit(message("Another week"))
    empty = state(workspace._session.database)
    if workspace.requests.draft_card(draft).faults:
        with pytest.raises(WfmError):
            workspace.requests.enter(draft)
        assert state(workspace._session.database) == empty
        return
    entered = workspace.requests.enter(draft).operation
    assert entered is not None
    before = state(workspace._session.database)
    (key,) = (item.key for item in workspace.requests.all())
    found = workspace.requests.card(key).evidence
    assert found is not None
    if unlawful(found):
        with pytest.raises(WfmError, match="law"):
            workspace.requests.approve(key, found, "all the same")
        assert state(workspace._session.database) == before
        return
    check_approval(workspace, key, found, draft)
    workspace.requests.reopen(key)
    assert state(workspace._session.database) == before
    workspace.log.undo(entered.id)
    assert state(workspace._session.database) == empty


def check_approval(workspace: Workspace, key: str, found: Evidence, draft: Request) -> None:
    """Approve, and compare the stored week with what was promised."""
    others = {cell: item for cell, item in roster(workspace).items() if cell[0] not in draft.agents}
    workspace.requests.approve(key, found, "reason")
    now = roster(workspace)
    own: list[Duty] = [item for cell, item in now.items() if cell[0] in draft.agents]
    shown = set(found.dates)
    assert content(item for item in own if item.day in shown) == content(
        item for item in found.after if item.day in set(DAYS)
    )
    assert {cell: item for cell, item in now.items() if cell[0] not in draft.agents} == others
    if now:  # a week without any shift is not planned, so nothing of it is broken
        assert broken(workspace, draft.agents) == promised(found)
    covered = workspace.week_state(HORIZON).coverage
    assert covered is not None
    if found.covered:
        sums = {item.skill: item for item in found.skills}
        for item in covered.skills:
            hours = float(item.missing.sum()) / 2
            assert sums[item.skill].short_after == pytest.approx(hours, abs=1e-6)
        short = sum(item.short_after - item.short_before for item in found.skills)
        assert found.gross_short >= short - 1e-6
    for person in found.people:
        if draft.kind == "swap":
            change = _minutes(found.after, person.agent) - _minutes(found.before, person.agent)
            assert person.minutes_after - person.minutes_before == change


def _minutes(duties: Iterable[Duty], agent: str) -> int:
    return sum(item.worked_minutes for item in duties if item.agent == agent)


def test_the_same_request_gets_the_same_proposal_from_everybody(workspace: Workspace) -> None:
    write(workspace, *(AgentWeek(key, MONDAY, (duty(key, DAYS[0], 480),)) for key in KEYS[:3]))
    write(workspace, AgentWeek("d", MONDAY, (duty("d", DAYS[0], 720),)))
    draft = Request("", "swap", "a", DAYS[0], "d", DAYS[0])
    first = workspace.requests.draft_card(draft).evidence
    assert first is not None
    assert workspace.requests.draft_card(draft).evidence == first
    mirrored = workspace.requests.draft_card(
        Request("", "swap", "d", DAYS[0], "a", DAYS[0])
    ).evidence
    assert mirrored is not None
    assert (mirrored.proposal, mirrored.reasons) == (first.proposal, first.reasons)
