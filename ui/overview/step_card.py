"""One step of the week's work as a card that can be clicked: state, one figure, what is next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.widgets.icons import pixmap

HEIGHT = 116
FIGURE_PX = 16


@dataclass(frozen=True, slots=True)
class StepLook:
    """How a state of :data:`wfm.analysis.work_steps.STATES` looks: icon and colour token."""

    icon: str
    colour: str


LOOKS = {
    "done": StepLook("check", "ok"),
    "todo": StepLook("play", "accent"),
    "stale": StepLook("refresh", "warn"),
    "attention": StepLook("warning", "warn"),
    "waiting": StepLook("clock", "muted"),
}


class StepCard(QPushButton):
    """Paints a step; the one that is next stands in the accent's frame."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._theme = name, LIGHT
        self._look, self._figure, self._next, self._is_next = LOOKS["waiting"], "–", "", False
        self.state = "waiting"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> tuple[str, str]:
        """The figure and what is next, as they are shown."""
        return self._figure, self._next

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def show_step(
        self, state: str, state_word: str, figure: str, following: str, *, is_next: bool
    ) -> None:
        """Show a state, its figure (empty: none) and what is next."""
        self.state, self._look = state, LOOKS[state]
        self._figure, self._next, self._is_next = figure or "–", following, is_next
        self.setAccessibleName(f"{self._name}: {state_word}, {figure}, {following}")
        self.setToolTip(f"{self._name} – {state_word}\n{figure}\n{following}".strip())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for seven in a row."""
        return QSize(140, HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Do with less."""
        return QSize(104, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground, state, name, figure and what is next."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.accent if self._is_next or self.hasFocus() else theme.line
        if self.underMouse() and not self._is_next:
            edge = theme.faint
        width = 2.0 if self.hasFocus() or self._is_next else 1.0
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(theme.accent_background if self.isDown() else theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, room = self._theme, self.rect().adjusted(12, 10, -10, -8)
        ratio = self.devicePixelRatioF()
        colour = str(getattr(theme, self._look.colour))
        painter.drawPixmap(room.left(), room.top(), pixmap(self._look.icon, colour, 16, ratio))
        head = QRect(room.left() + 22, room.top() - 2, room.width() - 22, 20)
        self._line(painter, head, self._name, theme.text, TEXT_PX)
        figure = QRect(room.left(), room.top() + 24, room.width(), 26)
        waiting = self.state == "waiting"
        self._line(
            painter, figure, self._figure, theme.muted if waiting else theme.text, FIGURE_PX,
            bold=True,
        )  # fmt: skip
        below = QRect(
            room.left(), figure.bottom() + 4, room.width(), room.bottom() - figure.bottom()
        )
        painter.setFont(font(CAPTION_PX))
        called = self.state in ("stale", "attention", "todo")
        painter.setPen(QColor(colour if called else theme.muted))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags) | int(Qt.TextFlag.TextWordWrap), self._next)

    def _line(
        self, painter: QPainter, place: QRect, text: str, colour: str, pixels: int,
        *, bold: bool = False,
    ) -> None:  # fmt: skip
        made = font(pixels, bold=bold)
        while pixels > TEXT_PX and QFontMetrics(made).horizontalAdvance(text) > place.width():
            pixels -= 1
            made = font(pixels, bold=bold)
        painter.setFont(made)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
