"""Duties → the cube of worked minutes: day kind × hour band × night, per person and wage month."""

from wfm.worktime.cube import Piece, month_pieces, month_work
from wfm.worktime.reasons import reasons
from wfm.worktime.segments import Segment, night_part, segments
from wfm.worktime.statutory import statutory_days

__all__ = [
    "Piece",
    "Segment",
    "month_pieces",
    "month_work",
    "night_part",
    "reasons",
    "segments",
    "statutory_days",
]
