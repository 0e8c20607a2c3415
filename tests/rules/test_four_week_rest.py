"""Art. 35 (2): four days off in four weeks counted from a day that the work rules fix."""

from dataclasses import replace

import pytest

from tests.rules.asking import broken, found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Contract
from wfm.model.site import Site
from wfm.rules.four_week_rest import FourWeekRest
from wfm.rules.weekly_rest import WeeklyRest

RULE = FourWeekRest()
BY_FOUR = Contract("c", "C", ("early", "night"), week_days_max=7, four_week_rest=True)


def facts(days=28, **changes):
    made = context(days, contract=BY_FOUR, **changes)
    return replace(made, site=Site("Test", four_weeks_from=day(0)))


def works(*off, days=28):
    return [duty(place) for place in range(days) if place not in off]


def test_off_days_at_both_ends_of_four_weeks_are_lawful_only_where_counted_by_four_weeks():
    """Vector L5: days off on days 1, 2, 27 and 28 of the block, 24 consecutive days between."""
    duties = works(0, 1, 26, 27)
    assert broken(facts(), RULE, duties) == []
    assert broken(facts(), WeeklyRest(), duties) == []
    by_week = replace(facts(), contract=replace(BY_FOUR, four_week_rest=False))
    assert broken(by_week, RULE, duties) == []
    assert [days[0] // 7 + 1 for days in broken(by_week, WeeklyRest(), duties)] == [2, 3]


@pytest.mark.parametrize(("off", "breaches"), [((0, 1, 26), 1), ((), 1), ((3, 9, 15, 21, 27), 0)])
def test_three_days_off_are_too_few(off, breaches):
    assert len(broken(facts(), RULE, works(*off))) == breaches


def test_a_day_on_which_a_night_shift_ends_is_no_day_off():
    last = duty(25, 1320, "night")
    assert broken(facts(), RULE, [*works(0, 1, 25, 26, 27), last]) == [(27,)]
    assert broken(facts(), RULE, [*works(0, 1, 2, 25, 26, 27), last]) == []


def test_two_blocks_count_each_for_itself():
    assert broken(facts(56), RULE, works(0, 1, 2, 3, 4, 5, 6, 7, days=56)) == [(55,)]


def test_days_of_the_block_before_the_horizon_count():
    def begun(*past):
        made = context(14, contract=BY_FOUR, past=tuple(duty(place) for place in past))
        return replace(made, site=Site("Test", four_weeks_from=day(-14)))

    all_worked = begun(*range(-14, 0))
    assert broken(all_worked, RULE, works(3, 7, 12, days=14)) == [(13,)]
    assert broken(all_worked, RULE, works(3, 7, 12, 13, days=14)) == []
    two_free = begun(*range(-12, 0))
    assert broken(two_free, RULE, works(3, 7, days=14)) == []


def test_a_past_that_left_too_few_days_asks_no_more():
    made = context(2, contract=BY_FOUR, past=tuple(duty(place) for place in range(-26, 0)))
    late = replace(made, site=Site("Test", four_weeks_from=day(-26)))
    assert broken(late, RULE, works(days=2)) == []


def test_days_after_the_horizon_can_still_be_days_off():
    assert broken(facts(24), RULE, works(days=24)) == []
    assert broken(facts(26), RULE, works(0, days=26)) == [(25,)]
    assert broken(facts(26), RULE, works(0, 1, days=26)) == []


def test_a_site_may_ask_for_more_days():
    assert len(broken(facts(), FourWeekRest(days=6), works(0, 5, 10, 15, 20))) == 1


def test_the_sentence_says_how_many_there_must_be():
    assert words(facts(), RULE, works(0)) == [
        f"Fewer than 4 free calendar days in the four weeks of {day(27)}"
    ]
    assert found(facts(), RULE, works(0))[0].hard
