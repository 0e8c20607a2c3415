"""The tuple of all work rules."""

from __future__ import annotations

from wfm.rules.availability import AvailableHours
from wfm.rules.consecutive_days import ConsecutiveDays
from wfm.rules.daily_hours import DailyHours
from wfm.rules.employment import Employment
from wfm.rules.lawful_breaks import LawfulBreaks
from wfm.rules.leave import ApprovedLeave
from wfm.rules.locks import Locks
from wfm.rules.minors import MinorsAtNight
from wfm.rules.rest import RestBetweenShifts
from wfm.rules.rule import Rule
from wfm.rules.weekends import FairWeekends
from wfm.rules.weekly_days import WeeklyDays
from wfm.rules.weekly_hours import WeeklyHours
from wfm.rules.weekly_rest import WeeklyRest
from wfm.rules.wishes import Wishes

RULES: tuple[type[Rule], ...] = (
    Employment,
    AvailableHours,
    ApprovedLeave,
    Locks,
    RestBetweenShifts,
    ConsecutiveDays,
    DailyHours,
    WeeklyHours,
    WeeklyDays,
    WeeklyRest,
    LawfulBreaks,
    MinorsAtNight,
    Wishes,
    FairWeekends,
)

BALANCING = frozenset(rule.key for rule in RULES if rule.balances)
"""Keys of the rules whose cost spreads burdens and is no breach to show to anybody."""
