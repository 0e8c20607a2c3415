"""Merges an import into what is recorded, cell by cell, and says which cells changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.history.resampling import column, frozen, regrid, resample
from wfm.model.workload import HISTORY_COLUMNS, Floats, HistoryDay

SAME = 1e-6
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A recorded number that an import replaces: where, which measure, before and after."""

    queue: str
    day: date
    minute: int
    column: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Merged:
    """Days to be stored (those that differ from the recorded ones only) and the changed cells.

    ``added`` counts numbers where none was recorded before.
    """

    days: tuple[HistoryDay, ...]
    changed: tuple[ChangedCell, ...]
    added: int


def merge_days(recorded: Iterable[HistoryDay], incoming: Iterable[HistoryDay]) -> Merged:
    """Put ``incoming`` over ``recorded``; a number that was not recorded replaces nothing.

    Where interval lengths differ the finer one is kept: a coarser import that says the same total
    changes nothing, one that says another is spread evenly.  Importing a file twice changes
    nothing.
    """
    known = {(day.queue, day.day): day for day in recorded}
    before = dict(known)
    changed: list[ChangedCell] = []
    added = 0
    for new in incoming:
        key = (new.queue, new.day)
        old = known.get(key)
        if old is None:
            known[key] = new
            added += sum(int(np.isfinite(values).sum()) for values in new.columns.values())
            continue
        merged, cells, fresh = _merge(old, new)
        known[key] = merged
        changed += cells
        added += fresh
    days = tuple(day for key, day in known.items() if not _equal(before.get(key), day))
    return Merged(days, tuple(changed), added)


def _equal(old: HistoryDay | None, new: HistoryDay) -> bool:
    """Tell whether two days hold the same numbers."""
    return old is not None and (
        old is new
        or (
            old.interval_minutes == new.interval_minutes
            and old.threshold_s == new.threshold_s
            and all(
                np.array_equal(column(old, name), column(new, name), equal_nan=True)
                for name in HISTORY_COLUMNS
            )
        )
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far incoming days of one queue lie over recorded ones.

    ``days`` are recorded already; of their numbers ``changed`` would be replaced by another one
    and ``added`` are not recorded yet.
    """

    days: int = 0
    changed: int = 0
    added: int = 0


def overlaps(recorded: Iterable[HistoryDay], incoming: Iterable[HistoryDay]) -> dict[str, Overlap]:
    """Return per queue what :func:`merge_days` would do to recorded days, without doing it."""
    known = {(day.queue, day.day): day for day in recorded}
    found: dict[str, Overlap] = {}
    for new in incoming:
        old = known.get((new.queue, new.day))
        if old is None:
            continue
        before = found.get(new.queue, Overlap())
        laid = _overlay(old, new)
        replaced = sum(int(item.replaces.sum()) for item in laid)
        fresh = sum(int(item.fresh.sum()) for item in laid)
        found[new.queue] = Overlap(
            before.days + 1, before.changed + replaced - fresh, before.added + fresh
        )
    return found


@dataclass(frozen=True, slots=True)
class _Laid:
    """One measure of a day with another day laid over it.

    ``replaces`` marks where the other's number differs, ``fresh`` those of them where none was
    recorded.
    """

    name: str
    values: Floats
    over: Floats
    replaces: Marks
    fresh: Marks


def _overlay(old: HistoryDay, new: HistoryDay) -> list[_Laid]:
    """Lay one day over another, measure by measure, on the finer grid of both."""
    length = min(old.interval_minutes, new.interval_minutes)
    base = resample(old, length)
    laid: list[_Laid] = []
    for name in HISTORY_COLUMNS:
        values = column(base, name)
        over = _on_grid(values, column(new, name), new.interval_minutes, length)
        replaces = np.isfinite(over) & ~np.isclose(values, over, rtol=SAME, atol=SAME)
        laid.append(_Laid(name, values, over, replaces, replaces & np.isnan(values)))
    return laid


def _merge(old: HistoryDay, new: HistoryDay) -> tuple[HistoryDay, list[ChangedCell], int]:
    """Return the merged day, the changed cells and the count of new ones."""
    length = min(old.interval_minutes, new.interval_minutes)
    base = resample(old, length)
    columns: dict[str, Floats] = {}
    changed: list[ChangedCell] = []
    added = 0
    for item in _overlay(old, new):
        added += int(item.fresh.sum())
        changed += [
            ChangedCell(
                old.queue,
                old.day,
                int(slot) * length,
                item.name,
                float(item.values[slot]),
                float(item.over[slot]),
            )
            for slot in np.flatnonzero(item.replaces & ~item.fresh)
        ]
        columns[item.name] = frozen(np.where(item.replaces, item.over, item.values))
    merged = replace(base, columns=columns, threshold_s=new.threshold_s, source=new.source)
    return merged, changed, added


def _on_grid(values: Floats, over: Floats, minutes: int, length: int) -> Floats:
    """Return a coarse column on the finer grid, NaN where the finer one already sums up to it."""
    if minutes == length:
        return over
    fine = regrid(over, length)
    agrees = np.isclose(regrid(values, minutes), over, rtol=SAME, atol=SAME)
    return np.where(np.repeat(agrees, minutes // length), np.nan, fine)
