"""The coverage plot and its picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MONDAY, coverage
from ui.plots.coverage import coverage_picture, coverage_sheet, totals
from ui.plots.coverage_plot import AXIS_WIDTH, CoveragePlot
from ui.plots.steps import round_ticks
from ui.plots.time_axis import TimeScale, scale_around
from ui.plots.values import CoverageLine, CoverageView
from ui.theme import DARK, LIGHT, Theme, apply_theme
from ui.translate import render_in
from ui.widgets.day_header import day_colour, hour_label
from wfm.errors import WfmError
from wfm.model.time import Horizon

WEEK = Horizon(MONDAY, 7)


BELOW_LEGEND = 130


def flat(required: float, supplied: float, start: int = 36, end: int = 80) -> CoverageView:
    """Return a week with the same need and supply in slots ``start`` … ``end`` of every day."""
    shape = np.zeros(96)
    shape[start:end] = 1
    day = np.tile(shape, 7)
    line = CoverageLine(
        day * required,
        day * supplied,
        day * max(required - supplied, 0),
        day * max(supplied - required, 0),
    )
    return CoverageView(WEEK, line)


def shares(image: QImage, *colours: str) -> list[float]:
    """Return the share of pixels of each colour."""
    image = image.copy(0, BELOW_LEGEND, image.width(), image.height() - BELOW_LEGEND)
    found = [0] * len(colours)
    wanted = [QColor(colour).rgb() for colour in colours]
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            pixel = image.pixel(x, y)
            for index, colour in enumerate(wanted):
                found[index] += pixel == colour
    return [count * 4 / (image.width() * image.height()) for count in found]


def plot(qtbot: QtBot, view: CoverageView, scale: TimeScale | None = None) -> CoveragePlot:
    made = CoveragePlot("en", render_in("en"))
    qtbot.addWidget(made)
    made.resize(700 + AXIS_WIDTH, 330)
    made.set_coverage(view, view.total, scale or scale_around(WEEK, view.active))
    return made


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_picture_is_a_png_of_the_asked_size(
    qapp: QApplication, tmp_path: Path, theme: Theme, language: str
) -> None:
    path = coverage_picture(
        coverage(WEEK, 20), tmp_path / "new" / "c.png", (800, 400), theme, language
    )
    image = QImage(str(path))
    assert (image.width(), image.height()) == (800, 400)
    ground, under, over, accent = shares(image, theme.panel, theme.under, theme.over, theme.accent)
    assert ground > 0.3
    assert min(under, over, accent) > 0.0005


def test_a_picture_leaves_the_theme_of_open_windows_alone(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    apply_theme(qapp, LIGHT)
    open_plot = plot(qtbot, flat(10, 10))
    before = qapp.styleSheet()
    path = coverage_picture(flat(10, 20), tmp_path / "dark.png", (800, 400), DARK)
    assert qapp.styleSheet() == before
    assert open_plot.backgroundBrush().color() == QColor(LIGHT.panel)
    assert QImage(str(path)).pixelColor(2, 2) == QColor(DARK.background)


def test_a_picture_that_cannot_be_written_is_a_sentence(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "taken.png"
    folder.mkdir()
    with pytest.raises(WfmError, match=r"taken\.png cannot be written"):
        coverage_picture(coverage(WEEK, 20), folder, (400, 200))
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(WfmError, match="cannot be written"):
        coverage_picture(coverage(WEEK, 20), file / "c.png", (400, 200))


def test_only_shortage_is_filled_red_and_only_surplus_blue(qtbot: QtBot) -> None:
    short = shares(plot(qtbot, flat(20, 10)).grab().toImage(), LIGHT.under, LIGHT.over)
    surplus = shares(plot(qtbot, flat(10, 20)).grab().toImage(), LIGHT.under, LIGHT.over)
    even = shares(plot(qtbot, flat(10, 10)).grab().toImage(), LIGHT.under, LIGHT.over)
    assert short[0] > 0.2
    assert short[1] == 0
    assert surplus[1] > 0.2
    assert surplus[0] == 0
    assert even == [0, 0]


def test_a_column_begins_and_ends_on_its_pixel(qtbot: QtBot) -> None:
    view = flat(20, 10)
    made = plot(qtbot, view)
    made.show()
    box = made.getPlotItem().getViewBox()
    for day in range(8):
        point = made.mapFromScene(box.mapViewToScene(QPointF(day, 0)))
        assert abs(point.x() - (AXIS_WIDTH + day * 100)) <= 1
    made.close()


def test_the_worst_interval_is_named_until_the_pointer_names_another(qtbot: QtBot) -> None:
    view = flat(20, 20)
    slot = 96 + 50
    view.total.short[slot] = 5
    made = plot(qtbot, view)
    made.show()
    assert made._chip.toPlainText() == "Tue 12:30  5 short"
    scale = scale_around(WEEK, view.active)
    x = AXIS_WIDTH + scale.pixel(3, 10 * 60 + 5, 0, 700)
    qtbot.mouseMove(made.viewport(), QPoint(x, 100))
    qtbot.waitUntil(lambda: made._chip.toPlainText() == "Thu 10:00  as required")
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    assert made._chip.toPlainText() == "Tue 12:30  5 short"
    made.close()


def test_surplus_is_read_out_too(qtbot: QtBot) -> None:
    made = plot(qtbot, flat(10, 12.5))
    assert made.read_out(40) == "Mon 10:00  2.5 over"
    assert made.read_out(None) == ""


def test_the_plot_offers_no_menu_and_no_zooming(qtbot: QtBot) -> None:
    made = plot(qtbot, flat(10, 10))
    box = made.getPlotItem().getViewBox()
    assert box.menuEnabled() is False
    assert box.state["mouseEnabled"] == [False, False]
    assert not made.renderHints() & made.renderHints().Antialiasing


def test_the_title_gives_sums_with_units_and_the_proven_gap() -> None:
    view = replace(flat(20, 10), gap=0.021)
    found = [(str(caption), str(figure), tone) for caption, figure, tone in totals(view, "en")]
    assert found == [
        ("Required", "1,540.0 agent-hours", ""),
        ("Short", "770.0 agent-hours", "warn"),
        ("Surplus", "0.0 agent-hours", ""),
        ("Distance from the optimum", "at most 2.1 %", ""),
    ]
    assert len(totals(flat(10, 10), "en")) == 3
    assert totals(flat(10, 10), "en")[1][2] == "ok"


def test_a_week_without_any_number_still_makes_a_picture(
    qapp: QApplication, tmp_path: Path
) -> None:
    view = flat(0, 0)
    path = coverage_picture(view, tmp_path / "empty.png", (600, 300))
    assert shares(QImage(str(path)), LIGHT.under, LIGHT.over) == [0, 0]


def test_ticks_are_few_and_round() -> None:
    for top in (4, 9.5, 45, 160, 2400):
        ticks = round_ticks(top)
        assert ticks[0] == 0
        assert 3 <= len(ticks) <= 7
        assert ticks[-1] <= top


def test_saturdays_are_blue_and_sundays_and_holidays_red() -> None:
    days = WEEK.dates
    colours = [day_colour(day, {days[2]}, LIGHT) for day in days]
    text, blue, red = LIGHT.text, LIGHT.accent, LIGHT.bad
    assert colours == [text, text, red, text, text, blue, red]


def test_hours_past_midnight_go_on_counting() -> None:
    assert [hour_label(minute) for minute in (540, 1500, 570)] == ["9", "25", "9:30"]


def test_a_sheet_names_centre_and_week(qtbot: QtBot) -> None:
    sheet = coverage_sheet(coverage(WEEK, 20), LIGHT, "ja")
    qtbot.addWidget(sheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert any("2026年11月30日（月）〜12月6日（日）" in text for text in texts)
