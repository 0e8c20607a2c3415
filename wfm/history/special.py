"""Proposes days that should not teach a forecast: outages, exposure in the media, closures.

A proposal is only that: the planner confirms it, and the recorded numbers stay as they are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from wfm.history.resampling import column, resample
from wfm.messages import Message, message
from wfm.model.workload import Floats, HistoryDay, SpecialDay

OUTAGE_SHARE = 0.35
"""Below this share of what was to be expected a day or run of intervals looks like an outage."""
OUTAGE_RUN = 4
SIGMAS = 4.0
SMALLEST_SIGMA = 0.05
"""A queue steadier than this (in the log of a day's contacts) is not judged more strictly."""
NEIGHBOURS = 8
FEWEST_NEIGHBOURS = 4
FEWEST_CONTACTS = 20.0
FEWEST_IN_RUN = 12.0
"""Contacts that must have been expected before their absence says anything."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A special day to be confirmed, with what came and what was to be expected."""

    special_day: SpecialDay
    actual: float
    expected: float
    reason: Message


def propose_special_days(
    days: Sequence[HistoryDay],
    known: Iterable[SpecialDay] = (),
    holidays: Container[date] = (),
) -> tuple[Proposal, ...]:
    """Return proposals for every queue, in order of queue and day.

    Expected is the median of the nearest same weekdays (at most four before and four after).
    ``outage``: a day below 35 % of it, or a run of at least four intervals below 35 % of the
    expected share of the day.  ``campaign`` (more) and ``closed`` (less) from four robust standard
    deviations (1.4826 × median absolute deviation) of the log ratio on.  Days that are already
    marked, public holidays, and queues with fewer than five same weekdays are left alone.
    """
    marked = {(item.queue, item.day) for item in known}
    proposals: list[Proposal] = []
    ordered = sorted(days, key=lambda day: (day.queue, day.day))
    for queue, group in groupby(ordered, key=lambda day: day.queue):
        mine = [
            day
            for day in group
            if ("", day.day) not in marked
            and (queue, day.day) not in marked
            and day.day not in holidays
            and np.isfinite(column(day, "offered")).any()
        ]
        if mine:
            proposals += _of_queue(queue, mine)
    return tuple(proposals)


def _of_queue(queue: str, days: Sequence[HistoryDay]) -> list[Proposal]:
    """Return the proposals of one queue."""
    length = max(day.interval_minutes for day in days)
    offered = np.array([column(resample(day, length), "offered") for day in days])
    totals = np.nansum(offered, axis=1)
    expected, neighbours = _expected(days, totals)
    judged = expected >= FEWEST_CONTACTS
    ratios = np.full(len(days), np.nan)
    ratios[judged] = np.log(np.maximum(totals[judged], 0.5) / expected[judged])
    sigma = max(_robust_sigma(ratios[judged]), SMALLEST_SIGMA)
    found: list[Proposal] = []

    def profile(position: int) -> Floats:
        near = offered[neighbours[position]]
        return np.asarray(np.median(np.nan_to_num(near), axis=0))

    for position in np.flatnonzero(judged).tolist():
        day, actual, usual = days[position], totals[position], expected[position]
        if actual >= OUTAGE_SHARE * usual:
            runs = _runs(queue, day.day, offered[position], profile(position), length)
            if runs:
                found += runs
                continue
        kind = _kind(actual / usual, ratios[position] / sigma)
        if kind:
            found.append(_whole_day(queue, day.day, kind, actual, usual))
    return found


def _expected(days: Sequence[HistoryDay], totals: Floats) -> tuple[Floats, list[NDArray[np.int64]]]:
    """Return the median total of each day's nearest same weekdays, and which those are."""
    expected = np.zeros(len(days))
    neighbours: list[NDArray[np.int64]] = []
    weekdays = np.array([day.day.weekday() for day in days])
    ordinals = np.array([day.day.toordinal() for day in days])
    for position in range(len(days)):
        others = np.flatnonzero(weekdays == weekdays[position])
        others = others[others != position]
        near = others[np.argsort(np.abs(ordinals[others] - ordinals[position]), kind="stable")]
        near = near[:NEIGHBOURS]
        neighbours.append(near)
        if len(near) >= FEWEST_NEIGHBOURS:
            expected[position] = np.median(totals[near])
    return expected, neighbours


def _robust_sigma(ratios: Floats) -> float:
    """Return 1.4826 × the median absolute deviation, the standard deviation of a normal sample."""
    if not len(ratios):
        return SMALLEST_SIGMA
    return 1.4826 * float(np.median(np.abs(ratios - np.median(ratios))))


def _kind(share: float, sigmas: float) -> str:
    """Return the kind of special day that a share of the expected contacts suggests."""
    if share < OUTAGE_SHARE:
        return "closed" if share == 0 else "outage"
    if sigmas > SIGMAS:
        return "campaign"
    return "outage" if sigmas < -SIGMAS else ""


def _whole_day(queue: str, day: date, kind: str, actual: float, usual: float) -> Proposal:
    return Proposal(
        SpecialDay(day, kind, queue=queue),
        float(actual),
        float(usual),
        message(
            "{actual} contacts came, {expected} were to be expected.",
            actual=round(float(actual)),
            expected=round(float(usual)),
        ),
    )


def _runs(queue: str, day: date, offered: Floats, profile: Floats, minutes: int) -> list[Proposal]:
    """Return outages of part of a day: runs of intervals far below the usual profile."""
    with np.errstate(invalid="ignore"):
        low: Bools = (profile > 0) & (offered < OUTAGE_SHARE * profile)
    found: list[Proposal] = []
    slot = 0
    for is_low, run in groupby(low.tolist()):
        count = len(list(run))
        span = slice(slot, slot + count)
        usual = float(profile[span].sum())
        if is_low and count >= OUTAGE_RUN and usual >= FEWEST_IN_RUN:
            actual = float(offered[span].sum())
            found.append(
                Proposal(
                    SpecialDay(
                        day,
                        "outage",
                        queue=queue,
                        start=slot * minutes,
                        end=(slot + count) * minutes,
                    ),
                    actual,
                    usual,
                    message(
                        "{actual} contacts came, {expected} were to be expected.",
                        actual=round(actual),
                        expected=round(usual),
                    ),
                )
            )
        slot += count
    return found
