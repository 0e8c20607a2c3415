"""The foot of the import panel: all rows or none, what keeps a file out, and the one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui.forecast.import_tables import Words
from ui.widgets.cards import restyle, styled_label
from ui.widgets.editors import Switch
from wfm.messages import Message, message


class Foot(QWidget):
    """Shows either a work that runs, with the button that stops it, or what can be done next."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._render = render = words.render
        self.close_button = QPushButton(render(message("Close")))
        self.strict = Switch(render(message("All rows or none")))
        explained = render(
            message(
                "When on, nothing is imported while any row is rejected. When off, the other rows"
                " are imported and the rejected ones are listed."
            )
        )
        self.strict.setToolTip(explained)
        self.strict.setAccessibleDescription(explained)
        self.text = styled_label("", "subtitle")
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(render(message("Progress")))
        self.stop_button = QPushButton(render(message("Stop")))
        self.import_button = QPushButton()
        self.import_button.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.close_button)
        row.addWidget(self.strict)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop_button)
        row.addWidget(self.import_button)
        self.working = False
        self.show_nothing()
        self.show_rest()

    def show_work(self, text: Message) -> None:
        """Say what runs; the button that imports waits."""
        self.working = True
        self._say(text)
        self.import_button.setEnabled(False)
        self.stop_button.setEnabled(True)
        self.bar.show()
        self.stop_button.show()

    def show_stopping(self) -> None:
        """Say that the work was asked to stop."""
        self._say(message("Stopping …"))
        self.stop_button.setEnabled(False)

    def show_rest(self) -> None:
        """Nothing runs any more."""
        self.working = False
        self.bar.hide()
        self.stop_button.hide()
        self.text.clear()

    def show_nothing(self) -> None:
        """There is nothing to import, or it has been."""
        self.strict.hide()
        self.import_button.hide()
        self.text.clear()

    def show_ready(self, rows: int | None, reason: Message | None) -> None:
        """Offer to import some rows (``None``: not known yet), or say why that cannot be."""
        self.strict.show()
        self.import_button.show()
        words = (
            message("Import", context="button")
            if rows is None
            else message(
                "Import {number} row",
                plural="Import {number} rows",
                count=rows,
                number=self._words.number(rows),
            )
        )
        self.import_button.setText(self._render(words))
        self.import_button.setEnabled(reason is None and not self.working)
        self.import_button.setToolTip("" if reason is None else self._render(reason))
        if not self.working:
            self._say(reason, "warn")

    def _say(self, text: Message | None, role: str = "subtitle") -> None:
        self.text.setText("" if text is None else self._render(text))
        if self.text.property("role") != role:
            self.text.setProperty("role", role)
            restyle(self.text)
