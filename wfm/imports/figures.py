"""Numbers as people and machines write them: 1,234, １２３, 80.5％, ▲3, and "not recorded"."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np

from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.workload import Floats

NOT_RECORDED = frozenset(
    {"", "n/a", "na", "nan", "null", "none", "なし", "*", "**", "***"}
    | {f"#{name}" for name in ("n/a", "div/0!", "value!", "ref!", "name?", "num!", "null!")}
)
"""Texts (NFKC, lower case) that say nothing was recorded, which is not 0; dashes say it too."""

_DASHES = re.compile(r"^[-‐‑‒–—―−ー─]+$")
_GROUPED = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$", re.ASCII)
_PLAIN = re.compile(r"^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$", re.ASCII)
_COMMA = re.compile(r"^\d+,\d{1,2}$", re.ASCII)
_COUNTER = re.compile(r"(件|人|回|呼|本|名|コール|calls?|contacts?)$")
_LONGEST = 40

NOT_A_NUMBER = message("this is not a number")
NOT_A_SHARE = message("this is not a percentage between 0 and 100")


def plain(cell: Cell) -> str:
    """Return a text cell in one width of sign (NFKC), without the spaces around it."""
    return unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else ""


def is_unrecorded(text: str) -> bool:
    """Tell whether a text (as :func:`plain` returns it) stands for "not recorded"."""
    return text.lower() in NOT_RECORDED or _DASHES.match(text) is not None


def parse_figure(cell: Cell) -> float | Message:
    """Return a number, NaN for "not recorded", or the reason why the cell is no number."""
    if isinstance(cell, bool | date | datetime | time | timedelta):
        return NOT_A_NUMBER
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else math.nan
    text = plain(cell)
    if is_unrecorded(text):
        return math.nan
    return signed(_COUNTER.sub("", text.lower().replace(" ", "")))


def signed(text: str) -> float | Message:
    """Return the number of a text in half-width signs without spaces, or the reason."""
    if len(text) > _LONGEST:
        return NOT_A_NUMBER
    sign = 1.0
    if text[:1] in {"-", "+", "▲", "△", "−"}:
        sign, text = (1.0 if text[0] == "+" else -1.0), text[1:]
    elif text.startswith("(") and text.endswith(")"):
        sign, text = -1.0, text[1:-1]
    if _GROUPED.match(text):
        text = text.replace(",", "")
    elif _COMMA.match(text):
        text = text.replace(",", ".")
    if not _PLAIN.match(text):
        return NOT_A_NUMBER
    value = sign * float(text)
    return value if math.isfinite(value) else NOT_A_NUMBER


def parse_share(cell: Cell) -> float | Message:
    """Return a share 0 … 1 from 80%, 80.00 or 0.8; NaN for "not recorded"; or the reason.

    A number without a percent sign is a percentage when it exceeds 1.
    """
    marked = isinstance(cell, str) and plain(cell).endswith("%")
    value = parse_figure(plain(cell)[:-1].rstrip() if marked else cell)
    if isinstance(value, Message):
        return NOT_A_SHARE
    if marked or value > 1:
        value /= 100
    return NOT_A_SHARE if value < 0 or value > 1.000001 else value


def read_column(
    cells: Sequence[Cell], parse: Callable[[Cell], float | Message]
) -> tuple[Floats, dict[int, Message]]:
    """Return the numbers of a column (NaN where none) and the reasons by row position.

    Equal cells are parsed once: interval files repeat few texts many times.
    """
    known: dict[tuple[type, Cell], float | Message] = {}
    values = np.full(len(cells), np.nan)
    reasons: dict[int, Message] = {}
    for position, cell in enumerate(cells):
        key = (cell.__class__, cell)
        value = known.get(key)
        if value is None:
            value = known[key] = parse(cell)
        if isinstance(value, Message):
            reasons[position] = value
        else:
            values[position] = value
    return values, reasons
