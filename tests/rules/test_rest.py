import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.rules.rest import RestBetweenShifts

RULE = RestBetweenShifts()


@pytest.mark.parametrize(("next_start", "is_broken"), [(480, True), (540, False)])
def test_from_22_to_8_is_an_hour_too_short_and_to_9_is_enough(next_start, is_broken):
    late = duty(0, 780, "late")  # 13:00 to 22:00
    assert bool(broken(context(), RULE, [late, duty(1, next_start)])) is is_broken


def test_the_sentence_says_how_much_rest_is_left_and_how_much_there_must_be():
    (text,) = words(context(), RULE, [duty(0, 780, "late"), duty(1, 480)])
    assert text == f"Only 10.0 h of rest before the shift of {day(1)} (at least 11.0 h)"


def test_the_last_duty_before_the_horizon_counts():
    facts = context(past=(duty(-1, 780, "late"),))
    assert broken(facts, RULE, [duty(0, 480)]) == [(0,)]


def test_a_night_shift_leaves_too_little_rest_before_the_next_evening_only_if_it_starts_early():
    night = duty(0, 1320, "night")  # ends at 7:00 of the next day
    assert broken(context(), RULE, [night, duty(1, 1020, "part")]) == [(1,)]
    assert broken(context(), RULE, [night, duty(1, 1320, "night")]) == []


def test_a_day_off_between_two_duties_is_rest():
    assert broken(context(), RULE, [duty(0, 1320, "night"), duty(2, 480)]) == []
