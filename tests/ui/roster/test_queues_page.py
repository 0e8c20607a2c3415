"""Who works at which queue, asked for in the panel beside the roster."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle, shown
from tests.ui.roster.test_screen_build import Said, click, stored
from ui.roster.queues_page import QueuesPage
from ui.roster.screen import RosterScreen
from ui.roster.side_panel import QUEUES
from ui.theme import DARK, LIGHT, dress
from wfm.model.time import format_clock


@pytest.fixture
def opened(planned_centre: Path, desk_on: DeskOn, qtbot: QtBot) -> RosterScreen:
    screen = RosterScreen(desk_on(planned_centre))
    shown(screen, qtbot)
    return screen


def asked(screen: RosterScreen, qtbot: QtBot) -> QueuesPage:
    screen.desk.action("roster.queues").trigger()
    page = screen.questions.queues
    assert screen.panel.page == QUEUES
    assert page.week is None
    click(qtbot, page.share)
    settle(screen.desk, qtbot)
    assert page.week is not None
    return page


def test_the_panel_shows_everybody_of_the_day_under_the_cursor(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    duty = next(item for item in stored(opened.desk) if item.day.weekday() == 3)
    opened.board.focus_on(duty.agent, duty.day)
    page = asked(opened, qtbot)
    assert page.week is not None
    assert page.day.currentIndex() == 3
    names = {agent.key: agent.name for agent in page.week.centre.agents}
    lines = page.list.lines()
    at_work = {item.agent for item in stored(opened.desk) if item.day == duty.day}
    assert {names[agent] for agent in at_work} <= set(lines)
    for block in page.week.plan.of(duty.agent, duty.day):
        times = f"{format_clock(block.start)}–{format_clock(block.end)}"
        assert any(times in line for line in lines[lines.index(names[duty.agent]) :])
    assert "changes of queue" in page.verdict.text()
    page.day.setCurrentIndex(0)
    assert page.list.lines() != lines


def test_a_longer_least_time_leaves_fewer_changes_of_queue(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    page = asked(opened, qtbot)
    assert page.week is not None
    before = page.week.plan.switches
    qtbot.mouseClick(page.least.buttons["120"], Qt.MouseButton.LeftButton)
    click(qtbot, page.share)
    settle(opened.desk, qtbot)
    assert page.week.plan.switches < before


def test_the_week_is_written_to_a_file_and_a_place_that_is_none_is_a_sentence(
    opened: RosterScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    said = Said(opened.desk)
    page = asked(opened, qtbot)
    assert page.week is not None
    file = tmp_path / "queues.csv"
    page.write_wanted.emit(str(file))
    settle(opened.desk, qtbot)
    assert len(file.read_text("utf-8-sig").splitlines()) == len(page.week.plan.blocks) + 1
    assert said.texts[-1] == (f"{file} is written.", "ok")
    page.write_wanted.emit(str(tmp_path / "nowhere" / "queues.csv"))
    settle(opened.desk, qtbot)
    assert said.texts[-1][1] == "bad"


def test_a_page_first_seen_in_the_dark_is_dark(opened: RosterScreen, qtbot: QtBot) -> None:
    dress(opened, DARK)
    page = asked(opened, qtbot)
    assert page.list.theme is DARK
    dress(opened, LIGHT)
    assert page.list.theme is LIGHT


def test_another_roster_makes_the_answer_go_away(opened: RosterScreen, qtbot: QtBot) -> None:
    page = asked(opened, qtbot)
    duty = stored(opened.desk)[0]
    opened.board.focus_on(duty.agent, duty.day)
    qtbot.keyClick(opened.board.timeline, Qt.Key.Key_Delete)
    settle(opened.desk, qtbot)
    assert page.week is None
    assert not page.list.isVisible()
