"""Opening hours of a queue on days and on the interval grid."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wfm.calendars import is_closed_day, open_slots, opening_windows
from wfm.model.time import Horizon
from wfm.model.workload import Queue, SpecialDay

MONDAY = date(2026, 11, 23)
HOLIDAYS = frozenset({MONDAY})
DAILY = dict.fromkeys(range(7), ((540, 1080),))


def test_a_weekday_without_windows_is_closed() -> None:
    queue = Queue("q", "Q", "s", opening={0: ((540, 1080),)})
    assert opening_windows(queue, MONDAY) == ((540, 1080),)
    assert is_closed_day(queue, MONDAY + timedelta(days=1))


def test_a_public_holiday_has_its_own_windows_or_those_of_its_weekday() -> None:
    own = Queue("q", "Q", "s", opening={**DAILY, 7: ((600, 900),)})
    shut = Queue("q", "Q", "s", opening={**DAILY, 7: ()})
    without = Queue("q", "Q", "s", opening=DAILY)
    assert opening_windows(own, MONDAY, HOLIDAYS) == ((600, 900),)
    assert opening_windows(shut, MONDAY, HOLIDAYS) == ()
    assert opening_windows(without, MONDAY, HOLIDAYS) == ((540, 1080),)
    assert opening_windows(own, MONDAY) == ((540, 1080),)


def test_a_closed_special_day_shuts_its_queue_and_no_other() -> None:
    queue = Queue("q", "Q", "s", opening=DAILY)
    assert is_closed_day(queue, MONDAY, (), [SpecialDay(MONDAY, "closed")])
    assert is_closed_day(queue, MONDAY, (), [SpecialDay(MONDAY, "closed", queue="q")])
    assert not is_closed_day(queue, MONDAY, (), [SpecialDay(MONDAY, "closed", queue="other")])
    assert not is_closed_day(queue, MONDAY, (), [SpecialDay(MONDAY, "campaign")])


def test_a_closure_of_some_hours_cuts_them_out() -> None:
    queue = Queue("q", "Q", "s", opening=DAILY)
    noon = [SpecialDay(MONDAY, "closed", start=720, end=780)]
    assert opening_windows(queue, MONDAY, (), noon) == ((540, 720), (780, 1080))


def test_a_closed_day_also_shuts_what_its_night_runs_into() -> None:
    queue = Queue("q", "Q", "s", opening={0: ((1320, 1800),)})
    assert is_closed_day(queue, MONDAY, (), [SpecialDay(MONDAY, "closed")])


def test_a_window_past_midnight_opens_the_next_morning_even_at_the_horizons_start() -> None:
    queue = Queue("q", "Q", "s", opening={0: ((1320, 1500),)})
    monday = open_slots(queue, Horizon(MONDAY, 2, 60))
    tuesday = open_slots(queue, Horizon(MONDAY + timedelta(days=1), 1, 60))
    assert np.flatnonzero(monday).tolist() == [22, 23, 24]
    assert np.flatnonzero(tuesday).tolist() == [0]


def test_an_interval_is_open_when_a_part_of_it_is() -> None:
    queue = Queue("q", "Q", "s", opening={0: ((525, 1070),)})
    found = np.flatnonzero(open_slots(queue, Horizon(MONDAY, 1, 30)))
    assert (found[0], found[-1]) == (17, 35)


@given(
    windows=st.dictionaries(
        st.integers(0, 7),
        st.lists(
            st.tuples(st.integers(0, 1439), st.integers(1, 2000)).map(
                lambda w: (w[0], w[0] + w[1])
            ),
            max_size=2,
        ).map(tuple),
    ),
    slot=st.sampled_from([5, 15, 30, 60]),
    closed=st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 1439), st.integers(1, 1440))),
)
def test_the_grid_says_what_each_minute_says(
    windows: dict[int, tuple[tuple[int, int], ...]],
    slot: int,
    closed: list[tuple[int, int, int]],
) -> None:
    queue = Queue("q", "Q", "s", opening=windows)
    special = [
        SpecialDay(MONDAY + timedelta(days=day), "closed", start=start, end=max(start, end))
        for day, start, end in closed
    ]
    horizon = Horizon(MONDAY, 3, slot)
    minutes = np.zeros(5 * 1440, dtype=bool)
    for offset in range(-1, 3):
        day = MONDAY + timedelta(days=offset)
        key = 7 if day in HOLIDAYS and 7 in windows else day.weekday()
        for start, end in windows.get(key, ()):
            for minute in range(start, end):
                shut = any(
                    item.day == day
                    and (item.start <= minute < item.end or (item.end >= 1440 <= minute))
                    and item.start < (item.end if item.end < 1440 else 2880)
                    for item in special
                )
                place = offset * 1440 + minute
                if not shut and 0 <= place < len(minutes):
                    minutes[place] = True
    expected = minutes[: 3 * 1440].reshape(-1, slot).any(axis=1)
    found = open_slots(queue, horizon, HOLIDAYS, special)
    assert (found == expected).all()
