"""When a centre is open and which days are out of the ordinary: pure functions on dates.

Holidays of a country, opening hours of a queue on the interval grid, the Japanese settlement days
(五十日), business days of a month, wage months by closing day, and weeks by their first day.
"""

from wfm.calendars.holidays import public_holidays
from wfm.calendars.months import wage_month, wage_month_of
from wfm.calendars.opening import is_closed_day, open_slots, opening_windows
from wfm.calendars.settlement import bank_days, business_day_of_month, settlement_days
from wfm.calendars.weeks import next_week_start, week_of, week_starts
from wfm.calendars.window_checks import window_fault, windows_fault
from wfm.calendars.zones import is_time_zone, time_zones

__all__ = [
    "bank_days",
    "business_day_of_month",
    "is_closed_day",
    "is_time_zone",
    "next_week_start",
    "open_slots",
    "opening_windows",
    "public_holidays",
    "settlement_days",
    "time_zones",
    "wage_month",
    "wage_month_of",
    "week_of",
    "week_starts",
    "window_fault",
    "windows_fault",
]
