"""The cube against worked examples of the law and against a walk through every minute."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worktime.minute_by_minute import cube as slow_cube
from tests.worktime.minute_by_minute import worked_minutes
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.site import Site
from wfm.worktime import month_work, night_part, statutory_days

AGENT = Agent("a", "1", "Aoki", "t", "c")
CONTRACT = Contract("c", "C", ("early",))
NO_FIXED = Site("S", week_start=6)
SUNDAY_OFF = Site("S", week_start=6, statutory_day_off=6)
DECEMBER = date(2026, 12, 1)
SUNDAY = date(2026, 12, 6)
RATES = {
    "contract": Fraction(100, 100), "within_statutory": Fraction(100, 100),
    "overtime": Fraction(125, 100), "overtime_over_60h": Fraction(150, 100),
    "statutory_holiday": Fraction(135, 100),
}  # fmt: skip


def work(place, start, end, *breaks):
    """Return a duty on the day ``place`` days after Sunday 6 December; hours of the clock."""
    rests = tuple(PlacedBreak(int(a * 60), int((b - a) * 60)) for a, b in breaks)
    return Duty("a", SUNDAY + timedelta(days=place), int(start * 60), int(end * 60), rests)


def worked_hours(place, hours):
    return work(place, 9, 9 + hours)


def month(duties, leaves=(), *, contract=CONTRACT, site=NO_FIXED, of=DECEMBER):
    return month_work(AGENT, contract, duties, leaves, site, of)


def pay(found, hourly=1500):
    """Return the pay of a month at the legal premiums, night a quarter on top."""
    total = Fraction(0)
    for day in found.days:
        for cell, minutes in day.minutes.items():
            total += minutes * (RATES[cell.band] + Fraction(cell.night, 4)) * hourly / 60
    return total


# --- 8 hours a day and 40 hours a week -----------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "by_day", "by_week"),
    [
        ([7, 7, 7, 7, 7, 7], 0, 120),  # L1-a
        ([10, 8, 8, 8, 8, 4], 120, 240),  # L1-b
        ([7, 7, 7, 7, 7, 14], 360, 180),  # L1-d: Mon to Fri 7 h, Saturday 14 h
        ([8, 8, 8, 8, 8], 0, 0),
    ],
)
def test_overtime_is_what_exceeds_8_h_a_day_and_then_40_h_a_week(hours, by_day, by_week):
    found = month([worked_hours(place, value) for place, value in enumerate(hours, start=1)])
    assert found.total("overtime") == by_day + by_week
    assert found.total() == sum(hours) * 60


def test_weekly_overtime_lies_in_the_last_minutes_of_the_week():
    """Vector L1-d: of Saturday 9:00 to 24:00 everything after 15:00 is overtime."""
    week = [worked_hours(place, 7) for place in range(1, 6)]
    saturday = work(6, 9, 24, (12, 13))
    found = month([*week, saturday])
    assert found.days[-1].minutes == {
        cell: minutes
        for cell, minutes in found.days[-1].minutes.items()
        if cell.band in {"contract", "overtime"}
    }
    assert sum(m for c, m in found.days[-1].minutes.items() if c.band == "contract") == 300
    assert sum(m for c, m in found.days[-1].minutes.items() if c.band == "overtime") == 540


def test_the_40_h_begin_anew_on_the_site_s_first_weekday():
    six = [worked_hours(place, 8) for place in range(1, 7)]
    assert month(six).total("overtime") == 480
    assert month(six, site=replace(NO_FIXED, week_start=4)).total("overtime") == 0


def test_a_week_s_overtime_that_straddles_the_month_end_falls_in_the_later_month():
    """The week of 29 November to 5 December: 40 h are reached on the Thursday."""
    days = [worked_hours(place, 8) for place in range(-7, -1)]
    november, december = month(days, of=date(2026, 11, 1)), month(days)
    assert (november.total(), november.total("overtime")) == (960, 0)
    assert (december.total(), december.total("overtime")) == (1920, 480)


def test_hours_beyond_a_short_contract_and_within_8_h_are_no_overtime():
    short = replace(CONTRACT, day_minutes=360)
    found = month([worked_hours(1, 7.5)], contract=short)
    assert (found.total("contract"), found.total("within_statutory")) == (360, 90)
    assert found.total("overtime") == 0


def test_work_on_a_company_day_off_is_not_contracted():
    leaves = [Leave("a", SUNDAY + timedelta(days=1), "day_off")]
    found = month([worked_hours(1, 9)], leaves)
    assert found.total(day_kind="company_day_off") == 540
    assert (found.total("within_statutory"), found.total("overtime")) == (480, 60)


def test_a_day_off_that_was_only_asked_for_is_a_working_day():
    leaves = [Leave("a", SUNDAY + timedelta(days=1), "day_off", approved=False)]
    assert month([worked_hours(1, 8)], leaves).total("contract") == 480


# --- the statutory day off goes by the calendar --------------------------------------------------


def test_saturday_overtime_until_sunday_3_is_holiday_work_from_midnight():
    found = month([work(6, 15, 27)], site=SUNDAY_OFF)  # L2-a
    assert found.total("statutory_holiday", night=True) == 180
    assert found.total("statutory_holiday", night=False) == 0
    assert found.days[0].day == SUNDAY + timedelta(days=6)


def test_sunday_20_to_monday_3_is_holiday_work_until_midnight_only():
    found = month([work(0, 20, 27)], site=SUNDAY_OFF)  # L2-b
    assert found.total("statutory_holiday") == 240
    assert found.total("statutory_holiday", night=True) == 120
    assert (found.total("contract"), found.total()) == (180, 420)


def test_overtime_night_and_holiday_of_a_long_saturday():
    """Vector L2-c: Mon to Fri 7 h, Saturday 9:00 to 26:00 with an hour of break."""
    week = [worked_hours(place, 7) for place in range(1, 6)]
    found = month([*week, work(6, 9, 26, (12, 13))], site=SUNDAY_OFF)
    assert found.total("overtime", night=False) == 420
    assert found.total("overtime", night=True) == 120
    assert found.total("statutory_holiday", night=True) == 120


def test_holiday_minutes_count_toward_no_other_limit():
    week = [work(0, 9, 18, (12, 13)), *(worked_hours(place, 8) for place in range(1, 6))]
    found = month(week, site=SUNDAY_OFF)
    assert (found.total("statutory_holiday"), found.total("overtime")) == (480, 0)


def test_without_a_fixed_day_only_a_week_worked_through_has_holiday_work():
    seven = [worked_hours(place, 5) for place in range(7)]
    assert statutory_days(seven, NO_FIXED) == {SUNDAY + timedelta(days=6)}
    assert month(seven).total("statutory_holiday") == 300
    assert month(seven[:6]).total("statutory_holiday") == 0


# --- night ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "minutes", "night"),
    [
        (work(1, 14, 23, (18, 19)), 480, 60),  # L3-a
        (work(1, 22, 31, (26, 27)), 480, 360),  # L3-b
        (work(1, 4, 13, (8, 9)), 480, 60),  # L3-c
        (work(1, 9, 22), 780, 0),  # L3-d
        (work(1, 22, 29.5), 450, 420),
        (work(1, 0, 5, (2, 2.5)), 270, 270),
    ],
)
def test_night_is_22_to_5_on_both_sides_without_breaks(duty, minutes, night):
    found = month([duty])
    assert (found.total(), found.total(night=True), night_part(duty)) == (minutes, night, night)


def test_a_night_shift_belongs_to_the_day_it_starts():
    found = month([work(1, 22, 31, (26, 27))])
    assert [day.day for day in found.days] == [SUNDAY + timedelta(days=1)]
    assert (len(found.days), found.days[0].break_minutes) == (1, 60)


def test_a_paid_short_break_is_worked_time():
    rest = PlacedBreak(600, 15, paid=True)
    found = month([replace(worked_hours(1, 8), breaks=(rest,))])
    assert (found.total(), found.days[0].break_minutes) == (480, 0)


# --- pay, as a cross-check of the cells ----------------------------------------------------------


@pytest.mark.parametrize(
    ("duties", "site", "hourly", "amount"),
    [
        ([work(1, 14, 23, (18, 19))], NO_FIXED, 1500, 12375),  # L3-a
        ([work(1, 22, 31, (26, 27))], NO_FIXED, 1500, 14250),  # L3-b
        ([work(0, 10, 24, (12, 13))], SUNDAY_OFF, 1500, 27075),  # L3-f
    ],
)
def test_the_cells_give_the_pay_of_the_worked_examples(duties, site, hourly, amount):
    assert pay(month(duties, site=site), hourly) == amount


def test_an_evening_that_runs_on_to_5_in_the_morning():
    """Vector L3-e: 8:30 to 29:00, contract 7.5 h: 0.5 h plain, 4.5 h overtime, 7 h at night."""
    contract = replace(CONTRACT, day_minutes=450)
    found = month([work(1, 8.5, 29, (12, 13))], contract=contract)
    assert found.total("contract") == 450
    assert found.total("within_statutory") == 30
    assert found.total("overtime", night=False) == 270
    assert found.total("overtime", night=True) == 420
    assert pay(found) == Fraction(361875, 10)


def test_beyond_60_h_of_overtime_the_premium_is_higher():
    """Vector L3-g: 75 h of overtime in a month are 60 h and 15 h."""
    days = [DECEMBER + timedelta(days=n) for n in range(31)]
    workdays = [day for day in days if day.weekday() < 5][:15]
    duties = [Duty("a", day, 480, 480 + 13 * 60) for day in workdays]
    found = month(duties)
    assert (found.total("overtime"), found.total("overtime_over_60h")) == (3600, 900)
    beyond = {day.day for day in found.days for cell in day.minutes if "over_60h" in cell.band}
    assert beyond == set(workdays[12:])
    overtime_pay = pay(found) - 15 * 8 * 1500
    assert overtime_pay == 146250


# --- the wage month ------------------------------------------------------------------------------


def test_the_wage_month_ends_on_the_closing_day():
    duties = [Duty("a", date(2026, 11, 20) + timedelta(days=n), 540, 1020) for n in (0, 1, 30, 31)]
    found = month(duties, site=replace(NO_FIXED, closing_day=20))
    assert [day.day for day in found.days] == [date(2026, 11, 21), date(2026, 12, 20)]
    assert found.month == DECEMBER


def test_leave_of_the_wage_month_is_summed_up():
    def leave(day, kind, minutes=0, approved=True):
        return Leave("a", date(2026, 12, day), kind, minutes, approved)

    leaves = [
        leave(1, "paid_leave", 480), leave(2, "half_leave", 240), leave(3, "absence"),
        leave(4, "paid_leave", 480, approved=False), leave(5, "day_off"),
        Leave("a", date(2027, 1, 1), "paid_leave", 480),
    ]  # fmt: skip
    found = month([], leaves)
    assert (found.paid_leave_days, found.paid_leave_minutes, found.absence_days) == (1.5, 720, 1)
    assert found.days == ()


# --- properties ----------------------------------------------------------------------------------


@st.composite
def months(draw):
    site = Site(
        "S", week_start=draw(st.integers(0, 6)), statutory_day_off=draw(st.integers(0, 7)),
        closing_day=draw(st.sampled_from([15, 31])),
    )  # fmt: skip
    contract = replace(CONTRACT, day_minutes=draw(st.sampled_from([300, 450, 480])))
    duties = []
    free_at = 0
    for place in range(-7, 31):
        start = max(draw(st.integers(0, 1439)), free_at - place * 1440)
        length = draw(st.sampled_from([0, 0, 180, 480, 555, 700, 900]))
        if not length or start >= 1440:
            continue
        at, size = draw(st.integers(1, 100)), draw(st.integers(1, 70))
        rest = PlacedBreak(start + at, size, paid=draw(st.booleans()))
        duties.append(Duty("a", DECEMBER + timedelta(days=place), start, start + length, (rest,)))
        free_at = place * 1440 + start + length
    kinds = st.sampled_from(["day_off", "substitute_off", "paid_leave"])
    leaves = [
        Leave("a", duty.day, draw(kinds), approved=draw(st.booleans()))
        for duty in duties[:: draw(st.integers(2, 9))]
    ]
    return duties, leaves, contract, site


def flat(found):
    return Counter(
        {
            (day.day, cell.day_kind, cell.band, cell.night): minutes
            for day in found.days
            for cell, minutes in day.minutes.items()
            if minutes
        }
    )


def bounds(site):
    if site.closing_day == 31:
        return DECEMBER, date(2026, 12, 31)
    return date(2026, 11, 16), date(2026, 12, 15)


@pytest.mark.slow
@given(months())
def test_the_cube_is_what_a_walk_through_every_minute_finds(case):
    duties, leaves, contract, site = case
    found = month_work(AGENT, contract, duties, leaves, site, DECEMBER)
    assert flat(found) == slow_cube(duties, leaves, contract, site, *bounds(site))


@given(months())
def test_no_minute_is_lost_or_counted_twice(case):
    duties, leaves, contract, site = case
    first, last = bounds(site)
    inside = [duty for duty in duties if first <= duty.day <= last]
    found = month_work(AGENT, contract, duties, leaves, site, DECEMBER)
    assert found.total() == sum(len(worked_minutes(duty)) for duty in inside)
    assert found.total("overtime") <= 3600
    assert sum(day.break_minutes for day in found.days) == sum(
        rest.length for duty in inside for rest in duty.breaks if not rest.paid
    )


@given(months())
def test_a_shift_split_at_its_break_is_worth_the_same(case):
    duties, leaves, contract, site = case
    split = []
    for duty in duties:
        (rest,) = duty.breaks
        # the later part keeps its operating date, although it may begin after midnight
        split += (
            [duty]
            if rest.paid
            else [
                replace(duty, end=rest.start, breaks=()),
                replace(duty, start=rest.end, breaks=()),
            ]
        )
    whole = month_work(AGENT, contract, duties, leaves, site, DECEMBER)
    parts = month_work(AGENT, contract, split, leaves, site, DECEMBER)
    assert flat(whole) == flat(parts)
