"""A panel at the side that opens and closes with one key and remembers its width."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.preferences import Preferences
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.icons import IconButton
from wfm.messages import Message, message

LEAST_WIDTH, MOST_WIDTH = 260, 760


class _Grip(QWidget):
    """The edge by which a drawer is made wider or narrower."""

    pulled = Signal(int)
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._from: QPoint | None = None
        self.setFixedWidth(6)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to pull."""
        self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pull."""
        if self._from is not None:
            now = event.globalPosition().toPoint()
            self.pulled.emit(self._from.x() - now.x())
            self._from = now

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._from = None
        self.released.emit()


class Drawer(QWidget):
    """Stands at the right of a screen; ``content`` is shown below its title.

    ``name`` is the preference under which width and openness are kept.
    """

    closed = Signal()

    def __init__(
        self,
        render: Render,
        preferences: Preferences,
        name: str,
        title: Message,
        content: QWidget,
        *,
        width: int = 340,
        open_first: bool = False,
    ) -> None:
        super().__init__()
        self._preferences, self._name, self._render = preferences, name, render
        self.content = content
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.title = styled_label(render(title), "section")
        self.close_button = IconButton("close", render(message("Close this panel")))
        self.close_button.setProperty("role", "quiet-step")
        self.close_button.clicked.connect(self.shut)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column.addLayout(head)
        column.addWidget(content, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        grip = _Grip()
        grip.pulled.connect(self._pull)
        grip.released.connect(lambda: self._keep("width", self.width()))
        row.addWidget(grip)
        row.addWidget(card, 1)
        self.setFixedWidth(preferences.get(f"drawer.{name}.width", width))
        self._open_first = open_first
        if not preferences.get(f"drawer.{name}.open", open_first):
            self.hide()  # an open one is shown with its screen: alone it would be a window

    @property
    def is_open(self) -> bool:
        """Whether the drawer is open (its screen may be hidden)."""
        return not self.isHidden()

    def set_title(self, title: Message) -> None:
        """Show another title."""
        self.title.setText(self._render(title))

    def open(self) -> None:
        """Show the drawer."""
        self.show()
        self._keep("open", True)

    def shut(self) -> None:
        """Hide the drawer."""
        self.hide()
        self._keep("open", False)
        self.closed.emit()

    def give_way(self) -> None:
        """Hide while there is nothing to show; what the user chose for it stays."""
        self.hide()

    def come_back(self) -> None:
        """Show again what gave way, unless the user shut it."""
        if self._preferences.get(f"drawer.{self._name}.open", self._open_first):
            self.show()

    def toggle(self) -> None:
        """Open a shut drawer, shut an open one."""
        self.shut() if self.is_open else self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape shuts the drawer."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def _pull(self, pixels: int) -> None:
        self.setFixedWidth(min(max(self.width() + pixels, LEAST_WIDTH), MOST_WIDTH))

    def _keep(self, what: str, value: object) -> None:
        self._preferences.set(f"drawer.{self._name}.{what}", value)
