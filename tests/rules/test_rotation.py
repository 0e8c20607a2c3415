from datetime import timedelta

import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Agent, Contract, Leave
from wfm.rules.rotation import Rotation

RULE = Rotation()
FOUR_ON = ("work", "work", "work", "work", "off", "off")


def contract(steps=FOUR_ON, start=0):
    return Contract(
        "c", "C", ("early", "late"), week_days_max=7, rotation=steps, rotation_start=day(start)
    )


@pytest.mark.parametrize(
    ("start", "worked"),
    # 4勤2休 (four on, two off) over eight days
    [(0, (0, 1, 2, 3, 6, 7)), (-1, (0, 1, 2, 5, 6, 7)), (2, (2, 3, 4, 5)), (-598, (2, 3, 4, 5))],
)
def test_four_on_and_two_off_repeat_from_the_day_of_the_anchor(start, worked):
    facts = context(8, contract=contract(start=start))
    duties = [duty(place) for place in worked]
    assert broken(facts, RULE, duties) == []
    for place in range(8):
        without = [item for item in duties if item.day != day(place)]
        more = [*duties, duty(place)]
        changed = without if place in worked else more
        assert broken(facts, RULE, changed) == [(place,)]


def test_crews_rotate_after_each_other_by_an_anchor_of_their_own():
    agent = Agent("a", "1", "Aoki", "t", "c", {"phone": 2}, rotation_start=day(0) - timedelta(3))
    facts = context(6, contract=contract(), agent=agent)
    assert broken(facts, RULE, [duty(place) for place in (0, 3, 4, 5)]) == []


def test_a_step_may_name_the_kind_of_shift():
    facts = context(4, contract=contract(("early", "late", "off", "work")))
    good = [duty(0), duty(1, 720, "late"), duty(3, 720, "late")]
    assert broken(facts, RULE, good) == []
    assert broken(facts, RULE, [duty(0), duty(1), duty(3)]) == [(1,)]
    assert broken(facts, RULE, [duty(0, 720, "late"), *good[1:]]) == [(0,)]


def test_leave_and_locked_shifts_come_before_the_rotation():
    leave = context(6, contract=contract(), leaves=(Leave("a", day(1)),))
    assert broken(leave, RULE, [duty(place) for place in (0, 2, 3)]) == []
    locked = context(6, contract=contract(), locked=(duty(4),))
    assert broken(locked, RULE, [duty(place) for place in (0, 1, 2, 3, 4)]) == []


def test_without_a_rotation_nothing_is_asked():
    assert broken(context(), RULE, [duty(0)]) == []


def test_the_sentence_names_the_day():
    facts = context(6, contract=contract())
    assert words(facts, RULE, [duty(place) for place in (0, 1, 2, 3, 4)]) == [
        f"Not what the rotation says on {day(4)}"
    ]
