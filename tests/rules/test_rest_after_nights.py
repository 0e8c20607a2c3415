import pytest

from tests.rules.asking import broken, found, words
from tests.rules.builders import context, day, duty
from wfm.rules.rest_after_nights import RestAfterNights


def nights(*places):
    return [duty(place, 1320, "night") for place in places]


@pytest.mark.parametrize(
    ("off", "shift", "days"),
    # the night of day 0 ends on day 1 (明け), which is no day off
    [(1, 1, [(1,)]), (1, 2, [(2,)]), (1, 3, []), (2, 3, [(3,)]), (2, 4, [])],
)
def test_whole_calendar_days_off_follow_the_last_night(off, shift, days):
    assert broken(context(), RestAfterNights(days=off), [*nights(0), duty(shift)]) == days


def test_nights_in_a_row_need_no_days_off_between_them():
    rule = RestAfterNights(days=2)
    assert broken(context(), rule, nights(0, 1, 2)) == []
    assert broken(context(), rule, [*nights(0, 1), duty(4)]) == [(4,)]
    assert broken(context(), rule, [*nights(0, 1), duty(5)]) == []


def test_a_night_that_comes_back_too_early_breaks_the_rest_as_well():
    assert broken(context(), RestAfterNights(days=2), nights(0, 2)) == [(2,)]


def test_a_night_that_ends_on_its_own_date_leaves_the_next_day_to_be_free():
    rule = RestAfterNights(days=1)
    early = duty(0, 0, "night", end=480)
    assert broken(context(), rule, [early, duty(1)]) == [(1,)]
    assert broken(context(), rule, [early, duty(2)]) == []


def test_a_night_before_the_horizon_counts():
    facts = context(past=tuple(nights(-1)))
    rule = RestAfterNights(days=2)
    assert broken(facts, rule, [duty(2)]) == [(2,)]
    assert broken(facts, rule, [duty(3)]) == []


def test_a_price_counts_once_where_work_begins_too_early():
    priced = RestAfterNights(days=2, price=4)
    week = [*nights(0), *(duty(place) for place in (1, 2, 3, 4))]
    assert sum(item.cost for item in found(context(), priced, week)) == 4


def test_the_sentence_names_the_shift():
    assert words(context(), RestAfterNights(days=2), [*nights(0), duty(2)]) == [
        f"The shift of {day(2)} comes before 2 whole days off after a night shift"
    ]
