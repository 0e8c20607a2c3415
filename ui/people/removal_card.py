"""Asks inline before people are removed: who vanishes, who only leaves, and on which day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.editors import date_editor
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.services.people import Removal
from wfm.services.people_words import who


class RemovalCard(Card):
    """``agreed`` carries the keys and the leaving date; ``dropped`` tells that nobody goes."""

    agreed = Signal(object, object)
    dropped = Signal()

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self._keys: Sequence[str] = ()
        self.text = styled_label()
        self.text.setWordWrap(True)
        self.day_label = styled_label(render(message("Leaving date")), "subtitle")
        self.day = date_editor()
        self.day.setAccessibleName(render(message("Leaving date")))
        self.error = styled_label(role="error")
        self.remove = QPushButton(render(message("Remove")))
        self.remove.setProperty("role", "danger")
        self.cancel = QPushButton(render(message("Cancel")))
        self.cancel.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for widget in (self.day_label, self.day, self.error, self.remove, self.cancel):
            row.addWidget(widget)
        self.remove.clicked.connect(self._agree)
        self.day.returnPressed.connect(self._agree)
        self.cancel.clicked.connect(self.drop)
        self.hide()

    def ask(self, plan: Removal) -> None:
        """Ask about a removal."""
        self._keys = [
            *(agent.key for agent in plan.deleted),
            *(agent.key for agent, _ in plan.leaving),
        ]
        self.text.setText(self._render(_question(plan)))
        self.day.show_value(plan.today)
        self.error.clear()
        for widget in (self.day_label, self.day):
            widget.setVisible(bool(plan.leaving))
        self.show()
        (self.day if plan.leaving else self.remove).setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Let nobody go."""
        self.hide()
        self.dropped.emit()

    def _agree(self) -> None:
        try:
            day = self.day.value()
        except WfmError as error:
            self.error.setText(self._render(error.message))
            return
        self.hide()
        self.agreed.emit(self._keys, day)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape lets nobody go."""
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        else:
            super().keyPressEvent(event)


def _question(plan: Removal) -> Message:
    leaving = [agent for agent, _ in plan.leaving]
    if not leaving:
        return message(
            "Delete {who}? There is no duty of theirs on any roster.", who=who(plan.deleted)
        )
    last = max(day for _, day in plan.leaving)
    if not plan.deleted:
        return message(
            "{who} worked here (last duty on {day}) and will leave, keeping the past. Duties from"
            " the leaving date on are taken off the roster.",
            who=who(leaving),
            day=last,
        )
    return message(
        "{leaving} worked here (last duty on {day}) and will leave, keeping the past; {deleted}"
        " without any duty will be deleted. Duties from the leaving date on are taken off the"
        " roster.",
        leaving=who(leaving),
        deleted=who(plan.deleted),
        day=last,
    )
