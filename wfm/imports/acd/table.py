"""The data rows of one sheet; totals, repeated headings and remarks are set aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from wfm.errors import Problem
from wfm.imports.aliases import aliases, is_total, normal
from wfm.imports.headers import Header, column_name
from wfm.imports.reading import Sheet, cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message

LABELS = ("date", "interval_start", "time", "interval_end", "queue")
FILLED_DOWN = ("date", "queue")


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A dropped row of totals: its row in the sheet and how many data rows stand above it."""

    row: int
    above: int


@dataclass(slots=True)
class Table:
    """The data rows of a sheet and what is refused among them while they are read.

    ``rows`` are positions in the sheet; every column has one cell per entry of ``rows``.
    ``refused`` and ``left_out`` hold positions in ``rows``; ``units`` says per heading what its
    times are written in.
    """

    sheet: Sheet
    header: Header
    place: str
    rows: list[int]
    totals: list[TotalRow]
    counted: int
    skipped: Counter[str]
    notes: list[Message] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)

    def cells(self, column: str) -> list[Cell] | None:
        """Return the cells of a canonical column, or ``None`` when the file has none."""
        place = self.header.position(column)
        return None if place is None else self.cells_at(place)

    def cells_at(self, place: int) -> list[Cell]:
        """Return the cells at a position of the header."""
        rows = self.sheet.rows
        return [rows[row][place] if place < len(rows[row]) else "" for row in self.rows]

    def name(self, column: str) -> str:
        """Return the file's heading of a canonical column."""
        place = self.header.position(column)
        return column if place is None else column_name(self.header, place)

    def refuse(self, position: int, column: str, value: str, reason: Message) -> None:
        """Refuse the row at ``position``; ``column`` is canonical."""
        self.refused.add(position)
        self.problems.append(
            Problem(
                reason,
                self.place,
                self.rows[position] + 1,
                self.name(column) if column else "",
                value,
            )
        )

    def refuse_cells(self, column: str, cells: list[Cell], reasons: dict[int, Message]) -> None:
        """Refuse every row with a reason, showing its cell."""
        for position, reason in reasons.items():
            self.refuse(position, column, cell_text(cells[position]), reason)


def open_table(sheet: Sheet, header: Header, place: str) -> Table:
    """Return the data rows of a sheet, with totals, repeated headings and remarks set aside."""
    table = Table(sheet, header, place, [], [], 0, Counter())
    labels = [at for name in LABELS if (at := header.position(name)) is not None]
    measures = [at for at, item in header.meanings.items() if item.column not in LABELS]
    totals: dict[str, bool] = {}
    for row in range(header.first_data_row, len(sheet.rows)):
        cells = sheet.rows[row]
        kind = _kind(cells, header, labels, measures, totals)
        if kind == "blank":
            continue
        table.counted += 1
        if kind == "data":
            table.rows.append(row)
            continue
        table.skipped[kind] += 1
        if kind == "total":
            table.totals.append(TotalRow(row, len(table.rows)))
    _note_skipped(table)
    return table


def _kind(
    cells: tuple[Cell, ...],
    header: Header,
    labels: list[int],
    measures: list[int],
    totals: dict[str, bool],
) -> str:
    """Return ``data``, ``blank``, ``total``, ``heading`` or ``remark``."""
    first = next((cell for cell in cells if cell != "" and cell_text(cell).strip()), None)
    if first is None:
        return "blank"
    marks = [first, *(cells[at] for at in labels if at < len(cells))]
    for mark in marks:
        if not isinstance(mark, str):
            continue
        known = totals.get(mark)
        if known is None:
            known = totals[mark] = is_total(mark)
        if known:
            return "total"
    if isinstance(first, str) and not first[:1].isdigit() and _repeats(cells, header):
        return "heading"
    if all(at >= len(cells) or cells[at] == "" for at in measures) and not any(
        _may_be_label(cells[at]) for at in labels if at < len(cells)
    ):
        return "remark"
    return "data"


def _may_be_label(cell: Cell) -> bool:
    """Tell whether a cell could name a time, that is: holds a digit or is typed."""
    return not isinstance(cell, str) or any(sign.isdigit() for sign in cell[:60])


def _repeats(cells: tuple[Cell, ...], header: Header) -> bool:
    """Tell whether a row repeats the headings."""
    hits, known = 0, aliases("acd")
    for at, heading in header.meanings.items():
        cell = cells[at] if at < len(cells) else ""
        if not isinstance(cell, str) or not cell.strip():
            continue
        found = known.match(cell)
        if normal(cell) == normal(header.texts[at]) or (found and found.column == heading.column):
            hits += 1
    return hits >= 2 and hits * 2 > len(header.meanings)


def _note_skipped(table: Table) -> None:
    """Say how many rows were set aside, by kind."""
    count = table.skipped["heading"]
    if count:
        table.notes.append(
            message(
                "{count} repeated heading was left out.",
                plural="{count} repeated headings were left out.",
                count=count,
            )
        )
    count = table.skipped["remark"]
    if count:
        table.notes.append(
            message(
                "{count} row of remarks was left out.",
                plural="{count} rows of remarks were left out.",
                count=count,
            )
        )
    count = table.skipped["total"]
    if count:
        table.notes.append(
            message(
                "{count} row of totals was left out.",
                plural="{count} rows of totals were left out.",
                count=count,
            )
        )


def fill_down(table: Table, column: str) -> list[Cell] | None:
    """Return a column whose empty cells repeat the one above, as merged cells are meant."""
    cells = table.cells(column)
    if cells is None:
        return None
    last: Cell = ""
    filled = 0
    for position, cell in enumerate(cells):
        if cell == "" or (isinstance(cell, str) and not cell.strip()):
            if last != "":
                cells[position] = last
                filled += 1
        else:
            last = cell
    if filled:
        table.notes.append(
            message(
                "Empty cells of “{column}” were read as the value above them ({count}).",
                column=table.name(column),
                count=filled,
            )
        )
    return cells
