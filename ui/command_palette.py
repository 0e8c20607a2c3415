"""The command palette: every action that is possible now, found by its Japanese or English name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.actions import all_actions
from ui.translate import LANGUAGES, Render, render_in
from ui.widgets.fields import SearchBox
from wfm.messages import message

WIDTH, ROWS = 520, 10
_KEY = Qt.ItemDataRole.UserRole


class CommandPalette(QFrame):
    """Floats over the window; typing narrows the list, Enter does the marked one."""

    def __init__(self, actions: dict[str, QAction], render: Render, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("palette")
        self._actions, self._render = actions, render
        self._words = {
            item.key: " ".join(render_in(language)(item.text) for language in LANGUAGES).lower()
            for item in all_actions()
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.search = SearchBox(render(message("Find a command by its name")))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(render(message("Commands found")))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _item: self._perform())
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.hide()

    def open(self) -> None:
        """Show the palette in the upper middle of its window, ready to type."""
        parent = self._window
        self.search.clear()
        self._narrow("")
        width = min(WIDTH, parent.width() - 40)
        self.setGeometry((parent.width() - width) // 2, 72, width, 52 + 34 * ROWS)
        self.show()
        self.raise_()
        self.search.setFocus()

    @property
    def found(self) -> tuple[str, ...]:
        """The words of the commands in the list."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.text() for item in items if item.data(_KEY) is not None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrows move the mark and Enter perform while the search has the focus."""
        if event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            count = max(self.list.count(), 1)
            self.list.setCurrentRow((self.list.currentRow() + step) % count)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._perform()
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _narrow(self, typed: str) -> None:
        words = typed.lower().split()
        self.list.clear()
        for key, action in self._actions.items():
            possible = action.isEnabled() and action.isVisible() and key != "palette"
            if possible and all(word in self._words.get(key, "") for word in words):
                keys = action.shortcut().toString()
                item = QListWidgetItem(action.icon(), f"{action.text()}   {keys}".rstrip())
                item.setData(_KEY, key)
                self.list.addItem(item)
        if not self.list.count():
            text = message("No command that is possible now is called “{typed}”.", typed=typed)
            nothing = QListWidgetItem(self._render(text))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)

    def _perform(self) -> None:
        marked = self.list.selectedItems()
        key = marked[0].data(_KEY) if marked else None
        if key is not None:  # else there is only the sentence that nothing is found
            self.hide()
            self._actions[key].trigger()
