from tests.rules.asking import broken, found, words
from tests.rules.builders import FULL, context, day, duty
from wfm.model.people import Contract, Leave
from wfm.rules.weekly_days import WeeklyDays

RULE = WeeklyDays()
WEEK = tuple(range(7))
PART = Contract("part", "Part", ("part",), week_days_min=3, week_days_max=4)


def part(*places):
    return [duty(place, 540, "part") for place in places]


def test_working_days_stay_within_the_contract():
    facts = context(contract=PART)
    assert broken(facts, RULE, part(0, 2, 4)) == []
    assert broken(facts, RULE, part(0, 2, 4, 5)) == []
    assert [item.amount for item in found(facts, RULE, part(0, 1, 2, 3, 4))] == [1]
    assert [item.amount for item in found(facts, RULE, part(0))] == [-2]


def test_a_day_of_leave_is_a_working_day_and_a_day_off_is_not():
    facts = context(contract=PART, leaves=(Leave("a", day(6), minutes=240),))
    assert broken(facts, RULE, part(0, 2)) == []
    facts = context(contract=PART, leaves=(Leave("a", day(6), "day_off"),))
    assert broken(facts, RULE, part(0, 2)) == [WEEK]


def test_a_contract_without_a_limit_of_days_allows_all_seven():
    facts = context(contract=Contract("c", "C", ("part",), week_days_max=0))
    assert broken(facts, RULE, part(*range(7))) == []


def test_a_week_that_ends_after_the_horizon_has_no_minimum():
    assert broken(context(days=3, contract=PART), RULE, []) == []


def test_the_sentence_says_how_many_days_are_missing():
    assert words(context(contract=FULL), RULE, [duty(0), duty(1), duty(2)]) == [
        f"2 working days too few in the week of {day(0)}–{day(6)}"
    ]
