"""Places the breaks of a sample duty inside their windows, staggered between people."""

from __future__ import annotations

from wfm.model.activity import ShiftKind
from wfm.model.roster import PlacedBreak

_STEP = 15


def placed_breaks(kind: ShiftKind, start: int, turn: int) -> tuple[PlacedBreak, ...]:
    """Return the breaks of a shift that begins at ``start``; ``turn`` spreads them over windows."""
    result = []
    for rule in kind.breaks:
        places = range(rule.earliest, rule.latest + 1, _STEP)
        place = places[turn % len(places)]
        result.append(PlacedBreak(start + place, rule.length, rule.paid))
    return tuple(result)
