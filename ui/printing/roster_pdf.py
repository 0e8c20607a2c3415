"""A week's roster on paper: people down, days across, letters and times, with a legend.

Lengths are millimetres; the font is embedded, so that the file prints alike everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from ui.centre_view import AgentRow, WeekView
from ui.plots.coverage import ensure_application
from ui.theme import FAMILY, LIGHT, load_fonts
from ui.translate import (
    Render,
    format_date,
    format_day,
    format_days,
    format_hours,
    format_number,
    render_in,
)
from ui.widgets.day_header import day_colour
from ui.widgets.marks import DAY_OFF, ROLE_BADGES, absence_mark
from ui.widgets.roster_rows import Row, rows_of
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.roster import Duty
from wfm.model.time import format_clock

PAPERS = {"A3": QPageSize.PageSizeId.A3, "A4": QPageSize.PageSizeId.A4}
_MM = 10.0
"""Painter units in a millimetre."""
_MARGIN, _HEAD, _DAYS, _ROW, _FOOT = 12.0, 16.0, 9.0, 8.4, 15.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


def write_roster_pdf(
    week: WeekView,
    path: Path | str,
    language: str = "ja",
    *,
    paper: str = "A3",
    printed_on: date | None = None,
) -> Path:
    """Write the roster of ``week`` as a PDF in landscape and return its path.

    Raises :class:`~wfm.errors.WfmError` for a paper other than A3 and A4, or a file that cannot
    be written.  The file appears whole or not at all.
    """
    if paper not in PAPERS:
        raise WfmError(message("A roster prints on A3 or A4, not on {paper}.", paper=paper))
    ensure_application()
    load_fonts()
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
        _write(week, part, language, paper, printed_on)
        part.replace(path)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(path), detail=str(error))
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return path


def _write(week: WeekView, path: Path, language: str, paper: str, printed_on: date | None) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(round(25.4 * _MM))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(PAPERS[paper]), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)
        )
    )
    writer.setTitle(f"{week.centre} {format_days(week.horizon.start, 7, language)}")
    writer.setCreator("Toban")
    size = writer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError("the printer of the file could not start")
    try:
        page = _Page(week, language, printed_on, painter, size.width(), size.height())
        pages = page.split(rows_of(week))
        for number, rows in enumerate(pages, start=1):
            if number > 1:
                writer.newPage()
            page.draw(rows, number, len(pages))
    finally:
        painter.end()


@dataclass(frozen=True, slots=True)
class _Page:
    """Draws one page after the other with the same columns."""

    week: WeekView
    language: str
    printed_on: date | None
    painter: QPainter
    width: float
    height: float

    @property
    def render(self) -> Render:
        return render_in(self.language)

    @property
    def scale(self) -> float:
        """Size of text against A3: A4 is 0.71 as wide."""
        return max(self.width / 420, 0.72)

    @property
    def row_height(self) -> float:
        return _ROW * self.scale

    @property
    def columns(self) -> tuple[float, float, float]:
        """Widths of the name, of a day and of the hours column."""
        names, hours = 46 * self.scale, 18 * self.scale
        inner = self.width - 2 * _MARGIN
        return names, (inner - names - hours) / self.week.horizon.days, hours

    def split(self, rows: Sequence[Row]) -> list[Sequence[Row]]:
        """Return the lines of each page; the totals follow on the last one."""
        room = self.height - 2 * _MARGIN - _HEAD - _DAYS - _FOOT
        fit = max(int(room / self.row_height) - 1, 1)
        return [rows[first : first + fit] for first in range(0, max(len(rows), 1), fit)]

    def draw(self, rows: Sequence[Row], number: int, pages: int) -> None:
        """Draw one page."""
        self._head()
        self._days(_MARGIN + _HEAD)
        top = _MARGIN + _HEAD + _DAYS
        for position, row in enumerate(rows):
            self._row(row, top + position * self.row_height, shaded=position % 2 == 1)
        if number == pages:
            self._totals(top + len(rows) * self.row_height)
        self._foot(number, pages)

    def _text(
        self,
        place: tuple[float, float, float, float],
        text: str,
        size: float = 2.8,
        *,
        align: Qt.AlignmentFlag = _LEFT,
        bold: bool = False,
        colour: str = LIGHT.text,
    ) -> None:
        """Write ``text`` into (left, top, width, height) mm, ``size`` mm high, shortened to fit."""
        made = QFont(FAMILY)
        made.setPixelSize(max(round(size * self.scale * _MM), 1))
        made.setBold(bold)
        box = _box(*place)
        shown = QFontMetricsF(made).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self.painter.setFont(made)
        self.painter.setPen(QColor(colour))
        self.painter.drawText(box, int(align), shown)

    def _fill(self, place: tuple[float, float, float, float], colour: str) -> None:
        self.painter.fillRect(_box(*place), QColor(colour))

    def _head(self) -> None:
        week, inner = self.week, self.width - 2 * _MARGIN
        title = self.render(message("Roster", context="screen"))
        days = format_days(week.horizon.start, week.horizon.days, self.language)
        self._text((_MARGIN, _MARGIN - 2, inner, 8), f"{title}  {days}", 5.4, bold=True)
        state = (
            message("Published", context="roster state")
            if week.published
            else message("Draft", context="roster state")
        )
        beside = f"{week.centre}   {self.render(state)}"
        self._text((_MARGIN, _MARGIN + 6, inner, 6), beside, 3.2, colour=LIGHT.muted)
        if self.printed_on is not None:
            printed = message("Printed {day}", day=format_date(self.printed_on, self.language))
            place = (_MARGIN, _MARGIN + 6, inner, 6)
            self._text(place, self.render(printed), 3.0, align=_RIGHT, colour=LIGHT.muted)

    def _days(self, top: float) -> None:
        names, day_width, hours = self.columns
        self._fill((_MARGIN, top, self.width - 2 * _MARGIN, _DAYS), LIGHT.background)
        self._text((_MARGIN + 2, top, names, _DAYS), self.render(message("Name")), 2.8, bold=True)
        for index, day in enumerate(self.week.horizon.dates):
            place = (_MARGIN + names + index * day_width, top, day_width, _DAYS)
            colour = day_colour(day, self.week.holidays, LIGHT)
            text = format_day(day, self.language)
            self._text(place, text, 3.2, align=_CENTRE, bold=True, colour=colour)
        place = (self.width - _MARGIN - hours, top, hours - 2, _DAYS)
        caption = self.render(message("Hours", context="roster column"))
        self._text(place, caption, 2.8, align=_RIGHT, bold=True)

    def _row(self, row: Row, top: float, *, shaded: bool) -> None:
        names, day_width, hours = self.columns
        inner, height = self.width - 2 * _MARGIN, self.row_height
        if shaded:
            self._fill((_MARGIN, top + 0.15, inner, height - 0.15), LIGHT.background)
        self._fill((_MARGIN, top + height, inner, 0.15), LIGHT.line)
        self._person(row.agent, top, names)
        for index in range(self.week.horizon.days):
            place = (_MARGIN + names + index * day_width, top, day_width, height)
            self._fill((place[0], top, 0.15, height), LIGHT.line)
            self._cell(row, index, place)
        place = (self.width - _MARGIN - hours, top, hours - 2, height)
        self._fill((place[0], top, 0.15, height), LIGHT.line)
        self._text(place, format_hours(row.minutes / 60, self.language), 2.8, align=_RIGHT)

    def _person(self, agent: AgentRow, top: float, names: float) -> None:
        badge = ROLE_BADGES.get(agent.role)
        name = f"{agent.name}  {self.render(badge)}" if badge is not None else agent.name
        height = self.row_height
        self._text((_MARGIN + 2, top, names * 0.66, height), name, 3.0)
        place = (_MARGIN + names * 0.7, top, names * 0.28, height)
        self._text(place, agent.team, 2.2, align=_RIGHT, colour=LIGHT.muted)

    def _cell(self, row: Row, day: int, place: tuple[float, float, float, float]) -> None:
        left, top, width, height = place
        if day in row.duties:
            self._duty(row.duties[day], place)
        elif day in row.absences:
            mark = absence_mark(row.absences[day].kind)
            if mark.colour:
                inside = (left + 1, top + 0.9, width - 2, height - 1.6)
                self._fill(inside, LIGHT.shift_fill(mark.colour))
            self._text(place, self.render(mark.letter), 2.8, align=_CENTRE)
        else:
            text = self.render(DAY_OFF.letter) if self.week.planned else ""
            self._text(place, text, 2.6, align=_CENTRE, colour=LIGHT.muted)

    def _duty(self, duty: Duty, place: tuple[float, float, float, float]) -> None:
        left, top, width, height = place
        colours = {kind.key: kind.colour for kind in self.week.kinds}
        inside = (left + 1, top + 0.9, width - 2, height - 1.6)
        self._fill(inside, LIGHT.shift_fill(colours.get(duty.kind, "early")))
        letter = 6 * self.scale
        self._text((left + 2.4, top, letter, height), duty.letter, 3.0, bold=True)
        times = f"{format_clock(duty.start)}–{format_clock(duty.end)}"
        self._text((left + 2 + letter, top, width - 4 - letter, height), times, 2.7)

    def _totals(self, top: float) -> None:
        names, day_width, hours = self.columns
        inner, height = self.width - 2 * _MARGIN, self.row_height
        self._fill((_MARGIN, top, inner, height), LIGHT.background)
        caption = self.render(message("People and hours"))
        self._text((_MARGIN + 2, top, names, height), caption, 2.8, bold=True)
        whole = 0
        for index, day in enumerate(self.week.horizon.dates):
            duties = [duty for duty in self.week.duties if duty.day == day]
            minutes = sum(duty.worked_minutes for duty in duties)
            whole += minutes
            text = message(
                "{people} · {hours} h",
                people=format_number(len(duties), self.language),
                hours=format_hours(minutes / 60, self.language),
            )
            place = (_MARGIN + names + index * day_width, top, day_width, height)
            self._text(place, self.render(text), 2.7, align=_CENTRE, bold=True)
        place = (self.width - _MARGIN - hours, top, hours - 2, height)
        self._text(place, format_hours(whole / 60, self.language), 2.8, align=_RIGHT, bold=True)

    def _foot(self, number: int, pages: int) -> None:
        top = self.height - _MARGIN - 6
        inner = self.width - 2 * _MARGIN
        self._text((_MARGIN, top, inner - 40, 6), self._legend(), 2.5, colour=LIGHT.muted)
        place = (_MARGIN, top, inner, 6)
        text = self.render(message("Page {page} of {pages}", page=number, pages=pages))
        self._text(place, text, 2.8, align=_RIGHT)

    def _legend(self) -> str:
        used = {duty.kind for duty in self.week.duties}
        shifts = [f"{kind.letter} {kind.name}" for kind in self.week.kinds if kind.key in used]
        kinds = dict.fromkeys(leave.kind for leave in self.week.absences)
        marks = [DAY_OFF, *(absence_mark(kind) for kind in kinds if kind != "day_off")]
        return "    ".join(
            [*shifts, *(f"{self.render(item.letter)} {self.render(item.name)}" for item in marks)]
        )


def _box(left: float, top: float, width: float, height: float) -> QRectF:
    return QRectF(left * _MM, top * _MM, width * _MM, height * _MM)
