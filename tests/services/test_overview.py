"""The overview of a week follows what is stored, and goes with every change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.shift_centre import (
    DAYS,
    HORIZON,
    MONDAY,
    TUESDAY,
    duty,
    required,
    shift_centre,
    week_of,
    write,
)
from wfm.model.roster import AgentWeek
from wfm.model.site import ExportRecord, RunRecord
from wfm.services.overview import Overview
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with shift_centre(tmp_path) as made:
        yield made


def look(workspace: Workspace) -> Overview:
    return workspace.log.overview(HORIZON)


def state(workspace: Workspace, step: str) -> str:
    return next(item.state for item in look(workspace).steps if item.key == step)


def test_a_new_centre_is_empty_and_says_where_to_begin(tmp_path: Path) -> None:
    with Workspace.create(str(tmp_path / "new.toban"), "planner", language="en") as workspace:
        seen = look(workspace)
        assert seen.is_empty
        assert [item.key for item in seen.steps if item.calls][:1] == ["imports"]
        assert seen.gaps == ()
        assert seen.changed == ()


def test_the_facts_are_those_of_the_week(workspace: Workspace) -> None:
    seen = look(workspace)
    assert not seen.is_empty
    assert seen.facts.required_hours == 60.0
    assert seen.facts.rostered
    assert not seen.facts.published
    assert seen.facts.agents == 6
    assert state(workspace, "publishing") == "todo"
    assert str(seen.operations[0].text) == "Write"


def test_the_worst_gap_names_its_place_and_how_many_are_off(workspace: Workspace) -> None:
    kept = week_of("d", 720).duties[2:]
    write(workspace, AgentWeek("a", MONDAY, ()), AgentWeek("d", MONDAY, kept))
    (first, *_) = look(workspace).gaps
    assert (first.shortage.day, first.shortage.start) == (MONDAY, 480)
    assert first.off == 4


def test_open_requests_are_counted_for_all_and_for_the_week(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    workspace.requests.enter_leave("c", date(2026, 12, 21))
    facts = look(workspace).facts
    assert (facts.open_requests, facts.open_this_week) == (2, 1)
    workspace.requests.withdraw("r0001")
    assert look(workspace).facts.open_this_week == 0


def test_what_changed_since_publication_names_who_and_when(workspace: Workspace) -> None:
    assert look(workspace).changed == ()
    workspace.files.publish(HORIZON)
    assert state(workspace, "publishing") == "done"
    moved = tuple(duty("a", day, 510 if day == TUESDAY else 480) for day in DAYS[:5])
    write(workspace, replace(week_of("a", 480), duties=moved, published=week_of("a", 480).duties))
    seen = look(workspace)
    (item,) = seen.changed
    assert (item.name, item.who) == ("Aoki", "other")
    assert [(change.day, change.what) for change in item.changes] == [(TUESDAY, "moved")]
    assert item.at is not None
    assert item.at.utcoffset() is not None
    assert state(workspace, "publishing") == "attention"


def test_required_staff_that_is_newer_than_the_build_makes_the_roster_stale(
    workspace: Workspace,
) -> None:
    run = RunRecord("run", MONDAY, 7, "x", {}, {}, "feasible", 0.0, 0.0, 1.0, accepted=True)
    write(workspace, run)
    assert not look(workspace).facts.roster_stale
    phone, _ = required()
    write(workspace, replace(phone, rostered=phone.rostered * 2))
    assert look(workspace).facts.roster_stale


def test_a_payroll_export_is_done_until_the_month_s_roster_changes(workspace: Workspace) -> None:
    record = ExportRecord(
        "payroll-2026-12-x", "payroll", "2026-12", "csv", "p.csv", "", 6,
        "2026-11-29T20:00:00+00:00",
    )  # fmt: skip
    write(workspace, record)
    facts = look(workspace).facts
    assert (facts.exported, facts.changed_since_export) == (date(2026, 11, 30), False)
    write(workspace, week_of("a", 510))
    assert look(workspace).facts.changed_since_export
    assert state(workspace, "payroll") == "stale"
