"""Reads the cells of a workbook; also a small program that does so in a process of its own.

Damaged files of the old .xls format can make the reader ask for more memory than there is, which
ends a process without any error to catch.  They are therefore read by ``python workbook.py``, which
takes the file on standard input and answers in JSON; this module imports nothing of the domain.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

Cell = str | float | bool | datetime | date | time | timedelta
"""A text field, or a typed cell of a workbook; an empty cell is the empty text."""

Rows = list[list[Cell]]
SECONDS = 20
MOST_MEMORY = 2 * 1024**3


class TooManyCellsError(Exception):
    """The sheets hold more cells than may be read."""


class UnreadableError(Exception):
    """The file is no workbook, or a damaged one; ``protected`` if a password is asked for."""

    def __init__(self, *, protected: bool = False) -> None:
        super().__init__()
        self.protected = protected


def read_tables(content: bytes, most_cells: int) -> list[tuple[str, Rows]]:
    """Return (name, rows) of every visible worksheet; error cells come out empty.

    Raises :class:`TooManyCellsError` and :class:`UnreadableError`.
    """
    try:
        return _tables(content, most_cells)
    except TooManyCellsError:
        raise
    except python_calamine.PasswordError:
        raise UnreadableError(protected=True) from None
    except BaseException as error:
        # A panic of the reader's Rust code is no Exception; anything else of that kind is not ours.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise UnreadableError from None


def _tables(content: bytes, most_cells: int) -> list[tuple[str, Rows]]:
    tables: list[tuple[str, Rows]] = []
    cells = 0
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        for position, facts in enumerate(book.sheets_metadata):
            if (
                facts.typ != python_calamine.SheetTypeEnum.WorkSheet
                or facts.visible != python_calamine.SheetVisibleEnum.Visible
            ):
                continue
            table = book.get_sheet_by_index(position)
            cells += table.total_height * table.total_width
            if cells > most_cells:
                raise TooManyCellsError
            rows = table.to_python(skip_empty_area=False) if table.start is not None else []
            tables.append((facts.name, rows))
    return tables


def read_tables_apart(content: bytes, most_cells: int) -> list[tuple[str, Rows]]:
    """Return what :func:`read_tables` does, read by a child process that may die of the file."""
    if getattr(sys, "frozen", False):  # a packaged program has no interpreter to start
        return read_tables(content, most_cells)
    try:
        child = subprocess.run(  # noqa: S603 - our own file, by the interpreter that runs us
            [sys.executable, "-I", __file__, str(most_cells)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        answer: dict[str, Any] = (
            json.loads(child.stdout) if child.returncode == 0 else {"error": "damaged"}
        )
    except (subprocess.TimeoutExpired, OSError, ValueError):
        answer = {"error": "damaged"}
    reason = answer.get("error")
    if reason == "cells":
        raise TooManyCellsError
    if reason:
        raise UnreadableError(protected=reason == "protected")
    return [
        (name, [[_typed(cell) for cell in row] for row in rows]) for name, rows in answer["tables"]
    ]


def _plain(cell: Cell) -> object:
    """Return a cell as JSON has it."""
    if isinstance(cell, timedelta):
        return ["seconds", cell.total_seconds()]
    if isinstance(cell, datetime | date | time):
        return [type(cell).__name__, cell.isoformat()]
    return cell


def _typed(cell: object) -> Cell:
    """Return the cell that :func:`_plain` wrote."""
    match cell:
        case ["seconds", float() | int() as seconds]:
            return timedelta(seconds=seconds)
        case ["datetime", str() as text]:
            return datetime.fromisoformat(text)
        case ["date", str() as text]:
            return date.fromisoformat(text)
        case ["time", str() as text]:
            return time.fromisoformat(text)
        case str() | float() | int():
            return cell
    raise TypeError(cell)


def _answer(content: bytes, most_cells: int) -> dict[str, object]:
    try:
        tables = read_tables(content, most_cells)
    except TooManyCellsError:
        return {"error": "cells"}
    except UnreadableError as error:
        return {"error": "protected" if error.protected else "damaged"}
    plain = [(name, [[_plain(cell) for cell in row] for row in rows]) for name, rows in tables]
    return {"tables": plain}


def _limit_memory() -> None:
    """Let the child fail rather than the machine, where the system can limit a process."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _limit_memory()
    print(json.dumps(_answer(sys.stdin.buffer.read(), int(sys.argv[1]))))
