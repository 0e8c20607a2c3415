from tests.rules.asking import found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Leave
from wfm.model.roster import PlacedBreak
from wfm.rules.copy_week import CopyWeek

RULE = CopyWeek(weight=2)
LAST = (duty(-7), duty(-6, 510), duty(-4, 720, "late"))


def cost(facts, duties):
    return sum(item.cost for item in found(facts, RULE, duties))


def test_the_same_week_again_costs_nothing():
    again = [duty(0), duty(1, 510), duty(3, 720, "late")]
    assert cost(context(past=LAST), again) == 0
    moved = [duty(0, breaks=(PlacedBreak(735, 60),)), *again[1:]]
    assert cost(context(past=LAST), moved) == 0


def test_every_day_that_differs_costs():
    facts = context(past=LAST)
    assert cost(facts, []) == 6
    assert cost(facts, [duty(0), duty(1), duty(3, 720, "late")]) == 2
    assert cost(facts, [duty(0), duty(1, 510), duty(2), duty(3, 720, "late")]) == 2


def test_every_week_of_the_horizon_repeats_the_one_before_it():
    facts = context(14, past=LAST)
    again = [duty(place, *rest) for place, *rest in ((0,), (1, 510), (3, 720, "late"))]
    assert cost(facts, again) == 6
    second = [duty(place, *rest) for place, *rest in ((7,), (8, 510), (10, 720, "late"))]
    assert cost(facts, [*again, *second]) == 0


def test_days_of_leave_ask_for_nothing_in_either_week():
    facts = context(past=LAST, leaves=(Leave("a", day(0)), Leave("a", day(-5))))
    assert cost(facts, [duty(1, 510), duty(2), duty(3, 720, "late")]) == 0


def test_who_was_not_there_last_week_is_asked_for_nothing():
    assert cost(context(past=(duty(-9),)), [duty(0)]) == 0
    assert found(context(past=LAST), CopyWeek(), []) == []


def test_it_spreads_no_blame():
    assert CopyWeek.balances
    facts = context(past=LAST)
    assert words(facts, RULE, [duty(0), duty(1, 510)]) == [
        f"Other than in the week before on {day(3)}"
    ]
