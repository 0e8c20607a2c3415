from datetime import date

import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Agent
from wfm.rules.minors import MinorsAtNight, age_on

RULE = MinorsAtNight()


def aged(born):
    return context(agent=Agent("a", "1", "Aoki", "t", "free", birth_date=born))


def test_at_17_a_duty_may_end_at_22_and_not_later():
    facts = aged(date(2009, 6, 1))
    assert broken(facts, RULE, [duty(0, 780, "late")]) == []  # 13:00 to 22:00
    assert broken(facts, RULE, [duty(0, 1320, "night")]) == [(0,)]


def test_from_the_eighteenth_birthday_on_nights_are_allowed():
    facts = aged(date(2008, 12, 9))  # 18 on the Wednesday
    nights = [duty(place, 1320, "night") for place in range(4)]
    assert broken(facts, RULE, nights) == [(0,), (1,)]


def test_nobody_is_a_minor_whose_birthday_is_not_known():
    assert broken(aged(None), RULE, [duty(0, 1320, "night")]) == []


@pytest.mark.parametrize(
    ("on", "age"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 29), 20)]
)
def test_who_was_born_on_29_february_is_older_from_1_march_on(on, age):
    assert age_on(date(2008, 2, 29), on) == age


def test_the_sentence_says_why():
    (text,) = words(aged(date(2009, 6, 1)), RULE, [duty(0, 1320, "night")])
    assert text == f"Under 18: no work between 22:00 and 5:00 ({day(0)})"
