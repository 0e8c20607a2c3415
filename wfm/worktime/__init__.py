"""Duties → the cube of worked minutes: day kind × hour band × night, per person and wage month."""

from wfm.worktime.cube import month_work
from wfm.worktime.segments import Segment, night_part, segments
from wfm.worktime.statutory import statutory_days

__all__ = ["Segment", "month_work", "night_part", "segments", "statutory_days"]
