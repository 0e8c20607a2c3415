"""Reads a roster (勤務表): people in rows, days in columns, a code or a span in each cell."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from wfm.imports.aliases import is_total
from wfm.imports.people.codes import PAID_DAYS, CellMeaning, CodeBook
from wfm.imports.people.grid import Grid
from wfm.imports.people.outcome import Known
from wfm.imports.people.register import Register
from wfm.imports.people.rows import people_once, readable_dates
from wfm.imports.people.table import PeopleTable
from wfm.imports.reading import Sheet, cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.activity import ABSENCE_KINDS
from wfm.model.people import Agent, Leave
from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES

NO_SUCH_DAY = message("this month has no such day")
Entry = Duty | Leave


def open_grid(sheet: Sheet, grid: Grid, place: str, codes: CodeBook) -> PeopleTable:
    """Return the rows of a roster or wish sheet that belong to a person.

    Rows of counts below the people (labelled by a code or a word for totals, or unknown and
    holding only numbers) are counted and left out.
    """
    table = PeopleTable(sheet, grid.header, place)
    for row in range(grid.first_data_row, len(sheet.rows)):
        cells = sheet.rows[row]
        if not any(cell_text(cell).strip() for cell in cells):
            continue
        table.counted += 1
        name = table.text(row, "staff_name") or table.text(row, "staff_number")
        if name and not is_total(name) and not codes.knows(name) and not _is_headline(name):
            table.rows.append(row)
    return table


def _is_headline(name: str) -> bool:
    """Tell whether a label announces counts or notes rather than a person."""
    words = ("人数", "過不足", "必要", "配置", "凡例", "備考", "※", "注)")
    return any(word in name for word in words)


def left_out_rows(table: PeopleTable, grid: Grid, register: Register) -> None:
    """Drop rows of an unknown name whose days hold numbers only: they count something."""
    kept: list[int] = []
    for row in table.rows:
        cells = [table.sheet.cell(row, at) for at, _ in grid.columns]
        filled = [cell for cell in cells if cell_text(cell).strip()]
        numbers = filled and all(cell_text(cell).strip().isdigit() for cell in filled)
        person = register.find(table.text(row, "staff_number"), table.text(row, "staff_name"))
        if isinstance(person, Agent) or not numbers:
            kept.append(row)
    table.rows = kept


def read_roster(
    table: PeopleTable, grid: Grid, known: Known, register: Register, codes: CodeBook
) -> list[tuple[int, list[Entry]]]:
    """Return (row, duties and leave) per person; a row with an unreadable cell is refused whole."""
    left_out_rows(table, grid, register)
    dates = readable_dates(table, grid, known)
    found: list[tuple[int, list[Entry]]] = []
    facts: Counter[str] = Counter()
    for row, agent in people_once(table, register):
        entries = _row_entries(table, row, agent, dates, known, codes, facts)
        if row not in table.refused:
            found.append((row, entries))
    _note(table, facts)
    return found


def _row_entries(
    table: PeopleTable,
    row: int,
    agent: Agent,
    dates: dict[int, date | None],
    known: Known,
    codes: CodeBook,
    facts: Counter[str],
) -> list[Entry]:
    """Return the duties and leave of one row."""
    entries: list[Entry] = []
    first = next((day for day in dates.values() if day is not None), None)
    nights: set[date] = set()
    for at, day in dates.items():
        cell = table.sheet.cell(row, at)
        if not cell_text(cell).strip():
            continue
        if day is None:
            refuse_day(table, row, at, cell, NO_SUCH_DAY)
            continue
        meaning = codes.read(cell, agent)
        if isinstance(meaning, Message):
            refuse_day(table, row, at, cell, meaning)
            continue
        if meaning.after_night and day != first and day - timedelta(days=1) not in nights:
            facts["no_night"] += 1
        entries += _entries(agent, day, meaning, known, facts)
        if meaning.shift and meaning.shift.end > DAY_MINUTES:
            nights.add(day)
    return entries


def refuse_day(table: PeopleTable, row: int, at: int, cell: Cell, reason: Message) -> None:
    """Refuse a row for the cell of one day, named as the heading shows it."""
    heading = cell_text(table.sheet.cell(table.header.row, at)).strip()
    table.refuse_named(row, heading, cell, reason)


def _entries(
    agent: Agent, day: date, meaning: CellMeaning, known: Known, facts: Counter[str]
) -> list[Entry]:
    """Return what a cell adds: a duty, an absence, or nothing."""
    if meaning.extra:
        facts[meaning.extra] += 1
    if meaning.absence:
        share = PAID_DAYS.get(meaning.absence, 0.0)
        assert meaning.absence in ABSENCE_KINDS
        return [Leave(agent.key, day, meaning.absence, round(share * known.day_minutes(agent)))]
    shift = meaning.shift
    if shift is None:
        return []
    facts["guessed_break"] += shift.guessed_break
    facts["several_starts"] += shift.several_starts
    return [Duty(agent.key, day, shift.start, shift.end, shift.breaks, shift.kind, shift.letter)]


def _note(table: PeopleTable, facts: Counter[str]) -> None:
    """Say what the cells of the roster left open."""
    texts = {
        "training": message(
            "{place}: training beside a shift was left out of {count} cells.",
            place=table.place,
            count=facts["training"],
        ),
        "work": message(
            "{place}: {count} half days of leave were read without the half that was worked.",
            place=table.place,
            count=facts["work"],
        ),
        "guessed_break": message(
            "{place}: {count} shifts name no break; the legal minimum was placed in their middle.",
            place=table.place,
            count=facts["guessed_break"],
        ),
        "several_starts": message(
            "{place}: {count} cells name a shift kind with several starts or lengths; the first"
            " start was taken.",
            place=table.place,
            count=facts["several_starts"],
        ),
        "no_night": message(
            "{place}: {count} cells mark the morning after a night shift, but no night is before.",
            place=table.place,
            count=facts["no_night"],
        ),
    }
    table.notes.extend(text for fact, text in texts.items() if facts[fact])
