"""The roster timeline: what is painted where, tips, keys and scrolling."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MONDAY, week
from ui.centre_view import AgentRow, RuleBreak, WeekView
from ui.plots.time_axis import TimeScale
from ui.theme import DARK, LIGHT
from ui.translate import render_in
from ui.widgets.marks import ABSENCE_MARKS, absence_mark
from ui.widgets.roster_rows import ROW_HEIGHT, duty_box, rows_of
from ui.widgets.timeline import RosterTimeline
from ui.widgets.week_page import week_scale
from wfm.messages import message
from wfm.model.activity import ABSENCE_KINDS
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import Horizon

SCALE = TimeScale(Horizon(MONDAY, 7), 540, 1260)


def one_duty(duty: Duty) -> WeekView:
    return replace(
        week(MONDAY, 1), duties=(duty,), absences=(), rule_breaks=(), holidays=frozenset()
    )


def timeline(qtbot: QtBot, view: WeekView, scale: TimeScale = SCALE) -> RosterTimeline:
    made = RosterTimeline("en", render_in("en"))
    qtbot.addWidget(made)
    made.resize(1100, 344)
    made.set_week(view, scale)
    made.show()
    return made


def test_a_shift_stands_at_its_time_with_gaps_for_its_breaks(qtbot: QtBot) -> None:
    duty = Duty("a000", MONDAY, 600, 1140, (PlacedBreak(840, 60),), "early", "早")
    made = timeline(qtbot, one_duty(duty))
    image = made.viewport().grab().toImage()
    left, width = made.columns
    middle = ROW_HEIGHT // 2

    def colour(minute: int) -> str:
        return image.pixelColor(SCALE.pixel(0, minute, left, width), middle).name().upper()

    assert colour(700) == LIGHT.early
    assert colour(870) == LIGHT.panel
    assert colour(1000) == LIGHT.early
    assert colour(1200) == LIGHT.panel
    made.set_theme(DARK)
    assert made.viewport().grab().toImage().pixelColor(
        SCALE.pixel(0, 700, left, width), middle
    ) == QColor(DARK.early)


def test_a_night_shift_belongs_to_the_column_of_the_day_it_starts(qtbot: QtBot) -> None:
    scale = TimeScale(Horizon(MONDAY, 7), 540, 1800)
    duty = Duty("a000", MONDAY, 1320, 1740, (), "night", "夜")
    box = duty_box(scale, 0, duty, QRect(0, 0, 1000, 30), (0, 700))
    assert 0 < box.left() < box.right() < 100
    whole = TimeScale(Horizon(MONDAY, 7), 0, 1440)
    box = duty_box(whole, 0, duty, QRect(0, 0, 1000, 30), (0, 700))
    assert box.left() < 100 < box.right()


def test_a_duty_of_the_last_night_is_cut_at_the_end_of_the_week() -> None:
    whole = TimeScale(Horizon(MONDAY, 7), 0, 1440)
    duty = Duty("a000", MONDAY + timedelta(days=6), 1320, 1740)
    assert duty_box(whole, 6, duty, QRect(0, 0, 1000, 30), (0, 700)).right() <= 700


def test_the_columns_hold_every_duty() -> None:
    view = week(MONDAY, 20)
    scale = week_scale(view)
    assert scale.open_from <= min(duty.start for duty in view.duties)
    assert scale.open_to >= max(duty.end for duty in view.duties)


def test_hours_are_worked_hours_without_unpaid_breaks() -> None:
    view = week(MONDAY, 6)
    for row in rows_of(view):
        expected = sum(duty.worked_minutes for duty in view.duties if duty.agent == row.agent.key)
        assert row.minutes == expected


def test_a_rule_break_without_days_marks_the_whole_week() -> None:
    text = message("Less than {hours} h rest", hours=11)
    view = replace(week(MONDAY, 2), rule_breaks=(RuleBreak("a001", text),))
    rows = rows_of(view)
    assert rows[0].broken_days == frozenset()
    assert rows[1].broken_days == frozenset(range(7))


def test_tips_tell_shift_breaks_and_broken_rules(qtbot: QtBot) -> None:
    duty = Duty("a000", MONDAY, 600, 1500, (PlacedBreak(840, 60),), "late", "遅")
    text = message("Less than {hours} h rest", hours=11)
    view = replace(one_duty(duty), rule_breaks=(RuleBreak("a000", text, (MONDAY,)),))
    made = timeline(qtbot, view)
    left, width = made.columns
    assert made.tip(QPoint(left + 5, 5)).splitlines() == [
        "佐々木 遥  Mon 30 Nov",
        "遅  10:00–25:00",
        "Break 14:00–15:00",
        "Less than 11 h rest",
    ]
    assert made.tip(QPoint(left + width // 7 + 5, 5)).endswith("Day off")
    assert made.tip(QPoint(20, 5)) == "佐々木 遥\nチームA"
    assert made.tip(QPoint(20, 300)) == ""


def test_arrow_keys_and_clicks_choose_a_line_and_scroll_to_it(qtbot: QtBot) -> None:
    made = timeline(qtbot, week(MONDAY, 40))
    heard: list[str] = []
    made.row_chosen.connect(heard.append)
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 2 * ROW_HEIGHT + 3))
    assert made.chosen == "a002"
    for key, expected in (
        (Qt.Key.Key_Down, "a003"),
        (Qt.Key.Key_Up, "a002"),
        (Qt.Key.Key_End, "a039"),
        (Qt.Key.Key_PageUp, "a030"),
        (Qt.Key.Key_Home, "a000"),
    ):
        qtbot.keyClick(made, key)
        assert made.chosen == expected
        top = made.rows.index(next(r for r in made.rows if r.agent.key == expected)) * ROW_HEIGHT
        assert 0 <= top - made.verticalScrollBar().value() <= made.viewport().height() - ROW_HEIGHT
    assert heard[0] == "a002"
    assert heard[-1] == "a000"


def on_screen(made: RosterTimeline) -> QImage:
    """Return what the window shows, not what it would paint anew."""
    return made.screen().grabWindow(made.winId()).toImage()


@pytest.mark.parametrize("steps", [(37,), (400, 13), (900, -60, 5), (1, 1, 1)])
def test_scrolling_by_moving_pixels_shows_what_a_fresh_painting_shows(
    qtbot: QtBot, steps: tuple[int, ...]
) -> None:
    made = timeline(qtbot, week(MONDAY, 60))
    bar = made.verticalScrollBar()
    for step in steps:
        bar.setValue(bar.value() + step)
        qtbot.wait(5)
    moved = on_screen(made)
    made.viewport().update()
    qtbot.wait(5)
    assert moved == on_screen(made)


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["1.25", "1.5"])
def test_scrolling_leaves_no_seams_on_a_scaled_screen(scale: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    name = test_scrolling_by_moving_pixels_shows_what_a_fresh_painting_shows.__name__
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", name],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_shorter_week_drops_the_chosen_line_that_is_gone(qtbot: QtBot) -> None:
    made = timeline(qtbot, week(MONDAY, 12))
    made.choose(11)
    made.set_week(week(MONDAY, 5), SCALE)
    assert made.chosen == "a004"
    made.set_week(replace(week(MONDAY, 1), agents=(), duties=(), absences=()), SCALE)
    assert made.chosen == ""
    assert made.rows == ()


def test_every_absence_kind_has_a_letter_of_its_own() -> None:
    assert set(ABSENCE_MARKS) == set(ABSENCE_KINDS)
    for language in ("ja", "en"):
        render = render_in(language)
        assert len({render(mark.letter) for mark in ABSENCE_MARKS.values()}) == len(ABSENCE_KINDS)
        assert all(len(render(mark.letter)) <= 3 for mark in ABSENCE_MARKS.values())
    assert absence_mark("of a plug-in") is ABSENCE_MARKS["absence"]


def test_people_without_team_are_shown(qtbot: QtBot) -> None:
    view = replace(week(MONDAY, 1), agents=(AgentRow("x", "Ann"),), duties=(), absences=())
    made = timeline(qtbot, view)
    assert made.tip(QPoint(20, 5)) == "Ann"
