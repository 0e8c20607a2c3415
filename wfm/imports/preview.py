"""The start of a table as it was understood, for whoever has to say whether that is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wfm.imports.headers import WIDEST, Header
from wfm.imports.reading import Sheet, cell_text
from wfm.messages import Message

SHOWN_ROWS = 20
SHOWN_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """What one row came to: its interval, queue and figures, or why it was refused.

    ``minute`` counts from midnight, ``length`` in minutes; ``values`` holds the recorded ones of
    ``HISTORY_COLUMNS``.
    """

    queue: str = ""
    day: date | None = None
    minute: int = 0
    length: int = 0
    values: dict[str, float] = field(default_factory=dict)
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The start of a table as it was understood: headings, canonical columns, first rows.

    ``header_row`` and ``first_row`` count from 1 (0: the table has no headings); ``guessed`` says
    that no heading is known and the row was only taken for the headings.  ``readings`` has an
    entry per shown row (``None``: the row was set aside), or none while questions are open.
    """

    sheet: str = ""
    header_row: int = 0
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    first_row: int = 1
    readings: tuple[Reading | None, ...] = ()
    guessed: bool = False


def preview_of(sheet: Sheet, header: Header | None, row: int | None = None) -> Preview:
    """Return the first data rows of a sheet as text, with the headings and their meaning.

    Without a header the headings are those of ``row`` (from 1; 0: there are none), else of the
    first row that looks like headings.
    """
    if header is not None:
        names = tuple(
            header.meanings[at].column if at in header.meanings else ""
            for at in range(len(header.texts))
        )
        shown = _rows(sheet, header.first_data_row)
        first = header.first_data_row + 1
        return Preview(sheet.name, header.row + 1, header.texts, names, shown, first)
    at = _likely_headings(sheet) if row is None else min(row, len(sheet.rows)) - 1
    width = max((len(cells) for cells in sheet.rows[: SHOWN_ROWS * 2]), default=0)
    if at < 0:
        texts = tuple(f"#{place + 1}" for place in range(min(width, WIDEST)))
    else:
        texts = tuple(" ".join(text.split()) for text in sheet.texts(at)[:WIDEST])
    empty = ("",) * len(texts)
    return Preview(sheet.name, at + 1, texts, empty, _rows(sheet, at + 1), at + 2, guessed=True)


def _rows(sheet: Sheet, start: int) -> tuple[tuple[str, ...], ...]:
    """Return the first rows from ``start`` (from 0) on as texts."""
    end = min(len(sheet.rows), start + SHOWN_ROWS)
    return tuple(sheet.texts(row)[:SHOWN_COLUMNS] for row in range(start, end))


def _likely_headings(sheet: Sheet) -> int:
    """Return the first row of at least two words without figures, −1 where there is none."""
    for row, cells in enumerate(sheet.rows[: SHOWN_ROWS * 2]):
        filled = [cell for cell in cells if cell_text(cell).strip()]
        words = [
            cell
            for cell in filled
            if isinstance(cell, str) and not any(sign.isdigit() for sign in cell[:60])
        ]
        if len(words) >= 2 and len(words) * 2 > len(filled):
            return row
    return -1
