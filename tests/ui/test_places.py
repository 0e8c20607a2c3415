"""What one screen says about a place, another screen shows: also when it was never open before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle
from ui.desk import Desk
from ui.overview.screen import OverviewScreen
from ui.requests.screen import RequestsScreen
from ui.roster.parts import DAY
from ui.roster.screen import RosterScreen
from ui.shell import Shell


@pytest.fixture
def shell(planned_centre: Path, desk_on: DeskOn, qtbot: QtBot) -> Shell:
    desk = desk_on(planned_centre)
    made = Shell(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_screen("overview")
    arrived(desk, qtbot)
    return made


def arrived(desk: Desk, qtbot: QtBot) -> None:
    """Wait for the screen and for what it reads."""
    settle(desk, qtbot)
    qtbot.wait(20)
    settle(desk, qtbot)


def test_a_gap_of_the_overview_opens_its_day_on_the_roster(shell: Shell, qtbot: QtBot) -> None:
    overview = shell.current
    assert isinstance(overview, OverviewScreen)
    assert overview.overview is not None
    gap = overview.overview.gaps[0]
    spot = overview.gaps.visualItemRect(overview.gaps.item(0)).center()
    qtbot.mouseClick(overview.gaps.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    arrived(shell.desk, qtbot)
    roster = shell.current
    assert isinstance(roster, RosterScreen)
    assert roster.zoom.current == DAY
    left = roster.board.axis.left + roster.board.axis.width // 2
    assert roster.board.axis.day_at(left) == shell.desk.horizon.day_index(gap.shortage.day)


def test_a_request_of_another_week_shows_that_week_of_the_person(
    shell: Shell, qtbot: QtBot
) -> None:
    shell.show_screen("requests")
    arrived(shell.desk, qtbot)
    requests = shell.current
    assert isinstance(requests, RequestsScreen)
    card = requests.card
    assert card is not None
    assert card.request.day == date(2026, 11, 24)
    qtbot.mouseClick(requests.decision.see_roster, Qt.MouseButton.LeftButton)
    arrived(shell.desk, qtbot)
    roster = shell.current
    assert isinstance(roster, RosterScreen)
    assert shell.desk.horizon.start == date(2026, 11, 23)
    assert roster.board.timeline.selection.cursor == (card.request.agent, card.request.day)
