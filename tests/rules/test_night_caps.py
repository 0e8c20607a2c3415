from tests.rules.asking import found, words
from tests.rules.builders import context, duty
from wfm.rules.night_caps import NightCaps


def nights(*places):
    return [duty(place, 1320, "night") for place in places]


def amounts(facts, rule, duties):
    return [item.amount for item in found(facts, rule, duties)]


def test_a_week_holds_no_more_night_shifts_than_allowed():
    rule = NightCaps(week=2)
    assert amounts(context(14), rule, nights(0, 3, 7, 9)) == []
    assert amounts(context(14), rule, nights(0, 3, 5, 6, 9)) == [2]


def test_the_week_begins_where_the_site_says_and_counts_its_days_before_the_horizon():
    facts = context(7, week_start=6, past=tuple(nights(-1)))
    assert amounts(facts, NightCaps(week=2), nights(0, 3)) == [1]
    assert amounts(facts, NightCaps(week=2), nights(0, 6)) == []


def test_a_month_counts_its_nights_before_the_horizon():
    facts = context(7, past=tuple(nights(-9, -6, -5)))  # 28 November, 1 and 2 December
    assert amounts(facts, NightCaps(month=4), nights(0, 1)) == []
    assert amounts(facts, NightCaps(month=4), nights(0, 1, 2)) == [1]


def test_a_month_that_is_over_the_cap_already_allows_no_more_and_blames_nobody():
    facts = context(7, past=tuple(nights(-6, -5, -4)))
    assert amounts(facts, NightCaps(month=2), []) == []
    assert amounts(facts, NightCaps(month=2), nights(0)) == [1]


def test_early_and_late_shifts_are_no_night_shifts():
    days = [duty(0, 300, end=840), duty(1, 840, "late", end=1380)]
    assert amounts(context(), NightCaps(week=0, month=0), days) == []


def test_the_sentence_counts_what_is_too_many():
    (text,) = words(context(), NightCaps(week=1), nights(0, 2, 4))
    assert text.startswith("2 night shifts more than 1 (")
