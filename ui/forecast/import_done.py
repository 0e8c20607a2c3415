"""What an import did, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui.forecast.import_tables import Words
from ui.widgets.cards import Card, styled_label
from wfm.messages import message
from wfm.services.importing import Imported

MOST_NOTES = 12


class DoneCard(Card):
    """The result of an import in words, with the next step as its main button."""

    next_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._render = render = words.render
        self.title = styled_label("", "section")
        self.notes = styled_label("", "subtitle")
        self.notes.setWordWrap(True)
        self.next_button = QPushButton()
        self.next_button.setProperty("role", "primary")
        self.next_button.clicked.connect(self.next_wanted)
        self.again_button = QPushButton(render(message("Import another file")))
        self.again_button.clicked.connect(self.again_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.next_button)
        buttons.addWidget(self.again_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.notes)
        column.addLayout(buttons)

    def show_done(self, kind: str, file: str, imported: Imported) -> None:
        """Show what an import did."""
        render = self._render
        counted = message(
            "{number} row imported from {file}.",
            plural="{number} rows imported from {file}.",
            count=imported.accepted,
            number=self._words.number(imported.accepted),
            file=file,
        )
        same = message("{file} holds nothing that was not recorded already.", file=file)
        self.title.setText(render(counted if imported.operation is not None else same))
        notes = [render(note) for note in imported.notes[:MOST_NOTES]]
        if imported.rejected:
            notes.insert(
                0,
                render(
                    message(
                        "{count} row was rejected and is listed below.",
                        plural="{count} rows were rejected and are listed below.",
                        count=imported.rejected,
                    )
                ),
            )
        if imported.operation is not None:
            notes.append(render(message("Undo takes the whole import back.")))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        step = message("Make the forecast") if kind == "acd" else message("Look at the people")
        self.next_button.setText(render(step))
