"""Reads a CSV, TSV or text file or a workbook into sheets of cells, refusing hostile files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from wfm.errors import WfmError
from wfm.imports.archive import MEBI, MOST_BYTES, MOST_CELLS, check_archive, damaged, protected
from wfm.imports.decoding import decode, sniff_delimiter, split_rows
from wfm.imports.workbook import (
    Cell,
    TooManyCellsError,
    UnreadableError,
    read_tables,
    read_tables_apart,
)
from wfm.messages import message

ZIP_MARK = b"PK\x03\x04"
XLS_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".dat")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
TABLE_SUFFIXES = (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES)
"""Endings of the names of files that can hold a table."""
LARGEST_XLS = 32 * MEBI


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: rows of cells, ``rows[0]`` being row 1 of the user's spreadsheet.

    ``encoding`` and ``delimiter`` are those of a text file and empty for a workbook; ``name`` is
    the sheet's name and empty for a text file.
    """

    file: str
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    encoding: str = ""
    delimiter: str = ""

    def texts(self, row: int) -> tuple[str, ...]:
        """Return row ``row`` (from 0) as text."""
        return tuple(cell_text(cell) for cell in self.rows[row])

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell, the empty text where the row is shorter."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def cell_text(cell: Cell) -> str:
    """Return a cell as its user would write it: 12 for 12.0, 2026-11-23 09:00, 9:00:00."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds").removesuffix(":00")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return cell.isoformat()


def column_letter(column: int) -> str:
    """Return the spreadsheet's letter of column ``column`` (from 0): A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def read_sheets(path: Path, *, encoding: str = "", delimiter: str = "") -> tuple[Sheet, ...]:
    """Return the visible sheets of a file; a text file is one sheet.

    ``encoding`` and ``delimiter`` override what the file itself tells.  The content decides what
    kind of file it is, not its name.  Raises :class:`~wfm.errors.WfmError` for a file that cannot
    be read, is empty, damaged, or larger than a table can need.
    """
    return sheets_of(read_content(path), path.name, encoding=encoding, delimiter=delimiter)


def read_content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises :class:`~wfm.errors.WfmError` when it cannot be read or is larger than a table can need.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except FileNotFoundError:
        raise WfmError(message("There is no file {file}.", file=str(path))) from None
    except PermissionError:
        raise WfmError(message("You may not read {file}.", file=str(path))) from None
    except IsADirectoryError:
        raise WfmError(message("{file} is a folder, not a file.", file=str(path))) from None
    except (OSError, ValueError) as error:
        raise WfmError(
            message(
                "{file} cannot be read: {reason}.",
                file=str(path),
                reason=getattr(error, "strerror", None) or str(error),
            )
        ) from None
    if size > MOST_BYTES:
        raise WfmError(
            message(
                "{file} is larger than {limit} MB. Export a shorter period.",
                file=path.name,
                limit=MOST_BYTES // MEBI,
            )
        )
    return content


def sheets_of(
    content: bytes, file: str, *, encoding: str = "", delimiter: str = ""
) -> tuple[Sheet, ...]:
    """Return the sheets of a file's ``content``; see :func:`read_sheets`."""
    if not content.strip():
        raise WfmError(message("{file} is empty.", file=file))
    if content.startswith((ZIP_MARK, XLS_MARK)):
        return _workbook(content, file)
    if file.lower().endswith(WORKBOOK_SUFFIXES):
        raise WfmError(
            message(
                "{file} is named like a workbook but is none. Open it in Excel and save it again"
                " as .xlsx or .csv.",
                file=file,
            )
        )
    text, used = decode(content, file, encoding)
    delimiter = delimiter or sniff_delimiter(text)
    rows = tuple(tuple(row) for row in split_rows(text, file, delimiter))
    if not any(any(field.strip() for field in row) for row in rows):
        raise WfmError(message("{file} is empty.", file=file))
    return (Sheet(file, "", rows, used, delimiter),)


def _workbook(content: bytes, file: str) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook that passed the checks."""
    if content.startswith(ZIP_MARK):
        check_archive(content, file)
        read = read_tables
    elif len(content) > LARGEST_XLS:
        raise WfmError(message("{file} is too large an .xls file. Save it as .xlsx.", file=file))
    else:
        read = read_tables_apart
    try:
        tables = read(content, MOST_CELLS)
    except TooManyCellsError:
        raise WfmError(
            message(
                "{file} has more than {most} cells. Save only the sheet to be read.",
                file=file,
                most=MOST_CELLS,
            )
        ) from None
    except UnreadableError as error:
        raise (protected(file) if error.protected else damaged(file)) from None
    if not any(rows for _, rows in tables):
        raise WfmError(message("{file} is empty.", file=file))
    return tuple(Sheet(file, name, tuple(map(tuple, rows))) for name, rows in tables)
