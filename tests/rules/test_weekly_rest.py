from tests.rules.asking import broken, found, words
from tests.rules.builders import FREE, context, day, duty
from wfm.model.people import Contract
from wfm.rules.consecutive_days import ConsecutiveDays
from wfm.rules.weekly_rest import WeeklyRest

RULE = WeeklyRest()
BY_DAY = Contract("c", "C", ("early",), week_days_max=7)


def nights(*places):
    return [duty(place, 1320, "night") for place in places]


def test_seven_days_of_work_are_a_week_without_a_day_of_rest():
    for contract in (BY_DAY, FREE):
        facts = context(contract=contract)
        assert broken(facts, RULE, [duty(place) for place in range(6)]) == []
        assert len(broken(facts, RULE, [duty(place) for place in range(7)])) == 1


def test_a_night_shift_that_ends_on_the_day_off_spoils_it():
    assert broken(context(), RULE, [*nights(0, 1, 2, 3, 4), *nights(6)]) == [(6,)]
    assert broken(context(), RULE, [*nights(0, 1, 2, 3), *nights(6)]) == []


def test_a_shift_that_ends_at_midnight_spoils_nothing():
    until_midnight = [duty(place, 1320, "part", end=1440, breaks=()) for place in range(6)]
    assert broken(context(), RULE, until_midnight) == []


def test_a_night_shift_before_the_horizon_spoils_its_first_day():
    six = [duty(place) for place in range(1, 7)]
    assert broken(context(), RULE, six) == []
    assert broken(context(past=tuple(nights(-1))), RULE, six) == [(6,)]
    by_day = context(contract=BY_DAY, past=tuple(nights(-1)))
    assert broken(by_day, RULE, six) == [(6,)]


def test_a_free_day_before_the_horizon_counts_for_a_week_that_has_begun():
    facts = context(week_start=5, past=tuple(nights(-2)))  # Saturday night; Sunday is spoilt
    assert broken(facts, RULE, [duty(place) for place in range(5)]) == [(4,)]
    facts = context(week_start=5, past=(duty(-2),))  # Saturday by day; Sunday is free
    assert broken(facts, RULE, [duty(place) for place in range(5)]) == []


def test_a_week_that_the_past_has_decided_asks_nothing_more():
    past = tuple(nights(*range(-6, 0)))
    assert broken(context(week_start=1, past=past), RULE, []) == []


def test_two_weeks_are_judged_each_for_itself():
    facts = context(14)
    first = [duty(place) for place in range(7)]
    assert broken(facts, RULE, [*first, duty(8)]) == [(6,)]
    assert broken(facts, RULE, [duty(place) for place in range(14)]) == [(6,), (13,)]


def test_off_days_at_both_ends_of_four_weeks_leave_the_middle_weeks_without_rest():
    """Days off on days 1, 2, 27 and 28 only (vector L5): weeks 2 and 3 break the rule."""
    facts = context(28, contract=BY_DAY)
    duties = [duty(place) for place in range(28) if place not in (0, 1, 26, 27)]
    weeks = [item.days[0] // 7 + 1 for item in found(facts, RULE, duties)]
    assert weeks == [2, 3]
    runs = broken(facts, ConsecutiveDays(days=12), duties)
    assert len(runs) == 24 - 12


def test_the_sentence_names_the_week():
    assert words(context(), RULE, [duty(place) for place in range(7)]) == [
        f"No free calendar day in the week of {day(6)}"
    ]
