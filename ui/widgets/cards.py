"""Cards with a figure, and the inline notice that carries sentences to the user."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


def styled_label(text: str = "", role: str = "") -> QLabel:
    """Return a label of a role of the style sheet; its text is never read as mark-up."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ElidedLabel(QLabel):
    """A label that shortens its text with … where there is no room, and tells it all in a tip."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._whole = ""
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)

    def show_whole(self, text: str, *shorter: str) -> None:
        """Show ``text``, or the first of some ``shorter`` ones that fits, else what fits of it."""
        self._whole, self._shorter = text, shorter
        self.setToolTip(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(width + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Do without any room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.width()
        texts = (self._whole, *self._shorter)
        fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
        cut = metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, room)
        self.setText(next(fitting, cut))


class Card(QFrame):
    """A panel with a thin line around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")


class FigureCard(Card):
    """One figure with its caption and a neighbour to judge it by."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        self._caption = styled_label(caption, "caption")
        self._figure = styled_label("–", "figure")
        self._neighbour = ElidedLabel("caption")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._figure)
        row.addWidget(self._neighbour, 1)
        column.addWidget(self._caption)
        column.addLayout(row)
        self.setFixedHeight(62)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """The figure shown, with its unit."""
        return self._figure.text()

    def show_figure(self, figure: str, neighbour: str = "", tone: str = "") -> None:
        """Show a figure; ``tone`` is ``warn``, ``bad``, ``ok`` or empty."""
        self._figure.setText(figure)
        self._neighbour.show_whole(neighbour)
        self._figure.setProperty("tone", tone)
        restyle(self._figure)
        self.setAccessibleName(f"{self._caption.text()}: {figure} {neighbour}".strip())


class Notice(QFrame):
    """A sentence above the content, until the user or the next action takes it away."""

    closed = Signal()

    def __init__(self, close_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        self._text = styled_label()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act: Callable[[], None] | None = None
        self.action = QPushButton()
        self.action.setProperty("role", "link")
        self.action.clicked.connect(self._acted)
        self.close_button = QPushButton("×")
        self.close_button.setProperty("role", "quiet-step")
        self.close_button.setAccessibleName(close_text)
        self.close_button.setToolTip(close_text)
        self.close_button.clicked.connect(self.clear)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self.action.hide()
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, empty while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def show_text(
        self, text: str, tone: str = "", action: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a sentence in a tone (``ok``, ``warn``, ``bad``), with one thing to do about it."""
        self._text.setText(text)
        self._act = action[1] if action is not None else None
        self.action.setText(action[0] if action is not None else "")
        self.action.setVisible(action is not None)
        self.setProperty("tone", tone)
        restyle(self)
        restyle(self._text)
        self.setAccessibleDescription(text)
        self.show()

    def clear(self) -> None:
        """Take the sentence away."""
        self._act = None
        self.hide()
        self.closed.emit()

    def _acted(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()
