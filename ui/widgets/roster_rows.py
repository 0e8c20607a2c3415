"""Paints one line of the roster timeline: the person, their week's hours, shifts and absences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ui.centre_view import AgentRow, WeekView
from ui.plots.time_axis import TimeScale
from ui.theme import CAPTION_PX, TEXT_PX, Theme, font
from ui.translate import Render, format_hours
from ui.widgets.marks import DAY_OFF, ROLE_BADGES, absence_mark
from wfm.model.people import Leave
from wfm.model.roster import Duty

ROW_HEIGHT = 30
NAMES_WIDTH = 236
HOURS_WIDTH = 48
_TEAM_WIDTH = 62
_LEAST_TEAM_WIDTH = 26
_INSET = 14


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one line: the person, the duties and absences by day index, the hours."""

    agent: AgentRow
    duties: dict[int, Duty] = field(default_factory=dict)
    absences: dict[int, Leave] = field(default_factory=dict)
    broken_days: frozenset[int] = frozenset()
    minutes: int = 0


def rows_of(week: WeekView) -> tuple[Row, ...]:
    """Return the lines of a week in the order of its agents."""
    duties: dict[str, dict[int, Duty]] = defaultdict(dict)
    absences: dict[str, dict[int, Leave]] = defaultdict(dict)
    broken: dict[str, set[int]] = defaultdict(set)
    index = week.horizon.day_index
    for duty in week.duties:
        duties[duty.agent][index(duty.day)] = duty
    for leave in week.absences:
        absences[leave.agent][index(leave.day)] = leave
    for item in week.rule_breaks:
        broken[item.agent] |= {index(day) for day in item.days or week.horizon.dates}
    return tuple(
        Row(
            agent,
            duties[agent.key],
            absences[agent.key],
            frozenset(broken[agent.key]),
            sum(duty.worked_minutes for duty in duties[agent.key].values()),
        )
        for agent in week.agents
    )


@dataclass(frozen=True, slots=True)
class RowPainter:
    """Paints rows of one week in one theme and language; holds nothing between rows."""

    theme: Theme
    language: str
    render: Render
    scale: TimeScale
    colours: dict[str, str]
    planned: bool
    tinted: frozenset[int]

    def paint(
        self, painter: QPainter, row: Row, place: QRect, columns: tuple[int, int], chosen: bool
    ) -> None:
        """Paint ``row`` into ``place``; ``columns`` are left edge and width of the days."""
        theme = self.theme
        left, width = columns
        ground = theme.selection if chosen else theme.panel
        painter.fillRect(place, QColor(ground))
        days = self.scale.horizon.days
        edges = [left + round(day * width / days) for day in range(days + 1)]
        for day in range(days):
            cell = QRect(edges[day], place.top(), edges[day + 1] - edges[day], place.height())
            if day in self.tinted and not chosen:
                painter.fillRect(cell, QColor(theme.background))
        for day in range(days):
            cell = QRect(edges[day], place.top(), edges[day + 1] - edges[day], place.height())
            painter.fillRect(cell.left(), cell.top(), 1, cell.height(), QColor(theme.line))
            if day in row.absences:
                self._paint_absence(painter, row.absences[day], cell)
            elif day not in row.duties and self.planned:
                self._paint_letter(painter, cell, self.render(DAY_OFF.letter), theme.muted)
        for day, duty in row.duties.items():
            tint = theme.background if day in self.tinted and not chosen else ground
            self._paint_duty(painter, duty, day, place, columns, (tint, day in row.broken_days))
        self._paint_person(painter, row, place, left)
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, QColor(theme.faint_line))

    def _paint_person(self, painter: QPainter, row: Row, place: QRect, left: int) -> None:
        # the name comes first: a long one takes its room from the team, which the tip tells too
        end = left - HOURS_WIDTH - 4
        badge = ROLE_BADGES.get(row.agent.role)
        mark = self.render(badge) if badge is not None else ""
        wanted = QFontMetrics(font(TEXT_PX)).horizontalAdvance(row.agent.name) + 6
        wanted += _badge_width(mark) + 4 if mark else 0
        usual = left - HOURS_WIDTH - _TEAM_WIDTH - _INSET - 6
        name = QRect(_INSET, place.top(), usual, place.height())
        name.setRight(min(max(name.right(), _INSET + wanted), end))
        team = QRect(name.right() + 7, place.top(), end - name.right() - 7, place.height())
        if mark:
            name.setWidth(name.width() - self._paint_badge(painter, mark, name))
        hours = QRect(left - HOURS_WIDTH, place.top(), HOURS_WIDTH - 10, place.height())
        aside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        _elided(painter, name.adjusted(0, 0, -4, 0), row.agent.name, TEXT_PX, self.theme.text)
        if team.width() >= _LEAST_TEAM_WIDTH:
            _elided(painter, team, row.agent.team, CAPTION_PX, self.theme.muted)
        painter.setFont(font(TEXT_PX - 1))
        painter.setPen(QColor(self.theme.text if row.minutes else self.theme.muted))
        text = format_hours(row.minutes / 60, self.language) if self.planned else ""
        painter.drawText(hours, aside | Qt.AlignmentFlag.AlignRight, text)

    def _paint_badge(self, painter: QPainter, text: str, name: QRect) -> int:
        made = font(CAPTION_PX - 1, bold=True)
        width = _badge_width(text)
        box = QRect(name.right() - width, name.center().y() - 8, width, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent_background))
        _rounded(painter, box, 5)
        painter.setFont(made)
        painter.setPen(QColor(self.theme.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width + 4

    def _paint_absence(self, painter: QPainter, leave: Leave, cell: QRect) -> None:
        mark = absence_mark(leave.kind)
        if mark.colour:
            box = cell.adjusted(6, 5, -5, -6)
            painter.setPen(QColor(self.theme.line))
            painter.setBrush(QColor(self.theme.shift_fill(mark.colour)))
            _rounded(painter, box)
        self._paint_letter(
            painter,
            cell,
            self.render(mark.letter),
            self.theme.text if mark.colour else self.theme.muted,
        )

    def _paint_letter(self, painter: QPainter, cell: QRect, text: str, colour: str) -> None:
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(colour))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_duty(
        self,
        painter: QPainter,
        duty: Duty,
        day: int,
        place: QRect,
        columns: tuple[int, int],
        state: tuple[str, bool],
    ) -> None:
        """Paint a shift block; ``state`` is the ground beneath it and whether a rule breaks."""
        ground, broken = state
        box = duty_box(self.scale, day, duty, place, columns)
        if box.width() < 2:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.shift_fill(self.colours.get(duty.kind, "early"))))
        _rounded(painter, box)
        for item in duty.breaks:
            start = self.scale.pixel(day, item.start, *columns)
            end = self.scale.pixel(day, item.end, *columns)
            painter.fillRect(start, box.top(), max(end - start, 2), box.height(), QColor(ground))
        if broken:
            painter.setPen(QColor(self.theme.bad))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            _rounded(painter, box.adjusted(0, 0, -1, -1))
        painter.setFont(font(CAPTION_PX, bold=True))
        painter.setPen(QColor(self.theme.text))
        text = QRect(box.left() + 5, box.top(), max(box.width() - 6, 14), box.height())
        painter.drawText(
            text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, duty.letter
        )


def duty_box(
    scale: TimeScale, day: int, duty: Duty, place: QRect, columns: tuple[int, int]
) -> QRect:
    """Return the rectangle of a duty on the line ``place``."""
    left = scale.pixel(day, duty.start, *columns)
    right = scale.pixel(day, duty.end, *columns)
    top_left = QPoint(left + 1, place.top() + 5)
    return QRect(top_left, QPoint(right - 1, place.bottom() - 5))


def tinted_days(dates: tuple[date, ...], holidays: frozenset[date]) -> frozenset[int]:
    """Return the indices of Saturdays, Sundays and holidays."""
    return frozenset(
        index for index, day in enumerate(dates) if day.weekday() >= 5 or day in holidays
    )


def _rounded(painter: QPainter, box: QRect, radius: int = 4) -> None:
    """Draw a rounded box, smooth.

    Everything else is painted without smoothing: on a screen scaled by 125 % a smooth edge would
    let through what was there before.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.drawRoundedRect(box, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _badge_width(text: str) -> int:
    """Return the width of a role's badge in pixels."""
    return QFontMetrics(font(CAPTION_PX - 1, bold=True)).horizontalAdvance(text) + 12


def _elided(painter: QPainter, place: QRect, text: str, pixels: int, colour: str) -> None:
    made = font(pixels)
    painter.setFont(made)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
