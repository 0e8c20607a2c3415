"""Decides what a column of lengths is written in (seconds, milliseconds, m:ss, h:mm), or asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.imports.acd.outcome import Question
from wfm.imports.durations import CLOCK, NUMBER, TYPED, Lengths
from wfm.imports.options import Choices
from wfm.messages import message
from wfm.model.workload import Floats

FACTORS = {"s": 1.0, "ms": 0.001, "min": 60.0, "h": 3600.0, "day": 86_400.0}
PLAUSIBLE_CONTACT_S = (20.0, 4 * 3600.0)
"""Handling time of a mean contact within which a unit is believed."""
PLAUSIBLE_WAIT_S = (0.0, 2 * 3600.0)
LONGEST_BY_CLOCK_S = 3600.0
"""A mean contact longer than this is not believed of a clock that has a shorter reading too."""
CLOCK_PARTS = {"m:ss": 1.0, "h:mm": 60.0}


def clock_reading(lengths: Lengths, counts: Floats | None, plausible: tuple[float, float]) -> str:
    """Return ``m:ss`` or ``h:mm`` when a column of two-part clocks allows no other, else ""."""
    clocks = lengths.forms == CLOCK
    if not clocks.any():
        return ""
    if lengths.bare_seconds:
        return "m:ss"
    median = _median(lengths.values, clocks, counts)
    if median is None:
        return ""
    low, high = plausible[0], min(plausible[1], LONGEST_BY_CLOCK_S)
    fitting = [name for name, factor in CLOCK_PARTS.items() if low <= median * factor <= high]
    return fitting[0] if len(fitting) == 1 else ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A column in seconds, and what it was written in (empty: every value names its unit)."""

    seconds: Floats
    unit: str


def settle_units(
    lengths: Lengths,
    counts: Floats | None,
    heading: str,
    unit: str,
    choices: Choices,
    plausible: tuple[float, float] = PLAUSIBLE_CONTACT_S,
    clock: str = "",
) -> Settled | Question:
    """Return a column in seconds, or the question that has to be answered first.

    ``counts`` are the contacts of each row where the column holds sums, ``None`` for averages.  The
    unit is that of the mapping, else of the heading, else seconds where they make the median
    contact plausible; no other unit is ever taken silently.  ``clock`` is the reading that the
    clocks of the file allow.  Shape as ``lengths.values``.
    """
    values = lengths.values.copy()
    clocks, numbers = lengths.forms == CLOCK, lengths.forms == NUMBER
    used = ""
    if clocks.any():
        parts = choices.get("clock_parts", clock_reading(lengths, counts, plausible), heading)
        if not (parts or clock) and (values[clocks] > 0).any():
            return _ask("clock_parts", heading, lengths, clocks, tuple(CLOCK_PARTS))
        used = parts or clock or "m:ss"
        values[clocks] *= CLOCK_PARTS[used]
    typed = lengths.forms == TYPED
    if typed.any():
        median = _median(values, typed, counts)
        short = median is not None and median * 60 > plausible[1] >= median
        used = choices.get("clock_parts", "m:ss" if short else "h:mm", heading)
        values[typed] *= CLOCK_PARTS[used]
    if not numbers.any():
        return Settled(values, used)
    unit = choices.get("duration_unit", unit, heading)
    if not unit:
        median = _median(values, numbers, counts)
        if median is not None and not plausible[0] <= median <= plausible[1]:
            return _ask("duration_unit", heading, lengths, numbers, _readings(median, plausible))
        unit = "s"
    _to_seconds(values, numbers, unit)
    return Settled(values, unit)


def _to_seconds(values: Floats, numbers: np.ndarray, unit: str) -> None:
    """Turn the bare numbers of a column into seconds, in place."""
    if unit in {"h.mm", "m.ss"}:
        whole = np.trunc(values[numbers])
        rest = np.rint((values[numbers] - whole) * 100)
        values[numbers] = (whole * 60 + rest) * (60.0 if unit == "h.mm" else 1.0)
    else:
        values[numbers] *= FACTORS[unit]


def _median(values: Floats, where: np.ndarray, counts: Floats | None) -> float | None:
    """Return the median seconds per contact of the rows that have any, or ``None``."""
    chosen = where & np.isfinite(values) & (values > 0)
    if counts is not None:
        chosen &= np.isfinite(counts) & (counts > 0)
    if not chosen.any():
        return None
    per_contact = values[chosen] if counts is None else values[chosen] / counts[chosen]
    return float(np.median(per_contact))


def _readings(median: float, plausible: tuple[float, float]) -> tuple[str, ...]:
    """Return the units, seconds first, under which the median is plausible."""
    low, high = plausible
    fitting = [name for name, factor in FACTORS.items() if low <= median * factor <= high]
    sexagesimal = [
        name
        for name, factor in (("h.mm", 3600.0), ("m.ss", 60.0))
        if low <= median * factor <= high
    ]
    return ("s", *(name for name in (*fitting, *sexagesimal) if name != "s"))


def _ask(
    option: str, heading: str, lengths: Lengths, where: np.ndarray, possible: tuple[str, ...]
) -> Question:
    """Return the question about a column's unit, with its first value as example."""
    first = int(np.flatnonzero(where & (lengths.values > 0))[0])
    value = float(lengths.values[first])
    example = f"{value // 60:.0f}:{value % 60:02.0f}" if option == "clock_parts" else f"{value:g}"
    return Question(
        option,
        message(
            "Values such as {example} in “{column}” can be read as {choices}."
            " Set the mapping option “{option}”.",
            example=example,
            column=heading,
            choices=", ".join(possible),
            option=option,
        ),
        possible,
        heading,
        example,
    )
