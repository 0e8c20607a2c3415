"""The figures of a request as two small tables: coverage by skill, hours and burdens by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.translate import Render, format_date, format_number
from ui.widgets.cards import restyle, styled_label
from wfm.messages import Message, message
from wfm.model.request import PersonEffect, SkillEffect
from wfm.model.time import format_clock

Cells = Sequence[tuple[str, str]]
"""Texts of a line, each with its tone (``ok``, ``warn``, ``bad`` or empty)."""


class FigureTable(QWidget):
    """A few lines of figures under captions; the first column stands at the left."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self.lines: list[str] = []

    def show_lines(self, captions: Sequence[str], lines: Sequence[Cells]) -> None:
        """Show other figures."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column, caption in enumerate(captions):
            self._put(0, column, styled_label(caption, "caption"))
        for row, cells in enumerate(lines, start=1):
            for column, (text, tone) in enumerate(cells):
                label = styled_label(text, tone)
                restyle(label)
                self._put(row, column, label)
        self._grid.setColumnStretch(0, 1)
        self.lines = [" ".join(text for text, _ in cells) for cells in lines]
        self.setAccessibleDescription("\n".join(self.lines))

    def _put(self, row: int, column: int, label: QLabel) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(label, row, column, side | Qt.AlignmentFlag.AlignVCenter)


class RequestFigures:
    """Turns the effects of a request into the lines of its two tables."""

    def __init__(self, render: Render, language: str) -> None:
        self._render, self._language = render, language

    def coverage_captions(self) -> list[str]:
        """Return the captions of coverage."""
        return self._captions(
            message("Skill"),
            message("Short, h", context="column"),
            message("Surplus, h", context="column"),
            message("Worst where it gets worse"),
        )

    def coverage_lines(
        self, skills: Sequence[SkillEffect], names: Mapping[str, str]
    ) -> list[Cells]:
        """Return a line per skill; what becomes shorter is marked."""
        lines: list[Cells] = []
        for item in skills:
            worse = item.short_after > item.short_before + 1e-9
            worst = "–"
            if item.worst_day is not None:
                day = format_date(item.worst_day, self._language, short=True)
                worst = f"{day} {format_clock(item.worst_start)}"
                missing = self._pair(item.worst_before, item.worst_missing)
                worst = f"{worst}  {missing}"
            lines.append(
                (
                    (names.get(item.skill, item.skill), ""),
                    (self._pair(item.short_before, item.short_after), "bad" if worse else ""),
                    (self._pair(item.surplus_before, item.surplus_after), ""),
                    (worst, "bad" if item.worst_day is not None else ""),
                )
            )
        return lines

    def people_captions(self) -> list[str]:
        """Return the captions of people."""
        return self._captions(
            message("Person", context="column"),
            message("Hours in the week"),
            message("Contract, h", context="column"),
            message("Days", context="column"),
            message("Weekends", context="column"),
            message("Nights", context="column"),
            message("Lates", context="column"),
        )

    def people_lines(self, people: Sequence[PersonEffect], names: Mapping[str, str]) -> list[Cells]:
        """Return a line per person and week; hours outside the contract are marked."""
        lines: list[Cells] = []
        for item in people:
            inside = item.minutes_min <= item.minutes_after <= item.minutes_max
            low, high = self._hours(item.minutes_min), self._hours(item.minutes_max)
            lines.append(
                (
                    (names.get(item.agent, item.agent), ""),
                    (
                        self._pair(item.minutes_before / 60, item.minutes_after / 60),
                        "" if inside else "warn",
                    ),
                    (low if low == high else f"{low}–{high}", ""),
                    (self._pair(item.days_before, item.days_after), ""),
                    (self._pair(item.weekends_before, item.weekends_after), ""),
                    (self._pair(item.nights_before, item.nights_after), ""),
                    (self._pair(item.lates_before, item.lates_after), ""),
                )
            )
        return lines

    def _captions(self, *texts: Message) -> list[str]:
        return [self._render(text) for text in texts]

    def _pair(self, before: float, after: float) -> str:
        first, second = self._number(before), self._number(after)
        return second if first == second else f"{first} → {second}"

    def _number(self, value: float) -> str:
        return format_number(value, self._language, decimals=1)

    def _hours(self, minutes: int) -> str:
        return format_number(minutes / 60, self._language, decimals=1)
