"""Compares the rows of totals that were left out with the sums of the rows that were read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.imports.acd.table import Table
from wfm.imports.aliases import normal
from wfm.imports.figures import parse_figure
from wfm.imports.reading import cell_text
from wfm.messages import Message, message
from wfm.model.workload import Floats

TOLERANCE = 0.5
LOOKED_BACK = 400
MOST_NOTES = 5


def compare_totals(table: Table, offered: Floats) -> Iterator[Message]:
    """Yield a note per row of totals that no sum of the rows above it explains (at most five).

    ``offered`` has one number per data row, NaN where not recorded or refused.
    """
    place = table.header.position("offered")
    if place is None:
        return
    sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(offered))])
    marks = [0]
    shown = 0
    for total in table.totals:
        cells = table.sheet.rows[total.row]
        value = parse_figure(cells[place]) if place < len(cells) else np.nan
        label = "".join(normal(cell_text(cell)) for cell in cells[:6])
        begins = np.array(marks[-LOOKED_BACK:])
        marks.append(total.above)
        if isinstance(value, Message) or np.isnan(value) or "平均" in label or "average" in label:
            continue
        candidates = sums[total.above] - sums[np.concatenate([[0], begins])]
        if np.abs(candidates - value).min() > TOLERANCE and shown < MOST_NOTES:
            shown += 1
            yield message(
                "The total in row {row} says {stated} contacts; the rows read come to {own}.",
                row=total.row + 1,
                stated=f"{value:g}",
                own=f"{candidates[-1]:g}",
            )
