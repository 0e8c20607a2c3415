"""Draws a week's coverage into a picture file; works without a display."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ui.plots.coverage_plot import AXIS_WIDTH, CoveragePlot
from ui.plots.legend import coverage_legend
from ui.plots.time_axis import TimeScale, scale_around
from ui.plots.values import CoverageLine, CoverageView
from ui.theme import LIGHT, Theme, Themed, font, palette, style_sheet
from ui.translate import Render, format_days, format_hours, format_percent, render_in
from ui.widgets.day_header import DayHeader
from wfm.errors import WfmError
from wfm.messages import Message, message

__all__ = ["CoverageLine", "CoverageView", "coverage_picture", "coverage_sheet"]

_MARGIN = 16


def coverage_picture(
    view: CoverageView,
    path: Path,
    size: tuple[int, int] = (1600, 700),
    theme: Theme = LIGHT,
    language: str = "en",
) -> Path:
    """Write the coverage of ``view`` as a PNG of ``size`` pixels and return its path.

    Raises :class:`~wfm.errors.WfmError` when the file cannot be written.
    """
    ensure_application()
    sheet = coverage_sheet(view, theme, language)
    picture = _drawn(sheet, *size)
    sheet.deleteLater()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_png(picture))
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(path), detail=str(error))
        ) from None
    return path


def _drawn(sheet: QWidget, width: int, height: int) -> QImage:
    """Draw a sheet; where its words need more room than asked for, all of it is scaled down."""
    sheet.ensurePolished()
    least = sheet.minimumSizeHint()
    factor = max(1.0, least.width() / width, least.height() / height)
    sheet.resize(round(width * factor), round(height * factor))
    drawn = QImage(sheet.size(), QImage.Format.Format_RGB32)
    sheet.render(drawn)
    return drawn.scaled(
        width,
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload] # takes text, not bytes
    return bytes(buffer.data().data())


def ensure_application() -> QApplication:
    """Return the running application, or one that needs no display."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(sys.argv[:1])


def coverage_sheet(view: CoverageView, theme: Theme, language: str) -> QWidget:
    """Return the widget that the picture shows: title, totals, legend, days and plot."""
    render = render_in(language)
    scale = scale_around(view.horizon, view.active)
    sheet = QWidget()
    sheet.setObjectName("page")
    sheet.setFont(font())
    sheet.setPalette(palette(theme))
    sheet.setStyleSheet(style_sheet(theme))
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(24, 20, 24, 24)
    column.setSpacing(16)
    column.addLayout(_head(view, render, language))
    column.addWidget(_card(view, scale, render, language), 1)
    for widget in sheet.findChildren(QWidget):
        if isinstance(widget, Themed):
            widget.set_theme(theme)
    return sheet


def _label(text: str, role: str, tone: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    return label


def _head(view: CoverageView, render: Render, language: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(40)
    titles = QVBoxLayout()
    titles.setSpacing(2)
    titles.addWidget(_label(render(message("Coverage")), "title"))
    days = format_days(view.horizon.start, view.horizon.days, language)
    titles.addWidget(_label(f"{view.centre}   {days}" if view.centre else days, "subtitle"))
    row.addLayout(titles)
    row.addStretch(1)
    for caption, figure, tone in totals(view, language):
        block = QVBoxLayout()
        block.setSpacing(2)
        block.addWidget(_label(render(caption), "caption"))
        block.addWidget(_label(render(figure), "figure", tone))
        row.addLayout(block)
    return row


def totals(view: CoverageView, language: str) -> list[tuple[Message, Message, str]]:
    """Return caption, figure with unit and tone of the sums over the horizon."""
    line = view.total
    short = view.hours(line.short)
    found = [
        (message("Required", context="figure"), _hours(view.hours(line.required), language), ""),
        (message("Short", context="coverage"), _hours(short, language), "warn" if short else "ok"),
        (message("Surplus", context="coverage"), _hours(view.hours(line.surplus), language), ""),
    ]
    if view.gap is not None:
        text = message("at most {share}", share=format_percent(view.gap, language))
        found.append((message("Distance from the optimum"), text, ""))
    return found


def _hours(hours: float, language: str) -> Message:
    return message("{hours} agent-hours", hours=format_hours(hours, language))


def _card(view: CoverageView, scale: TimeScale, render: Render, language: str) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(1, 10, _MARGIN, 12)
    column.setSpacing(8)
    legend_row = QHBoxLayout()
    legend_row.setContentsMargins(_MARGIN, 0, 0, 0)
    unit = message("Agents per {minutes} minutes", minutes=view.horizon.slot_minutes)
    legend_row.addWidget(_label(render(unit), "section"))
    legend_row.addStretch(1)
    legend_row.addWidget(coverage_legend(render, QBoxLayout.Direction.LeftToRight))
    column.addLayout(legend_row)
    header = _WideHeader(language)
    header.set_scale(scale, view.holidays)
    column.addWidget(header)
    plot = CoveragePlot(language, render)
    plot.set_coverage(view, view.total, scale)
    column.setSpacing(6)
    column.addWidget(plot, 1)
    return card


class _WideHeader(DayHeader):
    """A day header whose columns follow its own width, behind the plot's axis."""

    def resizeEvent(self, event: object) -> None:  # noqa: N802, ARG002 - Qt's name and form
        self.set_columns(AXIS_WIDTH, self.width() - AXIS_WIDTH)
