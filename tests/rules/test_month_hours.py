from tests.rules.asking import found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Contract, Leave
from wfm.rules.month_hours import MonthHours

# the horizon begins on 7 December 2026; days -6 to 24 are the month
PART = Contract("c", "C", ("early",), week_days_max=7, month_minutes_max=80 * 60)
LEAST = Contract("c", "C", ("early",), week_days_max=7, month_minutes_min=120 * 60)


def works(*places):
    return [duty(place) for place in places]


def hours(facts, rule, duties):
    return [item.amount / 60 for item in found(facts, rule, duties)]


def test_a_month_planned_to_its_end_keeps_the_contracts_hours():
    facts = context(25, contract=PART)
    assert hours(facts, MonthHours(), works(*range(10))) == []
    assert hours(facts, MonthHours(), works(*range(11))) == [8]


def test_hours_before_the_horizon_count():
    facts = context(25, contract=PART, past=tuple(works(-6, -5)))
    assert hours(facts, MonthHours(), works(*range(8))) == []
    assert hours(facts, MonthHours(), works(*range(9))) == [8]
    november = context(25, contract=PART, past=tuple(works(-8, -7)))
    assert hours(november, MonthHours(), works(*range(10))) == []


def test_a_week_of_the_month_takes_its_share_to_within_a_working_day():
    """Of 31 days 13 are known: 80 h × 13 ÷ 31 = 33.5 h, and 8 h more."""
    facts = context(7, contract=PART)
    assert hours(facts, MonthHours(), works(0, 1, 2, 3, 4)) == []
    six_days, share = 48 * 60, 33 * 60 + 33
    assert hours(facts, MonthHours(), works(*range(6))) == [(six_days - share - 480) / 60]


def test_a_minimum_is_asked_of_the_days_that_are_known():
    facts = context(25, contract=LEAST, past=tuple(works(*range(-6, 0))))
    assert hours(facts, MonthHours(), works(*range(9))) == []
    assert hours(facts, MonthHours(), works(*range(8))) == [-8]


def test_a_month_without_any_record_before_the_horizon_asks_for_less():
    """25 of 31 days: 120 h × 25 ÷ 31 = 96.8 h."""
    facts = context(25, contract=LEAST)
    assert hours(facts, MonthHours(), works(*range(13))) == []
    (short,) = hours(facts, MonthHours(), works(*range(12)))
    assert -1 < short < 0


def test_paid_leave_counts_for_paid_hours_and_not_for_worked_ones():
    leaves = (Leave("a", day(20), minutes=480), Leave("a", day(21), minutes=480))
    facts = context(25, contract=PART, leaves=leaves)
    assert hours(facts, MonthHours(), works(*range(9))) == [8]
    free = Contract("c", "C", ("early",), week_days_max=7)
    worked = context(25, contract=free, leaves=leaves)
    assert hours(worked, MonthHours(minutes=80 * 60), works(*range(10))) == []
    assert hours(worked, MonthHours(minutes=80 * 60), works(*range(11))) == [8]


def test_without_numbers_nothing_is_asked():
    free = Contract("c", "C", ("early",), week_days_max=7)
    assert found(context(25, contract=free), MonthHours(), works(*range(25))) == []


def test_the_sentences_say_by_how_much():
    facts = context(25, contract=PART)
    (text,) = words(facts, MonthHours(), works(*range(11)))
    assert text.startswith("8.0 h too many in the month of")
    facts = context(25, contract=LEAST, past=tuple(works(*range(-6, 0))))
    (text,) = words(facts, MonthHours(), works(*range(8)))
    assert text.startswith("8.0 h too few in the month of")
