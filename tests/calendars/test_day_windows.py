"""Hours of a day behave like sets of minutes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wfm.calendars.day_windows import (
    added,
    covered_minutes,
    erased,
    holds,
    merged,
    painted,
    removed,
)

spans = st.tuples(st.integers(0, 600), st.integers(0, 600)).map(lambda pair: tuple(sorted(pair)))
days = st.lists(spans, max_size=6).map(tuple)


def minutes(windows: object) -> set[int]:
    """The oracle: every minute inside, one by one."""
    return {m for start, end in windows for m in range(start, end)}  # type: ignore[attr-defined]


@given(days)
def test_merging_keeps_every_minute_and_leaves_gaps_between_windows(windows: tuple) -> None:
    result = merged(windows)
    assert minutes(result) == minutes(windows)
    assert all(start < end for start, end in result)
    assert all(one[1] < other[0] for one, other in pairwise(result))


@given(days, spans)
def test_adding_and_cutting_out_are_those_of_sets(windows: tuple, span: tuple[int, int]) -> None:
    inside = set(range(*span))
    assert minutes(added(windows, *span)) == minutes(windows) | inside
    assert minutes(removed(windows, *span)) == minutes(windows) - inside
    assert covered_minutes(windows, *span) == len(minutes(windows) & inside)
    assert holds(windows, *span) == (inside <= minutes(windows))


@given(days, spans)
def test_what_is_painted_holds_and_what_is_erased_does_not(
    windows: tuple, span: tuple[int, int]
) -> None:
    start, end = span
    assert holds(painted(windows, start, end, 600), start, end)
    assert covered_minutes(erased(windows, start, end, 600), start, end) == 0


def test_a_day_painted_from_end_to_end_is_open_any_time() -> None:
    assert painted(((0, 600),), 600, 1740, 1740) is None
    assert painted(None, 0, 60, 1740) is None


def test_erasing_from_a_day_that_is_open_any_time_keeps_the_rest_of_two_days() -> None:
    assert erased(None, 0, 540, 1740) == ((540, 2880),)
    assert erased(None, 0, 1740, 1740) == ()
