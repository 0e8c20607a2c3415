import pytest

from tests.rules.asking import found, words
from tests.rules.builders import context, duty
from wfm.rules.start_times import StartTimes

RULE = StartTimes(most=2)


def amounts(facts, duties):
    return [item.amount for item in found(facts, RULE, duties)]


@pytest.mark.parametrize(
    ("starts", "found_amounts"),
    [((480, 510, 480, 510), []), ((480, 510, 540), [1]), ((480, 510, 540, 540, 480), [1])],
)
def test_a_week_has_two_start_times_at_most(starts, found_amounts):
    duties = [duty(place, start) for place, start in enumerate(starts)]
    assert amounts(context(), duties) == found_amounts


def test_each_week_counts_for_itself():
    assert amounts(context(14), [duty(0, 480), duty(1, 510), duty(7, 540)]) == []


def test_start_times_before_the_horizon_count_and_may_come_again():
    facts = context(7, week_start=6, past=(duty(-1, 480),))
    assert amounts(facts, [duty(0, 480), duty(1, 510)]) == []
    assert amounts(facts, [duty(0, 540), duty(1, 510)]) == [1]


def test_a_week_with_too_many_start_times_before_the_horizon_allows_these_only():
    facts = context(7, week_start=4, past=(duty(-3, 480), duty(-2, 510), duty(-1, 540)))
    assert amounts(facts, [duty(0, 480), duty(1, 540)]) == []
    assert amounts(facts, [duty(0, 720, "late")]) == [1]


def test_the_sentence_counts_what_is_too_many():
    (text,) = words(context(), RULE, [duty(0, 480), duty(1, 510), duty(2, 540)])
    assert text.startswith("1 start time more than 2 in the week of")
