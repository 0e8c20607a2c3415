"""Storing what was edited: one operation, conflicts, refusals, and whole weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.small_centre import HORIZON, MONDAY, TUESDAY, duty, small_centre, stored, write
from wfm.analysis.draft import Move, RosterEdit, WeekDraft, edits
from wfm.errors import Conflict, WfmError
from wfm.model.people import Agent, Leave
from wfm.model.roster import AgentWeek
from wfm.workspace import Workspace


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as workspace:
        write(
            workspace,
            AgentWeek("a", MONDAY, (duty("a", MONDAY), duty("a", TUESDAY, 540))),
            AgentWeek("b", MONDAY, (duty("b", MONDAY, 600),)),
        )
        yield workspace


def drafted(workspace: Workspace) -> WeekDraft:
    return workspace.rosters.draft(workspace.week_state(HORIZON))


def test_an_edit_is_stored_in_one_operation_and_can_be_taken_back(centre: Workspace) -> None:
    draft = drafted(centre)
    change = edits.move(draft, [Move(draft.of("a")[0], 120, agent="c")])
    outcome = centre.rosters.change(draft.edit(change))
    assert outcome.operation is not None
    assert outcome.operation.text.values["agent"] == "A"
    weeks = stored(centre)
    assert [item.start for item in weeks["a"].duties] == [540]
    assert [item.start for item in weeks["c"].duties] == [600]
    assert drafted(centre).duties == draft.applied(change.changes).duties
    centre.log.undo(outcome.operation.id)
    assert drafted(centre).duties == draft.duties


def test_a_second_edit_builds_on_the_first(centre: Workspace) -> None:
    draft = drafted(centre)
    first = edits.move(draft, [Move(draft.of("a")[0], 60)])
    after = draft.applied(first.changes)
    second = edits.remove(after, [after.of("a")[1]])
    centre.rosters.change(draft.edit(first))
    centre.rosters.change(after.edit(second))
    assert [item.start for item in stored(centre)["a"].duties] == [540]


def test_an_edit_of_a_week_that_is_another_by_now_is_a_conflict(centre: Workspace) -> None:
    draft = drafted(centre)
    edit = draft.edit(edits.remove(draft, draft.of("a")))
    other = draft.edit(edits.move(draft, [Move(draft.of("a")[0], 60)]))
    centre.rosters.change(other)
    with pytest.raises(Conflict):
        centre.rosters.change(edit)
    assert [item.start for item in stored(centre)["a"].duties] == [540, 540]


def test_many_weeks_are_compared_too(centre: Workspace) -> None:
    people = [Agent(f"p{n}", f"p{n}", f"P{n}", "", "free", {"phone": 1}) for n in range(30)]
    write(centre, *people, *(AgentWeek(p.key, MONDAY, (duty(p.key, MONDAY),)) for p in people))
    draft = drafted(centre)
    edit = draft.edit(edits.lock(draft, draft.all_duties(), locked=True))
    assert len(edit.wanted) == 32
    write(centre, AgentWeek("p7", MONDAY))
    with pytest.raises(Conflict):
        centre.rosters.change(edit)
    assert not any(item.locked for week in stored(centre).values() for item in week.duties)
    fresh = drafted(centre)
    centre.rosters.change(fresh.edit(edits.lock(fresh, fresh.all_duties(), locked=True)))
    assert all(item.locked for week in stored(centre).values() for item in week.duties)


def test_leave_granted_meanwhile_refuses_a_shift_but_not_what_stood_there(
    centre: Workspace,
) -> None:
    draft = drafted(centre)
    edit = draft.edit(edits.move(draft, [Move(draft.of("a")[0], days=2)]))
    write(centre, Leave("a", MONDAY + timedelta(days=2)), Leave("a", TUESDAY))
    with pytest.raises(WfmError) as caught:
        centre.rosters.change(edit)
    assert str(caught.value) == "A has Annual paid leave on 2026-12-02."
    centre.rosters.change(draft.edit(edits.move(draft, [Move(draft.of("a")[0], 60)])))


def test_what_cannot_be_is_refused_even_when_a_front_end_asks_for_it(centre: Workspace) -> None:
    old = stored(centre)["a"]
    twice = replace(old, duties=(*old.duties, duty("a", MONDAY, 900)))
    edit = RosterEdit(edits.remove(drafted(centre), []).text, (old,), (twice,))
    with pytest.raises(WfmError, match="already has a shift"):
        centre.rosters.change(edit)
    stranger = RosterEdit(edit.text, (None,), (AgentWeek("zz", MONDAY),))
    with pytest.raises(WfmError, match="zz is not among the centre's people"):
        centre.rosters.change(stranger)


def test_a_week_without_required_staff_can_be_edited(tmp_path: Path) -> None:
    with small_centre(tmp_path, required=False) as workspace:
        draft = drafted(workspace)
        assert draft.coverage is None
        change = edits.place(draft, "a", TUESDAY, draft.facts.kinds["day"])
        workspace.rosters.change(draft.edit(change))
        assert stored(workspace)["a"].duties == change.duties
        assert drafted(workspace).headroom("a") == 2400 - 240


def test_last_week_is_copied_except_what_is_locked_or_cannot_be(centre: Workspace) -> None:
    before = MONDAY - timedelta(days=7)
    model = tuple(duty("a", before + timedelta(days=n), 600) for n in range(4))
    write(
        centre,
        AgentWeek("a", before, model),
        AgentWeek("c", before, (duty("c", before, 720),)),
        AgentWeek("a", MONDAY, (duty("a", MONDAY, locked=True),), (TUESDAY,)),
        Leave("a", MONDAY + timedelta(days=2)),
    )
    outcome = centre.rosters.copy_week(HORIZON, before)
    weeks = stored(centre)
    assert [(item.day, item.start, item.locked) for item in weeks["a"].duties] == [
        (MONDAY, 480, True),
        (MONDAY + timedelta(days=3), 600, False),
    ]
    assert [item.start for item in weeks["c"].duties] == [720]
    assert weeks["b"].duties == ()
    assert [str(note) for note in outcome.notes] == [
        "Not copied: A has Annual paid leave on 2026-12-02."
    ]


def test_one_persons_week_is_copied_alone(centre: Workspace) -> None:
    before = MONDAY - timedelta(days=7)
    write(centre, *(AgentWeek(key, before, (duty(key, before, 720),)) for key in "ab"))
    centre.rosters.copy_week(HORIZON, before, ("b",))
    weeks = stored(centre)
    assert [item.start for item in weeks["b"].duties] == [720]
    assert len(weeks["a"].duties) == 2
    with pytest.raises(WfmError, match="no roster for 2026-W47 yet"):
        centre.rosters.copy_week(HORIZON, before - timedelta(days=7))


def test_a_week_is_locked_and_cleared_but_for_what_is_locked(centre: Workspace) -> None:
    centre.rosters.lock(HORIZON, True, ("b",))
    outcome = centre.rosters.clear(HORIZON)
    weeks = stored(centre)
    assert weeks["a"].duties == ()
    assert [item.locked for item in weeks["b"].duties] == [True]
    assert outcome.operation is not None
    centre.log.undo(outcome.operation.id)
    assert len(stored(centre)["a"].duties) == 2
    centre.rosters.lock(HORIZON, False)
    assert not any(item.locked for week in stored(centre).values() for item in week.duties)
