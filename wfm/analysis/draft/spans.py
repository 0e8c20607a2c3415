"""Times of a shift as planners type them: ``9:00-18:00``, ``9-18``, ``22:00〜31:00``."""

from __future__ import annotations

import re
import unicodedata

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import DAY_MINUTES, format_clock

_SPAN = re.compile(r"^(\d{1,2})(?::?([0-5]\d))?\s*[-–—~]\s*(\d{1,2})(?::?([0-5]\d))?$")
_DASHES = str.maketrans({"〜": "-", "～": "-", "ー": "-", "−": "-", "‐": "-", "－": "-"})


def parse_span(text: str) -> tuple[int, int]:
    """Return (start, end) in minutes; full-width digits and several dashes are read.

    Raises :class:`~wfm.errors.WfmError` for what is no span, and for one that ends before it
    starts: the next morning is written past 24:00.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).strip()
    found = _SPAN.match(plain)
    if found is None:
        raise WfmError(
            message("“{value}” is not a shift's time such as 9:00-18:00.", value=text.strip())
        )
    start = int(found[1]) * 60 + int(found[2] or 0)
    end = int(found[3]) * 60 + int(found[4] or 0)
    if end <= start:
        raise WfmError(
            message(
                "{start}-{end} ends before it starts. Write the next morning past 24:00:"
                " {start}-{next}.",
                start=format_clock(start),
                end=format_clock(end),
                next=format_clock(end + DAY_MINUTES),
            )
        )
    return start, end


def format_span(start: int, end: int) -> str:
    """Return ``09:00-18:00``, as :func:`parse_span` reads it."""
    return f"{format_clock(start)}-{format_clock(end)}"
