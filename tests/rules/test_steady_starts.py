import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.rules.steady_starts import SteadyStarts

RULE = SteadyStarts(minutes=60)


@pytest.mark.parametrize(
    ("starts", "days"),
    [
        ((480, 540), []),
        ((540, 480), []),
        ((480, 720), [(1,)]),
        ((720, 480), [(1,)]),
        ((480, None, 720), []),
        ((480, 540, 720, 780), [(2,)]),
    ],
)
def test_the_start_moves_by_an_hour_at_most_from_one_day_to_the_next(starts, days):
    duties = [
        duty(place, start, "early" if start < 600 else "late")
        for place, start in enumerate(starts)
        if start is not None
    ]
    assert broken(context(), RULE, duties) == days


def test_the_shift_before_the_horizon_counts():
    facts = context(past=(duty(-1, 720, "late"),))
    assert broken(facts, RULE, [duty(0)]) == [(0,)]
    assert broken(facts, RULE, [duty(1)]) == []
    assert broken(context(past=(duty(-2, 720, "late"),)), RULE, [duty(0)]) == []


def test_the_sentence_names_the_day_and_the_hours():
    assert words(context(), SteadyStarts(minutes=90), [duty(0), duty(1, 720, "late")]) == [
        f"The start of {day(1)} moves by more than 1.5 h from the day before"
    ]
