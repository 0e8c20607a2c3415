"""The surface of the timeline: what is painted where, tips and scrolling."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.analysis.draft_week import MONDAY, day, duty
from tests.ui.fakes import MONDAY as FAKE_MONDAY
from tests.ui.fakes import week as fake_week
from tests.ui.roster.driving import Driver, week_of
from ui.plots.time_axis import TimeScale
from ui.roster.axis import WeekAxis
from ui.roster.board_week import week_scale
from ui.roster.brushes import Brushes
from ui.roster.row_painter import ROW_HEIGHT, RowPainter
from ui.roster.timeline import RosterTimeline
from ui.theme import DARK, LIGHT, dress
from ui.translate import render_in
from ui.widgets.marks import ABSENCE_MARKS, absence_mark
from wfm.analysis.draft import Standing, WeekDraft, WeekFacts, edits
from wfm.model.activity import ABSENCE_KINDS
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import Duty
from wfm.model.time import Horizon


def painted(scale: TimeScale, width: int) -> RowPainter:
    axis = WeekAxis()
    axis.set_scale(scale)
    axis.set_place(0, width)
    return RowPainter(
        axis, Brushes(LIGHT), "en", render_in("en"), {}, planned=True, tinted=frozenset()
    )


def colour(driver: Driver, image: QImage, agent: str, place: int, minute: int) -> str:
    point = driver.at(agent, place, minute)
    return image.pixelColor(point.x(), point.y() + 4).name().upper()


def test_a_shift_stands_at_its_time_with_gaps_for_its_breaks(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of())
    image = driver.picture()
    assert colour(driver, image, "b", 0, 1000) == LIGHT.late
    lunch = driver.duty("b", 0).breaks[1]
    assert colour(driver, image, "b", 0, lunch.start + 30) == LIGHT.panel
    assert colour(driver, image, "b", 0, 600) == LIGHT.panel
    dress(driver.board, DARK)
    assert QColor(colour(driver, driver.picture(), "b", 0, 1000)) == QColor(DARK.late)


def test_a_broken_shift_is_outlined_and_a_chosen_one_more_so(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of([duty("a", 0, 780, "late"), duty("a", 1, 480), duty("b", 3)]))
    box = driver.box("a", 1)
    middle = QPoint(box.center().x(), box.top())

    def edge(image: QImage) -> QColor:
        return image.pixelColor(middle)

    assert edge(driver.picture()) == QColor(LIGHT.bad)
    plain = driver.box("b", 3)
    driver.choose("b", 3)
    assert driver.picture().pixelColor(plain.center().x(), plain.top()) == QColor(LIGHT.accent)


def test_the_chosen_line_is_tinted(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of())
    driver.choose("c", 3)
    image = driver.picture()
    assert colour(driver, image, "c", 4, 700) == LIGHT.selection
    assert colour(driver, image, "b", 4, 700) == LIGHT.panel
    assert colour(driver, image, "b", 5, 700) == LIGHT.background  # a Saturday


def test_a_night_shift_belongs_to_the_column_of_the_day_it_starts() -> None:
    night = Duty("a", MONDAY, 1320, 1740, (), "night", "夜")
    line = QRect(0, 0, 1000, ROW_HEIGHT)
    box = painted(TimeScale(Horizon(MONDAY, 7), 540, 1800), 700).box(0, night, line)
    assert 0 < box.left() < box.right() < 100
    box = painted(TimeScale(Horizon(MONDAY, 7), 0, 1440), 700).box(0, night, line)
    assert box.left() < 100 < box.right()


def test_a_duty_of_the_last_night_is_cut_at_the_end_of_the_week() -> None:
    last = Duty("a", MONDAY + timedelta(days=6), 1320, 1740)
    painter = painted(TimeScale(Horizon(MONDAY, 7), 0, 1440), 700)
    assert painter.box(6, last, QRect(0, 0, 1000, ROW_HEIGHT)).right() <= 700


@pytest.mark.parametrize("window", [(540, 1260), (0, 1440), (600, 1560)])
def test_the_axis_is_the_scale_to_the_pixel_at_any_zoom(window: tuple[int, int]) -> None:
    scale = TimeScale(Horizon(MONDAY, 7), *window)
    axis = WeekAxis()
    axis.set_scale(scale)
    axis.set_place(236, 1013)
    for zoom in (1.0, 2.37, 7.0):
        axis.zoom_to(zoom, 700)
        for place in range(7):
            for minute in range(0, 1900, 35):
                wanted = scale.pixel(place, minute, axis.left - axis.offset, axis.total)
                assert axis.pixel(place, minute) == wanted
            inside = window[0] + 60
            assert axis.moment(axis.pixel(place, inside)) == pytest.approx((place, inside), abs=8)


def test_the_columns_hold_every_shift() -> None:
    week = week_of([duty("a", 0, 300, end=700, breaks=())])
    scale = week_scale(week.view, week.draft)
    assert scale.open_from <= 300
    assert scale.open_to >= 1260


def test_tips_tell_shift_breaks_locks_and_broken_rules(qtbot: QtBot) -> None:
    late = duty("a", 1, 480, locked=True)
    driver = Driver(qtbot, week_of([duty("a", 0, 780, "late"), late], leaves=(Leave("a", day(3)),)))
    assert driver.timeline.tip(driver.grip("a", 1)).splitlines() == [
        "Aoki  Tue 1 Dec",
        "Early  08:00–17:00",
        "Break 09:15–09:30",
        "Break 11:00–12:00",
        "Locked: a build leaves it as it is",
        "Only 10 h of rest before the shift of Tue 1 Dec 2026 (at least 11 h)",
    ]
    assert driver.timeline.tip(driver.cell("a", 3).center()).endswith("Annual paid leave")
    assert driver.timeline.tip(driver.cell("a", 2).center()).endswith("Day off")
    assert "16.0 h of work, 16.0 h left to the weekly limit" in driver.timeline.tip(QPoint(20, 5))
    assert driver.timeline.tip(QPoint(20, 5000)) == ""


def test_only_the_lines_of_people_who_changed_are_made_anew(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of())
    rows, draft = driver.timeline.rows, driver.board.draft
    assert rows is not None
    assert draft is not None
    before = {key: rows.of(key) for key in driver.timeline.keys}
    driver.board.make(edits.remove(draft, draft.of("b")[:1]))
    after = {key: rows.of(key) for key in driver.timeline.keys}
    assert [key for key in before if before[key] is not after[key]] == ["b"]


def test_screen_readers_hear_what_the_cursor_is_on(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of())
    driver.choose("b", 0)
    assert driver.timeline.accessibleDescription().startswith("Baba  Mon 30 Nov, Late  12:00–21:00")


# --- scrolling -----------------------------------------------------------------------------------


def long_timeline(qtbot: QtBot, people: int = 60) -> RosterTimeline:
    """Return a timeline of many people without rules or coverage."""
    view = fake_week(FAKE_MONDAY, people)
    contract = Contract("c", "", ())
    made: dict[str, list[Duty]] = {person.key: [] for person in view.agents}
    for item in view.duties:
        made[item.agent].append(item)
    facts = WeekFacts(
        view.horizon,
        {
            person.key: Standing(Agent(person.key, "", person.name, "", "c"))
            for person in view.agents
        },
        {"c": contract},
        {kind.key: kind for kind in view.kinds},
    )
    draft = WeekDraft(facts, {key: tuple(own) for key, own in made.items()}, {}, {})
    timeline = RosterTimeline("en", render_in("en"), WeekAxis())
    qtbot.addWidget(timeline)
    timeline.resize(1100, 344)
    timeline.set_week(view, draft, TimeScale(view.horizon, 540, 1260))
    timeline.show()
    return timeline


def on_screen(made: RosterTimeline) -> QImage:
    """Return what the window shows, not what it would paint anew."""
    return made.screen().grabWindow(made.winId()).toImage()


@pytest.mark.parametrize("steps", [(37,), (400, 13), (900, -60, 5), (1, 1, 1)])
@pytest.mark.parametrize("sideways", [False, True])
def test_scrolling_by_moving_pixels_shows_what_a_fresh_painting_shows(
    qtbot: QtBot, steps: Sequence[int], sideways: bool
) -> None:
    made = long_timeline(qtbot)
    if sideways:
        made.axis.zoom_to(3.3)
        qtbot.wait(5)
    bar = made.horizontalScrollBar() if sideways else made.verticalScrollBar()
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


def test_every_absence_kind_has_a_letter_of_its_own() -> None:
    assert set(ABSENCE_MARKS) == set(ABSENCE_KINDS)
    for language in ("ja", "en"):
        render = render_in(language)
        assert len({render(mark.letter) for mark in ABSENCE_MARKS.values()}) == len(ABSENCE_KINDS)
        assert all(len(render(mark.letter)) <= 3 for mark in ABSENCE_MARKS.values())
    assert absence_mark("of a plug-in") is ABSENCE_MARKS["absence"]
