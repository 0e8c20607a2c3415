"""The questions that a file asks, each with its answers to choose from, on one card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.translate import Render, format_date
from ui.widgets.cards import Card, restyle, styled_label
from ui.widgets.choice_box import ChoiceBox
from wfm.imports import Answer, Asked
from wfm.messages import message

MOST_HEIGHT = 176
"""Room for four questions; more of them scroll."""
BOX_WIDTH = 300


class _Row:
    """One question: its sentence and the box with the answers."""

    def __init__(self, question: Asked, render: Render, language: str) -> None:
        self._render, self._language = render, language
        self.label = styled_label()
        self.label.setWordWrap(True)
        self.box = ChoiceBox()
        self.box.setFixedWidth(BOX_WIDTH)
        self.label.setBuddy(self.box)
        self.likely = QPushButton()
        self.likely.setProperty("role", "link")
        self.values: list[str] = []
        self.suggested = ""
        self._shape: tuple[object, ...] = ()
        self.show(question, None)

    def show(self, question: Asked, current: str | None) -> None:
        """Show the question with the answer given, ``None`` where there is none yet."""
        text = self._render(question.text)
        self.label.setText(text)
        self.box.setAccessibleName(text)
        shape = (question.answers, question.standing is None)
        if shape != self._shape:
            self._shape = shape
            self._fill(question)
        standing = current if current is not None else question.standing or ""
        if standing in self.values:
            self.box.setCurrentIndex(self.values.index(standing))
        names = {answer.value: answer.label for answer in question.answers}
        offered = question.suggested
        if offered == standing or offered not in names:
            offered = ""
        self.likely.setVisible(bool(offered))
        if offered:
            words = self._render(message("Probably {answer}", answer=names[offered]))
            self.likely.setText(words)
            self.likely.setAccessibleName(words)
        self.suggested = offered
        waits = question.open and not current
        self.label.setProperty("role", "warn" if waits else "")
        restyle(self.label)

    def _fill(self, question: Asked) -> None:
        self.box.clear()
        self.values = []
        if question.standing is None:
            self.values.append("")
            self.box.addItem(self._render(message("Please choose …")))
        for answer in question.answers:
            self.values.append(answer.value)
            self.box.addItem(self._words(answer))

    def _words(self, answer: Answer) -> str:
        if answer.day is None:
            return self._render(answer.label)
        day = format_date(answer.day, self._language)
        return self._render(message("{answer} → {example}", answer=answer.label, example=day))


class QuestionList(Card):
    """Shows questions; an answer is told with the question's key, empty for the usual one."""

    answered = Signal(str, str)

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language = render, language
        self._rows: dict[str, _Row] = {}
        self._holder = QWidget()
        self._holder.setObjectName("scrolled")
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._holder)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addWidget(styled_label(render(message("Questions about this file")), "section"))
        column.addWidget(self._area)
        self.hide()

    def show_questions(self, questions: Sequence[tuple[Asked, str | None]]) -> None:
        """Show questions with the answers given; boxes that stay keep the keyboard."""
        wanted = [question.key for question, _ in questions]
        for key in [key for key in self._rows if key not in wanted]:
            row = self._rows.pop(key)
            for widget in (row.label, row.likely, row.box):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for place, (question, current) in enumerate(questions):
            row = self._rows.get(question.key) or self._made(question)
            self._grid.addWidget(row.label, place, 0)
            self._grid.addWidget(row.likely, place, 1)
            self._grid.addWidget(row.box, place, 2)
            row.show(question, current)
        self.setVisible(bool(questions))
        for row in self._rows.values():
            row.label.show()
            row.box.setVisible(bool(row.values))
        self._fit()

    def _made(self, question: Asked) -> _Row:
        row = _Row(question, self._render, self._language)
        row.box.activated.connect(lambda at, row=row, key=question.key: self._tell(row, key, at))
        row.likely.clicked.connect(
            lambda _checked=False, row=row, key=question.key: self.answered.emit(key, row.suggested)
        )
        self._rows[question.key] = row
        return row

    def _tell(self, row: _Row, key: str, at: int) -> None:
        if 0 <= at < len(row.values):
            self.answered.emit(key, row.values[at])

    def _fit(self) -> None:
        height = sum(
            max(row.box.sizeHint().height() if row.values else 0, _height(row.label)) + 6
            for row in self._rows.values()
        )
        self._area.setFixedHeight(min(height, MOST_HEIGHT))

    def box(self, key: str) -> ChoiceBox:
        """Return the box of a question."""
        return self._rows[key].box

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the questions shown, from top to bottom."""
        return tuple(self._rows)


def _height(label: QLabel) -> int:
    width = max(label.width(), 400)
    return max(label.heightForWidth(width), 20)
