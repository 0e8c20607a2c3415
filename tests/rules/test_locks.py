import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.errors import WfmError
from wfm.model.people import Contract
from wfm.model.roster import PlacedBreak
from wfm.rules.locks import Locks

RULE = Locks()
LOCKED = duty(1, 547, breaks=(PlacedBreak(731, 60),), end=1087, locked=True)
"""A hand-made duty off the interval grid."""


def test_a_locked_duty_is_the_only_choice_of_its_day():
    facts = context(locked=(LOCKED,))
    assert broken(facts, RULE, [LOCKED]) == []
    assert broken(facts, RULE, [duty(1)]) == [(1,)]
    assert broken(facts, RULE, []) == [(1,)]


def test_the_breaks_of_a_locked_duty_are_locked_too():
    same_times = duty(1, locked=True)
    facts = context(locked=(same_times,))
    later = duty(1, breaks=(PlacedBreak(540 + 240, 60),))
    assert broken(facts, RULE, [same_times]) == []
    assert broken(facts, RULE, [later]) == [(1,)]


def test_a_shift_like_a_locked_one_is_free_to_lie_on_other_days():
    locked = duty(1, locked=True)
    facts = context(locked=(locked,))
    assert broken(facts, RULE, [locked, duty(2)]) == []


def test_a_hand_made_duty_of_a_kind_outside_the_contract_is_for_its_day_only():
    contract = Contract("c", "C", ("early",))
    night = duty(1, 1320, "night", locked=True)
    facts = context(contract=contract, locked=(night,))
    assert broken(facts, RULE, [night]) == []
    assert broken(facts, RULE, [night, duty(3, 1320, "night")]) == [(3,)]


def test_a_day_locked_as_off_stays_off():
    facts = context(locked_off=(day(3),))
    assert broken(facts, RULE, [duty(2)]) == []
    assert words(facts, RULE, [duty(3)]) == [f"Differs from what is locked on {day(3)}"]


def test_a_locked_duty_with_a_break_at_its_edge_is_named():
    with pytest.raises(WfmError, match=f"a on {day(1)} has a break that is not inside"):
        context(locked=(duty(1, breaks=(PlacedBreak(540, 60),)),))
