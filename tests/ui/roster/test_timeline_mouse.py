"""Shifts moved, stretched, copied and chosen with the mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.analysis.draft_week import day, duty
from tests.ui.roster.driving import ALT, CTRL, SHIFT, WEEK, Driver, week_of
from ui.plots.coverage_plot import CoveragePlot
from ui.roster.axis import WeekAxis
from wfm.analysis.draft import WeekDraft
from wfm.messages import message
from wfm.model.people import Leave


@pytest.fixture
def driver(qtbot: QtBot) -> Driver:
    return Driver(qtbot, week_of())


def test_a_shift_dragged_sideways_moves_in_quarters_of_an_hour(driver: Driver) -> None:
    start = driver.grip("a", 0)
    driver.drag(start, start + driver.wide(70))
    assert driver.of("a")[0] == (0, 615, 1155)
    edit = driver.edits[0]
    assert str(edit.text) == "Move the shift of Aoki on 2026-11-30 to 10:15-19:15"
    assert [week.agent for week in edit.wanted] == ["a"]
    assert edit.seen[0] is not None


def test_alt_moves_in_steps_of_five_minutes(driver: Driver) -> None:
    driver.board.show_day(day(0))  # at the week's zoom a pixel is more than five minutes
    start = driver.grip("a", 0)
    driver.drag(start, start + driver.wide(22), ALT)
    assert driver.of("a")[0] == (0, 560, 1100)


def test_one_column_to_the_right_is_the_same_time_of_the_next_day(driver: Driver) -> None:
    start = driver.grip("b", 2)
    step = driver.timeline.axis.edge(1) - driver.timeline.axis.edge(0)
    driver.drag(start, start + QPoint(step + 3, 0))
    assert driver.of("b") == [(0, 720, 1260), (3, 540, 1080)]


def test_a_shift_dragged_to_another_line_keeps_its_time(driver: Driver) -> None:
    start = driver.grip("a", 1)
    driver.drag(start, QPoint(start.x() + 3, driver.cell("b", 1).center().y()))
    assert driver.of("a") == [(0, 540, 1080)]
    assert (1, 540, 1080) in driver.of("b")
    assert str(driver.edits[0].text) == "Give the shift of Aoki on 2026-12-01 to Baba"
    assert driver.board.selection.agent == "b"


def test_a_drag_near_the_days_end_stays_within_the_opening_hours(driver: Driver) -> None:
    scale = driver.timeline.axis.scale
    assert scale is not None
    start = driver.grip("a", 1)
    driver.drag(start, QPoint(driver.timeline.axis.edge(2) - 2, start.y()))
    assert driver.of("a")[1][2] == scale.open_to


def test_ctrl_copies_the_shift(driver: Driver) -> None:
    start = driver.grip("a", 1)
    step = driver.timeline.axis.edge(1) - driver.timeline.axis.edge(0)
    driver.drag(start, start + QPoint(2 * step, 0), CTRL)
    assert driver.of("a") == [(0, 540, 1080), (1, 540, 1080), (3, 540, 1080)]
    assert str(driver.edits[0].text) == "Add a shift for Aoki on 2026-12-03"


def test_escape_gives_the_drag_up(driver: Driver) -> None:
    start = driver.grip("a", 0)
    driver.press(start)
    driver.move(start + QPoint(40, 0))
    assert driver.timeline.ghost.duties
    driver.key(Qt.Key.Key_Escape)
    assert not driver.timeline.ghost.duties
    driver.release(start + QPoint(40, 0))
    assert driver.edits == []
    assert driver.of("a")[0] == (0, 540, 1080)


def test_the_ends_of_a_shift_are_dragged_alone(driver: Driver) -> None:
    box = driver.box("a", 0)
    end = QPoint(box.right() - 2, box.center().y())
    driver.drag(end, end + driver.wide(60))
    assert driver.of("a")[0] == (0, 540, 1140)
    start = QPoint(box.left() + 2, box.center().y())
    driver.drag(start, start - driver.wide(60))
    assert driver.of("a")[0] == (0, 480, 1140)
    assert str(driver.edits[1].text) == "Change the shift of Aoki on 2026-11-30 to 08:00-19:00"


def test_a_break_is_dragged_within_its_shift(driver: Driver) -> None:
    driver.board.show_day(day(0))
    lunch = driver.duty("a", 0).breaks[1]
    driver.drag(driver.at("a", 0, lunch.start + 30), driver.at("a", 0, lunch.start + 95))
    assert driver.duty("a", 0).breaks[1].start == lunch.start + 60
    assert driver.of("a")[0] == (0, 540, 1080)
    assert str(driver.edits[0].text) == "Move a break of Aoki on 2026-11-30"


@pytest.mark.parametrize("where", [QPoint(40, 40), QPoint(500, 5000), QPoint(5000, 40)])
def test_a_drop_outside_the_roster_changes_nothing_and_says_so(
    driver: Driver, where: QPoint
) -> None:
    driver.drag(driver.grip("a", 0), where)
    assert driver.edits == []
    assert driver.refused == ["That is outside the roster; nothing was changed."]
    assert not driver.timeline.ghost.duties


def test_a_drop_on_leave_or_on_another_shift_is_refused_in_words(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of(leaves=(Leave("a", day(2)),)))
    start = driver.grip("a", 1)
    driver.drag(start, QPoint(driver.cell("a", 2).center().x(), start.y()))
    driver.drag(start, QPoint(driver.cell("a", 0).center().x(), start.y()))
    assert driver.edits == []
    assert driver.refused == [
        "Aoki has Annual paid leave on 2026-12-02.",
        "Aoki already has a shift on 2026-11-30 (09:00-18:00).",
    ]


def test_coverage_figures_and_ghost_follow_the_drag_before_it_ends(driver: Driver) -> None:
    told: list[WeekDraft] = []
    driver.board.figures_changed.connect(told.append)
    before = driver.board.draft
    assert before is not None
    start = driver.grip("a", 0)
    driver.press(start)
    driver.move(start + QPoint(30, 0))
    assert driver.board.shown is not before
    assert driver.board.draft is before
    driver.qtbot.waitUntil(lambda: bool(told))
    assert told[0].of("a") != before.of("a")
    shown = driver.board.coverage.plot._line
    driver.qtbot.waitUntil(lambda: driver.board.coverage._shown is not before.coverage)
    assert shown is not None
    assert "2026" not in driver.board.explainer.popover.text
    assert "–" in driver.board.explainer.popover.text
    driver.key(Qt.Key.Key_Escape)
    driver.release(start)
    driver.qtbot.waitUntil(lambda: driver.board.coverage._shown is before.coverage)


def test_a_drag_that_breaks_a_rule_says_so_beside_the_ghost(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of([duty("a", 0, 780, "late"), duty("a", 1, 600)]))
    driver.press(driver.grip("a", 1))
    driver.move(driver.grip("a", 1) + QPoint(-16, 0))
    assert driver.timeline.ghost.tone == "bad"
    assert "of rest before the shift" in driver.board.explainer.popover.text
    driver.release(driver.grip("a", 1))


def test_several_chosen_shifts_move_together_in_one_edit(driver: Driver) -> None:
    driver.click(driver.grip("a", 1))
    driver.click(driver.grip("b", 2), CTRL)
    assert driver.board.selection.shifts == 2
    step = driver.timeline.axis.edge(1) - driver.timeline.axis.edge(0)
    start = driver.grip("b", 2)
    driver.drag(start, start + QPoint(step, 0))
    assert driver.of("a")[1][0] == 2
    assert driver.of("b")[1][0] == 3
    assert len(driver.edits) == 1
    assert str(driver.edits[0].text) == "Move 2 shifts"


def test_ctrl_and_shift_clicks_choose_and_a_plain_click_chooses_one(driver: Driver) -> None:
    chosen = driver.timeline.selection
    driver.click(driver.grip("a", 0))
    driver.click(driver.grip("b", 0), CTRL)
    assert chosen.chosen == {("a", day(0)), ("b", day(0))}
    driver.click(driver.grip("b", 0), CTRL)
    assert chosen.chosen == {("a", day(0))}
    driver.click(driver.grip("a", 0))
    driver.click(driver.grip("b", 2), SHIFT)
    assert driver.board.selection.shifts == 4
    driver.click(driver.grip("c", 0))
    assert chosen.chosen == {("c", day(0))}


def test_a_rubber_band_chooses_the_shifts_it_touches(driver: Driver) -> None:
    start = driver.cell("d", 3).center()
    driver.press(start)
    driver.move(driver.cell("b", 2).center() + QPoint(-20, 0))
    assert driver.timeline.mouse.band is not None
    driver.move(driver.at("a", 0, 700))
    assert driver.board.selection.shifts == 5
    driver.release(driver.grip("a", 0))
    assert driver.timeline.mouse.band is None
    assert driver.edits == []


def test_a_double_click_on_a_name_chooses_the_persons_week(driver: Driver) -> None:
    driver.double_click(QPoint(40, driver.cell("a", 0).center().y()))
    assert driver.board.selection.shifts == 2
    assert driver.board.selection.minutes == sum(
        item.worked_minutes for item in WEEK if item.agent == "a"
    )


def test_nothing_can_be_dragged_while_the_board_is_read_only(driver: Driver) -> None:
    driver.board.set_read_only(message("Somebody else writes."))
    driver.drag(driver.grip("a", 0), driver.grip("a", 0) + QPoint(60, 0))
    driver.key(Qt.Key.Key_Delete)
    assert driver.edits == []
    assert driver.refused == ["Somebody else writes."]


def test_ctrl_and_wheel_zoom_around_the_pointer_and_the_plot_follows_to_the_pixel(
    driver: Driver,
) -> None:
    axis, plot = driver.timeline.axis, driver.board.coverage.plot
    point = driver.at("a", 2, 800)
    driver.wheel(point, 4, CTRL)
    assert axis.zoom > 2
    assert axis.moment(point.x())[0] == 2
    assert abs(axis.moment(point.x())[1] - 800) < 12
    assert_same_axis(axis, driver, plot)
    driver.board.show_day(day(4))
    assert axis.shown_day == 4
    assert_same_axis(axis, driver, plot)
    bar = driver.timeline.horizontalScrollBar()
    bar.setValue(bar.value() + 77)
    assert axis.shown_day is None
    assert_same_axis(axis, driver, plot)
    driver.key(Qt.Key.Key_0, CTRL)
    assert (axis.zoom, axis.offset) == (1.0, 0)


def assert_same_axis(axis: WeekAxis, driver: Driver, plot: CoveragePlot) -> None:
    """Every quarter of an hour shown stands on the same pixel of the board in both."""
    view = plot.getPlotItem().getViewBox()
    for place in range(7):
        for minute in range(480, 1261, 15):
            x = axis.pixel(place, minute)
            if not axis.left <= x <= axis.left + axis.width:
                continue
            assert axis.scale is not None
            scene = view.mapViewToScene(QPointF(axis.scale.position(place, minute), 1.0))
            shown = plot.mapTo(driver.board, plot.mapFromScene(scene)).x()
            wanted = driver.timeline.viewport().mapTo(driver.board, QPoint(x, 0)).x()
            assert abs(shown - wanted) <= 1


def test_a_filter_changes_who_is_above_and_below_but_no_shift(driver: Driver) -> None:
    driver.board.set_filter(["c", "a"])
    assert driver.timeline.keys == ("c", "a")
    start = driver.grip("a", 1)
    driver.drag(start, QPoint(start.x(), driver.cell("c", 1).center().y()))
    assert (1, 540, 1080) in driver.of("c")
    driver.board.set_filter(None)
    assert driver.timeline.keys == ("a", "b", "c", "d")
    assert replace(driver.duty("c", 1), agent="a", locked=False) == WEEK[1]


def test_a_double_click_on_a_free_cell_offers_the_kinds_and_on_a_shift_its_times(
    driver: Driver,
) -> None:
    driver.double_click(driver.cell("c", 3).center())
    menu = driver.board.menus.menu
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    assert driver.duty("c", 3).kind == "short"
    driver.double_click(driver.grip("a", 0))
    assert driver.board.menus.editor.text() == "09:00-18:00"
    driver.board.menus.editor.shut()
