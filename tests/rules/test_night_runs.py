import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.rules.night_runs import NightRuns

RULE = NightRuns(most=2)


def nights(*places):
    return [duty(place, 1320, "night") for place in places]


@pytest.mark.parametrize(
    ("places", "days"),
    [((0, 1), []), ((0, 1, 2), [(2,)]), ((0, 1, 3, 4), []), ((0, 1, 2, 3), [(2,), (3,)])],
)
def test_at_most_two_nights_come_in_a_row(places, days):
    assert broken(context(), RULE, nights(*places)) == days


def test_nights_before_the_horizon_count_and_a_day_shift_ends_a_run():
    facts = context(past=tuple(nights(-2, -1)))
    assert broken(facts, RULE, nights(0)) == [(0,)]
    assert broken(facts, RULE, [duty(0), *nights(1, 2)]) == []
    assert broken(context(past=tuple(nights(-3, -2))), RULE, nights(0, 1)) == []


def test_a_late_shift_until_23_is_no_night_shift():
    late = [duty(place, 840, "late", end=1380) for place in range(5)]
    assert broken(context(), NightRuns(most=1), late) == []


def test_the_sentence_names_the_night_and_the_number():
    assert words(context(), RULE, nights(0, 1, 2)) == [
        f"{day(2)} would be a night shift more than 2 in a row"
    ]
