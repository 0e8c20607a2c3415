"""A week is painted by mouse and by keys, and what no stroke touches comes back exactly."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import LIGHT, apply_theme
from ui.translate import render_in
from ui.widgets.availability_grid import AvailabilityGrid
from ui.widgets.week_hours import CELL, CELLS, SHOWN_END, WeekHours, between
from wfm.model.time import LATEST_MINUTE

NINE, TWELVE, EIGHTEEN = 18, 24, 36
"""Columns of the half hours that begin at 9:00, 12:00 and 18:00."""
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication) -> AvailabilityGrid:
    apply_theme(qapp, LIGHT)
    made = AvailabilityGrid("en", render_in("en"))
    qtbot.addWidget(made)
    made.resize(520, 200)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def spot(grid: AvailabilityGrid, row: int, column: int) -> QPoint:
    return grid.cell_rect(row, column).center()


def drag(
    qtbot: QtBot, grid: AvailabilityGrid, one: tuple[int, int], other: tuple[int, int],
    modifier: Any = Qt.KeyboardModifier.NoModifier,
) -> None:  # fmt: skip
    qtbot.mousePress(grid, LEFT, modifier, spot(grid, *one))
    qtbot.mouseMove(grid, spot(grid, *other))
    qtbot.mouseRelease(grid, LEFT, modifier, spot(grid, *other))


def test_a_drag_paints_half_hours_and_a_drag_over_them_erases(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    grid.set_value(dict.fromkeys(range(7), ()))
    with qtbot.waitSignal(grid.edited):
        drag(qtbot, grid, (0, NINE), (0, EIGHTEEN - 1))
    assert grid.value()[0] == ((540, 1080),)
    drag(qtbot, grid, (0, TWELVE), (0, TWELVE + 1))
    assert grid.value()[0] == ((540, 720), (780, 1080))
    assert grid.value()[1] == ()


def test_shift_and_a_drag_take_a_rectangle(grid: AvailabilityGrid, qtbot: QtBot) -> None:
    grid.set_value(dict.fromkeys(range(7), ()))
    drag(qtbot, grid, (0, NINE), (4, EIGHTEEN - 1), SHIFT)
    assert grid.value() == {day: ((540, 1080),) if day < 5 else () for day in range(7)}


def test_a_window_past_midnight_is_painted_to_29_hours(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    grid.set_value({5: ()})
    drag(qtbot, grid, (5, 44), (5, CELLS - 1))
    assert grid.value() == {5: ((1320, SHOWN_END),)}


def test_erasing_from_an_open_day_keeps_the_rest_and_painting_all_opens_it_again(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    drag(qtbot, grid, (2, 0), (2, NINE - 1))
    assert grid.value() == {2: ((540, LATEST_MINUTE),)}
    drag(qtbot, grid, (2, 0), (2, NINE - 1))
    assert grid.value() == {}


def test_escape_ends_a_drag_without_it(grid: AvailabilityGrid, qtbot: QtBot) -> None:
    grid.set_value({0: ()})
    qtbot.mousePress(grid, LEFT, pos=spot(grid, 0, NINE))
    qtbot.mouseMove(grid, spot(grid, 0, EIGHTEEN))
    assert grid.value() != {0: ()}
    with qtbot.assertNotEmitted(grid.edited):
        qtbot.keyClick(grid, Qt.Key.Key_Escape)
        qtbot.mouseRelease(grid, LEFT, pos=spot(grid, 0, EIGHTEEN))
    assert grid.value() == {0: ()}


def test_a_day_is_painted_by_keys_alone(grid: AvailabilityGrid, qtbot: QtBot) -> None:
    grid.set_value({0: (), 1: ()})
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    for _ in range(NINE):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    for _ in range(17):
        qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert grid.days == (0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert grid.value() == {0: ((540, 1080),), 1: ((540, 1080),)}
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert grid.value() == {0: (), 1: ()}
    with qtbot.waitSignal(grid.applied):
        qtbot.keyClick(grid, Qt.Key.Key_Return)


def test_delete_erases_what_is_chosen_and_ctrl_z_takes_strokes_back(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    grid.set_value({0: ((540, 1080),)})
    qtbot.keyClick(grid, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert grid.value() == dict.fromkeys(range(7), ())
    qtbot.keyClick(grid, Qt.Key.Key_Z, CONTROL)
    assert grid.value() == {0: ((540, 1080),)}
    qtbot.keyClick(grid, Qt.Key.Key_Z, CONTROL)
    assert grid.value() == {0: ((540, 1080),)}


def test_the_hours_of_a_day_are_copied_to_others_as_text(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    grid.set_value({0: ((540, 780), (1320, 1500))})
    qtbot.mouseClick(grid, LEFT, pos=spot(grid, 0, 2))
    grid.set_value({0: ((540, 780), (1320, 1500))})
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "09:00–13:00, 22:00–25:00"
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert grid.value() == dict.fromkeys(range(3), ((540, 780), (1320, 1500)))


def test_days_open_any_time_and_closed_ones_are_copied_too(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    grid.set_value({1: ()})
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert grid.value() == {1: (), 2: ()}
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert grid.value() == {1: ()}


def test_text_that_is_no_span_of_hours_is_refused_in_words(
    grid: AvailabilityGrid, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("whenever I like")
    with qtbot.waitSignal(grid.refused) as told:
        qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert "whenever I like" in str(told.args[0])
    assert grid.value() == {}


def test_a_screen_reader_gets_the_week_as_text(grid: AvailabilityGrid) -> None:
    grid.set_value({0: ((540, 1080),), 6: ()})
    assert grid.accessibleDescription() == (
        "Mon 09:00–18:00; Tue any time; Wed any time; Thu any time; Fri any time; Sat any time;"
        " Sun closed"
    )


def test_a_week_that_starts_on_sunday_shows_it_first(qtbot: QtBot) -> None:
    made = AvailabilityGrid("en", render_in("en"), week_start=6)
    qtbot.addWidget(made)
    made.set_value({6: ()})
    assert made.day == 6
    assert made.text.startswith("Sun closed; Mon any time")


# --- the hours behind it ---------------------------------------------------------------------


@st.composite
def weeks(draw: Any) -> dict[int, tuple[tuple[int, int], ...]]:
    found = {}
    for day in draw(st.sets(st.integers(0, 6))):
        edges = sorted(draw(st.lists(st.integers(0, LATEST_MINUTE), max_size=6, unique=True)))
        found[day] = tuple(zip(edges[::2], edges[1::2], strict=False))
    return found


cells = st.tuples(st.integers(0, 6), st.integers(0, CELLS - 1))


@given(weeks(), cells, cells, st.booleans())
def test_a_stroke_changes_its_cells_and_nothing_else(
    week: dict[int, tuple[tuple[int, int], ...]],
    one: tuple[int, int],
    other: tuple[int, int],
    paint: bool,
) -> None:
    hours = WeekHours(range(7))
    hours.show(week)
    assert hours.value() == week
    hours.brush(one, other, paint=paint)
    rows = range(min(one[0], other[0]), max(one[0], other[0]) + 1)
    first, last = sorted((one[1], other[1]))
    span = set(range(first * CELL, (last + 1) * CELL))
    for day in range(7):
        before, after = minutes(week.get(day)), minutes(hours.hours(day))
        if day not in rows:
            assert hours.hours(day) == week.get(day)
        elif paint:
            assert span <= after
            assert after - span == before - span
        else:
            assert not span & after
            assert after in (before - span, set())
    assert hours.is_painted(one, other) == paint


def minutes(windows: tuple[tuple[int, int], ...] | None) -> set[int]:
    """The oracle: every minute up to where the grid ends; any time is all of them."""
    if windows is None:
        return set(range(SHOWN_END))
    return {m for start, end in windows for m in range(start, min(end, SHOWN_END))}


@given(cells, cells)
def test_a_straight_line_has_no_gaps(one: tuple[int, int], other: tuple[int, int]) -> None:
    line = between(one, other)
    assert line[0] == one
    assert line[-1] == other
    for here, there in itertools.pairwise(line):
        assert max(abs(here[0] - there[0]), abs(here[1] - there[1])) <= 1
