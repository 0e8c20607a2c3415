"""The panel that floats beside a shift: which rule it breaks and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.cards import restyle, styled_label

MOST_LINES = 4
WIDTH = 340


class Popover(QFrame):
    """A title, a few lines and links; whoever shows it hears which link was chosen.

    It never takes the keyboard by itself; :meth:`take_focus` gives it to the first link.
    """

    chosen = Signal(object)
    """What a link stands for."""
    entered = Signal()
    left = Signal()
    closed = Signal()
    """It was closed by key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._titles = [styled_label(role="section") for _ in range(MOST_LINES)]
        self._details = [styled_label(role="subtitle") for _ in range(MOST_LINES)]
        self._links = QHBoxLayout()
        self._links.setSpacing(2)
        self._links.addStretch(1)
        self._buttons: list[QPushButton] = []
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(2)
        for title, detail in zip(self._titles, self._details, strict=True):
            for label in (title, detail):
                label.setWordWrap(True)
                column.addWidget(label)
        column.addLayout(self._links)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, line by line; empty while hidden."""
        if self.isHidden():
            return ""
        pairs = zip(self._titles, self._details, strict=True)
        labels = [label for pair in pairs for label in pair]
        return "\n".join(label.text() for label in labels if not label.isHidden())

    @property
    def links(self) -> tuple[QPushButton, ...]:
        """The links shown."""
        return tuple(self._buttons)

    def show_beside(
        self,
        place: QRect,
        lines: Sequence[tuple[str, str, str]],
        links: Sequence[tuple[str, object]] = (),
    ) -> None:
        """Show (title, detail, tone) lines below or above ``place``, a rectangle of the parent."""
        worst = "plain"
        for number in range(MOST_LINES):
            title, detail, tone = lines[number] if number < len(lines) else ("", "", "")
            worst = tone if tone == "bad" or (tone and worst == "plain") else worst
            self._fill(self._titles[number], title, tone)
            self._fill(self._details[number], detail, "")
        self._make_links(links)
        if self.property("tone") != worst:
            self.setProperty("tone", worst)
            restyle(self)
        self._fit()
        self.setAccessibleName(" ".join(f"{title} {detail}" for title, detail, _ in lines))
        self._column.activate()
        self.adjustSize()
        self.move(self._corner(place))
        self.show()
        self.raise_()

    def take_focus(self) -> None:
        """Give the keyboard to the first link."""
        if self._buttons and not self.isHidden():
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the pointer came."""
        super().enterEvent(event)
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the pointer left."""
        super().leaveEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Escape; arrows go from link to link."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Make the labels as wide as the longest needs; beyond the width they break into lines."""
        labels = [label for label in (*self._titles, *self._details) if not label.isHidden()]
        longest = max(
            (label.fontMetrics().horizontalAdvance(label.text()) for label in labels), default=0
        )
        width = min(longest + 4, WIDTH)
        for label in labels:
            if label.width() != width:
                label.setFixedWidth(width)
            label.setFixedHeight(label.heightForWidth(width))

    @staticmethod
    def _fill(label: QWidget, text: str, tone: str) -> None:
        label.setVisible(bool(text))
        if not text:
            return
        if label.property("text") != text:
            label.setProperty("text", text)
        role = tone or ("section" if label.property("role") != "subtitle" else "subtitle")
        if label.property("role") != role:
            label.setProperty("role", role)
            restyle(label)

    def _make_links(self, links: Sequence[tuple[str, object]]) -> None:
        for button in self._buttons:
            self._links.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for number, (text, meant) in enumerate(links):
            button = QPushButton(text)
            button.setProperty("role", "link")
            button.setAccessibleName(text)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, meant=meant: self.chosen.emit(meant))
            self._links.insertWidget(number, button)
            button.show()
            self._buttons.append(button)

    def _corner(self, place: QRect) -> QPoint:
        room = self._parent.rect()
        x = min(max(place.left(), 4), max(room.width() - self.width() - 4, 4))
        y = place.bottom() - 1
        if y + self.height() > room.height():
            y = place.top() - self.height() + 2
        return QPoint(x, max(y, 0))
