"""The words that explain the coverage plot's lines and fills."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from ui.theme import LIGHT, Theme
from ui.translate import Render
from wfm.messages import Message, message

ENTRIES: tuple[tuple[str, int, Message], ...] = (
    ("text", 2, message("Required", context="coverage")),
    ("accent", 3, message("Supplied", context="coverage")),
    ("under", 10, message("Short", context="coverage")),
    ("over", 10, message("Surplus", context="coverage")),
)
"""Colour token, height in pixels (a line or a fill) and words of each entry."""


class Swatch(QWidget):
    """A short line or small box in a token's colour; ``width`` and ``thickness`` in pixels."""

    def __init__(self, token: str, thickness: int, width: int = 16) -> None:
        super().__init__()
        self._token, self._thickness, self._theme = token, thickness, LIGHT
        self.setFixedSize(QSize(width, 14))

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the sample."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._theme, self._token)))
        top = (self.height() - self._thickness) / 2
        radius = 2.5 if self._thickness > 4 else 0.5
        painter.drawRoundedRect(0, round(top), self.width(), self._thickness, radius, radius)
        painter.end()


def legend_entry(token: str, thickness: int, text: str, width: int = 16) -> QWidget:
    """Return one sample with its words."""
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Swatch(token, thickness, width))
    label = QLabel(text)
    label.setProperty("role", "subtitle")
    row.addWidget(label)
    row.addStretch(1)
    return entry


def coverage_legend(render: Render, direction: QBoxLayout.Direction) -> QWidget:
    """Return the legend of the coverage plot, down or along."""
    legend = QWidget()
    box = QBoxLayout(direction, legend)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4 if direction == QBoxLayout.Direction.TopToBottom else 20)
    for token, thickness, text in ENTRIES:
        box.addWidget(legend_entry(token, thickness, render(text)))
    return legend
