"""The steps of a week follow from a few facts, each with what is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from wfm.analysis.work_steps import STATES, WorkFacts, first_call, work_steps

TODAY = date(2026, 11, 23)
DONE = WorkFacts(
    TODAY, 60, date(2026, 11, 22), "current", "current", 9160.4, 1738.2, rostered=True,
    short_hours=11.54, published=True, month=date(2026, 12, 1), month_end=date(2026, 12, 31),
)  # fmt: skip


def states(facts: WorkFacts) -> dict[str, str]:
    return {step.key: step.state for step in work_steps(facts)}


def test_a_new_centre_begins_with_people_and_history() -> None:
    steps = work_steps(WorkFacts(TODAY))
    assert states(WorkFacts(TODAY)) == {
        "imports": "todo", "forecast": "waiting", "staffing": "waiting", "roster": "waiting",
        "requests": "done", "publishing": "waiting", "payroll": "todo",
    }  # fmt: skip
    first = first_call(steps)
    assert first is not None
    assert str(first.next) == "Import people and contact history"


def test_a_finished_week_waits_for_the_end_of_the_month_only() -> None:
    steps = {step.key: step for step in work_steps(DONE)}
    assert states(DONE) == dict.fromkeys(steps, "done") | {"payroll": "waiting"}
    assert first_call(work_steps(DONE)) is None
    assert str(steps["forecast"].figure) == "9,160 contacts"
    assert str(steps["staffing"].figure) == "1,738 agent-hours"
    assert str(steps["roster"].figure) == "11.5 h short"
    assert str(steps["payroll"].next) == "Due after 2026-12-31"


CHANGES: dict[str, tuple[dict[str, object], str, str, str]] = {
    "newer history": ({"forecast": "stale"}, "forecast", "stale", "forecast again"),
    "newer forecast": ({"requirement": "stale"}, "staffing", "stale", "compute it again"),
    "newer requirement": ({"roster_stale": True}, "roster", "stale", "look at the gaps"),
    "no roster": ({"rostered": False}, "roster", "todo", "Build the roster"),
    "broken rules": ({"broken": 2}, "roster", "attention", "11.5 h short"),
    "open requests": ({"open_requests": 3}, "requests", "attention", "Decide on them"),
    "open here": ({"open_requests": 3, "open_this_week": 2}, "requests", "attention",
                  "2 of this week"),
    "a draft": ({"published": False}, "publishing", "todo", "Show it to the staff"),
    "changes": ({"changes": 4}, "publishing", "attention", "Publish the changes"),
    "month over": ({"month_end": date(2026, 11, 20)}, "payroll", "todo", "Check and export"),
    "exported": ({"exported": TODAY}, "payroll", "done", "handed over"),
    "changed since": ({"exported": TODAY, "changed_since_export": True}, "payroll", "stale",
                      "export again"),
    "no history": ({"history_until": None}, "imports", "todo", "Import contact history"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_one_thing_that_changes_shows_at_its_step(name: str) -> None:
    change, key, state, words = CHANGES[name]
    steps = {step.key: step for step in work_steps(replace(DONE, **change))}  # type: ignore[arg-type]
    assert steps[key].state == state
    assert words in str(steps[key].next)
    assert first_call(tuple(steps.values())) == (None if state == "done" else steps[key])


def test_a_wish_that_is_not_granted_is_told_and_breaks_no_rule() -> None:
    step = {step.key: step for step in work_steps(replace(DONE, refused_wishes=3))}["roster"]
    assert step.state == "done"
    assert str(step.figure) == "11.5 h short"
    assert str(step.next) == "No rule is broken; 3 wishes not granted"


def test_whatever_the_facts_there_are_seven_steps_with_known_states() -> None:
    for forecast, requirement, rostered, history in product(
        ("missing", "stale", "current"), ("missing", "stale", "current"), (False, True),
        (None, TODAY),
    ):  # fmt: skip
        steps = work_steps(WorkFacts(TODAY, 1, history, forecast, requirement, rostered=rostered))
        assert len({step.key for step in steps}) == len(steps) == 7
        assert all(step.state in STATES and str(step.next) for step in steps)
