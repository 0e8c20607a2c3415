"""A month of days is walked by keys and buttons; each day says what stands on it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import DARK, LIGHT, apply_theme
from ui.translate import render_in
from ui.widgets.month_grid import DayMark, MonthGrid

LEFT = Qt.MouseButton.LeftButton
DAY = date(2026, 12, 15)


@pytest.fixture
def month(qtbot: QtBot, qapp: QApplication) -> MonthGrid:
    apply_theme(qapp, LIGHT)
    made = MonthGrid("en", render_in("en"))
    qtbot.addWidget(made)
    made.choose(DAY, DAY)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_weeks_begin_on_the_sites_first_day(qtbot: QtBot, month: MonthGrid) -> None:
    assert month.days.first == date(2026, 11, 30)
    sunday = MonthGrid("en", render_in("en"), week_start=6)
    qtbot.addWidget(sunday)
    sunday.choose(DAY, DAY)
    assert sunday.days.first == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("key", "there"),
    [
        (Qt.Key.Key_Left, date(2026, 12, 14)),
        (Qt.Key.Key_Right, date(2026, 12, 16)),
        (Qt.Key.Key_Up, date(2026, 12, 8)),
        (Qt.Key.Key_Down, date(2026, 12, 22)),
        (Qt.Key.Key_Home, date(2026, 12, 14)),
        (Qt.Key.Key_End, date(2026, 12, 20)),
        (Qt.Key.Key_PageUp, date(2026, 11, 1)),
        (Qt.Key.Key_PageDown, date(2027, 1, 1)),
    ],
)
def test_keys_move_the_choice(qtbot: QtBot, month: MonthGrid, key: Qt.Key, there: date) -> None:
    with qtbot.waitSignal(month.chosen):
        qtbot.keyClick(month.days, key)
    assert month.span == (there, there)
    assert month.month == there.replace(day=1)


def test_shift_and_keys_choose_a_row_of_days_backwards_too(qtbot: QtBot, month: MonthGrid) -> None:
    qtbot.keyClick(month.days, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert month.span == (date(2026, 12, 8), DAY)


def test_buttons_step_the_month_and_leave_the_choice(qtbot: QtBot, month: MonthGrid) -> None:
    with qtbot.waitSignal(month.month_changed):
        qtbot.mouseClick(month.later, LEFT)
    assert month.title.text() == "January 2027"
    qtbot.mouseClick(month.earlier, LEFT)
    qtbot.mouseClick(month.earlier, LEFT)
    assert month.title.text() == "November 2026"
    assert month.span == (DAY, DAY)


def test_a_click_on_a_day_of_the_next_month_goes_there(qtbot: QtBot, month: MonthGrid) -> None:
    there = date(2027, 1, 2)
    qtbot.mouseClick(month.days, LEFT, pos=month.days.rect_of(there).center())
    assert month.span == (there, there)
    assert month.month == date(2027, 1, 1)


def test_a_day_says_what_stands_on_it_and_enter_is_done(qtbot: QtBot, month: MonthGrid) -> None:
    month.set_marks({date(2026, 12, 16): DayMark("AL", "leave", "Annual paid leave", dot=True)})
    qtbot.keyClick(month.days, Qt.Key.Key_Right)
    assert month.days.accessibleDescription() == "Wed 16 Dec 2026 Annual paid leave"
    with qtbot.waitSignal(month.applied):
        qtbot.keyClick(month.days, Qt.Key.Key_Return)


def test_another_theme_repaints_the_days(qapp: QApplication, month: MonthGrid) -> None:
    before = month.grab().toImage()
    apply_theme(qapp, DARK)
    assert month.grab().toImage() != before
