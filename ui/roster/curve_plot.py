"""Changes against coverage: hours short for more and more people affected."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render, format_hours
from wfm.messages import message
from wfm.services.repair import CurvePoint

HEIGHT = 130


class CurvePlot(pg.PlotWidget):  # type: ignore[misc]
    """A falling line with a dot for each roster found; zero is always on the axis."""

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language, self._render, self._theme = language, render, LIGHT
        self.points: tuple[tuple[int, float], ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFixedHeight(HEIGHT)
        plot = self.getPlotItem()
        plot.layout.setContentsMargins(0, 0, 4, 0)
        plot.enableAutoRange(x=False, y=False)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setStyle(tickLength=0, tickFont=font(CAPTION_PX), maxTickLevel=0)
        plot.getAxis("left").setWidth(52)
        self._line, self._dots = pg.PlotCurveItem(), pg.ScatterPlotItem(size=7)
        for item in (self._line, self._dots):
            plot.addItem(item, ignoreBounds=True)
        self.setAccessibleName(render(message("Hours short by people affected")))
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw with ``theme`` from now on."""
        self._theme = theme
        self.setBackground(theme.panel)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.muted))
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
