"""The tuple of all work rules."""

from __future__ import annotations

from wfm.rules.availability import AvailableHours
from wfm.rules.consecutive_days import ConsecutiveDays
from wfm.rules.copy_week import CopyWeek
from wfm.rules.daily_hours import DailyHours
from wfm.rules.days_off_runs import DaysOffRuns
from wfm.rules.employment import Employment
from wfm.rules.four_week_hours import FourWeekHours
from wfm.rules.four_week_rest import FourWeekRest
from wfm.rules.lawful_breaks import LawfulBreaks
from wfm.rules.least_run import LeastRun
from wfm.rules.leave import ApprovedLeave
from wfm.rules.locks import Locks
from wfm.rules.minors import MinorsAtNight
from wfm.rules.month_hours import MonthHours
from wfm.rules.night_caps import NightCaps
from wfm.rules.night_runs import NightRuns
from wfm.rules.notice import Notice
from wfm.rules.rest import RestBetweenShifts
from wfm.rules.rest_after_nights import RestAfterNights
from wfm.rules.rotation import Rotation
from wfm.rules.rule import Rule
from wfm.rules.start_times import StartTimes
from wfm.rules.steady_starts import SteadyStarts
from wfm.rules.weekend_runs import WeekendRuns
from wfm.rules.weekends import FairWeekends
from wfm.rules.weekly_days import WeeklyDays
from wfm.rules.weekly_hours import WeeklyHours
from wfm.rules.weekly_rest import WeeklyRest
from wfm.rules.whole_weekends import WholeWeekends
from wfm.rules.wishes import Wishes
from wfm.rules.worked_weekends import WorkedWeekends

RULES: tuple[type[Rule], ...] = (
    Employment,
    AvailableHours,
    ApprovedLeave,
    Locks,
    Notice,
    Rotation,
    RestBetweenShifts,
    ConsecutiveDays,
    LeastRun,
    DaysOffRuns,
    DailyHours,
    WeeklyHours,
    FourWeekHours,
    MonthHours,
    WeeklyDays,
    WeeklyRest,
    FourWeekRest,
    LawfulBreaks,
    MinorsAtNight,
    NightRuns,
    RestAfterNights,
    NightCaps,
    WorkedWeekends,
    WeekendRuns,
    WholeWeekends,
    SteadyStarts,
    StartTimes,
    Wishes,
    FairWeekends,
    CopyWeek,
)

BALANCING = frozenset(rule.key for rule in RULES if rule.balances)
"""Keys of the rules whose cost spreads burdens and is no breach to show to anybody."""
