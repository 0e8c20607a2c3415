"""A line below the buttons that asks for a reason, in place of a box that asks yes or no."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.translate import Render
from ui.widgets.cards import restyle, styled_label
from wfm.messages import Message, message


class ReasonBar(QWidget):
    """Asks why; ``given`` carries what for (``approve`` or ``refuse``) and the reason."""

    given = Signal(str, str)

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self._what = ""
        self.question = styled_label()
        self.question.setWordWrap(True)
        self.line = QLineEdit()
        self.line.setAccessibleName(render(message("Reason")))
        self.line.setPlaceholderText(render(message("Reason, as the person will read it")))
        self.line.setMaxLength(400)
        self.go = QPushButton()
        self.cancel = QPushButton(render(message("Cancel")))
        self.cancel.setProperty("role", "quiet")
        self.error = styled_label(role="error")
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.question)
        column.addLayout(row)
        column.addWidget(self.error)
        self.line.returnPressed.connect(self._give)
        self.line.textChanged.connect(lambda _text: self.error.hide())
        self.go.clicked.connect(self._give)
        self.cancel.clicked.connect(self.dismiss)
        self.hide()

    @property
    def asks(self) -> bool:
        """Whether a reason is asked for now."""
        return not self.isHidden()

    def ask(self, what: str, question: Message, button: Message, *, danger: bool) -> None:
        """Ask for a reason for ``what``."""
        self._what = what
        self.question.setText(self._render(question))
        self.go.setText(self._render(button))
        self.go.setProperty("role", "danger" if danger else "")
        restyle(self.go)
        self.error.hide()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Ask no more."""
        self._what = ""
        self.line.clear()
        self.error.hide()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape asks no more."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = self.line.text().strip()
        if reason:
            self.given.emit(self._what, reason)
            return
        self.error.setText(
            self._render(message("Write down the reason; the person will ask for it."))
        )
        self.error.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
