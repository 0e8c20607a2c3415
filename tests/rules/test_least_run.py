import pytest

from tests.rules.asking import broken, found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Agent, Availability, Leave
from wfm.rules.least_run import LeastRun

RULE = LeastRun(days=3)


def works(*places):
    return [duty(place) for place in places]


@pytest.mark.parametrize(
    ("places", "days"),
    [
        ((1, 2, 3), []),
        ((1, 2), [(3,)]),
        ((1, 3, 4, 5), [(2,)]),
        ((0, 2, 4), [(1,), (3,), (5,)]),
        ((), []),
        ((4, 5, 6), []),
    ],
)
def test_whoever_begins_to_work_works_three_days_or_more(places, days):
    facts = context(past=(duty(-5), duty(-4), duty(-3)))
    assert broken(facts, RULE, works(*places)) == days


def test_a_run_that_the_horizon_cuts_off_is_no_breach():
    assert broken(context(past=(duty(-3),)), RULE, works(6)) == []


def test_days_before_the_horizon_count():
    facts = context(past=(duty(-4), duty(-3), duty(-1)))
    assert broken(facts, RULE, works(0, 1)) == []
    assert broken(facts, RULE, works(0)) == [(1,)]
    assert broken(facts, RULE, []) == [(0,)]


def test_leave_within_a_run_neither_ends_it_nor_counts():
    facts = context(past=(duty(-3),), leaves=(Leave("a", day(2)),))
    assert broken(facts, RULE, works(1, 3, 4)) == []
    assert broken(facts, RULE, works(1, 3)) == [(4,)]


def test_who_can_work_every_other_day_only_is_not_asked_for_the_days_between():
    windows = dict.fromkeys((1, 3, 5, 6), ())
    facts = context(past=(duty(-14),), availability=Availability("a", windows))
    assert broken(facts, RULE, works(0, 2, 4)) == []


def test_nothing_is_known_of_what_a_newcomer_did_before():
    facts = context(agent=Agent("a", "1", "Aoki", "t", "free", {"phone": 2}, hired=day(0)))
    assert broken(facts, RULE, []) == []


def test_a_price_counts_once_for_each_run_that_is_too_short():
    facts = context(past=(duty(-7),))
    priced = LeastRun(days=3, price=5)
    assert sum(item.cost for item in found(facts, priced, works(0, 3, 4, 5))) == 5


def test_without_a_number_nothing_is_asked():
    assert broken(context(past=(duty(-3),)), LeastRun(), works(1)) == []


def test_the_sentence_names_the_day_off_and_the_number():
    facts = context(past=(duty(-3),))
    assert words(facts, RULE, works(1)) == [
        f"Off on {day(2)} after fewer than 3 working days in a row"
    ]
