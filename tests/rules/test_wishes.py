from tests.rules.asking import found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Wish
from wfm.rules.wishes import Wishes

RULE = Wishes()


def costs(wish, *duties):
    return [(item.hard, item.cost) for item in found(context(wishes=(wish,)), RULE, duties)]


def test_a_wished_day_off_costs_its_weight_when_worked():
    wish = Wish("a", day(2), weight=8)
    assert costs(wish, duty(2)) == [(False, 8)]
    assert costs(wish, duty(1)) == []


def test_a_wished_window_costs_when_the_duty_reaches_out_of_it():
    wish = Wish("a", day(2), "window", 720, 2880, weight=4)
    assert costs(wish, duty(2)) == [(False, 4)]
    assert costs(wish, duty(2, 720, "late")) == []
    assert costs(wish) == []


def test_wishes_of_one_day_add_up():
    both = (Wish("a", day(2), weight=8), Wish("a", day(2), "window", 720, 2880, 4))
    violations = found(context(wishes=both), RULE, [duty(2)])
    assert sum(item.cost for item in violations) == 12


def test_the_sentence_names_the_day():
    facts = context(wishes=(Wish("a", day(2)),))
    assert words(facts, RULE, [duty(2)]) == [f"Wish not granted on {day(2)}"]
