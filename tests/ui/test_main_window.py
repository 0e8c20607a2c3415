"""The window on a centre, driven through its real widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MONDAY, FakeCentre
from ui.main_window import MainWindow
from ui.plots.coverage_plot import AXIS_WIDTH
from ui.theme import DARK, LIGHT, apply_theme
from wfm.errors import WfmError
from wfm.messages import message

Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    apply_theme(qapp, LIGHT)
    made: list[MainWindow] = []

    def open_on(centre: FakeCentre, language: str = "en") -> MainWindow:
        window = MainWindow(centre, language=language)
        made.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitUntil(lambda: not window.jobs.busy)
        return window

    yield open_on
    for window in made:
        window.close()
        window.deleteLater()
    apply_theme(qapp, LIGHT)


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def planned_centre() -> FakeCentre:
    centre = FakeCentre(people=30)
    centre.planned.add(MONDAY)
    return centre


def test_it_opens_on_the_first_week_with_its_figures(open_window: Open) -> None:
    window = open_window(planned_centre())
    cards = window.page.figures.cards
    assert window.windowTitle() == "さくらカスタマーセンター – Toban"
    assert window.page.head.days.text() == "Mon 30 Nov – Sun 6 Dec 2026"
    assert cards["required"].figure.endswith("agent-hours")
    assert cards["broken"].figure == "1 case"
    assert cards["gap"].figure == "at most 2.1 %"
    assert window.page.status_labels()[0].text() == "Draft"
    assert len(window.page.timeline.rows) == 30


def test_an_unplanned_week_shows_the_need_and_no_shifts(open_window: Open) -> None:
    window = open_window(FakeCentre())
    assert window.page.status_labels()[0].text() == "No roster yet"
    assert window.page.figures.cards["gap"].figure == "–"
    assert not any(row.duties for row in window.page.timeline.rows)


def test_planning_shows_progress_and_then_the_roster(open_window: Open, qtbot: QtBot) -> None:
    centre = FakeCentre()
    window = open_window(centre)
    centre.gate.clear()
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: window.page.progress.text.text() == "Step 0")
    assert window.page.progress.isVisible()
    assert not window.page.head.plan.isEnabled()
    assert not window.page.head.later.isEnabled()
    centre.gate.set()
    qtbot.waitUntil(lambda: not window.planning)
    assert window.page.progress.isHidden()
    assert window.page.head.plan.isEnabled()
    assert window.week is not None
    assert window.week.planned
    assert window.page.notice.text == "The week is planned; the roster is kept as a draft."


def test_stop_keeps_the_best_roster_so_far(open_window: Open, qtbot: QtBot) -> None:
    centre = FakeCentre(steps=1000)
    window = open_window(centre)
    centre.gate.clear()
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: window.page.progress.bar.maximum() == 1000)
    click(qtbot, window.page.progress.stop)
    assert not window.page.progress.stop.isEnabled()
    qtbot.waitUntil(lambda: not window.planning)
    assert window.page.notice.text.startswith("Stopped.")
    assert window.page.progress.stop.isEnabled()
    assert window.week is not None
    assert window.week.planned


def test_a_refusal_is_a_sentence_in_the_window_and_nothing_is_lost(
    open_window: Open, qtbot: QtBot
) -> None:
    centre = planned_centre()
    window = open_window(centre)
    before = window.week
    centre.failure = WfmError(message("There is no file {file}.", file="x.csv"))
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: not window.planning)
    assert window.page.notice.text == "There is no file x.csv."
    assert window.week is before
    assert window.page.head.plan.isEnabled()


def test_a_bug_while_planning_opens_the_dialog_and_the_window_lives_on(
    open_window: Open, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    centre = FakeCentre()
    window = open_window(centre)
    centre.failure = RuntimeError("bug")
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: window.errors._dialog is not None)
    assert window.errors._dialog is not None
    window.errors._dialog.accept()
    centre.failure = None
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: window.week is not None and window.week.planned)
    caplog.clear()


def test_the_steps_change_the_week_and_end_where_the_centre_ends(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(planned_centre())
    later = MONDAY + timedelta(days=7)
    click(qtbot, window.page.head.later)
    qtbot.waitUntil(lambda: window.week is not None and window.week.horizon.start == later)
    assert not window.page.head.later.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.week is not None and window.week.horizon.start == MONDAY)
    assert window.page.head.later.isEnabled()


def test_a_week_that_cannot_be_read_leaves_the_one_shown(open_window: Open, qtbot: QtBot) -> None:
    centre = planned_centre()
    window = open_window(centre)
    centre.refusal = WfmError(message("There is no file {file}.", file="x.csv"))
    click(qtbot, window.page.head.later)
    qtbot.waitUntil(lambda: window.page.notice.text == "There is no file x.csv.")
    assert window.week is not None
    assert window.week.horizon.start == MONDAY
    assert window.page.head.plan.isEnabled()
    assert window.page.head.later.isEnabled()


def test_a_centre_that_cannot_be_read_says_why_and_can_be_asked_again(
    open_window: Open, qtbot: QtBot
) -> None:
    centre = planned_centre()
    centre.refusal = WfmError(message("There is no file {file}.", file="x.csv"))
    window = open_window(centre)
    assert window.page.notice.text == "There is no file x.csv."
    assert window.page.empty.isVisible()
    centre.refusal = None
    click(qtbot, window.page.empty.button)
    qtbot.waitUntil(lambda: window.week is not None)


def test_before_the_first_week_is_read_the_window_says_so(qtbot: QtBot) -> None:
    window = MainWindow(planned_centre(), language="en")
    window.resize(1366, 768)
    window.show()
    assert window.page.loading.isVisible()
    assert not window.page.head.plan.isEnabled()
    qtbot.waitUntil(lambda: window.week is not None)
    assert not window.page.loading.isVisible()
    window.close()
    window.deleteLater()


def test_hasty_steps_end_on_the_last_one_asked_for(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(planned_centre())
    for weeks in (-1, 1, 1):
        window.step(weeks)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert window.week is not None
    assert window.week.horizon.start == MONDAY + timedelta(days=7)


def test_the_language_changes_at_once_and_keeps_the_week(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(planned_centre())
    before = window.week
    click(qtbot, window.page.head.language.buttons["ja"])
    assert window.page.head.plan.text() == "シフトを作成"
    assert window.page.head.days.text() == "2026年11月30日（月）〜12月6日（日）"
    assert window.week is before
    click(qtbot, window.page.head.language.buttons["en"])
    assert window.page.head.plan.text() == "Plan this week"


def test_the_language_can_change_while_a_week_is_planned(open_window: Open, qtbot: QtBot) -> None:
    centre = FakeCentre()
    window = open_window(centre)
    centre.gate.clear()
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: window.page.progress.bar.maximum() == 5)
    click(qtbot, window.page.head.language.buttons["ja"])
    qtbot.waitUntil(window.page.progress.isVisible)
    assert not window.page.head.plan.isEnabled()
    centre.gate.set()
    qtbot.waitUntil(lambda: not window.planning)
    assert window.page.notice.text == "1週間のシフトを作成し、下書きとして保存しました。"


def test_the_theme_changes_at_once_plots_included(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(planned_centre())
    click(qtbot, window.page.head.theme.buttons["dark"])
    assert window.page.coverage.plot.backgroundBrush().color().name().upper() == DARK.panel
    picture = window.grab().toImage()
    assert picture.pixelColor(2, 300).name().upper() == DARK.background
    click(qtbot, window.page.head.theme.buttons["light"])
    assert window.grab().toImage().pixelColor(2, 300).name().upper() == LIGHT.background


def test_an_empty_centre_says_so_with_one_button_that_looks_again(
    open_window: Open, qtbot: QtBot
) -> None:
    centre = FakeCentre(empty=True)
    window = open_window(centre)
    assert window.page.empty.isVisible()
    assert not window.page.head.plan.isEnabled()
    assert not window.page.head.earlier.isEnabled()
    centre.fill()
    click(qtbot, window.page.empty.button)
    qtbot.waitUntil(lambda: window.week is not None)
    assert not window.page.empty.isVisible()
    assert window.page.head.plan.isEnabled()


def test_the_plot_stands_under_the_timeline_to_the_pixel(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(planned_centre())
    for width in (1366, 1500, 1921):
        window.resize(width, 800)
        qtbot.wait(20)
        plot, timeline = window.page.coverage.plot, window.page.timeline
        left, columns = timeline.columns
        box = plot.getPlotItem().getViewBox()
        for day in range(8):
            scene = plot.mapFromScene(box.mapViewToScene(QPointF(day, 0)))
            below = plot.mapTo(window, scene).x()
            above = timeline.viewport().mapTo(window, scene).x() - scene.x()
            assert abs(below - (above + left + round(day * columns / 7))) <= 1
        assert plot.width() == columns + AXIS_WIDTH


def test_one_skill_can_be_shown_alone(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(planned_centre())
    card = window.page.coverage
    whole = card.plot._line
    qtbot.keyClick(card.skill, Qt.Key.Key_Down)
    assert card.skill.currentText() == "総合"
    assert card.plot._line is not None
    assert whole is not None
    assert card.plot._line.required.sum() == pytest.approx(whole.required.sum() / 2)


def test_closing_while_planning_stops_the_work(open_window: Open, qtbot: QtBot) -> None:
    centre = FakeCentre(steps=1000)
    window = open_window(centre)
    centre.gate.clear()
    click(qtbot, window.page.head.plan)
    qtbot.waitUntil(lambda: window.page.progress.bar.maximum() == 1000)
    window.close()
    assert not window.jobs.busy


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_no_text_is_cut_off(open_window: Open, language: str, size: tuple[int, int]) -> None:
    window = open_window(planned_centre(), language)
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    cut = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.text() and label.height() < label.fontMetrics().height() - 1
    ]
    cut += [
        button.text()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible()
        and button.width() < button.fontMetrics().horizontalAdvance(button.text())
    ]
    assert not cut


def test_every_control_has_a_name_for_screen_readers(open_window: Open) -> None:
    window = open_window(planned_centre())
    page = window.page
    nameless = [
        item
        for item in [*window.findChildren(QAbstractButton), *window.findChildren(QComboBox)]
        if not (
            item.accessibleName() or (isinstance(item, QAbstractButton) and len(item.text()) > 1)
        )
    ]
    assert not nameless
    assert page.timeline.accessibleName() == "Roster timeline"
    assert page.figures.cards["short"].accessibleName().startswith("Short: ")
