"""五十日, bank days and business days of a month."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wfm.calendars import bank_days, business_day_of_month, public_holidays, settlement_days
from wfm.model.time import days_from

HOLIDAYS = public_holidays("JP", date(2025, 1, 1), date(2027, 12, 31))
IS_BANK_DAY = bank_days(HOLIDAYS)


def test_payment_days_of_golden_week_move_to_the_day_before() -> None:
    found = settlement_days(date(2026, 5, 1), date(2026, 5, 31), IS_BANK_DAY)
    # 5 May lies in Golden Week (2-6 May), 10 May is a Sunday, 31 May a Sunday
    assert sorted(day.day for day in found) == [1, 8, 15, 20, 25, 29]


def test_direct_debits_move_to_the_day_after() -> None:
    found = settlement_days(date(2026, 5, 1), date(2026, 5, 31), IS_BANK_DAY, moved_back=False)
    assert sorted(day.day for day in found) == [7, 11, 15, 20, 25]
    assert date(2026, 6, 1) in settlement_days(
        date(2026, 6, 1), date(2026, 6, 2), IS_BANK_DAY, moved_back=False
    )


def test_a_centre_that_never_closes_keeps_the_nominal_days() -> None:
    found = settlement_days(date(2026, 2, 1), date(2026, 2, 28), lambda _: True)
    assert sorted(day.day for day in found) == [5, 10, 15, 20, 25, 28]


def test_the_last_payment_day_of_the_year_is_30_december() -> None:
    found = settlement_days(date(2026, 12, 26), date(2027, 1, 4), IS_BANK_DAY)
    assert found == {date(2026, 12, 30)}


def test_without_any_open_day_there_is_no_payment_day() -> None:
    assert not settlement_days(date(2026, 5, 1), date(2026, 5, 31), lambda _: False)


@given(st.dates(date(2025, 3, 1), date(2027, 9, 30)), st.integers(0, 60))
def test_every_payment_day_is_open_and_stems_from_a_nominal_day(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for day in settlement_days(first, last, IS_BANK_DAY):
        assert IS_BANK_DAY(day)
        assert first <= day <= last
        following = [day, *days_from(day + timedelta(days=1), 10)]
        closed_run = [day]
        for item in following[1:]:
            if IS_BANK_DAY(item):
                break
            closed_run.append(item)
        assert any(
            item.day in (5, 10, 15, 20, 25) or (item + timedelta(days=1)).day == 1
            for item in closed_run
        )


def test_business_days_are_counted_from_both_ends_of_the_month() -> None:
    # May 2026 has 18 bank days: 1, 7, 8, then four full weeks less the 30th and 31st
    assert business_day_of_month(date(2026, 5, 1), IS_BANK_DAY) == (1, 18)
    assert business_day_of_month(date(2026, 5, 7), IS_BANK_DAY) == (2, 17)
    assert business_day_of_month(date(2026, 5, 29), IS_BANK_DAY) == (18, 1)
    assert business_day_of_month(date(2026, 5, 5), IS_BANK_DAY) == (1, 17)
