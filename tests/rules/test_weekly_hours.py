from tests.rules.asking import broken, found, words
from tests.rules.builders import FULL, context, day, duty
from wfm.model.people import Agent, Contract, Leave
from wfm.rules.weekly_hours import WeeklyHours

RULE = WeeklyHours()
WEEK = tuple(range(7))
OPEN = Contract("c", "C", ("early", "part"), week_days_max=7)


def test_forty_hours_are_allowed_and_forty_four_are_not():
    forty = [duty(place) for place in range(5)]
    assert broken(context(contract=OPEN), RULE, forty) == []
    (over,) = found(context(contract=OPEN), RULE, [*forty, duty(5, 540, "part")])
    assert over.days == WEEK
    assert over.amount == 240


def test_a_contract_may_ask_for_less_than_the_law():
    facts = context(contract=Contract("c", "C", ("early",), week_minutes_max=1440))
    assert broken(facts, RULE, [duty(place) for place in range(3)]) == []
    assert broken(facts, RULE, [duty(place) for place in range(4)]) == [WEEK]


def test_no_contract_can_ask_for_more_than_the_law():
    facts = context(contract=Contract("c", "C", ("early",), week_minutes_max=2880))
    assert broken(facts, RULE, [duty(place) for place in range(6)]) == [WEEK]


def test_a_contract_without_a_weekly_limit_falls_under_the_law_alone():
    facts = context(contract=Contract("c", "C", ("early",), week_minutes_max=0))
    assert broken(facts, RULE, [duty(place) for place in range(5)]) == []


def test_too_few_hours_break_the_contract():
    assert words(context(contract=FULL), RULE, [duty(place) for place in range(4)]) == [
        f"8.0 h below the contract's weekly minimum in the week of {day(0)}–{day(6)}"
    ]


def test_paid_leave_counts_toward_both_bounds():
    facts = context(contract=FULL, leaves=(Leave("a", day(2), minutes=480),))
    assert broken(facts, RULE, [duty(place) for place in (0, 1, 3, 4)]) == []
    assert broken(facts, RULE, [duty(place) for place in (0, 1, 3, 4, 5)]) == [WEEK]


def test_leave_that_is_not_approved_does_not_count():
    leave = Leave("a", day(2), minutes=480, approved=False)
    assert broken(context(contract=FULL, leaves=(leave,)), RULE, [duty(0), duty(1)]) == [WEEK]


def test_a_week_that_began_before_the_horizon_counts_its_past_duties():
    facts = context(contract=OPEN, week_start=6, past=(duty(-1),))
    five = [duty(place) for place in range(5)]
    (over,) = found(facts, RULE, five)
    assert (over.days, over.amount) == ((0, 1, 2, 3, 4, 5), 480)


def test_a_week_that_ends_after_the_horizon_has_room_for_a_whole_duty_and_no_minimum():
    facts = context(contract=FULL, week_start=6)
    last = [duty(place) for place in (0, 1, 2, 3, 4, 6)]
    assert broken(facts, RULE, last) == []
    assert broken(facts, RULE, last[:-1]) == []


def test_a_week_already_over_the_limit_only_forbids_more():
    past = tuple(duty(place) for place in range(-6, 0))
    facts = context(contract=Contract("c", "C", ("early",)), week_start=1, past=past)
    assert broken(facts, RULE, []) == []
    assert broken(facts, RULE, [duty(0)]) == [(0,)]


def test_who_is_hired_within_the_week_owes_a_share_in_whole_days():
    agent = Agent("a", "1", "Aoki", "t", "full", hired=day(4))
    facts = context(contract=FULL, agent=agent)
    assert broken(facts, RULE, [duty(4), duty(5)]) == []
    assert broken(facts, RULE, [duty(4)]) == [WEEK]
