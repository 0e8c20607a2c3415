"""A user of the window who has only a mouse, and one who has only a keyboard.

They find things as people do, by the words on them; what a test reads to check is beside the point.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.centre import settle
from ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 60_000


class User:
    """Somebody in front of one window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def rest(self) -> None:
        """Wait until the window has done what it was asked."""
        assert self.window.desk is not None
        settle(self.window.desk, self.qtbot)

    def until(self, true: Callable[[], object], patience_ms: int = PATIENCE_MS) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=patience_ms)

    def button(self, words: str, within: QWidget | None = None) -> QAbstractButton | None:
        """Return the button that a user sees under these words and can press now."""
        for item in (within or self.window).findChildren(QAbstractButton):
            if item.isVisible() and item.isEnabled() and item.text().startswith(words):
                return item
        return None

    def notice(self) -> str:
        """Return the sentence the window shows."""
        assert self.window.shell is not None
        return self.window.shell.notice.text


class Mouse(User):
    """Clicks and drags; never touches a key."""

    def click(self, words: str, within: QWidget | None = None) -> None:
        """Click the button with these words, once it is there."""
        self.until(lambda: self.button(words, within))
        found = self.button(words, within)
        assert found is not None
        self.qtbot.mouseClick(found, LEFT)

    def click_on(self, target: QWidget, at: QPoint | None = None) -> None:
        """Click a place of a widget, its middle where none is given."""
        self.qtbot.mouseClick(target, LEFT, pos=at or target.rect().center())

    def go(self, screen: str) -> None:
        """Click a screen's name in the navigation."""
        assert self.window.shell is not None
        self.click_on(self.window.shell.nav.items[screen])
        self.rest()

    def choose_file(self, name: str) -> None:
        """Double-click a file in the open file dialog."""
        self.until(lambda: self._dialog() is not None)
        dialog = self._dialog()
        assert dialog is not None
        views = [view for view in dialog.findChildren(QAbstractItemView) if view.isVisible()]
        view = next(item for item in views if item.objectName() in ("listView", "treeView"))

        def place() -> QPoint | None:
            model, root = view.model(), view.rootIndex()
            for row in range(model.rowCount(root)):
                index = model.index(row, 0, root)
                if index.data() == name:
                    return view.visualRect(index).center()
            return None

        self.until(lambda: place() is not None)
        where = place()
        assert where is not None
        self.qtbot.mouseClick(view.viewport(), LEFT, pos=where)
        self.qtbot.mouseDClick(view.viewport(), LEFT, pos=where)

    def _dialog(self) -> QFileDialog | None:
        found = [item for item in QApplication.topLevelWidgets() if isinstance(item, QFileDialog)]
        return next((item for item in found if item.isVisible()), None)

    def drag(self, target: QWidget, start: QPoint, by: QPoint) -> None:
        """Drag from one place of a widget by some pixels, in steps as a hand does."""
        self.qtbot.mousePress(target, LEFT, pos=start)
        for step in range(1, 9):
            at = start + by * step / 8
            self.qtbot.mouseMove(target, at)
            QApplication.processEvents()
        self.qtbot.mouseRelease(target, LEFT, pos=start + by)


class Keyboard(User):
    """Types; never touches the mouse.  Keys go where the focus is."""

    def press(self, keys: str) -> None:
        """Press a key or a chord such as ``Ctrl+Return``."""
        chord = QKeySequence(keys)[0]
        self.qtbot.keyClick(self._target(), chord.key(), chord.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text."""
        self.qtbot.keyClicks(self._target(), text)

    def tab_to(self, words: str, most: int = 80) -> None:
        """Press Tab until a button with these words has the focus."""
        for _ in range(most):
            focus = QApplication.focusWidget()
            if isinstance(focus, QAbstractButton) and focus.text().startswith(words):
                return
            self.press("Tab")
        raise AssertionError(f"no Tab leads to “{words}”")

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self.window
