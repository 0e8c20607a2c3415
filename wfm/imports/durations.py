"""Lengths of time as reports write them: 0:03:25, 03:25, :05, 31: 5, 205, 1時間15分, 0.0024.

What a bare number or a two-part clock means depends on the whole column, so reading keeps the form
and :func:`wfm.imports.acd.units.settle_units` decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.imports.figures import is_unrecorded, plain, signed
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.workload import Floats

EXACT, CLOCK, NUMBER, TYPED = 0, 1, 2, 3
"""Forms: seconds that need no unit; a two-part clock read as m:ss; a bare number; a column of typed
clock cells without any seconds, as a spreadsheet makes of 5:25, read as m:ss."""

NOT_A_LENGTH = message("this is not a length of time such as 3:25, 0:03:25 or 205")

_THREE = re.compile(r"^(?:(\d+)(?:d|日|\.))?(\d{1,6}):([0-5]?\d):([0-5]?\d(?:\.\d+)?)$", re.ASCII)
_TWO = re.compile(r"^(\d{0,6}):([0-5]?\d(?:\.\d+)?)$", re.ASCII)
_BARE_SECONDS = re.compile(r"^:\d|:\s*\d$")
_WORDS = re.compile(
    r"^(?:(\d{1,6}(?:\.\d+)?)(?:時間|hours?|hrs?|h))?(?:(\d{1,6}(?:\.\d+)?)(?:分|minutes?|mins?|m))?"
    r"(?:(\d{1,9}(?:\.\d+)?)(?:秒|seconds?|secs?|s))?$",
    re.ASCII,
)
_EPOCH = datetime(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Lengths:
    """A column of lengths as written: value and form per row, and why rows are unreadable.

    ``CLOCK`` and ``TYPED`` hold the seconds of the m:ss reading; ×60 gives the h:mm reading.
    ``bare_seconds`` tells that a clock such as :05 or 31: 5 can only be m:ss.
    """

    values: Floats
    forms: NDArray[np.int8]
    reasons: dict[int, Message]
    bare_seconds: bool = False


def parse_length(cell: Cell) -> tuple[float, int] | Message:
    """Return (value, form) of one cell, or the reason why it is no length of time."""
    match cell:
        case bool():
            return NOT_A_LENGTH
        case int() | float():
            return (float(cell), NUMBER) if math.isfinite(cell) else (math.nan, EXACT)
        case timedelta():
            return cell.total_seconds(), EXACT
        case time():
            return cell.hour * 3600.0 + cell.minute * 60 + cell.second, EXACT
        case datetime():
            # A cell of 24 hours and more in a clock format reads as a moment of 1900.
            return ((cell - _EPOCH).total_seconds(), EXACT) if cell.year < 1930 else NOT_A_LENGTH
        case date():
            return NOT_A_LENGTH
    return _parse_text(plain(cell))


def _parse_text(text: str) -> tuple[float, int] | Message:
    """Return (value, form) of a text, or the reason."""
    if is_unrecorded(text):
        return math.nan, EXACT
    text = text.lower().replace(" ", "")
    sign = 1.0
    if text.startswith("-"):
        sign, text = -1.0, text[1:]
    if found := _THREE.match(text):
        days = int(found[1] or 0)
        if days > 10_000:
            return NOT_A_LENGTH
        whole = days * 24 + int(found[2])
        return sign * (whole * 3600 + int(found[3]) * 60 + float(found[4])), EXACT
    if found := _TWO.match(text):
        return sign * (int(found[1] or 0) * 60 + float(found[2])), CLOCK
    if found := _WORDS.match(text):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return sign * (hours * 3600 + minutes * 60 + seconds), EXACT
    number = signed(text)
    return NOT_A_LENGTH if isinstance(number, Message) else (sign * number, NUMBER)


def read_lengths(cells: Sequence[Cell]) -> Lengths:
    """Return a column of lengths; equal cells are parsed once."""
    known: dict[tuple[type, Cell], tuple[float, int] | Message] = {}
    values = np.full(len(cells), np.nan)
    forms = np.zeros(len(cells), dtype=np.int8)
    reasons: dict[int, Message] = {}
    bare = False
    for position, cell in enumerate(cells):
        key = (cell.__class__, cell)
        parsed = known.get(key)
        if parsed is None:
            parsed = known[key] = parse_length(cell)
        if isinstance(parsed, Message):
            reasons[position] = parsed
        else:
            values[position], forms[position] = parsed
            if parsed[1] == CLOCK and not bare:
                bare = _BARE_SECONDS.search(plain(cell)) is not None
    typed = np.array([isinstance(cell, time | timedelta) for cell in cells], np.bool_)
    if typed.any() and not (values[typed] % 60).any():
        values[typed] /= 60
        forms[typed] = TYPED
    return Lengths(values, forms, reasons, bare)
