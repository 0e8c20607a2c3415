"""Changes against coverage: hours short for more and more people affected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from ui.plots.quiet_plot import QuietPlot
from ui.theme import LIGHT, Theme
from ui.translate import Render, format_hours
from wfm.messages import message
from wfm.services.repair import CurvePoint

HEIGHT = 130


class CurvePlot(QuietPlot):
    """A falling line with a dot for each roster found; zero is always on the axis."""

    sides: ClassVar[Sequence[str]] = ("left", "bottom")
    axis_tone: ClassVar[str] = "line"

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(language, render, message("Hours short by people affected"), parent)
        self.points: tuple[tuple[int, float], ...] = ()
        self.setFixedHeight(HEIGHT)
        self.place_columns(52, 4)
        self._line, self._dots = pg.PlotCurveItem(), pg.ScatterPlotItem(size=7)
        self.add(self._line, self._dots)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw with ``theme`` from now on."""
        super().set_theme(theme)
        self._line.setPen(pg.mkPen(theme.accent, width=2))
        self._dots.setBrush(pg.mkBrush(theme.accent))
        self._dots.setPen(pg.mkPen(theme.panel))

    def set_points(self, points: Sequence[CurvePoint]) -> None:
        """Show these rosters, one dot for each number of people."""
        best = {point.people: point.short_hours for point in points}
        self.points = tuple(sorted(best.items()))
        if not self.points:
            return
        xs = [float(people) for people, _ in self.points]
        ys = [hours for _, hours in self.points]
        self._line.setData(xs, ys)
        self._dots.setData(xs, ys)
        top = max([*ys, 1.0])
        wide = max([*xs, 1.0])
        self.setRange(xRange=(-0.04 * wide, wide * 1.04), yRange=(0, top * 1.12), padding=0)
        words = [
            (value, self._render(message("{hours} h", hours=format_hours(value, self._language))))
            for value in (0.0, top)
        ]
        self.getPlotItem().getAxis("left").setTicks([words])
        self.getPlotItem().getAxis("bottom").setTicks([[(x, str(int(x))) for x in _apart(xs)]])


def _apart(xs: Sequence[float]) -> list[float]:
    """Return the places that have room for their number."""
    room = max(xs) / 12
    kept: list[float] = []
    for x in xs:
        if not kept or x - kept[-1] >= room:
            kept.append(x)
    return kept
