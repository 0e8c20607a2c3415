"""Before and after on a small timeline: the people down, the days across, letters and colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.translate import Render, format_date, format_day
from ui.widgets.marks import DAY_OFF, absence_mark
from wfm.messages import message
from wfm.model.activity import ShiftKind, absence_name
from wfm.model.people import Leave
from wfm.model.request import Evidence
from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES, format_clock

HEAD, ROW, GAP = 28, 27, 6
NAMES, NAMES_MOST, STATE = 112, 200, 46
MOST_DAYS = 8


@dataclass(frozen=True, slots=True)
class Strip:
    """One line: whose week, before or after, with the shift or absence of each day."""

    agent: str
    after: bool
    duties: dict[date, Duty]
    absences: dict[date, Leave]


def shown_days(evidence: Evidence) -> tuple[date, ...]:
    """Return the days that change and their neighbours, at most :data:`MOST_DAYS`."""
    touched = {item.day for item in evidence.touched}
    near = [
        day
        for day in evidence.dates
        if {day - timedelta(days=1), day, day + timedelta(days=1)} & touched
    ]
    return tuple(near or evidence.dates)[:MOST_DAYS]


def strips(evidence: Evidence, agents: tuple[str, ...]) -> tuple[Strip, ...]:
    """Return the lines of the timeline: each person before and after."""
    return tuple(
        Strip(
            agent,
            after,
            {
                duty.day: duty
                for duty in (evidence.after if after else evidence.before)
                if duty.agent == agent
            },
            {
                leave.day: leave
                for leave in (evidence.away_after if after else evidence.away_before)
                if leave.agent == agent
            },
        )
        for agent in agents
        for after in (False, True)
    )


class BeforeAfter(QWidget):
    """Paints the timelines of a request; what changes stands in a frame."""

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language, self._theme = render, language, LIGHT
        self._strips: tuple[Strip, ...] = ()
        self._days: tuple[date, ...] = ()
        self._touched: frozenset[tuple[str, date]] = frozenset()
        self._names: Mapping[str, str] = {}
        self._kinds: Mapping[str, ShiftKind] = {}
        self._hours = (0, DAY_MINUTES)
        self._rostered = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def days(self) -> tuple[date, ...]:
        """The days shown."""
        return self._days

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def show_evidence(
        self,
        evidence: Evidence,
        agents: tuple[str, ...],
        names: Mapping[str, str],
        kinds: Mapping[str, ShiftKind],
    ) -> None:
        """Show the people of a request before and after."""
        self._strips, self._days = strips(evidence, agents), shown_days(evidence)
        self._touched = frozenset((item.agent, item.day) for item in evidence.touched)
        self._names, self._kinds, self._rostered = names, kinds, evidence.rostered
        duties = [duty for strip in self._strips for duty in strip.duties.values()]
        first = min((duty.start for duty in duties), default=480)
        last = max((duty.end for duty in duties), default=1320)
        self._hours = (first // 60 * 60 - 30, -(-last // 60) * 60 + 30)
        self.setAccessibleName(self._render(message("Before and after")))
        self.setAccessibleDescription("\n".join(self.spoken()))
        self.setToolTip("\n".join(self.spoken()))
        self.updateGeometry()
        self.update()

    def spoken(self) -> list[str]:
        """Return every changed day in words: whose, when, before and after."""
        lines = []
        pairs = zip(self._strips[::2], self._strips[1::2], strict=True)
        for before, after in pairs:
            for day in self._days:
                if (before.agent, day) in self._touched:
                    text = message(
                        "{name}, {day}: {before} → {after}",
                        name=self._names.get(before.agent, before.agent),
                        day=format_date(day, self._language, short=True),
                        before=self._cell_words(before, day),
                        after=self._cell_words(after, day),
                    )
                    lines.append(self._render(text))
        return lines

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for all lines."""
        people = len(self._strips) // 2
        return QSize(320, HEAD + len(self._strips) * ROW + max(people - 1, 0) * GAP + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Do with less width, not with less height."""
        return QSize(280, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the days' names and every line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        for place, day in enumerate(self._days):
            self._paint_head(painter, place, day)
        for line, strip in enumerate(self._strips):
            top = HEAD + line * ROW + line // 2 * GAP
            self._paint_strip(painter, strip, top, first=line % 2 == 0)
        painter.end()

    # --- painting --------------------------------------------------------------------------------

    @property
    def _wide(self) -> bool:
        return self.width() >= 460

    def _left(self) -> int:
        return (self._names_width() if self._wide else 64) + STATE

    def _names_width(self) -> int:
        """Return the room for the longest name, within bounds."""
        metrics = QFontMetrics(font(TEXT_PX))
        longest = (metrics.horizontalAdvance(self._name(item.agent)) for item in self._strips)
        return min(max(max(longest, default=0) + 12, NAMES), NAMES_MOST)

    def _column(self, place: int) -> tuple[int, int]:
        left, count = self._left(), max(len(self._days), 1)
        room = self.width() - left - 1
        start, end = left + place * room // count, left + (place + 1) * room // count
        return start, end - start

    def _paint_head(self, painter: QPainter, place: int, day: date) -> None:
        left, width = self._column(place)
        weekend = {5: self._theme.accent, 6: self._theme.bad}
        touched = any(cell[1] == day for cell in self._touched)
        painter.setFont(font(CAPTION_PX, bold=touched))
        painter.setPen(QColor(weekend.get(day.weekday(), self._theme.text)))
        metrics = QFontMetrics(painter.font())
        words = [format_date(item, self._language, short=True) for item in self._days]
        text = words[place]
        if any(metrics.horizontalAdvance(item) > width - 6 for item in words):
            text = format_day(day, self._language)
        painter.drawText(
            QRect(left, 0, width, HEAD - 6),
            Qt.AlignmentFlag.AlignCenter,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 4),
        )

    def _paint_strip(self, painter: QPainter, strip: Strip, top: int, *, first: bool) -> None:
        theme = self._theme
        width = self._left() - STATE
        left = 0 if first else width
        painter.fillRect(
            left, top, self.width() - left, 1, QColor(theme.line if first else theme.faint_line)
        )
        if first:
            self._text(
                painter, QRect(2, top, width - 8, 2 * ROW), self._name(strip.agent), theme.text,
                TEXT_PX,
            )  # fmt: skip
        word = (
            message("after", context="request")
            if strip.after
            else message("before", context="request")
        )
        self._text(
            painter, QRect(width, top, STATE, ROW), self._render(word), theme.muted, CAPTION_PX
        )
        for place, day in enumerate(self._days):
            left, column = self._column(place)
            painter.fillRect(left, top, 1, ROW, QColor(theme.faint_line))
            cell = QRect(left + 1, top + 1, column - 1, ROW - 1)
            self._paint_cell(painter, strip, day, cell)
            if strip.after and (strip.agent, day) in self._touched:
                painter.setPen(QColor(theme.accent))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(cell.adjusted(0, 1, -2, -2))

    def _paint_cell(self, painter: QPainter, strip: Strip, day: date, cell: QRect) -> None:
        theme, duty = self._theme, strip.duties.get(day)
        if duty is not None:
            self._paint_duty(painter, duty, cell)
            return
        leave = strip.absences.get(day)
        mark = DAY_OFF if leave is None else absence_mark(leave.kind)
        if leave is not None:
            box = QRect(cell.center().x() - 16, cell.top() + 4, 32, cell.height() - 8)
            painter.fillRect(box, QColor(theme.leave))
        if leave is not None or self._rostered:
            painter.setFont(font(CAPTION_PX))
            painter.setPen(QColor(theme.text if leave is not None else theme.muted))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._render(mark.letter))

    def _paint_duty(self, painter: QPainter, duty: Duty, cell: QRect) -> None:
        theme, (low, high) = self._theme, self._hours

        def x(minute: int) -> int:
            return cell.left() + 2 + (minute - low) * (cell.width() - 6) // max(high - low, 1)

        kind = self._kinds.get(duty.kind)
        box = QRect(x(duty.start), cell.top() + 4, max(x(duty.end) - x(duty.start), 18),
                    cell.height() - 8)  # fmt: skip
        painter.fillRect(box, QColor(theme.shift_fill(kind.colour if kind else "early")))
        for item in duty.breaks:
            wide = max(x(item.end) - x(item.start), 1)
            # at the foot only, so that the times stay readable
            painter.fillRect(x(item.start), box.bottom() - 3, wide, 4, QColor(theme.panel))
        painter.setFont(font(CAPTION_PX, bold=True))
        painter.setPen(QColor(theme.text))
        text = duty.letter
        span = f"{duty.letter} {format_clock(duty.start)}–{format_clock(duty.end)}"
        metrics = QFontMetrics(painter.font())
        if metrics.horizontalAdvance(span) + 8 <= box.width():
            text = span
        painter.drawText(
            box.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            text,
        )  # fmt: skip

    def _text(self, painter: QPainter, place: QRect, text: str, colour: str, pixels: int) -> None:
        painter.setFont(font(pixels))
        painter.setPen(QColor(colour))
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _name(self, agent: str) -> str:
        return self._names.get(agent, agent)

    def _cell_words(self, strip: Strip, day: date) -> str:
        duty = strip.duties.get(day)
        if duty is not None:
            return f"{duty.letter} {format_clock(duty.start)}–{format_clock(duty.end)}".strip()
        leave = strip.absences.get(day)
        return self._render(absence_name("day_off" if leave is None else leave.kind))
