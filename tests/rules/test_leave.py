from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Leave
from wfm.rules.leave import ApprovedLeave

RULE = ApprovedLeave()


def test_no_duty_lies_on_a_day_of_approved_leave():
    facts = context(leaves=(Leave("a", day(2)), Leave("a", day(4), "training")))
    assert broken(facts, RULE, [duty(place) for place in range(5)]) == [(2,), (4,)]
    assert words(facts, RULE, [duty(2)]) == [f"On leave on {day(2)}"]


def test_a_request_not_yet_approved_leaves_the_day_open():
    assert broken(context(leaves=(Leave("a", day(2), approved=False),)), RULE, [duty(2)]) == []


def test_half_a_day_of_leave_leaves_room_for_the_other_half():
    facts = context(leaves=(Leave("a", day(2), "half_leave", minutes=240),))
    assert broken(facts, RULE, [duty(2, 540, "part")]) == []
    assert broken(facts, RULE, [duty(2)]) == [(2,)]
