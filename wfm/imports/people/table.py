"""One sheet about people: its header, its rows with a person, and what is refused among them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from wfm.errors import Problem
from wfm.imports.aliases import is_total, normal
from wfm.imports.headers import Header, column_name
from wfm.imports.reading import Sheet, cell_text, column_letter
from wfm.imports.workbook import Cell
from wfm.messages import Message, message


@dataclass(slots=True)
class PeopleTable:
    """The rows of one sheet while it is read; ``refused`` holds rows of the sheet (from 0)."""

    sheet: Sheet
    header: Header
    place: str
    rows: list[int] = field(default_factory=list)
    counted: int = 0
    refused: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)

    def cell(self, row: int, column: str) -> Cell:
        """Return a row's cell of a canonical column, the empty text where there is none."""
        at = self.header.position(column)
        return "" if at is None else self.sheet.cell(row, at)

    def text(self, row: int, column: str) -> str:
        """Return a row's text of a canonical column on one line, in one width."""
        return tidy(self.cell(row, column))

    def has(self, column: str) -> bool:
        """Tell whether the sheet has a canonical column."""
        return self.header.position(column) is not None

    def refuse(self, row: int, at: int | str, value: Cell, reason: Message) -> None:
        """Refuse a row for the cell at a position or canonical column."""
        place = self.header.position(at) if isinstance(at, str) else at
        name = column_name(self.header, place) if place is not None else ""
        if place is not None and not any(sign.isalpha() for sign in name):
            name = column_letter(place)
        self.refuse_named(row, name, value, reason)

    def refuse_named(self, row: int, column: str, value: Cell, reason: Message) -> None:
        """Refuse a row for a cell of a column called ``column``."""
        self.refused.add(row)
        self.problems.append(Problem(reason, self.place, row + 1, column, cell_text(value)))


def tidy(cell: Cell) -> str:
    """Return a cell's text in one width, its spaces made single."""
    return " ".join(unicodedata.normalize("NFKC", cell_text(cell)).split())


def open_people_table(sheet: Sheet, header: Header, place: str) -> PeopleTable:
    """Return the rows of a sheet that name a person; other rows are counted only."""
    table = PeopleTable(sheet, header, place)
    for row in range(header.first_data_row, len(sheet.rows)):
        if not any(cell_text(cell).strip() for cell in sheet.rows[row]):
            continue
        table.counted += 1
        name = table.text(row, "staff_name") or table.text(row, "staff_number")
        if name and not is_total(name) and not _is_heading(table, row):
            table.rows.append(row)
    left_out = table.counted - len(table.rows)
    if left_out:
        table.notes.append(
            message(
                "{place}: {count} rows without a person were left out.",
                place=place,
                count=left_out,
            )
        )
    return table


def _is_heading(table: PeopleTable, row: int) -> bool:
    """Tell whether a row repeats the heading of the names."""
    at = table.header.position("staff_name")
    return at is not None and normal(cell_text(table.sheet.cell(row, at))) == normal(
        table.header.texts[at]
    )
