import pytest

from tests.rules.asking import broken, found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Leave
from wfm.rules.days_off_runs import DaysOffRuns

PAIRS = DaysOffRuns(least=2)
SHORT = DaysOffRuns(most=2)


def works(*places):
    return [duty(place) for place in places]


@pytest.mark.parametrize(
    ("places", "days"),
    [((0, 1, 2), []), ((0, 2, 3), [(2,)]), ((0, 3, 4), []), ((0, 2, 4, 6), [(2,), (4,), (6,)])],
)
def test_days_off_come_in_pairs_at_least(places, days):
    assert broken(context(past=tuple(works(-1))), PAIRS, works(*places)) == days


def test_a_single_day_off_that_began_before_the_horizon_counts():
    assert broken(context(past=tuple(works(-2))), PAIRS, works(0)) == [(0,)]
    assert broken(context(past=tuple(works(-3))), PAIRS, works(0)) == []


def test_a_day_of_leave_alone_or_beside_a_day_off_is_no_run_that_is_too_short():
    facts = context(past=tuple(works(-1)), leaves=(Leave("a", day(2)),))
    assert broken(facts, PAIRS, works(0, 1, 3)) == []
    assert broken(facts, PAIRS, works(0, 3)) == []
    assert broken(facts, PAIRS, works(0, 1, 3, 5)) == [(5,)]
    before = context(past=tuple(works(-3)), leaves=(Leave("a", day(-2)),))
    assert broken(before, PAIRS, works(0)) == []


@pytest.mark.parametrize(
    ("places", "days"),
    [((0, 3, 6), []), ((0, 4, 5, 6), [(3,)]), ((0,), [(3,), (4,), (5,), (6,)])],
)
def test_no_more_than_two_days_off_come_together(places, days):
    assert broken(context(past=tuple(works(-1))), SHORT, works(*places)) == days


def test_leave_makes_no_run_of_days_off_too_long():
    facts = context(past=tuple(works(-1)), leaves=(Leave("a", day(2)), Leave("a", day(3))))
    assert broken(facts, SHORT, works(0, 5)) == []
    assert broken(facts, SHORT, works(0, 6)) == [(5,)]


def test_a_price_counts_once_for_each_run_that_is_too_short():
    priced = DaysOffRuns(least=2, price=3)
    week = works(0, 2, 3, 4, 5)
    assert sum(item.cost for item in found(context(past=tuple(works(-1))), priced, week)) == 3


def test_the_sentences_name_the_day_and_the_number():
    facts = context(past=tuple(works(-1)))
    assert words(facts, PAIRS, works(0, 2)) == [
        f"Back to work on {day(2)} after fewer than 2 days off in a row"
    ]
    assert words(facts, SHORT, works(0, 4, 5, 6)) == [
        f"{day(3)} is one day off more than 2 in a row"
    ]
