import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.builders import EARLY, KINDS, NIGHT, PART, duty
from wfm.model.problem import BASE_MEASURES
from wfm.model.roster import PlacedBreak
from wfm.rules import night_minutes, option_table


def test_a_shift_kind_becomes_an_option_per_start_and_length():
    options, _ = option_table((PART,))
    spans = {(item.start, item.end - item.start) for item in options}
    assert spans == {(start, length) for start in range(540, 1021, 60) for length in (240, 300)}
    assert {item.breaks for item in options} == {PART.breaks}


def test_keys_are_readable_and_unique():
    options, _ = option_table(KINDS, [duty(0), duty(1, 545)])
    assert options[0].key == "early-0800-0900h"
    assert len({item.key for item in options}) == len(options)


def test_measures_describe_each_option():
    options, measures = option_table((EARLY, NIGHT))
    assert set(BASE_MEASURES) <= set(measures)
    assert all(len(column) == len(options) for column in measures.values())
    assert measures["duties"] == (1, 1, 1, 1)
    assert measures["worked_minutes"] == (480, 480, 480, 480)
    assert measures["night_minutes"] == (0, 0, 0, 420)
    assert measures["start"] == (480, 510, 540, 1320)
    assert measures["duty_class"] == (1, 1, 1, 2)


def test_a_locked_duty_becomes_an_option_of_its_own_with_its_breaks_where_they_are():
    locked = duty(1, 545, breaks=(PlacedBreak(733, 60),))
    options, _ = option_table(KINDS, [locked])
    own = options[-1]
    assert (own.start, own.end, own.kind) == (545, 1085, "early")
    assert [(rule.earliest, rule.latest) for rule in own.breaks] == [(188, 188)]


def test_two_locked_duties_of_the_same_shape_share_an_option():
    options, _ = option_table(KINDS, [duty(1, 545), duty(4, 545, agent="b")])
    assert len(options) == len(option_table(KINDS)[0]) + 1


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [(240, 780, 60), (540, 1320, 0), (840, 1380, 60), (1320, 1860, 420), (1500, 2880, 360)],
)
def test_night_is_from_22_to_5_of_every_night(start, end, minutes):
    assert night_minutes(start, end) == minutes


@given(st.integers(0, 1440), st.integers(1, 1440))
def test_night_minutes_are_the_minutes_whose_hour_is_22_to_4(start, length):
    hours = [minute // 60 % 24 for minute in range(start, start + length)]
    assert night_minutes(start, start + length) == sum(hour >= 22 or hour < 5 for hour in hours)
