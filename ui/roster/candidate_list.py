"""The floating list of people who could take a shift; choosing one gives it to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.translate import Render, format_hours
from ui.widgets.cards import styled_label
from wfm.analysis.draft import Candidate, WeekDraft
from wfm.messages import message
from wfm.model.time import format_clock

WIDTH, MOST_HEIGHT, LINE = 470, 300, 32


class CandidateList(QFrame):
    """Enter or a click chooses, Escape closes; it closes when the keyboard goes elsewhere."""

    chosen = Signal(object)
    """The :class:`~wfm.analysis.draft.Candidate` who gets the shift."""
    closed = Signal()

    def __init__(self, language: str, render: Render, parent: QWidget) -> None:
        super().__init__(parent)
        self._language, self._render, self._parent = language, render, parent
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = styled_label(role="section")
        self.list = _People()
        self.list.setAccessibleName(render(message("People who could take the shift")))
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        self.list.left.connect(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self.list)
        self.hide()

    def show_beside(
        self, place: QRect, title: str, found: Sequence[Candidate], draft: WeekDraft
    ) -> None:
        """Show candidates above or below ``place``, a rectangle of the parent."""
        self._title.setText(title)
        self.list.clear()
        for candidate in found:
            item = QListWidgetItem(self._words(candidate, draft))
            item.setData(Qt.ItemDataRole.UserRole, candidate)
            self.list.addItem(item)
        if not found:
            nobody = self._render(message("Nobody can without breaking a rule."))
            item = QListWidgetItem(nobody)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        height = min(self.list.count() * LINE + 46, MOST_HEIGHT, self._parent.height() - 8)
        self.resize(min(WIDTH, self._parent.width() - 8), height)
        self.move(self._corner(place))
        self.show()
        self.raise_()
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self) -> None:
        """Close."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _words(self, candidate: Candidate, draft: WeekDraft) -> str:
        duty = candidate.duty
        words = message(
            "{name}   {letter} {start}–{end}   {left} h left in the week",
            name=draft.facts.name(candidate.agent),
            letter=duty.letter,
            start=format_clock(duty.start),
            end=format_clock(duty.end),
            left=format_hours(candidate.headroom / 60, self._language),
        )
        return self._render(words)

    def _activated(self, item: QListWidgetItem) -> None:
        candidate = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(candidate, Candidate):
            self.shut()
            self.chosen.emit(candidate)

    def _corner(self, place: QRect) -> QPoint:
        room = self._parent.rect()
        x = min(max(place.left(), 4), max(room.width() - self.width() - 4, 4))
        above = place.top() - self.height() - 4
        y = above if above >= 0 else min(place.bottom() + 4, room.height() - self.height() - 4)
        return QPoint(x, max(y, 0))


class _People(QListWidget):
    """A list that tells when the keyboard leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Escape; Enter chooses on every platform."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()
