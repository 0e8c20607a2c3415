from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Availability
from wfm.rules.availability import AvailableHours

RULE = AvailableHours()


def test_a_duty_lies_inside_one_window_of_its_weekday():
    facts = context(availability=Availability("a", {0: ((480, 1080),), 1: ()}))
    assert broken(facts, RULE, [duty(0, 540)]) == []  # 9:00 to 18:00
    assert broken(facts, RULE, [duty(1), duty(2)]) == [(1,)]


def test_two_windows_do_not_add_up_to_one():
    facts = context(availability=Availability("a", {0: ((480, 720), (720, 1200))}))
    assert broken(facts, RULE, [duty(0)]) == [(0,)]


def test_an_exception_of_the_date_wins_over_the_weekday():
    facts = context(availability=Availability("a", {0: ()}, {day(0): ((0, 2880),)}))
    assert broken(facts, RULE, [duty(0)]) == []


def test_who_states_no_availability_is_always_available():
    assert broken(context(), RULE, [duty(place) for place in range(7)]) == []


def test_the_sentence_names_the_day():
    facts = context(availability=Availability("a", {1: ()}))
    assert words(facts, RULE, [duty(1)]) == [f"Outside the available hours on {day(1)}"]
