"""Writes the files that the tests of the imports read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from wfm.imports import AcdImport, read_acd
from wfm.model.site import ImportMapping
from wfm.model.workload import HistoryDay

Rows = Sequence[Sequence[Any]]


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    """Return rows as CSV text with Windows line ends."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write rows as a text file."""
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets of typed cells as a workbook."""
    path.write_bytes(xlsx_bytes(sheets))
    return path


def xlsx_bytes(sheets: dict[str, Rows]) -> bytes:
    """Return a workbook with sheets of typed cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "nan_inf_to_errors": True})
    moment = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
    day = book.add_format({"num_format": "yyyy/mm/dd"})
    clock = book.add_format({"num_format": "h:mm:ss"})
    span = book.add_format({"num_format": "[h]:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case None | "":
                        continue
                    case datetime():
                        sheet.write_datetime(row, column, cell, moment)
                    case date():
                        sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
                    case time():
                        sheet.write_datetime(row, column, cell, clock)
                    case timedelta():
                        sheet.write_number(row, column, cell.total_seconds() / 86_400, span)
                    case str():
                        sheet.write_string(row, column, cell)
                    case _:
                        sheet.write(row, column, cell)
    book.close()
    return buffer.getvalue()


def acd(tmp_path: Path, rows: Rows, *, name: str = "acd.csv", **facts: Any) -> AcdImport:
    """Import rows written as CSV; ``options`` and ``columns`` make a mapping."""
    path = write_csv(tmp_path / name, rows, facts.pop("encoding", "utf-8"))
    options, columns = facts.pop("options", {}), facts.pop("columns", {})
    result = read_acd(path, ImportMapping("test", columns, options), **facts)
    assert result.accepted_rows + result.rejected_rows + result.skipped_rows == result.rows
    return result


def cells(result: AcdImport, column: str = "offered") -> dict[tuple[str, str, str], float]:
    """Return {(queue, day, time): number} of the recorded intervals of one measure."""
    found: dict[tuple[str, str, str], float] = {}
    for day in result.days:
        for slot, value in enumerate(day.columns[column]):
            if not np.isnan(value):
                minute = slot * day.interval_minutes
                clock = f"{minute // 60:02d}:{minute % 60:02d}"
                found[day.queue, day.day.isoformat(), clock] = float(value)
    return found


def only_day(result: AcdImport) -> HistoryDay:
    """Return the one day of an import."""
    assert len(result.days) == 1, [str(item.as_message()) for item in result.problems]
    return result.days[0]


def reasons(result: Any) -> list[str]:
    """Return the problems of an import as English sentences."""
    return [str(item.as_message()) for item in result.problems]


def notes(result: Any) -> str:
    """Return the notes of an import as one English text."""
    return "\n".join(map(str, result.notes))
