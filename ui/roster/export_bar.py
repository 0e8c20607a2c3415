"""Writes the roster to a file: which format, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from ui.preferences import Preferences
from ui.roster.inline_bar import InlineBar, button, line
from ui.translate import Render
from ui.widgets.choices import Choices
from ui.widgets.icons import IconButton
from wfm.messages import Message, message
from wfm.model.time import Horizon, format_iso_week

FORMAT_NAMES: dict[str, Message] = {
    "xlsx": message("Excel"),
    "csv": message("CSV"),
    "ics": message("Calendar (ICS)"),
    "pdf": message("PDF"),
}
FORMAT_PREFERENCE, FOLDER_PREFERENCE = "roster.export_format", "roster.export_folder"


class ExportBar(InlineBar):
    """A format to choose, a path to type or to look for, and the button that writes."""

    write_wanted = Signal(str, str)
    """Format and path."""

    def __init__(self, render: Render, preferences: Preferences) -> None:
        super().__init__(render(message("Write the roster to a file")))
        self._render, self._preferences = render, preferences
        self._horizon: Horizon | None = None
        wanted = preferences.get(FORMAT_PREFERENCE, "xlsx")
        words = [(key, render(name)) for key, name in FORMAT_NAMES.items()]
        self.formats = Choices(
            words, wanted if wanted in FORMAT_NAMES else "xlsx", render(message("File format"))
        )
        self.path = QLineEdit()
        self.path.setAccessibleName(render(message("File to write")))
        self.path.setMinimumWidth(260)
        self.browse = IconButton("folder", render(message("Choose the file")))
        self.warning = line("warn")
        self.warning.hide()
        self.title = line("section")
        self.title.setText(render(message("Write the roster to a file")))
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.formats)
        fields.addWidget(self.path, 1)
        fields.addWidget(self.browse)
        self.sentences.addWidget(self.title)
        self.sentences.addLayout(fields)
        self.sentences.addWidget(self.warning)
        self.cancel = button(render(message("Cancel")))
        self.write = button(render(message("Write the file")))
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.write)
        self.formats.chosen.connect(self._take_format)
        self.path.textChanged.connect(self._look)
        self.path.returnPressed.connect(self._write)
        self.browse.clicked.connect(self._browse)
        self.cancel.clicked.connect(self.cancelled)
        self.write.clicked.connect(self._write)

    def ask(self, horizon: Horizon) -> None:
        """Open with a name for the week's file in the folder used last."""
        self._horizon = horizon
        folder = Path(self._preferences.get(FOLDER_PREFERENCE, str(Path.home())))
        name = f"roster-{format_iso_week(horizon.start)}.{self.formats.current}"
        self.path.setText(str(folder / name))
        self.show()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_format(self, key: str) -> None:
        self._preferences.set(FORMAT_PREFERENCE, key)
        path = Path(self.path.text())
        if path.suffix.lstrip(".") in FORMAT_NAMES:
            self.path.setText(str(path.with_suffix(f".{key}")))

    def _look(self, text: str) -> None:
        exists = Path(text).is_file()
        self.warning.setVisible(exists)
        if exists:
            self.warning.setText(
                self._render(message("There is such a file already; it will be replaced."))
            )
        self.write.setEnabled(bool(text.strip()))

    def _browse(self) -> None:
        dialog = QFileDialog(self)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        path = Path(self.path.text())
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    def _write(self) -> None:
        text = self.path.text().strip()
        if text:
            self._preferences.set(FOLDER_PREFERENCE, str(Path(text).expanduser().parent))
            self.write_wanted.emit(self.formats.current, str(Path(text).expanduser()))
