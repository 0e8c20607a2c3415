from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.rules.consecutive_days import ConsecutiveDays

RULE = ConsecutiveDays(days=5)


def test_five_days_in_a_row_are_allowed_and_the_sixth_is_not():
    assert broken(context(), RULE, [duty(place) for place in range(5)]) == []
    assert broken(context(), RULE, [duty(place) for place in range(6)]) == [(5,)]


def test_the_run_goes_on_from_before_the_horizon():
    facts = context(past=tuple(duty(place) for place in (-3, -2, -1)))
    assert broken(facts, RULE, [duty(0), duty(1)]) == []
    assert broken(facts, RULE, [duty(0), duty(1), duty(2)]) == [(2,)]


def test_a_day_off_before_the_horizon_ends_the_run():
    facts = context(past=tuple(duty(place) for place in (-6, -5, -4, -3, -2)))
    assert broken(facts, RULE, [duty(place) for place in range(5)]) == []


def test_a_run_that_was_too_long_already_only_forbids_going_on():
    facts = context(past=tuple(duty(place) for place in range(-8, 0)))
    assert broken(facts, RULE, [duty(0)]) == [(0,)]
    assert broken(facts, RULE, [duty(1)]) == []


def test_the_sentence_names_the_day_and_the_limit():
    (text,) = words(context(), RULE, [duty(place) for place in range(6)])
    assert str(day(5)) in text
    assert "at most 5" in text
