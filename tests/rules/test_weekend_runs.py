import pytest

from tests.rules.asking import found, words
from tests.rules.builders import context, duty
from wfm.rules.weekend_runs import WeekendRuns

RULE = WeekendRuns(most=2)


def works(*places):
    return [duty(place) for place in places]


@pytest.mark.parametrize(
    ("places", "breaches"),
    [((5, 12), 0), ((5, 12, 19), 1), ((5, 6, 13, 20), 1), ((5, 19, 26), 0), ((5, 12, 19, 26), 2)],
)
def test_of_three_weekends_in_a_row_one_is_free(places, breaches):
    assert len(found(context(28), RULE, works(*places))) == breaches


def test_weekends_before_the_horizon_count():
    assert len(found(context(7, past=(duty(-9), duty(-2))), RULE, works(6))) == 1
    assert found(context(7, past=(duty(-16), duty(-2))), RULE, works(6)) == []


def test_a_weekend_that_began_before_the_horizon_is_worked_already():
    past = tuple(works(-15, -8, -1))  # Sundays of two weekends, and the Saturday of this one
    facts = context(7, past=past)
    assert found(facts, RULE, works(0)) == []


def test_the_sentence_says_the_number():
    (text,) = words(context(28), RULE, works(5, 12, 19))
    assert text.startswith("More than 2 weekends in a row are worked")
