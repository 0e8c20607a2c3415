"""The overview: steps as cards that lead to their screens, gaps, changes, and a first hint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.shift_centre import (
    DAYS,
    MONDAY,
    TUESDAY,
    duty,
    shift_centre,
    week_of,
    write,
)
from tests.ui.centre import DeskOn, settle, shown
from ui.desk import Desk
from ui.overview.line_list import LineList
from ui.overview.lines import with_short_dates
from ui.overview.screen import OverviewScreen
from ui.overview.step_card import HEIGHT, LOOKS
from ui.theme import DARK
from wfm.analysis.work_steps import STATES
from wfm.messages import message
from wfm.model.roster import AgentWeek
from wfm.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Went = list[tuple[str, dict[str, Any]]]


def opened(path: Path, desk_on: DeskOn, qtbot: QtBot, language: str = "en") -> OverviewScreen:
    """Show the overview of a centre in the week of the tests."""
    desk = desk_on(path, language)
    screen = OverviewScreen(desk)
    shown(screen, qtbot)
    desk.show_week(MONDAY)
    settle(desk, qtbot)
    return screen


def listened(desk: Desk) -> Went:
    """Return where the user is taken from now on."""
    went: Went = []
    desk.wanted.connect(lambda name, where: went.append((name, where)))
    return went


def click_line(lines: LineList, place: int, qtbot: QtBot) -> None:
    spot = lines.visualItemRect(lines.item(place)).center()
    qtbot.mouseClick(lines.viewport(), LEFT, pos=spot)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A centre with a shortage on Monday morning and an open request."""
    with shift_centre(tmp_path) as workspace:
        workspace.requests.enter_swap("a", TUESDAY, "d")
        write(workspace, AgentWeek("a", MONDAY, week_of("a", 480).duties[1:]))
    return tmp_path / "shifts.toban"


@pytest.fixture
def screen(path: Path, desk_on: DeskOn, qtbot: QtBot) -> OverviewScreen:
    return opened(path, desk_on, qtbot)


def test_the_steps_show_their_state_their_figure_and_what_is_next(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    screen = opened(planned_centre, desk_on, qtbot)
    states = {key: card.state for key, card in screen.cards.items()}
    assert states == {
        "imports": "done", "forecast": "done", "staffing": "done", "roster": "done",
        "requests": "attention", "publishing": "todo", "payroll": "waiting",
    }  # fmt: skip
    assert screen.cards["imports"].words[0] == "until Sun 22 Nov"
    assert screen.cards["publishing"].words == ("draft", "Show it to the staff")
    assert screen.next_button.text() == "Requests: Decide on them"
    assert screen.desk.badges["requests"] > 0
    assert screen.gaps.lines()
    assert "people with the skill are off on this day" in screen.gaps.lines()[0]


def test_every_state_of_a_step_has_a_look() -> None:
    assert set(LOOKS) == set(STATES)


def test_a_card_leads_to_its_screen_by_mouse_and_key(screen: OverviewScreen, qtbot: QtBot) -> None:
    went = listened(screen.desk)
    qtbot.mouseClick(screen.cards["staffing"], LEFT)
    screen.cards["roster"].setFocus()
    QTest.keyClick(screen.cards["roster"], Qt.Key.Key_Space)
    qtbot.mouseClick(screen.cards["imports"], LEFT)
    assert [name for name, _ in went] == ["staffing", "roster", "forecast"]
    assert went[2][1] == {"importing": True}


def test_the_primary_button_and_its_key_go_to_what_is_next(
    screen: OverviewScreen, qtbot: QtBot
) -> None:
    went = listened(screen.desk)
    assert screen.next_button.text().startswith("History: Import contact history")
    qtbot.mouseClick(screen.next_button, LEFT)
    QTest.keyClick(screen, Qt.Key.Key_Return, CTRL)
    assert went == [("forecast", {"importing": True})] * 2


def test_a_gap_leads_to_its_place_on_the_roster(screen: OverviewScreen, qtbot: QtBot) -> None:
    went = listened(screen.desk)
    assert screen.gaps.lines()[0].startswith("Mon 30 Nov  08:00–12:00 −1 people")
    click_line(screen.gaps, 0, qtbot)
    screen.gaps.setFocus()
    screen.gaps.setCurrentRow(0)
    QTest.keyClick(screen.gaps, Qt.Key.Key_Return)
    assert went == [("roster", {"day": MONDAY, "minute": 480})] * 2


def test_a_week_without_roster_says_so(screen: OverviewScreen, qtbot: QtBot) -> None:
    screen.desk.step(1)
    settle(screen.desk, qtbot)
    assert screen.cards["roster"].state == "waiting"
    assert not screen.gaps.isVisible()
    assert "no roster yet" in screen.no_gaps.text()


def test_unknown_required_staff_is_said(tmp_path: Path, desk_on: DeskOn, qtbot: QtBot) -> None:
    shift_centre(tmp_path, needs=False).close()
    screen = opened(tmp_path / "shifts.toban", desk_on, qtbot)
    assert "has not been computed" in screen.no_gaps.text()


def test_what_changed_since_publication_comes_first_and_leads_to_the_person(
    path: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    with Workspace.open(str(path), "boss") as workspace:
        shown_duties = week_of("d", 720).duties
        moved = (duty("d", MONDAY, 750), *shown_duties[1:])
        horizon = workspace.week_horizon("2026-W49")
        workspace.files.publish(horizon)
        write(workspace, replace(week_of("d", 720), duties=moved, published=shown_duties))
    screen = opened(path, desk_on, qtbot)
    went = listened(screen.desk)
    assert screen.changes_title.text() == "What changed since the roster was published"
    first = screen.changes.lines()[0]
    assert first.startswith("Doi")
    assert "Mon 30 Nov: L 12:00–21:00 → L 12:30–21:30" in first
    assert "other, " in first
    assert "Latest entries of the log" in screen.changes.lines()
    click_line(screen.changes, 0, qtbot)
    assert went == [("roster", {"agent": "d", "day": DAYS[0]})]
    assert screen.cards["publishing"].state == "attention"


def test_the_log_is_told_in_the_readers_language_with_its_dates(
    path: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    screen = opened(path, desk_on, qtbot, "ja")
    assert any(
        line.startswith("シフト交換申請の登録: Aoki・Doi 12月1日（火）")
        for line in screen.changes.lines()
    )
    assert screen.changes_title.text() == "最近の変更"


def test_dates_of_the_log_are_dates_again_and_nothing_else_is() -> None:
    inner = message("{day} and {text}", day="2026-12-01", text="2026-W49")
    shown_text = with_short_dates(message("{what}, {odd}", what=inner, odd="2026-13-01"), "en")
    assert str(shown_text) == "Tue 1 Dec and 2026-W49, 2026-13-01"
    assert str(with_short_dates(message("{day}", day="2026-02-30"), "en")) == "2026-02-30"


def test_a_change_elsewhere_is_shown_when_the_screen_is_looked_at(
    screen: OverviewScreen, qtbot: QtBot
) -> None:
    screen.desk.do(lambda workspace: workspace.requests.withdraw("r0001"))
    settle(screen.desk, qtbot)
    qtbot.waitUntil(lambda: screen.cards["requests"].state == "done", timeout=5000)
    assert screen.desk.badges["requests"] == 0


def test_an_empty_centre_says_what_to_do_first(
    tmp_path: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    Workspace.create(str(tmp_path / "new.toban"), "planner", language="en").close()
    desk = desk_on(tmp_path / "new.toban")
    screen = OverviewScreen(desk)
    shown(screen, qtbot)
    assert screen.welcome.isVisible()
    assert not screen.next_button.isVisible()
    went = listened(desk)
    for button in screen.welcome.buttons.values():
        qtbot.mouseClick(button, LEFT)
    assert went == [
        ("people", {"importing": True}), ("forecast", {"importing": True}), ("settings", {}),
    ]  # fmt: skip


def test_cards_paint_in_both_themes_and_tell_screen_readers_everything(
    screen: OverviewScreen,
) -> None:
    card = screen.cards["requests"]
    assert card.accessibleName() == "Requests: wants a look, 1 open, 1 of this week: decide"
    card.set_theme(DARK)
    assert card.height() == HEIGHT
    assert card.grab().toImage().pixelColor(card.width() // 2, 8).name() == DARK.panel.lower()
