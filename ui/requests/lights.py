"""What was looked at for a request: a light per topic with sentences beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.requests.words import TOPIC_WORDS
from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render
from ui.widgets.cards import styled_label
from wfm.analysis.decision import Light
from wfm.messages import Message, message

TONE_SIGNS = {"ok": "✓", "warn": "!", "bad": "×", "": "–"}
TONE_WORDS: dict[str, Message] = {
    "ok": message("fine", context="light"),
    "warn": message("attention", context="light"),
    "bad": message("problem", context="light"),
    "": message("not judged", context="light"),
}


class Lamp(QWidget):
    """A coloured dot with a sign in it, so that colour is not all that tells."""

    def __init__(self, tone: str, name: str) -> None:
        super().__init__()
        self._tone, self._theme = tone, LIGHT
        self.setFixedSize(QSize(18, 18))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dot."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, self._tone) if self._tone else theme.muted))
        painter.drawEllipse(1, 1, 16, 16)
        painter.setPen(QColor(theme.panel))
        painter.setFont(font(CAPTION_PX, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, TONE_SIGNS[self._tone])
        painter.end()


class LightList(QWidget):
    """The lights by topic, the topic's name above its sentences."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render, self._theme = render, LIGHT
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._body: QWidget | None = None
        self.lines: list[tuple[str, str]] = []

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme

    def show_lights(self, lights: Sequence[Light], *, only_concerns: bool = False) -> None:
        """Show other lights; with ``only_concerns`` those that are fine are left out."""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.lines, row = [], 0
        for topic, name in TOPIC_WORDS.items():
            own = [item for item in lights if item.topic == topic]
            if only_concerns:
                own = [item for item in own if item.tone in ("warn", "bad")]
            if not own:
                continue
            grid.addWidget(styled_label(self._render(name), "caption"), row, 0, 1, 2)
            for item in own:
                row += 1
                self._add(grid, row, item)
            row += 1
        self._column.addWidget(body)
        body.show()

    def _add(self, grid: QGridLayout, row: int, item: Light) -> None:
        text = self._render(item.text)
        lamp = Lamp(item.tone, self._render(TONE_WORDS[item.tone]))
        lamp.set_theme(self._theme)
        words = styled_label(text)
        words.setWordWrap(True)
        grid.addWidget(lamp, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
        self.lines.append((item.tone, text))
