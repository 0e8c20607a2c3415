"""Every plot of the window is quiet: no menu, no zoom by wheel, the theme's colours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.plots.quiet_plot import PointedPlot, QuietPlot, WeekPlot, side_of
from ui.plots.time_axis import TimeScale
from ui.screens import load_screens
from ui.theme import DARK, LIGHT, Theme
from ui.translate import render_in
from wfm.messages import message
from wfm.model.time import Horizon

NAME = message("Coverage plot")
SCALE = TimeScale(Horizon(date(2026, 11, 30), 7), 540, 1320)


def subclasses(of: type) -> set[type]:
    found = set(of.__subclasses__())
    return found | {each for item in found for each in subclasses(item)}


def test_every_plot_of_the_window_is_a_quiet_one() -> None:
    load_screens()
    mine = {item for item in subclasses(pg.PlotWidget) if item.__module__.startswith("ui.")}
    assert len(mine) >= 7
    assert mine == {QuietPlot, *subclasses(QuietPlot)}


@pytest.mark.parametrize("kind", [QuietPlot, PointedPlot, WeekPlot])
def test_wheel_and_menu_do_nothing(qtbot: QtBot, kind: type[QuietPlot]) -> None:
    plot = kind("en", render_in("en"), NAME)
    qtbot.addWidget(plot)
    plot.setRange(xRange=(0, 7), yRange=(0, 40), padding=0)
    plot.resize(600, 200)
    plot.show()
    before = plot.getPlotItem().getViewBox().viewRange()
    middle = QPointF(300, 100)
    turn = QWheelEvent(
        middle, plot.mapToGlobal(middle), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), turn)
    assert plot.getPlotItem().getViewBox().viewRange() == before
    assert not plot.getPlotItem().getViewBox().menuEnabled()
    assert plot.accessibleName() == "Coverage plot"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_plot_wears_the_theme(qtbot: QtBot, theme: Theme) -> None:
    plot = QuietPlot("en", render_in("en"), NAME)
    qtbot.addWidget(plot)
    plot.add(plot._grid)
    plot.set_theme(theme)
    assert plot.backgroundBrush().color() == QColor(theme.panel)
    assert plot._grid.opts["pen"].color() == QColor(theme.faint_line)
    assert plot.getPlotItem().getAxis("left").textPen().color() == QColor(theme.muted)


def test_the_grid_has_a_line_at_each_number(qtbot: QtBot) -> None:
    plot = QuietPlot("ja", render_in("ja"), NAME)
    qtbot.addWidget(plot)
    plot.draw_grid([0, 1000, 2000], 7)
    xs, ys = plot._grid.getData()
    assert list(xs) == [0, 7, 0, 7, 0, 7]
    assert list(ys) == [0, 0, 1000, 1000, 2000, 2000]
    assert plot.getPlotItem().getAxis("left")._tickLevels == [
        [(0, "0"), (1000, "1,000"), (2000, "2,000")]
    ]
    plot.draw_grid([], 7)
    assert len(plot._grid.getData()[0]) == 0


def test_rest_days_and_holidays_are_shaded(qtbot: QtBot) -> None:
    plot = WeekPlot("en", render_in("en"), NAME)
    qtbot.addWidget(plot)
    plot.draw_days(SCALE, {date(2026, 12, 2)}, -1.0, 10.0)
    assert [box.x() for box in plot._rest_days._boxes] == [2, 5, 6]
    assert list(np.unique(plot._days.getData()[0])) == list(range(8))


def test_a_chip_stands_beside_its_place_at_the_ends_of_the_axis() -> None:
    assert [side_of(share, 0.1) for share in (0.05, 0.5, 0.95)] == [0.0, 0.5, 1.0]
