"""What people are by the day, and what wishes say of a duty."""

from datetime import date

import pytest

from wfm.errors import WfmError
from wfm.model.people import Agent, Contract, Wish

LEARNER = Agent(
    "a", "1", "Aoki", "t", "c", speed_percent=100, hired=date(2026, 10, 1), first_percent=40,
    full_speed_on=date(2026, 12, 30),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "speed"),
    [
        (date(2026, 9, 1), 40),
        (date(2026, 10, 1), 40),
        # 45 of 90 days: half of the way
        (date(2026, 11, 15), 70),
        (date(2026, 12, 29), 100),
        (date(2027, 3, 1), 100),
    ],
)
def test_a_learner_grows_evenly_from_the_day_of_entry_to_full_speed(day, speed):
    assert LEARNER.speed_on(day) == speed


def test_without_a_day_of_full_speed_somebody_is_as_fast_as_they_are():
    assert Agent("a", "1", "Aoki", "t", "c", speed_percent=85).speed_on(date(2026, 1, 1)) == 85


@pytest.mark.parametrize(
    "bounds",
    [
        {"four_week_minutes_min": 4800, "four_week_minutes_max": 4799},
        {"month_minutes_min": 4800, "month_minutes_max": 4799},
    ],
)
def test_a_contract_asks_for_no_more_than_it_allows(bounds):
    with pytest.raises(WfmError, match="more time per week than it allows"):
        Contract("c", "C", ("early",), **bounds)


EARLY, LATE = (480, 960), (780, 1260)


@pytest.mark.parametrize(
    ("kind", "off", "early", "late"),
    [
        ("off", True, False, False),
        ("window", True, True, False),
        ("want", False, True, False),
        ("rather_not", True, False, False),
        ("cannot", True, False, False),
    ],
)
def test_a_wish_for_the_hours_from_8_to_17_says_what_it_likes(kind, off, early, late):
    wish = Wish("a", date(2026, 12, 7), kind, 480, 1020)
    assert (wish.grants(None), wish.grants(EARLY), wish.grants(LATE)) == (off, early, late)
