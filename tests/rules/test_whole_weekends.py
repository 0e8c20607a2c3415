from dataclasses import replace

import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Leave
from wfm.model.time import Horizon
from wfm.rules.whole_weekends import WholeWeekends

RULE = WholeWeekends(whole=1)


def works(*places):
    return [duty(place) for place in places]


@pytest.mark.parametrize(
    ("places", "days"),
    [((5, 6), []), ((), []), ((5,), [(6,)]), ((6,), [(6,)]), ((5, 12, 13), [(6,)])],
)
def test_saturday_and_sunday_are_both_worked_or_both_off(places, days):
    assert broken(context(14), RULE, works(*places)) == days


def test_a_weekend_with_a_day_of_leave_is_left_out():
    assert broken(context(leaves=(Leave("a", day(6)),)), RULE, works(5)) == []


def test_a_weekend_whose_sunday_is_not_planned_yet_is_left_out():
    assert broken(context(6), RULE, works(5)) == []


def test_a_saturday_before_the_horizon_binds_its_sunday():
    def from_sunday(*past):
        return replace(context(7, past=tuple(past)), horizon=Horizon(day(6), 7))

    assert broken(from_sunday(duty(5)), RULE, []) == [(0,)]
    assert broken(from_sunday(duty(5)), RULE, works(6)) == []
    assert broken(from_sunday(duty(4)), RULE, works(6)) == [(0,)]
    assert broken(from_sunday(), RULE, works(6)) == []


def test_switched_off_it_asks_nothing():
    assert broken(context(), WholeWeekends(), works(5)) == []


def test_the_sentence_names_the_weekend():
    assert words(context(), RULE, works(5)) == [
        f"Only one day of the weekend of {day(6)} is worked"
    ]
