"""The rejected rows of a file: searched, copied, and saved as a file of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.forecast.import_file import ask_where_to_save
from ui.forecast.import_tables import Words, rejected_columns, rejected_rows
from ui.theme import Theme
from ui.widgets.fields import SearchBox
from ui.widgets.icons import IconButton
from ui.widgets.table import Table
from wfm.errors import Problem
from wfm.messages import message


class RejectedView(QWidget):
    """A table of rejected rows with a reason and advice for each."""

    save_wanted = Signal(str, object)
    """A path, and the rows of texts to be written there."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        render = words.render
        self._file = ""
        self.search = SearchBox(render(message("Search the rejected rows")))
        copy, save = render(message("Copy")), render(message("Save as CSV…"))
        self.copy_button = IconButton("copy", copy, copy)
        self.save_button = IconButton("export", save, save)
        self.table = Table(
            rejected_columns(words),
            key=lambda item: (item.file, item.row, item.column, item.value, item.reason.text),
            name=render(message("Rejected rows")),
            theme=theme,
            sticky=1,
            hint=render(message("No row is rejected")),
        )
        self.search.textChanged.connect(self.table.set_search)
        self.copy_button.clicked.connect(self.table.copy)
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_problems(self, problems: Sequence[Problem], file: str) -> None:
        """Show what was rejected of a file."""
        self._file = file
        self.table.set_rows(problems)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(problems))

    def save(self) -> None:
        """Ask where to save the rejected rows, beside the file they come from."""
        beside = Path(self._file)
        path = beside.with_name(f"{beside.stem}-rejected.csv")
        dialog = ask_where_to_save(self, self._words.render, path)
        dialog.fileSelected.connect(self._save_at)
        dialog.open()

    def _save_at(self, path: str) -> None:
        self.save_wanted.emit(path, rejected_rows(self.table.rows, self._words))
