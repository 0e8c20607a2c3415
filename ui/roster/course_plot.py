"""The course of a search: cost of the best roster falling, proven lower bound rising."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.plots.quiet_plot import QuietPlot
from ui.roster.build import CoursePoint
from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render, format_number
from wfm.messages import Message, message

_HEAD_ROOM, _FOOT_ROOM = 0.14, 0.14
_LEAST_SECONDS = 5.0
_NAMES_HEIGHT = 52


class CoursePlot(QuietPlot):
    """Two step lines over the seconds, each named at its end."""

    sides = ("left", "bottom")
    axis_tone = "line"
    label_offset = 5

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(language, render, message("Course of the search"), parent)
        self._points: Sequence[CoursePoint] = ()
        self._limit = 0.0
        self.setMinimumHeight(150)
        self.place_columns(46, 4)
        self.getPlotItem().getAxis("bottom").setHeight(20)
        self._objective, self._bound = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._labels = (pg.TextItem(anchor=(1, 1)), pg.TextItem(anchor=(1, 0)))
        self.add(self._grid, self._bound, self._objective, *self._labels)
        # one drawing per frame, however fast the search talks
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._draw)
        self.set_theme(LIGHT)

    @property
    def ends(self) -> tuple[str, str]:
        """What the two lines say at their ends, empty before they begin."""
        shown = [label.toPlainText() if label.isVisible() else "" for label in self._labels]
        return shown[0], shown[1]

    def set_theme(self, theme: Theme) -> None:
        """Draw with ``theme`` from now on."""
        super().set_theme(theme)
        self._objective.setPen(pg.mkPen(theme.accent, width=2))
        self._bound.setPen(pg.mkPen(theme.ok, width=2))
        self._draw()

    def set_course(self, points: Sequence[CoursePoint], limit: float) -> None:
        """Show these points of a search that may take ``limit`` seconds."""
        self._points, self._limit = tuple(points), limit
        self._soon.start()

    def _draw(self) -> None:
        objective = [(p.seconds, p.objective) for p in self._points if p.objective is not None]
        bound = [(p.seconds, p.bound) for p in self._points if p.bound is not None]
        values = [value for _, value in (*objective, *bound)]
        until = max([_LEAST_SECONDS, *(p.seconds for p in self._points)])
        low, high = self._heights(objective, bound)
        self.setRange(xRange=(0, until), yRange=(low, high), padding=0)
        self._objective.setData(*_steps(objective))
        self._bound.setData(*_steps(bound))
        self.draw_grid(_round_ticks(low, high) if values else [], until)
        seconds = _round_ticks(0, until)
        words = [self._render(message("{seconds} s", seconds=round(value))) for value in seconds]
        self.getPlotItem().getAxis("bottom").setTicks([list(zip(seconds, words, strict=True))])
        self._place_names(objective, bound, high - low)
        self._name(0, objective, message("best {cost}", cost=_cost(objective, self._language)))
        self._name(1, bound, message("at least {cost}", cost=_cost(bound, self._language)))

    def _heights(
        self, objective: list[tuple[float, float]], bound: list[tuple[float, float]]
    ) -> tuple[float, float]:
        """Return the range of costs: the last ones decide, a wild beginning is cut off."""
        if not objective and not bound:
            return 0.0, 1.0
        ends = [part[-1][1] for part in (objective, bound) if part]
        top = max([*ends, *(value for _, value in objective[len(objective) // 4 :])])
        bottom = min(ends)
        span = max(top - bottom, abs(top) * 0.05, 1.0)
        return max(bottom - span * _FOOT_ROOM, 0.0), top + span * _HEAD_ROOM

    def _place_names(
        self, objective: list[tuple[float, float]], bound: list[tuple[float, float]], span: float
    ) -> None:
        """Put the names between the lines where there is room, else outside of them."""
        gap = objective[-1][1] - bound[-1][1] if objective and bound else span
        inside = gap / span * self.height() > _NAMES_HEIGHT
        self._labels[0].setAnchor((1, 0 if inside else 1))
        self._labels[1].setAnchor((1, 1 if inside else 0))

    def _name(self, place: int, line: list[tuple[float, float]], text: Message) -> None:
        label = self._labels[place]
        label.setVisible(bool(line))
        if line:
            tone = self._theme.accent if place == 0 else self._theme.ok
            label.setText(self._render(text), color=tone)
            label.textItem.setFont(font(CAPTION_PX, bold=True))
            label.setPos(*line[-1])


def _cost(line: list[tuple[float, float]], language: str) -> str:
    return format_number(line[-1][1], language) if line else ""


def _steps(line: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Return the corners of a step line: a value holds until the next one is found."""
    xs: list[float] = []
    ys: list[float] = []
    for second, value in line:
        if ys:
            xs.append(second)
            ys.append(ys[-1])
        xs.append(second)
        ys.append(value)
    return xs, ys


def _round_ticks(low: float, high: float) -> list[float]:
    """Return two to five round numbers between two values."""
    step = max((high - low) / 3.5, 1e-9)
    scale = 10.0 ** np.floor(np.log10(step))
    size = next(nice * scale for nice in (1, 2, 5, 10) if nice * scale >= step * 0.7)
    first = np.ceil(low / size) * size
    return [float(value) for value in np.arange(first, high + size * 1e-6, size)]
