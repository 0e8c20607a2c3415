import pytest

from tests.rules.asking import found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Balance
from wfm.rules.weekends import FairWeekends

RULE = FairWeekends()


@pytest.mark.parametrize(("worked", "cost"), [(0, 0), (2, 2), (9, 3)])
def test_a_weekend_day_costs_as_many_units_as_were_worked_up_to_three(worked, cost):
    facts = context(balance=Balance("a", day(0).replace(day=1), weekend_days=worked))
    assert sum(item.cost for item in found(facts, RULE, [duty(4), duty(5)])) == cost
    assert sum(item.cost for item in found(facts, RULE, [duty(5), duty(6)])) == 2 * cost


def test_without_a_balance_weekends_cost_nothing():
    assert found(context(), RULE, [duty(5)]) == []


def test_the_sentence_says_how_many_were_worked():
    facts = context(balance=Balance("a", day(0), weekend_days=4))
    (text,) = words(facts, RULE, [duty(5)])
    assert text.startswith("1 weekend days after 4 lately")
