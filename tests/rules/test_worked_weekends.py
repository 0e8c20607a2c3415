from dataclasses import replace
from datetime import date

import pytest

from tests.rules.asking import broken, found, words
from tests.rules.builders import context, day, duty
from wfm.model.site import Site
from wfm.rules.worked_weekends import WorkedWeekends

RULE = WorkedWeekends(most=2)
# day 5 is Saturday 12 December 2026; the month has four Saturdays: 5, 12, 19, 26


def works(*places):
    return [duty(place) for place in places]


@pytest.mark.parametrize(
    ("places", "amounts"),
    [((5, 6, 12), []), ((5, 12, 19), [1]), ((6, 13, 20), [1]), ((5, 6, 12, 13), []), ((4, 7), [])],
)
def test_a_weekend_counts_once_whether_one_of_its_days_is_worked_or_both(places, amounts):
    assert [item.amount for item in found(context(21), RULE, works(*places))] == amounts


def test_weekends_of_the_month_before_the_horizon_count():
    facts = context(14, past=tuple(works(-2)))
    assert [item.amount for item in found(facts, RULE, works(5, 12))] == [1]
    last_month = context(14, past=tuple(works(-8)))
    assert found(last_month, RULE, works(5, 12)) == []


def test_a_weekend_whose_saturday_was_worked_before_the_horizon_is_not_counted_again():
    facts = context(1, past=(duty(-2), duty(-9)), week_start=6)
    rule = WorkedWeekends(most=1)
    assert found(facts, rule, works(0)) == []


def test_a_weekend_belongs_to_the_wage_month_of_its_saturday():
    closing = context(21)
    site = Site("Test", closing_day=12)
    by_month = [item.days for item in found(closing, WorkedWeekends(most=1), works(5, 12, 19))]
    assert len(by_month) == 1
    facts = replace(closing, site=site)
    assert [item.amount for item in found(facts, WorkedWeekends(most=1), works(5, 12))] == []
    assert [item.amount for item in found(facts, WorkedWeekends(most=1), works(12, 19))] == [1]


def test_none_at_all_can_be_allowed():
    assert broken(context(7), WorkedWeekends(most=0), works(6)) == [(5, 6)]


def test_the_sentence_counts_what_is_too_many():
    (text,) = words(context(21), RULE, works(5, 12, 19))
    assert text.startswith("1 weekend more than 2 in the month is worked")
    assert day(5) == date(2026, 12, 12)
