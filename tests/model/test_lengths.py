"""Lengths of time as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import WfmError
from wfm.model.time import format_length, hours_text, month_before, next_month, parse_length

MINUTES = st.integers(0, 500_000)


@given(MINUTES)
def test_a_length_reads_back_from_either_way_of_writing_it(minutes):
    assert parse_length(format_length(minutes)) == minutes
    assert parse_length(hours_text(minutes)) == minutes


@pytest.mark.parametrize(
    ("minutes", "text"), [(660, "11"), (450, "7.5"), (465, "7.75"), (440, "7:20"), (0, "0")]
)
def test_hours_are_written_as_short_as_they_can_be(minutes, text):
    assert hours_text(minutes) == text


@pytest.mark.parametrize("text", ["", "x", "7:60", "-1", "7.333", "7:5", "1e3", "1/4", "٧"])
def test_what_is_no_whole_number_of_minutes_is_refused(text):
    with pytest.raises(WfmError, match="is not a length of time"):
        parse_length(text)


def test_a_negative_length_is_written_with_its_sign():
    assert format_length(-30) == "-0:30"


@given(st.dates())
def test_the_month_before_is_the_one_whose_next_month_this_is(day):
    if day.year > 1 and (day.year, day.month) < (9999, 12):
        assert next_month(month_before(day)) == day.replace(day=1)
