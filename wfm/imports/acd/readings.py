"""Says what the first rows of a file came to, so that a user sees how it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from wfm.imports.acd.assembly import Rows
from wfm.imports.acd.table import Table
from wfm.imports.preview import Preview, Reading
from wfm.model.time import DAY_MINUTES
from wfm.model.workload import HISTORY_COLUMNS


def readings_of(
    preview: Preview, table: Table, rows: Rows, names: Sequence[str]
) -> tuple[Reading | None, ...]:
    """Return what each row of a preview came to; ``table`` is the first of ``rows.tables``."""
    first = preview.first_row - 1
    last = first + len(preview.rows)
    refused = {problem.row: problem.reason for problem in reversed(table.problems)}
    found: dict[int, Reading] = {}
    for position, row in enumerate(table.rows):
        if row >= last:
            break
        if position in table.refused:
            found[row] = Reading(refused=refused.get(row + 1))
    here = (rows.owner == 0) & (rows.position < len(preview.rows))
    for index in np.flatnonzero(here).tolist():
        row = table.rows[int(rows.position[index])]
        if row not in found:
            found[row] = _reading(rows, index, names)
    return tuple(found.get(row) for row in range(first, last))


def _reading(rows: Rows, index: int, names: Sequence[str]) -> Reading:
    """Return what an accepted row came to."""
    start = int(rows.starts[index])
    values = {
        name: float(value)
        for name, value in zip(HISTORY_COLUMNS, rows.values[index], strict=True)
        if np.isfinite(value)
    }
    return Reading(
        names[int(rows.queues[index])],
        date.fromordinal(start // DAY_MINUTES),
        start % DAY_MINUTES,
        int(rows.lengths[index]),
        values,
    )
