"""The line that names the file to import: typed, pasted, chosen, or dropped on the panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.preferences import Preferences
from ui.theme import LIGHT, Theme
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.icons import IconButton, pixmap
from wfm.imports import TABLE_SUFFIXES
from wfm.messages import Message, message

HINT_WIDTH = 460

FOLDER = "import.folder"
"""Preference that holds the folder of the last file imported."""


class FileLine(Card):
    """Shows a path that can be typed or pasted, and a button that opens a dialog."""

    chosen = Signal(str)

    def __init__(self, render: Render, preferences: Preferences) -> None:
        super().__init__()
        self._render, self._preferences = render, preferences
        self.line = QLineEdit()
        self.line.setPlaceholderText(render(message("Drop a file here, or type its path")))
        self.line.setAccessibleName(render(message("File to import")))
        self.line.returnPressed.connect(self._typed)
        words = render(message("Choose a file…"))
        self.button = IconButton("folder", words, words)
        self.button.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)

    def show_path(self, path: str) -> None:
        """Show a path, and remember its folder for the next file."""
        self.line.setText(path)
        if path:
            self._preferences.set(FOLDER, str(Path(path).absolute().parent))

    def choose(self) -> None:
        """Open the dialog that asks for a file, in the folder of the last one."""
        endings = " ".join(f"*{ending}" for ending in TABLE_SUFFIXES)
        tables = self._render(message("Tables ({endings})", endings=endings))
        every = self._render(message("All files ({endings})", endings="*"))
        dialog = QFileDialog(
            self,
            self._render(message("Choose a file to import")),
            self._preferences.get(FOLDER, str(Path.home())),
            f"{tables};;{every}",
        )
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    def _typed(self) -> None:
        path = cleaned(self.line.text())
        if path:
            self.chosen.emit(path)


class DropZone(QWidget):
    """What stands in the panel while there is no file: a place to drop one, and a button."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._theme = LIGHT
        self._render = render
        self.picture = QLabel()
        self.title = styled_label(render(message("Drop a file here")), "title")
        self.hint = styled_label("", "subtitle")
        self.hint.setWordWrap(True)
        self.hint.setFixedWidth(HINT_WIDTH)
        self.button = QPushButton(render(message("Choose a file…")))
        self.button.setProperty("role", "primary")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        for widget in (self.picture, self.title, self.hint, self.button):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.set_theme(LIGHT)

    def show_hint(self, hint: Message) -> None:
        """Say what kind of file is welcome."""
        self.hint.setText(self._render(hint))
        self.hint.setMinimumHeight(self.hint.heightForWidth(HINT_WIDTH))

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.picture.setPixmap(pixmap("import", theme.muted, 40, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a dashed frame, as places to drop things have."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.panel))
        painter.setPen(QPen(QColor(self._theme.faint), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
        painter.end()


def cleaned(text: str) -> str:
    """Return a path as typed or pasted: without quotation marks, from an address of a file too."""
    text = text.strip().strip("\"'")
    if text.startswith("file:"):
        return QUrl(text).toLocalFile()
    return str(Path(text).expanduser()) if text else ""


def dropped_files(mime: QMimeData) -> list[str]:
    """Return the paths of the files that are dropped."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def ask_where_to_save(parent: QWidget, render: Render, path: Path) -> QFileDialog:
    """Return an open dialog that asks where to save a CSV file, with a name to begin with."""
    dialog = QFileDialog(
        parent,
        render(message("Save the rejected rows")),
        str(path),
        render(message("CSV ({endings})", endings="*.csv")),
    )
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.selectFile(path.name)
    return dialog
