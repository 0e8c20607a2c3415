"""The shift kinds of the week with their colours; pressed, they show only who has such a shift."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ui.theme import LIGHT, TEXT_PX, Theme, font
from ui.translate import Render
from wfm.messages import message
from wfm.model.activity import ShiftKind

_SWATCH, _GAP, _PADDING, _HEIGHT = 13, 6, 6, 26


class KindButton(QAbstractButton):
    """One shift kind: a swatch in its colour and its letter; pressed it filters."""

    def __init__(self, kind: ShiftKind, tip: str) -> None:
        super().__init__()
        self.kind = kind
        self._theme = LIGHT
        self.setCheckable(True)
        self.setText(kind.letter)
        self.setAccessibleName(kind.name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the swatch and the letter."""
        text = QFontMetrics(font(TEXT_PX)).horizontalAdvance(self.text())
        return QSize(_SWATCH + _GAP + text + 2 * _PADDING, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint swatch, letter, and the frame that shows focus or being pressed."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(theme.accent_background))
            painter.drawRoundedRect(frame, 6, 6)
        if self.hasFocus() or self.underMouse():
            tone = theme.accent if self.hasFocus() else theme.line
            painter.setPen(QPen(QColor(tone), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.shift_fill(self.kind.colour)))
        top = (self.height() - _SWATCH) // 2
        painter.drawRoundedRect(QRect(_PADDING, top, _SWATCH, _SWATCH), 3, 3)
        painter.setFont(font(TEXT_PX, bold=self.isChecked()))
        painter.setPen(QColor(theme.accent if self.isChecked() else theme.text))
        left = _PADDING + _SWATCH + _GAP
        room = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class KindLegend(QWidget):
    """A button for each shift kind used in the week."""

    changed = Signal()

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render, self._theme = render, LIGHT
        self._wanted: frozenset[str] = frozenset()
        self.buttons: dict[str, KindButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self.setAccessibleName(render(message("Shift kinds")))

    @property
    def chosen(self) -> frozenset[str]:
        """Keys of the kinds that are pressed."""
        return frozenset(key for key, button in self.buttons.items() if button.isChecked())

    def set_theme(self, theme: Theme) -> None:
        """Dress buttons that come later with ``theme``."""
        self._theme = theme

    def set_kinds(self, kinds: Sequence[ShiftKind]) -> None:
        """Show these kinds; those that stay keep being pressed."""
        if [button.kind for button in self.buttons.values()] == list(kinds):
            return
        wanted = self.chosen | self._wanted
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for kind in kinds:
            tip = self._render(message("Show only who has a shift {kind}", kind=kind.name))
            button = KindButton(kind, tip)
            button.setChecked(kind.key in wanted)
            button.toggled.connect(lambda _on: self.changed.emit())
            button.set_theme(self._theme)
            self.buttons[kind.key] = button
            self._row.addWidget(button)

    def press(self, keys: frozenset[str]) -> None:
        """Press these kinds and no others; also those that are shown later."""
        self._wanted = keys
        for key, button in self.buttons.items():
            button.setChecked(key in keys)
