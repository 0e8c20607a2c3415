from dataclasses import replace

from tests.rules.asking import found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Contract
from wfm.model.site import Site
from wfm.rules.four_week_hours import FourWeekHours

BOTH = Contract(
    "c", "C", ("early",), week_days_max=7, four_week_minutes_min=80 * 60,
    four_week_minutes_max=88 * 60,
)  # fmt: skip


def works(*places):
    return [duty(place) for place in places]


def hours(facts, duties):
    return [item.amount / 60 for item in found(facts, FourWeekHours(), duties)]


def counted_from(start, **changes):
    made = context(28, contract=BOTH, **changes)
    return replace(made, site=Site("Test", four_weeks_from=start))


def test_four_weeks_keep_the_contracts_hours():
    facts = counted_from(day(0))
    assert hours(facts, works(*range(10))) == []
    assert hours(facts, works(*range(9))) == [-8]
    assert hours(facts, works(*range(12))) == [8]


def test_four_weeks_are_counted_from_the_day_that_the_work_rules_fix():
    facts = counted_from(day(14), past=tuple(works(-14, -10, -7, -3, -1)))
    # the block of days -14 to 13 is known whole, of that from day 14 on a half
    assert hours(facts, works(0, 1, 2, 3, 4, 14, 15, 16, 17, 18)) == []
    assert hours(facts, works(0, 1, 2, 3, 14, 15, 16, 17)) == [-8]
    assert hours(facts, works(0, 1, 2, 3, 4, *range(14, 25))) == [36.0]


def test_a_block_may_begin_years_before():
    facts = counted_from(day(-28 * 40))
    assert hours(facts, works(*range(9))) == [-8]


def test_without_a_day_in_the_work_rules_blocks_count_from_a_week_of_2024():
    made = context(28, contract=BOTH, week_start=6)
    assert len(found(made, FourWeekHours(), works(*range(28)))) == 2


def test_the_sentences_say_by_how_much():
    facts = counted_from(day(0))
    (text,) = words(facts, FourWeekHours(), works(*range(12)))
    assert text.startswith("8.0 h too many in the four weeks of")
    (text,) = words(facts, FourWeekHours(), works(*range(9)))
    assert text.startswith("8.0 h too few in the four weeks of")
