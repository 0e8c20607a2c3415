"""What the window shows while there is nothing to show, or while a long work runs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.centre_view import Progress
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from wfm.messages import Message, message


class ProgressStrip(Card):
    """How far a long work has come, with the button that stops it."""

    def __init__(self, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._render = render
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(12)
        self.text = styled_label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.bar.setAccessibleName(render(message("Progress")))
        self.stop = QPushButton(render(message("Stop")))
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is; an unknown total runs the bar without an end."""
        self.text.setText(self._render(progress.text))
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.show()

    def show_stopping(self) -> None:
        """Say that the work was asked to stop."""
        self.text.setText(self._render(message("Stopping; the best roster so far is kept …")))
        self.stop.setEnabled(False)
        self.show()

    def clear(self) -> None:
        """The work is over."""
        self.stop.setEnabled(True)
        self.bar.setRange(0, 1)
        self.hide()


class EmptyState(Card):
    """One sentence and one button, where a screen has nothing to show."""

    def __init__(self, render: Render, sentence: Message, action: Message) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(16)
        self.sentence = styled_label(render(sentence))
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(render(action))
        column.addStretch(1)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
