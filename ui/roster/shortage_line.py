"""The sentence under the roster: the worst shortage, and what could be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.roster.candidate_list import CandidateList
from ui.roster.candidate_search import CandidateSearch
from ui.translate import Render, format_date, format_number
from ui.widgets.cards import ElidedLabel
from wfm.analysis.draft import (
    Candidate,
    DraftChange,
    Shortage,
    WeekDraft,
    edits,
    fillers,
    resting,
    worst_shortage,
)
from wfm.messages import Message, message
from wfm.model.time import format_clock


class ShortageLine(QWidget):
    """Says where most staff are missing; its links show who could be placed, or move breaks."""

    edited = Signal(object)
    """A :class:`~wfm.analysis.draft.DraftChange`."""
    refused = Signal(object)

    def __init__(self, language: str, render: Render, board: QWidget) -> None:
        super().__init__()
        self._language, self._render, self._board = language, render, board
        self._draft: WeekDraft | None = None
        self._shortage: Shortage | None = None
        self._found: list[Candidate] | None = None
        self._show_when_found = False
        self.sentence = ElidedLabel("")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.who = self._link(self._ask_who)
        self.breaks = self._link(self._move_breaks)
        self.breaks.setText(render(message("Fill it by moving breaks")))
        self.breaks.setAccessibleName(self.breaks.text())
        self.people = CandidateList(language, render, board)
        self.people.chosen.connect(lambda candidate: self.edited.emit(candidate.change))
        self.people.closed.connect(self.who.setFocus)
        self.search = CandidateSearch(self)
        self.search.finished.connect(self._searched)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(8)
        row.addWidget(self.sentence)
        row.addWidget(self.who)
        row.addWidget(self.breaks)
        row.addStretch(1)
        self.setFixedHeight(28)

    def show_draft(
        self, draft: WeekDraft | None, skill: str = "", *, editable: bool = True
    ) -> None:
        """Show the worst shortage of a draft, of one skill or of all."""
        self._draft, self._found = draft, None
        covered = None if draft is None else draft.coverage
        self._shortage = None if covered is None else worst_shortage(covered, skill)
        self.sentence.show_whole(self._render(self._words(draft)))
        can = self._shortage is not None and editable
        self.who.setVisible(can)
        self.who.setEnabled(True)
        self.breaks.setVisible(can)
        self.who.setText(self._render(message("See who could be placed")))
        self.who.setAccessibleName(self.who.text())
        self._search_again()

    def pause(self) -> None:
        """Give up searching: the week is about to be another one."""
        self.search.stop()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Search for nobody while nobody looks."""
        self.search.stop()
        super().hideEvent(event)

    def _link(self, clicked: object) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "link")
        button.clicked.connect(clicked)
        return button

    def _words(self, draft: WeekDraft | None) -> Message:
        if draft is None or draft.coverage is None:
            return message("This week has no required staff yet: plan it to forecast and staff it.")
        item = self._shortage
        if item is None:
            return message("Nobody is missing in any interval of this week.")
        return message(
            "{day} {start}–{end}: up to {missing} agents are missing.",
            day=format_date(item.day, self._language, short=True),
            start=format_clock(item.start),
            end=format_clock(item.end),
            missing=format_number(item.missing, self._language, 1),
        )

    def _search_again(self) -> None:
        draft, shortage = self._draft, self._shortage
        if draft is None or shortage is None or self.who.isHidden():
            self.search.stop()
        else:
            self.search.begin(lambda: fillers(draft, shortage))

    def _searched(self, found: list[Candidate]) -> None:
        self._found = found
        text = message("See who could be placed ({count})", count=len(found))
        if not found:
            text = message("Nobody could be placed without breaking a rule")
        self.who.setEnabled(bool(found))
        self.who.setText(self._render(text))
        self.who.setAccessibleName(self.who.text())
        if self._show_when_found and found:
            self._ask_who()

    def _ask_who(self) -> None:
        self._show_when_found = self._found is None
        if self._found is None or self._draft is None or self._shortage is None:
            if not self.search.running:
                self._search_again()
            return
        place = QRect(self.who.mapTo(self._board, self.who.rect().topLeft()), self.who.size())
        title = message(
            "Who could be placed, {day} {start}–{end}",
            day=format_date(self._shortage.day, self._language, short=True),
            start=format_clock(self._shortage.start),
            end=format_clock(self._shortage.end),
        )
        self.people.show_beside(place, self._render(title), self._found, self._draft)

    def _move_breaks(self) -> None:
        if self._draft is None or self._shortage is None:
            return
        duties = resting(self._draft, self._shortage)
        change: DraftChange = edits.settle_breaks(self._draft, duties)
        if change.empty:
            self.refused.emit(message("No break can be moved out of it at a gain."))
        else:
            self.edited.emit(change)
