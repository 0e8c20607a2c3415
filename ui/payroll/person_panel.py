"""One person's wage month: the figures with their night part, and every day with its reasons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.payroll.figures import figure_text
from ui.translate import format_date
from ui.widgets.cards import ElidedLabel, styled_label
from ui.widgets.marks import absence_mark
from wfm.messages import Message, message
from wfm.model.time import format_clock, format_length
from wfm.payroll import CATEGORIES, DAY_KIND_NAMES
from wfm.services.payroll_month import PersonDay, PersonMonth

BAND_NAMES = {category.key: category.name for category in CATEGORIES}


class DayEntry(QWidget):
    """One date: when, how long, what it counts as, and why."""

    def __init__(self, desk: Desk, day: PersonDay) -> None:
        super().__init__()
        self._render = desk.render
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 4, 6)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        when = styled_label(format_date(day.day, desk.language, short=True), "section")
        head.addWidget(when)
        what = ElidedLabel("subtitle")
        what.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        what.show_whole(self._what(day))
        head.addWidget(what, 1)
        if day.worked:
            head.addWidget(styled_label(format_length(day.worked), "section"))
        column.addLayout(head)
        if bands := self._bands(day):
            column.addWidget(self._line(bands, ""))
        for reason in day.reasons:
            column.addWidget(self._line(desk.render(reason), "subtitle"))
        words = [when.text(), self._what(day), bands, *map(desk.render, day.reasons)]
        self.setAccessibleName(" ".join(word for word in words if word))

    def _what(self, day: PersonDay) -> str:
        parts = [
            f"{format_clock(duty.start)}–{format_clock(duty.end)} {duty.letter}".strip()
            for duty in day.duties
        ]
        parts += [self._render(absence_mark(leave.kind).name) for leave in day.absences]
        if day.kind and day.kind != "working_day":
            parts.append(self._render(DAY_KIND_NAMES[day.kind]))
        if day.holiday:
            parts.append(day.holiday)
        return " · ".join(parts)

    def _bands(self, day: PersonDay) -> str:
        """Return what the day counts as, empty for contract time by day alone."""
        if [(band, night) for band, _, night in day.bands] in ([], [("contract", 0)]):
            return ""
        parts = []
        for band, minutes, night in day.bands:
            text = message("{name} {hours}", name=BAND_NAMES[band], hours=format_length(minutes))
            if night:
                text = message("{what} ({hours} at night)", what=text, hours=format_length(night))
            parts.append(self._render(text))
        return " · ".join(parts)

    @staticmethod
    def _line(text: str, role: str) -> QLabel:
        label = styled_label(text.replace(" %", "\u00a0%"), role)  # no line begins with a %
        label.setWordWrap(True)
        return label


class PersonPanel(QWidget):
    """The content of the drawer beside the figures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.days: list[DayEntry] = []
        self._about = styled_label(role="subtitle")
        self._about.setWordWrap(True)
        self.edit = QPushButton(desk.render(message("Open the person")))
        self.edit.setProperty("role", "link")
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(16)
        self._figures.setVerticalSpacing(2)
        self._figures.setColumnStretch(0, 1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 10, 0)
        whole.setSpacing(8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        whole.addLayout(self._figures)
        whole.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(self._lines)
        whole.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setAccessibleName(desk.render(message("Days with the reasons")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._about)
        column.addWidget(self._scroll, 1)
        self.show_hint(message("Choose a person to see their days and why they count so."))

    def show_hint(self, text: Message) -> None:
        """Show a sentence where no person is chosen."""
        self._clear()
        self._about.setText(self._desk.render(text))
        self.edit.hide()

    def show_person(self, month: PersonMonth) -> None:
        """Show a person's month."""
        self._clear()
        row, render = month.row, self._desk.render
        parts = [row.agent.number.strip(), row.contract, row.team]
        self._about.setText(" · ".join(part for part in parts if part))
        self.edit.show()
        place = 1
        for category, value, night in zip(CATEGORIES, row.figures, row.nights, strict=True):
            if not value:
                continue
            texts = (
                (render(category.name), ""),
                (figure_text(category, value, self._desk.language), "section"),
                (render(message("{hours} at night", hours=format_length(night))) if night else "",
                 "subtitle"),
            )  # fmt: skip
            for position, (text, role) in enumerate(texts):
                label = styled_label(text, role)
                side = Qt.AlignmentFlag.AlignLeft if position == 0 else Qt.AlignmentFlag.AlignRight
                self._figures.addWidget(label, place, position, side)
            place += 1
        self.days = [DayEntry(self._desk, day) for day in month.days]
        for entry in self.days:
            self._lines.addWidget(entry)
        self._scroll.verticalScrollBar().setValue(0)

    def _clear(self) -> None:
        self.days = []
        for layout in (self._figures, self._lines):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
