"""Blocks of cells as spreadsheets exchange them: tab-separated text, CRLF, quoted where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from wfm.errors import WfmError
from wfm.messages import message

Block = list[list[str]]


def read_block(text: str) -> Block:
    """Return the cells of a copied block, every row as long as the longest.

    Line ends of every system, quoted cells with tabs or line ends in them, and blank cells are
    read as Excel and LibreOffice write them.  Raises :class:`~wfm.errors.WfmError` for a text that
    is no block of cells.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab"))
    except csv.Error:
        raise WfmError(
            message("The clipboard holds no block of cells. Copy the cells once more.")
        ) from None
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows] if width else []


def write_block(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as tab-separated text with CRLF, as Excel copies them."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, dialect="excel-tab").writerows(rows)
    return buffer.getvalue()
