"""The staffing screen: goals make the staff stale, computing clears it, numbers explain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle, shown
from ui.desk import Desk
from ui.staffing.heat import SHADES, shade
from ui.staffing.screen import StaffingScreen
from ui.theme import DARK, LIGHT, Theme, contrast
from wfm.model.workload import Queue
from wfm.services.staffing_state import StaffingWeek
from wfm.workspace import Workspace

QUEUE = "phone_general"
NOON_WEDNESDAY = 2 * 96 + 48


@pytest.fixture
def desk(planned_centre: Path, desk_on: DeskOn) -> Desk:
    return desk_on(planned_centre)


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot) -> StaffingScreen:
    made = StaffingScreen(desk)
    shown(made, qtbot)
    made.queues.choose(QUEUE)
    settle(desk, qtbot)
    return made


def stored(desk: Desk, qtbot: QtBot) -> StaffingWeek:
    """Read what the database holds, as another program would."""
    settle(desk, qtbot)
    with Workspace.open(desk.location, "reader") as workspace:
        return workspace.demand.staffing_state(desk.horizon)


def queue_of(week: StaffingWeek) -> Queue:
    entry = week.of(QUEUE)
    assert entry is not None
    return entry.queue


def field(screen: StaffingScreen, name: str) -> QLineEdit:
    form = screen.goals.form
    assert form is not None
    editor = form.editor(name)
    assert isinstance(editor, QLineEdit)
    return editor


def retype(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    if text:
        QTest.keyClicks(editor, text)
    else:
        QTest.keyClick(editor, Qt.Key.Key_Delete)


def test_other_goals_make_the_staff_stale_and_computing_clears_it(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    assert not screen.banner.isVisible()
    assert not screen.goals.save.isVisible()
    before = stored(desk, qtbot).agents(QUEUE).sum()
    retype(field(screen, "service_level"), "95")
    assert screen.unsaved() is not None
    qtbot.mouseClick(screen.goals.save, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert queue_of(stored(desk, qtbot)).goals[1].target == 0.95
    assert screen.unsaved() is None
    assert "一般受付（電話）" in screen.banner.text
    row = next(row for row in screen.queues.rows if row.key == QUEUE)
    assert (row.note, row.tone) == ("out of date", "warn")
    qtbot.mouseClick(screen.banner.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert not screen.banner.isVisible()
    assert stored(desk, qtbot).agents(QUEUE).sum() > before


def test_undo_of_the_goals_makes_the_staff_current_again(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    retype(field(screen, "shrinkage"), "20")
    qtbot.mouseClick(screen.goals.save, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert screen.banner.isVisible()
    QTest.keyClick(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert not screen.banner.isVisible()
    assert field(screen, "shrinkage").text() == "6"


def test_impossible_goals_are_refused_beside_their_fields(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    retype(field(screen, "shrinkage"), "95")
    qtbot.mouseClick(screen.goals.save, Qt.MouseButton.LeftButton)
    assert screen.goals.form is not None
    assert set(screen.goals.form.errors) == {"shrinkage"}
    retype(field(screen, "shrinkage"), "6")
    retype(field(screen, "patience_s"), "")
    qtbot.mouseClick(screen.goals.save, Qt.MouseButton.LeftButton)
    assert screen.goals.form.errors["patience_s"].startswith("An answer rate needs a patience")
    assert queue_of(stored(desk, qtbot)).patience_s == 210
    qtbot.mouseClick(screen.goals.revert, Qt.MouseButton.LeftButton)
    assert field(screen, "patience_s").text() == "210"
    assert not screen.goals.save.isVisible()


def test_usual_goals_are_filled_in_and_kept_when_saved(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    presets = screen.goals.presets
    presets.setFocus()
    QTest.keyClicks(presets, "Answer rate 90")
    presets.activated.emit(presets.currentIndex())
    assert field(screen, "service_level").text() == ""
    assert field(screen, "answer_rate").text() == "90"
    qtbot.mouseClick(screen.goals.save, Qt.MouseButton.LeftButton)
    goals = queue_of(stored(desk, qtbot)).goals
    assert [(goal.kind, goal.target) for goal in goals] == [("answer_rate", 0.9)]


def test_a_clicked_number_is_explained_at_the_side(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    assert not screen.drawer.is_open
    lines = screen.pictures.heat.lines
    place = lines.visualRect(screen.pictures.heat.model.index(2, 16)).center()
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(desk, qtbot)
    assert screen.pictures.slot == NOON_WEDNESDAY
    assert screen.drawer.is_open
    week = stored(desk, qtbot)
    rostered = week.agents(QUEUE)[NOON_WEDNESDAY]
    assert screen.reason.figure.text().startswith(f"{rostered:.1f} to roster")
    assert screen.reason.place.text() == "12/2 (Wed) 12:00–12:15"
    assert any("erlang" in sentence for sentence in screen.reason.sentences)
    assert screen.pictures.day_title.text() == "Wed 2 Dec"


def test_the_arrow_keys_go_from_number_to_number(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    lines = screen.pictures.heat.lines
    lines.setFocus()
    screen.pictures.go_to(NOON_WEDNESDAY)
    QTest.keyClick(lines, Qt.Key.Key_Right)
    assert screen.pictures.slot == NOON_WEDNESDAY + 1
    QTest.keyClick(lines, Qt.Key.Key_Down)
    assert screen.pictures.slot == NOON_WEDNESDAY + 1 + 96
    QTest.keyClick(lines, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert screen.drawer.is_open
    assert screen.reason.sentences


def test_all_queues_together_are_told_queue_by_queue(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.queues.choose("")
    screen.pictures.go_to(NOON_WEDNESDAY)
    screen.show_reason()
    settle(desk, qtbot)
    week = stored(desk, qtbot)
    total = week.agents()[NOON_WEDNESDAY]
    assert screen.reason.figure.text().startswith(f"{total:.1f} to roster")
    assert len(screen.reason.sentences) == 4
    assert not screen.goals.isVisible()
    assert sum(week.agents(item.queue.key)[NOON_WEDNESDAY] for item in week.queues) == total


def test_the_curve_stands_below_the_columns_of_the_heat_map(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    pictures = screen.pictures
    lines, curve = pictures.heat.lines, pictures.curve
    count = pictures.heat.model.shape[1]
    for place in (0, 10, count - 1):
        rect = lines.visualRect(pictures.heat.model.index(0, place))
        centre = lines.viewport().mapTo(screen, rect.center())
        inside = curve.viewport().mapFrom(screen, QPoint(centre.x(), 0)).x()
        slot = curve.slot_at(QPoint(inside, 40).toPointF())
        assert slot is not None
        assert slot - 32 == place


def test_a_click_on_the_curve_picks_the_interval(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.pictures.go_to(NOON_WEDNESDAY)
    curve = screen.pictures.curve
    place = QPoint(curve.width() // 2, curve.height() // 2)
    expected = curve.slot_at(place.toPointF())
    QTest.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(desk, qtbot)
    assert expected is not None
    assert screen.pictures.slot == 2 * 96 + expected


def test_the_table_is_copied_with_days_and_times(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    desk.action("staffing.table").trigger()
    table = screen.pictures.table.body
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    table.copy(titles=True)
    lines = QApplication.clipboard().text().split("\r\n")
    assert lines[0] == "\tMon 30\tTue 1\tWed 2\tThu 3\tFri 4\tSat 5\tSun 6"
    cells = np.array([line.split("\t")[1:] for line in lines[1:-1]], dtype=float)
    expected = stored(desk, qtbot).agents(QUEUE).reshape(7, 96)[:, 32:88].T
    assert np.allclose(cells, expected, atol=1e-4)


def test_heat_map_and_table_stand_at_the_same_number(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.pictures.go_to(NOON_WEDNESDAY)
    desk.action("staffing.table").trigger()
    settle(desk, qtbot)
    assert screen.pictures.slot == NOON_WEDNESDAY
    assert screen.pictures.table.current() == (16, 2)
    assert not screen.pictures.table.totals.selectedIndexes()
    QTest.keyClick(screen.pictures.table.body, Qt.Key.Key_Down)
    settle(desk, qtbot)
    desk.action("staffing.heat").trigger()
    assert screen.pictures.slot == NOON_WEDNESDAY + 1
    assert screen.pictures.heat.lines.currentIndex().column() == 17


def test_without_shrinkage_the_numbers_are_those_present(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(screen.pictures.shrinkage.buttons["without"], Qt.MouseButton.LeftButton)
    shown_values = screen.pictures.heat.model.content.values
    expected = stored(desk, qtbot).agents(QUEUE, shrinkage=False).reshape(7, 96)[:, 32:88]
    assert np.array_equal(shown_values, expected)


def test_a_week_without_forecast_leads_to_it(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(sample_centre)
    screen = StaffingScreen(desk)
    shown(screen, qtbot)
    assert screen.no_forecast.isVisible()
    assert not desk.action("staffing.compute").isEnabled()
    wanted: list[str] = []
    desk.wanted.connect(lambda key, _where: wanted.append(key))
    qtbot.mouseClick(screen.no_forecast.button, Qt.MouseButton.LeftButton)
    assert wanted == ["forecast"]
    desk.do(lambda workspace: workspace.demand.make_forecast(desk.horizon))
    settle(desk, qtbot)
    assert screen.missing.isVisible()
    qtbot.mouseClick(screen.missing.button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert screen.pictures.isVisible()


def test_the_screen_goes_to_a_queue_and_number_it_is_asked_for(desk: Desk, qtbot: QtBot) -> None:
    screen = StaffingScreen(desk)
    screen.focus_on(queue=QUEUE, slot=NOON_WEDNESDAY)
    shown(screen, qtbot)
    settle(desk, qtbot)
    assert screen.queues.current == QUEUE
    assert screen.pictures.slot == NOON_WEDNESDAY
    assert screen.drawer.is_open
    wanted: list[tuple[str, dict[str, object]]] = []
    desk.wanted.connect(lambda key, where: wanted.append((key, where)))
    qtbot.mouseClick(screen.reason.forecast, Qt.MouseButton.LeftButton)
    assert wanted == [("forecast", {"queue": QUEUE, "slot": NOON_WEDNESDAY})]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_numbers_can_be_read_on_every_shade_of_the_heat_map(theme: Theme) -> None:
    for step in range(SHADES + 1):
        assert contrast(theme.text, shade(theme, step).name()) >= 4.5


def test_the_total_keeps_its_unit_beside_the_open_drawer(
    screen: StaffingScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.pictures.go_to(NOON_WEDNESDAY)
    screen.show_reason()
    settle(desk, qtbot)
    hours = stored(desk, qtbot).hours_by_day(QUEUE).sum()
    assert screen.drawer.is_open
    assert "…" not in screen.pictures.total.text()
    assert screen.pictures.total.text().startswith(f"{hours:,.1f} ")
    assert screen.pictures.total.toolTip().startswith(f"Week: {hours:,.1f} ")
    screen.drawer.shut()
    screen.resize(1500, 768)
    qtbot.wait(1)
    assert screen.pictures.total.text().startswith(f"Week: {hours:,.1f} ")


def test_no_reason_is_offered_where_there_are_no_numbers(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(sample_centre)
    desk.preferences.set("drawer.staffing.open", value=True)
    screen = StaffingScreen(desk)
    shown(screen, qtbot)
    assert not screen.pictures.isVisible()
    assert not desk.action("staffing.reason").isEnabled()
    assert not screen.drawer.is_open
    with Workspace.open(str(sample_centre), "somebody else") as other:
        other.demand.forecast_week(desk.horizon)
    screen.refresh()
    settle(desk, qtbot)
    desk.action("staffing.compute").trigger()
    settle(desk, qtbot)
    assert desk.action("staffing.reason").isEnabled()
    assert screen.drawer.is_open
