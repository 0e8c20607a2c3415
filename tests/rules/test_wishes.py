import pytest

from tests.rules.asking import found, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Leave, Wish
from wfm.rules.wishes import Wishes

RULE = Wishes()


def costs(wish, *duties, **facts):
    return [
        (item.hard, item.cost) for item in found(context(wishes=(wish,), **facts), RULE, duties)
    ]


def test_a_wished_day_off_costs_its_weight_when_worked():
    wish = Wish("a", day(2), weight=8)
    assert costs(wish, duty(2)) == [(False, 8)]
    assert costs(wish, duty(1)) == []


def test_a_wished_window_costs_when_the_duty_reaches_out_of_it():
    wish = Wish("a", day(2), "window", 720, 2880, weight=4)
    assert costs(wish, duty(2)) == [(False, 4)]
    assert costs(wish, duty(2, 720, "late")) == []
    assert costs(wish) == []


def test_who_wants_to_work_costs_when_off_or_when_the_shift_reaches_out_of_the_hours():
    wish = Wish("a", day(2), "want", 480, 1200, weight=6)
    assert costs(wish) == [(False, 6)]
    assert costs(wish, duty(2)) == []
    assert costs(wish, duty(2, 720, "late")) == [(False, 6)]
    on_leave = {"leaves": (Leave("a", day(2)),)}
    assert costs(wish, **on_leave) == []


@pytest.mark.parametrize(("kind", "verdict"), [("rather_not", (False, 3)), ("cannot", (True, 0))])
def test_hours_that_are_not_wanted_cost_and_those_that_cannot_be_worked_forbid(kind, verdict):
    wish = Wish("a", day(2), kind, 480, 540, weight=3)
    assert costs(wish, duty(2)) == []
    assert costs(wish, duty(2, 510)) == [verdict]
    assert costs(wish, duty(1, 510)) == []
    assert costs(wish) == []


def test_a_locked_shift_stands_against_cannot_at_its_price():
    wish = Wish("a", day(2), "cannot")
    assert costs(wish, duty(2), locked=(duty(2),)) == [(False, 8)]


def test_wishes_of_one_day_add_up():
    both = (Wish("a", day(2), weight=8), Wish("a", day(2), "window", 720, 2880, 4))
    violations = found(context(wishes=both), RULE, [duty(2)])
    assert sum(item.cost for item in violations) == 12


def test_the_sentence_names_the_day():
    facts = context(wishes=(Wish("a", day(2)), Wish("a", day(2), "cannot")))
    assert words(facts, RULE, [duty(2)]) == [
        f"Wish not granted on {day(2)}",
        f"Cannot work these hours (×) on {day(2)}",
    ]
