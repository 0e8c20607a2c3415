"""Paints one line of the timeline: the person, their hours and head-room, shifts and absences."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.roster.axis import WeekAxis
from ui.roster.brushes import Brushes
from ui.roster.change_marks import CHANGE_SIGNS, CHANGE_TONES
from ui.roster.timeline_rows import TimelineRow
from ui.theme import CAPTION_PX, TEXT_PX
from ui.translate import Render, format_hours, format_number
from ui.widgets.icons import pixmap
from ui.widgets.marks import DAY_OFF, ROLE_BADGES, absence_mark
from wfm.messages import message
from wfm.model.people import Leave
from wfm.model.roster import Duty
from wfm.model.time import format_clock

ROW_HEIGHT = 30
NAMES_WIDTH = 236
HOURS_RIGHT = 60
"""Pixels between the right edge of the hours and the first day; the head-room stands between."""
_INSET, _TIMES_FROM = 14, 108
_LOCK = 11


@dataclass(frozen=True, slots=True)
class RowState:
    """How a line is shown: the cursor's day (-1: none), selected days, shifts being dragged away.

    ``focused`` tells whether the keyboard is here.
    """

    cursor: int = -1
    chosen: bool = False
    selected: frozenset[int] = frozenset()
    lifted: frozenset[int] = frozenset()
    hovered: int = -1
    focused: bool = False


PLAIN = RowState()


class RowPainter:
    """Paints lines of one week in one theme and language; holds nothing of a line."""

    def __init__(
        self,
        axis: WeekAxis,
        brushes: Brushes,
        language: str,
        render: Render,
        colours: dict[str, str],
        *,
        planned: bool,
        tinted: frozenset[int],
    ) -> None:
        self._axis, self._brushes, self._language = axis, brushes, language
        self._render, self._colours = render, colours
        self.planned, self._tinted = planned, tinted
        self._off = render(DAY_OFF.letter)
        self._hours: dict[int, str] = {}
        self._left: dict[int, str] = {}

    def paint(
        self, painter: QPainter, row: TimelineRow, place: QRect, state: RowState = PLAIN
    ) -> None:
        """Paint ``row`` into ``place``, from the names to the end of the columns."""
        colour, axis = self._brushes.colour, self._axis
        ground = colour("selection" if state.chosen else "panel")
        painter.fillRect(place, ground)
        if axis.offset:
            painter.save()
            painter.setClipRect(axis.left, place.top(), axis.width, place.height())
        shown = axis.span
        days = range(max(int(shown[0]), 0), min(int(shown[1]) + 1, axis.days))
        worked = {day for day, _ in row.duties}
        for day in days:
            cell = self.cell(day, place)
            if day in self._tinted and not state.chosen:
                painter.fillRect(cell, colour("background"))
            painter.fillRect(cell.left(), cell.top(), 1, cell.height(), colour("line"))
            self._paint_day(painter, row, day, cell, worked)
        for day, duty in row.duties:
            if day in days or day + 1 in days:
                self._paint_duty(painter, row, (day, duty), place, state)
        for day, what in row.marks.items():
            self._paint_mark(painter, what, self.cell(day, place))
        if state.cursor in days:
            self._paint_cursor(painter, self.cell(state.cursor, place), state.focused)
        if axis.offset:
            painter.restore()
        self._paint_person(painter, row, place)
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("faint_line"))

    def cell(self, day: int, place: QRect) -> QRect:
        """Return the rectangle of a day on the line ``place``."""
        left, right = self._axis.edge(day), self._axis.edge(day + 1)
        return QRect(left, place.top(), right - left, place.height())

    def ground(self, day: int, *, chosen: bool) -> QColor:
        """Return the colour beneath the shifts of a day."""
        if chosen:
            return self._brushes.colour("selection")
        return self._brushes.colour("background" if day in self._tinted else "panel")

    def box(self, day: int, duty: Duty, place: QRect) -> QRect:
        """Return the rectangle of a shift on the line ``place``."""
        left, right = self._axis.pixel(day, duty.start), self._axis.pixel(day, duty.end)
        return QRect(QPoint(left + 1, place.top() + 5), QPoint(right - 1, place.bottom() - 5))

    # --- days ------------------------------------------------------------------------------------

    def _paint_day(
        self, painter: QPainter, row: TimelineRow, day: int, cell: QRect, worked: set[int]
    ) -> None:
        if day in row.absences:
            self._paint_absence(painter, row.absences[day], cell)
        elif day not in worked and (self.planned or day in row.locked_off):
            self._brushes.text(painter, cell, self._off, "muted", CAPTION_PX)
            if day in row.locked_off:
                middle = cell.center()
                self._paint_lock(painter, middle.x() + 9, middle.y() - 5)

    def _paint_absence(self, painter: QPainter, leave: Leave, cell: QRect) -> None:
        mark, brushes = absence_mark(leave.kind), self._brushes
        if mark.colour:
            box = cell.adjusted(6, 5, -5, -5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brushes.colour(brushes.theme_fill(mark.colour)))
            rounded(painter, box)
            outlined(painter, box, brushes.pen("line"))
        tone = "text" if mark.colour else "muted"
        brushes.text(painter, cell, self._render(mark.letter), tone, CAPTION_PX)

    def _paint_mark(self, painter: QPainter, what: str, cell: QRect) -> None:
        tone = CHANGE_TONES[what]
        outlined(
            painter, cell.adjusted(2, 2, -2, -3), self._brushes.pen(tone, dashed=what == "removed")
        )
        corner = QRect(cell.right() - 17, cell.top() + 1, 14, 14)
        painter.fillRect(corner, self._brushes.colour("panel"))
        self._brushes.text(painter, corner, CHANGE_SIGNS[what], tone, CAPTION_PX, bold=True)

    def _paint_cursor(self, painter: QPainter, cell: QRect, focused: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._brushes.pen("accent" if focused else "faint"))
        painter.drawRect(cell.adjusted(0, 0, 0, -2))

    # --- shifts ----------------------------------------------------------------------------------

    def _paint_duty(
        self,
        painter: QPainter,
        row: TimelineRow,
        shift: tuple[int, Duty],
        place: QRect,
        state: RowState,
    ) -> None:
        day, duty = shift
        box = self.box(day, duty, place)
        if box.width() < 2:
            return
        if day in state.lifted:
            outlined(painter, box, self._brushes.pen("faint", dashed=True))
            return
        self.paint_block(painter, day, duty, box, self.ground(day, chosen=state.chosen))
        outline = self._outline(row, day, state)
        if outline is not None:
            outlined(painter, box, outline)

    def _outline(self, row: TimelineRow, day: int, state: RowState) -> QPen | None:
        pen = self._brushes.pen
        if day in state.selected:
            return pen("bad" if day in row.hard else "accent", width=2)
        if day in row.hard:
            return pen("bad")
        if day in row.soft:
            return pen("warn", dashed=True)
        return pen("faint") if day == state.hovered else None

    def paint_block(
        self, painter: QPainter, day: int, duty: Duty, box: QRect, ground: QColor
    ) -> None:
        """Paint a shift's block with gaps for its breaks, its letter, times and lock."""
        brushes = self._brushes
        painter.setPen(Qt.PenStyle.NoPen)
        fill = brushes.theme_fill(self._colours.get(duty.kind, "early"))
        painter.setBrush(brushes.colour(fill))
        rounded(painter, box)
        for item in duty.breaks:
            start, end = self._axis.pixel(day, item.start), self._axis.pixel(day, item.end)
            painter.fillRect(start, box.top(), max(end - start, 2), box.height(), ground)
        text = QRect(box.left() + 5, box.top(), max(box.width() - 6, 14), box.height())
        brushes.text(painter, text, duty.letter, "text", CAPTION_PX, bold=True, side="left")
        if box.width() >= _TIMES_FROM and self._axis.zoom > 1.6:
            times = f"{format_clock(duty.start)}–{format_clock(duty.end)}"
            after = text.adjusted(18, 0, 0, 0)
            brushes.text(painter, after, times, "text", CAPTION_PX, side="left")
        if duty.locked and box.width() >= 26:
            self._paint_lock(painter, box.right() - _LOCK - 2, box.center().y() - 5)

    def _paint_lock(self, painter: QPainter, x: int, y: int) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(x, y, pixmap("lock", self._brushes.theme.text, _LOCK, ratio))

    # --- people ----------------------------------------------------------------------------------

    def _paint_person(self, painter: QPainter, row: TimelineRow, place: QRect) -> None:
        brushes, left = self._brushes, self._axis.left
        hours = QRect(left - HOURS_RIGHT - 46, place.top(), 46, place.height())
        room = QRect(left - HOURS_RIGHT, place.top(), HOURS_RIGHT - 10, place.height())
        name = QRect(_INSET, place.top(), hours.left() - _INSET - 4, place.height())
        badge = ROLE_BADGES.get(row.agent.role)
        if badge is not None:
            name.setWidth(name.width() - self._paint_badge(painter, self._render(badge), name))
        brushes.elided(painter, name.adjusted(0, 0, -4, 0), row.agent.name, "text", TEXT_PX)
        if not self.planned:
            return
        tone = row.week or ("text" if row.minutes else "muted")
        worked = self._hours.get(row.minutes)
        if worked is None:
            worked = self._hours[row.minutes] = format_hours(row.minutes / 60, self._language)
        brushes.text(painter, hours, worked, tone, TEXT_PX - 1, side="right", bold=bool(row.week))
        tone = "bad" if row.headroom < 0 else "muted"
        shown = self._left.get(row.headroom)
        if shown is None:
            left_over = format_number(row.headroom / 60, self._language, 1)
            shown = self._render(message("{hours} h", hours=left_over))
            self._left[row.headroom] = shown
        brushes.text(painter, room, shown, tone, TEXT_PX - 1, side="right")

    def _paint_badge(self, painter: QPainter, text: str, name: QRect) -> int:
        width = self._brushes.width(text, CAPTION_PX - 1, bold=True) + 12
        box = QRect(name.right() - width, name.center().y() - 8, width, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brushes.colour("accent_background"))
        rounded(painter, box, 5)
        self._brushes.text(painter, box, text, "accent", CAPTION_PX - 1, bold=True)
        return width + 4


def rounded(painter: QPainter, box: QRect, radius: int = 4) -> None:
    """Draw a rounded box, smooth.

    Everything else is painted without smoothing: on a screen scaled by 125 % a smooth edge would
    let through what was there before.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.drawRoundedRect(box, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def outlined(painter: QPainter, box: QRect, pen: QPen) -> None:
    """Draw the outline of a rounded box, sharp: a smooth line lies within whole pixels."""
    half = pen.widthF() / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
