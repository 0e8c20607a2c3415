"""A roster as an Excel workbook: people in rows, days in columns, as it hangs on the wall.

The first sheet holds codes with counts per person and day and a legend; the second the times.
Every text is written as text: a name that begins with = is no formula.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from wfm.clock import Clock, system_clock
from wfm.model.people import Agent
from wfm.model.roster import Duty
from wfm.model.time import format_iso_week
from wfm.publishing.sheet import (
    File,
    RosterFormat,
    Sheet,
    absences_by_day,
    duties_by_day,
    people,
    team_names,
)
from wfm.publishing.words import absence, hours, label, weekday

HEAD_ROWS = 3
LEAD_COLUMNS = 3
HOURS = "[h]:mm"
COLOURS = {"saturday": "#DCE9F7", "sunday": "#FBE3E4", "head": "#ECEFF3"}


@dataclass(slots=True)
class _Page:
    """One worksheet being filled, with its formats made once."""

    book: Any
    paper: Any
    sheet: Sheet
    language: str
    formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    @property
    def days(self) -> tuple[date, ...]:
        return self.sheet.roster.horizon.dates

    def style(self, **wanted: object) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            look = {"border": 1, "border_color": "#C9CED6", "valign": "vcenter", **wanted}
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]

    def day_style(self, day: date, **wanted: object) -> Any:
        if day in self.sheet.holidays or day.weekday() == 6:
            wanted["bg_color"] = COLOURS["sunday"]
        elif day.weekday() == 5:
            wanted["bg_color"] = COLOURS["saturday"]
        return self.style(align="center", **wanted)

    def text(self, row: int, column: int, value: str, style: Any = None) -> None:
        if value:
            self.paper.write_string(row, column, value, style or self.style())
        else:
            self.paper.write_blank(row, column, None, style or self.style())

    def number(self, row: int, column: int, value: float, style: Any = None) -> None:
        self.paper.write_number(row, column, value, style or self.style(align="center"))

    def duration(self, row: int, column: int, minutes: int) -> None:
        self.number(row, column, minutes / 1440, self.style(align="center", num_format=HOURS))


def build_xlsx(sheet: Sheet, language: str, clock: Clock = system_clock) -> tuple[File, ...]:
    """Return the one workbook."""
    content = io.BytesIO()
    font = "Yu Gothic" if language == "ja" else "Calibri"
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": font, "font_size": 10},
    }
    book = xlsxwriter.Workbook(content, options)
    book.set_properties(
        {
            "title": f"{sheet.site.name} {label('roster', language)}",
            "created": clock().replace(tzinfo=None, microsecond=0),
        }
    )
    shown = people(sheet)
    codes = _Page(book, book.add_worksheet(label("roster", language)), sheet, language)
    _head(codes)
    last = _code_rows(codes, shown)
    _legend(codes, _day_totals(codes, shown, last))
    _finish(codes, day_width=5.5)
    times = _Page(book, book.add_worksheet(label("times", language)), sheet, language)
    _head(times)
    _time_rows(times, shown)
    _finish(times, day_width=12.0)
    book.close()
    name = f"roster-{format_iso_week(sheet.roster.horizon.start)}.xlsx"
    return ((name, content.getvalue()),)


def _head(page: _Page) -> None:
    """Write title, dates and weekdays."""
    head = {"bold": True, "bg_color": COLOURS["head"]}
    first, last = page.days[0], page.days[-1]
    title = f"{page.sheet.site.name}  {label('roster', page.language)}  {first} – {last}"
    page.paper.write_string(0, 0, title, page.book.add_format({"bold": True, "font_size": 14}))
    for column, name in enumerate(("number", "name", "team")):
        page.text(1, column, label(name, page.language), page.style(**head))
        page.text(2, column, "", page.style(**head))
    for place, day in enumerate(page.days):
        column = LEAD_COLUMNS + place
        page.text(1, column, f"{day.month}/{day.day}", page.day_style(day, bold=True))
        page.text(2, column, weekday(day, page.language), page.day_style(day, bold=True))


def _people(page: _Page, shown: Sequence[Agent]) -> None:
    """Write the leading columns of every person."""
    teams = team_names(page.sheet)
    for row, agent in enumerate(shown, start=HEAD_ROWS):
        for column, value in enumerate((agent.number, agent.name, teams.get(agent.team, ""))):
            page.text(row, column, value)


def code_of(duty: Duty) -> str:
    """Return what marks a duty in its cell: its letter, else its times."""
    return duty.letter or f"{hours(duty.start)}-{hours(duty.end)}"


def _code_rows(page: _Page, shown: Sequence[Agent]) -> int:
    """Write a code per person and day, then days, hours and counts; return the last row."""
    _people(page, shown)
    duties, absences = duties_by_day(page.sheet), absences_by_day(page.sheet)
    letters = _letters(page.sheet)
    totals = LEAD_COLUMNS + len(page.days)
    head = page.style(bold=True, bg_color=COLOURS["head"], align="center", text_wrap=True)
    for place, name in enumerate(
        (label("days", page.language), label("hours", page.language), *letters)
    ):
        page.text(1, totals + place, name, head)
        page.text(2, totals + place, "", head)
    for row, agent in enumerate(shown, start=HEAD_ROWS):
        own = [duties[agent.key, day] for day in page.days if (agent.key, day) in duties]
        for place, day in enumerate(page.days):
            duty, kind = duties.get((agent.key, day)), absences.get((agent.key, day))
            text = ""
            if duty is not None:
                text = code_of(duty)
            elif kind is not None:
                text = absence(kind, page.language)[0]
            elif agent.employed_on(day):
                text = label("off", page.language)
            page.text(row, LEAD_COLUMNS + place, text, page.day_style(day))
        page.number(row, totals, len(own))
        page.duration(row, totals + 1, sum(duty.worked_minutes for duty in own))
        counts = Counter(code_of(duty) for duty in own)
        for place, letter in enumerate(letters):
            page.number(row, totals + 2 + place, counts[letter])
    return HEAD_ROWS + len(shown) - 1


def _letters(sheet: Sheet) -> list[str]:
    """Return the codes in use, in the order of the shift kinds, then of the alphabet."""
    inside = set(sheet.roster.horizon.dates)
    used = {code_of(duty) for duty in sheet.roster.duties if duty.day in inside}
    known = [kind.letter for kind in sheet.shift_kinds if kind.letter in used]
    return [*dict.fromkeys(known), *sorted(used - set(known))]


def _day_totals(page: _Page, shown: Sequence[Agent], last: int) -> int:
    """Write per day the count of each code, people and hours; return the last row."""
    keys = {agent.key for agent in shown}
    rows = [*_letters(page.sheet), label("people", page.language), label("hours", page.language)]
    head = page.style(bold=True, bg_color=COLOURS["head"])
    for offset, name in enumerate(rows):
        row = last + 2 + offset
        for column in range(LEAD_COLUMNS):
            page.text(row, column, name if column == 1 else "", head)
    for place, day in enumerate(page.days):
        column = LEAD_COLUMNS + place
        of_day = [
            duty for duty in page.sheet.roster.duties if duty.day == day and duty.agent in keys
        ]
        counts = Counter(code_of(duty) for duty in of_day)
        for offset, name in enumerate(rows[:-2]):
            page.number(last + 2 + offset, column, counts[name])
        bottom = last + len(rows)
        page.number(bottom, column, len({duty.agent for duty in of_day}))
        page.duration(bottom + 1, column, sum(duty.worked_minutes for duty in of_day))
    return last + 1 + len(rows)


def _legend(page: _Page, last: int) -> None:
    """Write what each code means."""
    row = last + 2
    bold = page.book.add_format({"bold": True})
    page.paper.write_string(row, 0, label("legend", page.language), bold)
    head = page.style(bold=True, bg_color=COLOURS["head"])
    for column, name in enumerate(("letter", "shift", "starts", "spans")):
        page.text(row + 1, column, label(name, page.language), head)
    row += 2
    letters = _letters(page.sheet)
    for kind in page.sheet.shift_kinds:
        if kind.letter not in letters:
            continue
        starts = [hours(kind.earliest_start)]
        if kind.latest_start != kind.earliest_start:
            starts.append(hours(kind.latest_start))
        spans = ", ".join(hours(length) for length in kind.lengths)
        for column, text in enumerate((kind.letter, kind.name, "–".join(starts), spans)):
            page.text(row, column, text)
        row += 1
    used = dict.fromkeys(absences_by_day(page.sheet).values())
    entries = [absence(kind, page.language) for kind in used]
    off = (label("off", page.language), label("day_off", page.language))
    for letter, name in dict.fromkeys([off, *entries]):
        page.text(row, 0, letter)
        page.text(row, 1, name)
        row += 1


def _time_rows(page: _Page, shown: Sequence[Agent]) -> None:
    """Write start and end per person and day."""
    _people(page, shown)
    duties = duties_by_day(page.sheet)
    for row, agent in enumerate(shown, start=HEAD_ROWS):
        for place, day in enumerate(page.days):
            duty = duties.get((agent.key, day))
            text = f"{hours(duty.start)}-{hours(duty.end)}" if duty else ""
            page.text(row, LEAD_COLUMNS + place, text, page.day_style(day))


def _finish(page: _Page, day_width: float) -> None:
    """Set widths, frozen panes and printing."""
    paper = page.paper
    paper.set_column(0, 0, 12)
    paper.set_column(1, 1, 18)
    paper.set_column(2, 2, 16)
    paper.set_column(LEAD_COLUMNS, LEAD_COLUMNS + len(page.days) - 1, day_width)
    paper.set_column(LEAD_COLUMNS + len(page.days), LEAD_COLUMNS + len(page.days) + 1, 9)
    paper.freeze_panes(HEAD_ROWS, LEAD_COLUMNS)
    paper.set_landscape()
    paper.set_paper(8)  # A3
    paper.fit_to_pages(1, 0)
    paper.repeat_rows(1, HEAD_ROWS - 1)
    paper.set_footer("&L&F&R&P / &N")


XLSX = RosterFormat("xlsx", build_xlsx)
