"""The forecast screen: grid and curve edit each other, are stored, and undo brings them back."""

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
from ui.forecast.screen import ForecastScreen
from wfm.forecasting.editing import AHT, VOLUME
from wfm.model.workload import Forecast
from wfm.workspace import Workspace

QUEUE = "phone_general"
TUESDAY_10 = 96 + 40
"""The interval of Tuesday 10:00 in a week of quarters."""


@pytest.fixture
def desk(planned_centre: Path, desk_on: DeskOn) -> Desk:
    return desk_on(planned_centre)


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot) -> ForecastScreen:
    made = ForecastScreen(desk)
    shown(made, qtbot)
    made.queues.choose(QUEUE)
    return made


def stored(desk: Desk, qtbot: QtBot, queue: str = QUEUE) -> Forecast:
    """Read what the database holds, as another program would."""
    settle(desk, qtbot)
    with Workspace.open(desk.location, "reader") as workspace:
        entry = workspace.demand.forecast_state(desk.horizon).of(queue)
    assert entry is not None
    assert entry.forecast is not None
    return entry.forecast


def said(desk: Desk) -> list[tuple[str, str]]:
    """Return a list that what the desk says is added to."""
    heard: list[tuple[str, str]] = []
    desk.said.connect(lambda text, tone, _action: heard.append((desk.render(text), tone)))
    return heard


def type_into(screen: ForecastScreen, slot: int, text: str) -> None:
    """Go to an interval's cell by the mouse and type a number."""
    screen.sheet.select([slot])
    body = screen.sheet.grid.body
    rect = body.visualRect(body.currentIndex())
    QTest.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.keyClicks(body, text[0])
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)


def pull(screen: ForecastScreen, slot: int, pixels: int, *, let_go: bool = True) -> None:
    """Take the curve at an interval and pull it up by some pixels."""
    curve = screen.sheet.curve
    content = curve.content
    assert content is not None
    start = curve.position_of(slot, float(content.values[slot])).toPoint()
    end = QPoint(start.x(), start.y() - pixels)
    viewport = curve.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (0.5, 1.0):
        QTest.mouseMove(viewport, start + (end - start) * step)
        QApplication.processEvents()
    if let_go:
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def line_at(screen: ForecastScreen, slot: int) -> float:
    """Return the height of the curve that is drawn at an interval."""
    curve = screen.sheet.curve
    content = curve.content
    assert content is not None
    xs, ys = curve._line.getData()
    middle = curve._middle(slot)
    (place,) = np.flatnonzero((xs[:-1] < middle) & (middle < xs[1:]))
    return float(ys[place])


def cell_text(screen: ForecastScreen, slot: int) -> str:
    grid = screen.sheet._grid
    assert grid is not None
    cell = grid.cell(slot)
    assert cell is not None
    return screen.sheet.grid.model.text(*cell)


def test_a_number_typed_into_the_grid_moves_the_curve_and_is_stored(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    type_into(screen, TUESDAY_10, "55.5")
    assert line_at(screen, TUESDAY_10) == 55.5
    assert stored(desk, qtbot).volume[TUESDAY_10] == 55.5
    assert cell_text(screen, TUESDAY_10) == "55.5"
    entry = screen.work.entry
    assert entry is not None
    assert np.flatnonzero(entry.own(VOLUME)).tolist() == [TUESDAY_10]


def test_undo_brings_the_number_and_the_curve_back(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    before = stored(desk, qtbot).volume[TUESDAY_10]
    type_into(screen, TUESDAY_10, "55")
    settle(desk, qtbot)
    assert "Tue 1 Dec 2026 10:00" in desk.action("undo").toolTip()
    QTest.keyClick(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(desk, qtbot).volume[TUESDAY_10] == before
    settle(desk, qtbot)
    assert line_at(screen, TUESDAY_10) == before


def test_numbers_typed_faster_than_they_are_stored_all_arrive(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    heard = said(desk)
    for place in range(6):
        type_into(screen, TUESDAY_10 + place, f"{70 + place}")
    assert screen.work.busy
    found = stored(desk, qtbot).volume[TUESDAY_10 : TUESDAY_10 + 6]
    assert found.tolist() == [70.0, 71.0, 72.0, 73.0, 74.0, 75.0]
    assert heard == []


def test_pulling_the_curve_up_raises_the_grid_by_whole_contacts(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    before = float(stored(desk, qtbot).volume[TUESDAY_10])
    pull(screen, TUESDAY_10, 30)
    after = float(stored(desk, qtbot).volume[TUESDAY_10])
    assert after > before + 2
    assert after == round(after)
    assert cell_text(screen, TUESDAY_10) == f"{after:.1f}"
    assert screen.sheet.selected() == [TUESDAY_10]


def test_the_grid_follows_while_the_curve_is_pulled_and_escape_gives_it_up(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    before = cell_text(screen, TUESDAY_10)
    operations = len(operations_of(desk, qtbot))
    pull(screen, TUESDAY_10, 30, let_go=False)
    assert cell_text(screen, TUESDAY_10) != before
    assert line_at(screen, TUESDAY_10) > float(before) + 2
    QTest.keyClick(screen.sheet.curve, Qt.Key.Key_Escape)
    assert cell_text(screen, TUESDAY_10) == before
    assert line_at(screen, TUESDAY_10) == pytest.approx(float(before), abs=0.06)
    QTest.mouseRelease(screen.sheet.curve.viewport(), Qt.MouseButton.LeftButton)
    assert len(operations_of(desk, qtbot)) == operations


def operations_of(desk: Desk, qtbot: QtBot) -> list[int]:
    settle(desk, qtbot)
    with Workspace.open(desk.location, "reader") as workspace:
        return [entry.id for entry in workspace.log.last(1000)]


def test_pulling_a_selection_keeps_its_proportions_in_one_step(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    slots = list(range(TUESDAY_10, TUESDAY_10 + 8))
    before = stored(desk, qtbot).volume[slots]
    operations = len(operations_of(desk, qtbot))
    screen.sheet.select(slots)
    settle(desk, qtbot)
    pull(screen, TUESDAY_10 + 2, 40)
    after = stored(desk, qtbot).volume[slots]
    factor = after[2] / before[2]
    assert factor > 1.05
    assert np.allclose(after, before * factor, atol=0.06)
    assert len(operations_of(desk, qtbot)) == operations + 1
    assert screen.sheet.selected() == slots


def test_a_click_on_the_curve_selects_the_interval_in_the_grid_and_the_other_way_round(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    curve = screen.sheet.curve
    assert curve.content is not None
    place = curve.position_of(TUESDAY_10, 5.0).toPoint()
    QTest.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(desk, qtbot)
    assert screen.sheet.selected() == [TUESDAY_10]
    screen.sheet.select([TUESDAY_10 + 4, TUESDAY_10 + 5])
    settle(desk, qtbot)
    assert curve._selected == {TUESDAY_10 + 4, TUESDAY_10 + 5}
    assert "2 intervals selected" in desk.render(status(desk, screen))


def status(desk: Desk, screen: ForecastScreen):  # type: ignore[no-untyped-def]
    heard = []
    desk.status_changed.connect(heard.append)
    screen._show_selection()
    return heard[-1]


def test_a_closed_interval_is_refused_in_words(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.queues.choose("mail")
    heard = said(desk)
    sunday = 6 * 96 + 40
    screen.sheet.select([sunday])
    QTest.keyClicks(screen.sheet.grid.body, "5")
    assert heard[-1][0].startswith("Sun 6 10:00 is outside the opening hours")
    assert heard[-1][1] == "bad"
    assert stored(desk, qtbot, "mail").volume[sunday] == 0


def test_a_negative_number_is_refused_with_its_place_and_the_grid_shows_the_old_one(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    heard = said(desk)
    before = cell_text(screen, TUESDAY_10)
    type_into(screen, TUESDAY_10, "-5")
    assert heard[-1][0].startswith("Tue 1 Dec 2026 10:00: -5 cannot be a number of contacts")
    assert cell_text(screen, TUESDAY_10) == before


def test_a_block_is_pasted_as_one_operation(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    operations = len(operations_of(desk, qtbot))
    screen.sheet.select([TUESDAY_10])
    QApplication.clipboard().setText("１０\t20\r\n30\t40\r\n")
    QTest.keyClick(screen.sheet.grid.body, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    volume = stored(desk, qtbot).volume
    assert volume[[TUESDAY_10, TUESDAY_10 + 96]].tolist() == [10.0, 20.0]
    assert volume[[TUESDAY_10 + 1, TUESDAY_10 + 97]].tolist() == [30.0, 40.0]
    assert len(operations_of(desk, qtbot)) == operations + 1


def test_a_days_total_is_spread_by_shape(screen: ForecastScreen, desk: Desk, qtbot: QtBot) -> None:
    before = stored(desk, qtbot).volume[96:192]
    totals = screen.sheet.grid.totals
    totals.setFocus()
    totals.go_to(0, 1)
    QTest.keyClicks(totals, "2")
    editor = totals.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "000")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    after = stored(desk, qtbot).volume[96:192]
    assert after.sum() == pytest.approx(2000)
    assert np.allclose(after * before.sum(), before * after.sum())


def test_a_percentage_changes_the_selection_or_the_whole_week(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    before = stored(desk, qtbot).volume
    screen.sheet.select(list(range(TUESDAY_10, TUESDAY_10 + 4)))
    settle(desk, qtbot)
    assert screen.tools.apply.text() == "Apply to 4 intervals"
    desk.action("forecast.percent").trigger()
    QTest.keyClicks(screen.tools.percent, "10")
    QTest.keyClick(screen.tools.percent, Qt.Key.Key_Return)
    after = stored(desk, qtbot).volume
    changed = np.flatnonzero(after != before).tolist()
    assert changed == list(range(TUESDAY_10, TUESDAY_10 + 4))
    assert np.allclose(after[changed], before[changed] * 1.1, atol=1e-4)
    screen.sheet.select([TUESDAY_10])
    settle(desk, qtbot)
    QTest.keyClicks(screen.tools.percent, "-50")
    qtbot.mouseClick(screen.tools.apply, Qt.MouseButton.LeftButton)
    assert stored(desk, qtbot).volume.sum() == pytest.approx(after.sum() / 2, rel=1e-4)


def test_going_back_to_the_method_clears_the_marks(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    before = stored(desk, qtbot).volume
    assert not screen.tools.reset.isEnabled()
    type_into(screen, TUESDAY_10, "55")
    type_into(screen, TUESDAY_10 + 9, "66")
    settle(desk, qtbot)
    assert screen.tools.reset.isEnabled()
    qtbot.mouseClick(screen.tools.reset, Qt.MouseButton.LeftButton)
    assert np.array_equal(stored(desk, qtbot).volume, before)
    assert not screen.tools.reset.isEnabled()


def test_handling_times_are_edited_like_contacts_and_deleting_goes_back(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    before = stored(desk, qtbot).aht_s[TUESDAY_10]
    desk.action("forecast.aht").trigger()
    type_into(screen, TUESDAY_10, "500")
    assert stored(desk, qtbot).aht_s[TUESDAY_10] == 500
    assert line_at(screen, TUESDAY_10) == 500
    screen.sheet.select([TUESDAY_10])
    QTest.keyClick(screen.sheet.grid.body, Qt.Key.Key_Delete)
    assert stored(desk, qtbot).aht_s[TUESDAY_10] == before
    assert screen.work.measure == AHT


def test_another_method_is_one_choice_away_and_keeps_own_numbers(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    type_into(screen, TUESDAY_10, "55")
    settle(desk, qtbot)
    assert "error" in screen.methods.box.itemText(0)
    assert screen.methods.error.text().startswith("Forecast two weeks ahead")
    place = screen.methods.box.findData("median6")
    screen.methods.box.setCurrentIndex(place)
    screen.methods.box.activated.emit(place)
    found = stored(desk, qtbot)
    assert found.method == "median6"
    assert found.volume[TUESDAY_10] == 55
    assert stored(desk, qtbot, "chat").method == "weighted8"


def test_the_columns_of_the_curve_stand_above_those_of_the_grid(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    settle(desk, qtbot)
    curve, body = screen.sheet.curve, screen.sheet.grid.body
    for day in range(7):
        first = curve.mapTo(screen, curve.position_of(day * 96 + 32, 0.0).toPoint()).x()
        column = body.visualRect(screen.sheet.grid.model.index(0, day)).left()
        left = body.viewport().mapTo(screen, QPoint(column, 0)).x()
        half_an_interval = body.columnWidth(day) / 56 / 2
        assert abs(first - left - half_an_interval) <= 1.5


def test_one_day_can_be_drawn_alone_and_pulled(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.sheet.select([TUESDAY_10])
    settle(desk, qtbot)
    desk.action("forecast.day").trigger()
    assert screen.sheet.day_title.text() == "Tue 1 Dec"
    before = float(stored(desk, qtbot).volume[TUESDAY_10])
    pull(screen, 40, 25)
    assert stored(desk, qtbot).volume[TUESDAY_10] > before + 1
    desk.action("forecast.week").trigger()
    assert screen.sheet.day is None


def test_a_conflict_is_told_and_the_stored_numbers_are_shown(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    with Workspace.open(desk.location, "somebody else") as other:
        entry = other.demand.forecast_state(desk.horizon).of(QUEUE)
        assert entry is not None
        assert entry.forecast is not None
        from wfm.forecasting.editing import entered

        other.demand.edit_forecast(
            entry.forecast, entered(entry.forecast, entry.queue, VOLUME, {TUESDAY_10: 11.0})
        )
    heard = said(desk)
    type_into(screen, TUESDAY_10, "55")
    settle(desk, qtbot)
    assert "somebody else" in heard[0][0]
    assert heard[0][1] == "bad"
    assert cell_text(screen, TUESDAY_10) == "11.0"


def test_a_week_without_a_forecast_offers_to_make_one(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(sample_centre)
    screen = ForecastScreen(desk)
    shown(screen, qtbot)
    assert screen.missing.isVisible()
    heard = said(desk)
    qtbot.mouseClick(screen.missing.button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert screen.sheet.isVisible()
    assert heard
    assert [row.figure for row in screen.queues.rows if row.key == QUEUE] != [""]


def test_a_centre_without_history_offers_import_or_numbers_by_hand(
    tmp_path: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    from wfm.messages import message
    from wfm.model.workload import Queue

    path = tmp_path / "new.toban"
    with Workspace.create(str(path), "planner") as workspace:
        session = workspace._session
        with session.database.write("planner", session.clock) as unit:
            unit.put(Queue("desk", "窓口", "desk", opening={0: ((540, 600),)}))
            unit.commit(message("Add a queue"))
    desk = desk_on(path)
    screen = ForecastScreen(desk)
    shown(screen, qtbot)
    assert screen.nothing.isVisible()
    assert not desk.action("forecast.make").isEnabled()
    qtbot.mouseClick(screen.by_hand[1], Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert screen.sheet.isVisible()
    type_into(screen, 36, "12")
    assert stored(desk, qtbot, "desk").volume[36] == 12


def test_history_that_changed_is_told_with_a_way_to_update(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    from wfm.messages import message
    from wfm.model.change import Outcome
    from wfm.model.workload import SpecialDay

    assert not screen.banner.isVisible()

    def add(workspace: Workspace) -> Outcome:
        session = workspace._session
        with session.database.write("planner", session.clock) as unit:
            unit.put(SpecialDay(desk.horizon.start, "campaign", "くじ", QUEUE, factor=2.0))
            return Outcome(unit.commit(message("Add a campaign")))

    desk.do(add)
    settle(desk, qtbot)
    assert "一般受付（電話）" in screen.banner.text
    before = stored(desk, qtbot).volume[:96].sum()
    qtbot.mouseClick(screen.banner.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert stored(desk, qtbot).volume[:96].sum() == pytest.approx(2 * before)
    assert not screen.banner.isVisible()


def test_the_screen_keeps_its_place_when_it_is_built_again(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    desk.action("forecast.aht").trigger()
    other = ForecastScreen(desk)
    other.restore(screen.state())
    shown(other, qtbot)
    assert other.queues.current == QUEUE
    assert other.sheet.measure == AHT


def test_every_control_has_a_name_for_screen_readers(screen: ForecastScreen) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QHeaderView

    controls = [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        for widget in screen.findChildren(kind)
        if widget.isVisible() and widget.objectName() != "qt_spinbox_lineedit"
    ]
    unnamed = [
        widget
        for widget in controls
        if not widget.accessibleName()
        and not getattr(widget, "text", lambda: "")()
        and not isinstance(widget, QHeaderView)  # part of its table to screen readers
        and not type(widget).__module__.startswith("PySide6")
    ]
    assert not unnamed


def test_numbers_that_arrive_while_one_is_typed_do_not_replace_it(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.sheet.select([TUESDAY_10])
    QTest.keyClicks(screen.sheet.grid.body, "5")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "5")
    screen.refresh()
    settle(desk, qtbot)
    assert editor.text() == "55"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert stored(desk, qtbot).volume[TUESDAY_10] == 55


def test_importing_takes_the_screen_and_gives_it_back(
    screen: ForecastScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.focus_on(importing=True)
    settle(desk, qtbot)
    assert screen.importing
    assert not screen.make_button.isVisible()
    assert not desk.action("forecast.make").isEnabled()
    other = ForecastScreen(desk)
    other.restore(screen.state())
    shown(other, qtbot)
    assert other.importing
    panel = screen.pages.currentWidget()
    panel.closed.emit()  # type: ignore[attr-defined]
    settle(desk, qtbot)
    assert screen.sheet.isVisible()
    assert screen.make_button.isVisible()
    assert desk.action("forecast.make").isEnabled()
