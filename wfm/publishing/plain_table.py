"""Any table of texts as CSV: UTF-8 with a byte-order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from wfm.publishing.csv_file import as_text


def table_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as the content of a CSV file that spreadsheets open by a double click."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [as_text(cell) for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")
