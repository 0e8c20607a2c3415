"""Puts the rows of all sheets onto days: one array per queue, day and measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wfm.imports.acd.grouping import pairs_of
from wfm.imports.acd.measures import Measures
from wfm.imports.acd.table import Table
from wfm.imports.options import STORED_LENGTH, Choices
from wfm.messages import Message, message
from wfm.model.time import format_clock
from wfm.model.workload import HISTORY_COLUMNS, Floats, HistoryDay

DAY = 1440
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
DISPUTED = message(
    "several rows name this queue and interval with different numbers; the mapping option"
    " “duplicates” tells which to take"
)


@dataclass(slots=True)
class Rows:
    """The accepted rows of all sheets: where each came from, its place in time and its values.

    ``values`` has shape ``(rows, len(HISTORY_COLUMNS))``.
    """

    tables: Sequence[Table]
    owner: Ints
    position: Ints
    queues: Ints
    starts: Ints
    lengths: Ints
    repeated: Bools
    values: Floats

    def refuse(self, row: int, column: str, value: str, reason: Message) -> None:
        """Refuse a row in the table it came from."""
        self.tables[self.owner[row]].refuse(int(self.position[row]), column, value, reason)


def values_of(measures: Measures) -> Floats:
    """Return measures as one array of shape ``(rows, len(HISTORY_COLUMNS))``."""
    return np.column_stack([measures[name] for name in HISTORY_COLUMNS])


def refuse_off_grid(rows: Rows) -> Bools:
    """Refuse rows that do not begin on their interval's grid; return which may stay."""
    off: Bools = rows.starts % rows.lengths != 0
    for row in np.flatnonzero(off):
        rows.refuse(
            int(row),
            "interval_start",
            format_clock(int(rows.starts[row] % DAY)),
            message(
                "the other rows have intervals of {minutes} minutes, this one begins between them",
                minutes=int(rows.lengths[row]),
            ),
        )
    return np.logical_not(off)


def assemble(
    rows: Rows, names: Sequence[str], choices: Choices, threshold_s: float, source: str
) -> tuple[list[HistoryDay], int, list[Message]]:
    """Return the days, the number of identical rows left out, and notes.

    An interval with several rows is settled by :func:`_settle`; rows that stay in conflict are
    refused.  Rows longer than the finest of their day are spread evenly over its intervals.
    """
    if not len(rows.starts):
        return [], 0, []
    days = rows.starts // DAY
    _, _, groups = pairs_of(rows.queues, days)
    finest = np.full(int(groups.max()) + 1, DAY, np.int64)
    np.minimum.at(finest, groups, rows.lengths)
    grid = finest[groups]
    times = rows.lengths // grid
    uneven = rows.lengths % grid != 0
    times[uneven] = 1
    entry = np.repeat(np.arange(len(times)), times)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
    slots = (rows.starts[entry] % DAY) // grid[entry] + within
    inside = slots < DAY // grid[entry]
    entry, slots = entry[inside], slots[inside]
    values = rows.values[entry] / times[entry][:, None]
    keep, same, notes = _settle(rows, groups, entry, slots, values, choices)
    empty = 0.0 if choices.get("empty_intervals") == "zero" else np.nan
    order = np.argsort(groups[entry[keep]], kind="stable")
    chosen = keep[order]
    bounds = np.flatnonzero(np.diff(groups[entry[chosen]], prepend=-1, append=-1))
    found: list[HistoryDay] = []
    for begin, end in pairwise(bounds):
        part = chosen[begin:end]
        row = int(entry[part[0]])
        found.append(
            HistoryDay(
                names[int(rows.queues[row])],
                date.fromordinal(int(days[row])),
                STORED_LENGTH[int(grid[row])],
                _columns(slots[part], values[part], int(grid[row]), empty),
                threshold_s,
                source,
            )
        )
    return found, same, notes


def _columns(slots: Ints, values: Floats, length: int, empty: float) -> dict[str, Floats]:
    """Return the arrays of one day; a length that is not stored is summed up to one that is."""
    grid = np.full((DAY // length, len(HISTORY_COLUMNS)), np.nan)
    recorded = np.isfinite(values).any(axis=0)
    grid[:, recorded] = empty
    grid[slots] = values
    stored = STORED_LENGTH[length]
    if stored != length:
        grid = grid.reshape(DAY // stored, stored // length, -1).sum(axis=1)
    columns: dict[str, Floats] = {}
    for place, name in enumerate(HISTORY_COLUMNS):
        column = np.ascontiguousarray(grid[:, place])
        column.setflags(write=False)
        columns[name] = column
    return columns


def _settle(
    rows: Rows, groups: Ints, entry: Ints, slots: Ints, values: Floats, choices: Choices
) -> tuple[Ints, int, list[Message]]:
    """Settle intervals that several rows claim; return which entries stay (``values`` is changed).

    Identical rows count once; rows of parts (agents, skill sets), of an hour that a clock change
    repeats, or declared by ``duplicates = "sum"`` are added up; the rest is refused together.
    """
    order = np.lexsort((slots, groups[entry]))
    same_place = (np.diff(groups[entry[order]]) == 0) & (np.diff(slots[order]) == 0)
    if not same_place.any():
        return np.arange(len(entry)), 0, []
    keep = np.ones(len(entry), np.bool_)
    notes: Counter[str] = Counter()
    refused: set[int] = set()
    edges = np.flatnonzero(np.concatenate([[True], ~same_place, [True]]))
    policy = choices.get("duplicates", "reject")
    for begin, end in pairwise(edges):
        if end - begin == 1:
            continue
        cluster = np.sort(order[begin:end])
        how = _judge(rows, entry[cluster], values[cluster], policy)
        notes[how] += len(cluster) - 1
        keep[cluster] = False
        if how == "refused":
            refused.update(int(entry[item]) for item in cluster)
            continue
        kept = cluster[-1] if how == "last" else cluster[0]
        keep[kept] = True
        if how in {"sum", "part", "repeated"}:
            values[kept] = values[cluster].sum(axis=0)
    for row in sorted(refused):
        rows.refuse(
            row,
            "interval_start",
            format_clock(int(rows.starts[row] % DAY)),
            DISPUTED,
        )
    keep &= ~np.isin(entry, list(refused))
    return np.flatnonzero(keep), notes["same"], _duplicate_notes(notes)


def _judge(rows: Rows, members: Ints, values: Floats, policy: str) -> str:
    """Return what becomes of rows that claim one interval."""
    if rows.repeated[members].any():
        return "repeated"
    parts = [_part(rows, int(row)) for row in members]
    if len(set(parts)) == len(parts):
        return "part"
    if policy != "sum" and all(
        np.array_equal(values[0], other, equal_nan=True) for other in values[1:]
    ):
        return "same"
    return "refused" if policy == "reject" else policy


def _part(rows: Rows, row: int) -> tuple[object, ...]:
    """Return what tells apart the rows of one queue and interval: agent, skill set, language."""
    table = rows.tables[rows.owner[row]]
    cells = table.sheet.rows[table.rows[rows.position[row]]]
    return tuple(
        cells[place] if place < len(cells) else ""
        for place, heading in table.header.meanings.items()
        if heading.column == "part"
    )


def _duplicate_notes(notes: Counter[str]) -> list[Message]:
    """Say what was added up or left out."""
    texts = {
        "same": message("{count} identical rows were left out.", count=notes["same"]),
        "sum": message("{count} rows were added to others of their interval.", count=notes["sum"]),
        "part": message(
            "{count} rows for agents, skills or languages were added up.", count=notes["part"]
        ),
        "repeated": message(
            "The clock change repeats an hour: {count} rows were added to the same wall time."
            " Consider marking that day as a special day.",
            count=notes["repeated"],
        ),
        "first": message("{count} later rows of an interval were left out.", count=notes["first"]),
        "last": message("{count} earlier rows of an interval were left out.", count=notes["last"]),
    }
    return [text for how, text in texts.items() if notes[how]]
