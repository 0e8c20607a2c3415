"""The desk: what others did is noticed whatever this window computes."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from tests.ui.centre import SETTLE_MS, DeskOn, settle
from ui.translate import format_moment
from wfm.messages import message
from wfm.model.change import Outcome
from wfm.workspace import Workspace


def test_what_others_did_arrives_while_a_roster_is_being_built(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    heard: list[frozenset[str]] = []
    desk.changed.connect(heard.append)
    end = threading.Event()
    desk.run_long(lambda _progress, _stop: end.wait(60), then=lambda _answer: None)
    try:
        with Workspace.open(str(planned_centre), "somebody else") as other:
            other.demand.forecast_week(other.week_horizon("2026-W50"))
        desk._look_for_news()
        qtbot.waitUntil(lambda: bool(heard), timeout=SETTLE_MS)
        assert desk.jobs.computing
    finally:
        end.set()
    settle(desk, qtbot)
    assert heard == [frozenset({"forecast"})]


def test_nobody_asks_for_news_while_the_centre_is_being_read(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    end = threading.Event()
    desk.ask(lambda _workspace: end.wait(60), lambda _answer: None)
    before = list(desk.jobs._jobs)
    desk._look_for_news()
    assert desk.jobs._jobs == before
    end.set()
    settle(desk, qtbot)
    assert not desk.jobs.using_centre


def test_a_conflict_names_the_time_on_the_centres_clock(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    said: list[str] = []
    desk.said.connect(lambda text, _tone, _action: said.append(desk.render(text)))
    seen = desk._workspace.people.view(desk.horizon).people[0].agent
    with Workspace.open(str(planned_centre), "somebody else") as other:
        other.people.change([(seen, replace(seen, name="Another"))])
        number = other.log.head()[0]
        other.log.undo(number)
        undone = other.log.last(1)[0].at
    desk.do(lambda workspace: workspace.log.undo(number))
    settle(desk, qtbot)
    moment = format_moment(undone, "Asia/Tokyo", "en")
    assert said == [
        f"“Rename {seen.name} to Another” was already undone by somebody else at {moment}."
    ]


def test_of_many_notes_of_a_change_the_first_are_shown_and_the_rest_when_asked_for(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    said: list[tuple[str, Any]] = []
    desk.said.connect(lambda text, _tone, action: said.append((desk.render(text), action)))
    notes = tuple(message("case {number}", number=number) for number in range(6))
    desk.do(lambda _workspace: Outcome(None, notes))
    settle(desk, qtbot)
    (text, action), = said  # fmt: skip
    assert text.splitlines() == ["case 0", "case 1", "  and 4 more lines"]
    action[1]()
    assert said[1][0].splitlines() == [f"case {number}" for number in range(6)]


def test_few_notes_of_a_change_are_all_shown(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    said: list[str] = []
    desk.said.connect(lambda text, _tone, _action: said.append(desk.render(text)))
    desk.do(lambda _workspace: Outcome(None, tuple(map(message, ("one", "two", "three")))))
    settle(desk, qtbot)
    assert said == ["one\ntwo\nthree"]
