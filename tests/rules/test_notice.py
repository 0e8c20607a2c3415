from dataclasses import replace

from tests.rules.asking import broken, found, words
from tests.rules.builders import FREE, context, day, duty
from wfm.model.people import Leave
from wfm.model.roster import PlacedBreak
from wfm.rules.locks import Locks
from wfm.rules.notice import Notice
from wfm.rules.options import option_table

RULE = Notice(days=3)
TOLD = {day(0): duty(0), day(1): None, day(2): duty(2, 720, "late"), day(3): duty(3)}


def facts(**changes):
    return context(told=TOLD, today=day(0), **changes)


def test_published_days_that_are_near_stay_as_they_are():
    same = [duty(0), duty(2, 720, "late")]
    assert broken(facts(), RULE, same) == []
    assert broken(facts(), RULE, [duty(0)]) == [(2,)]
    assert broken(facts(), RULE, [duty(0), duty(1), duty(2)]) == [(1,), (2,)]


def test_days_with_enough_notice_and_days_never_published_may_change():
    assert broken(facts(), RULE, [duty(0), duty(2, 720, "late"), duty(4)]) == []
    later = replace(facts(), today=day(1))
    assert broken(later, RULE, [duty(0), duty(2, 720, "late")]) == [(3,)]


def test_breaks_may_move():
    moved = duty(0, breaks=(PlacedBreak(735, 60),))
    assert broken(facts(), RULE, [moved, duty(2, 720, "late")]) == []


def test_leave_and_locks_come_first():
    assert broken(facts(leaves=(Leave("a", day(2)),)), RULE, [duty(0)]) == []
    locked = facts(locked=(duty(0, 720, "late"),))
    assert broken(locked, RULE, [duty(0, 720, "late"), duty(2, 720, "late")]) == []


def test_a_shift_published_with_times_of_its_own_can_be_kept():
    odd = duty(0, 555)
    options, measures = option_table((), [odd])
    base = context(contract=FREE)
    made = replace(
        base,
        options=(*base.options, *options),
        measures={name: (*row, *measures[name]) for name, row in base.measures.items()},
        told={day(0): odd},
        today=day(0),
    )
    for rule in (RULE, Locks()):
        assert broken(made, rule, [odd]) == []
    assert broken(made, RULE, [duty(0)]) == [(0,)]
    assert broken(made, Locks(), [duty(1, 555)]) == [(1,)]


def test_without_a_day_to_count_from_nothing_is_asked():
    assert broken(context(told=TOLD), RULE, []) == []
    assert broken(facts(), Notice(), []) == []


def test_a_price_lets_a_change_be_weighed():
    priced = Notice(days=3, price=20)
    assert [(item.hard, item.cost) for item in found(facts(), priced, [duty(0)])] == [(False, 20)]


def test_the_sentence_names_the_day_and_the_notice():
    assert words(facts(), RULE, [duty(0)]) == [
        f"{day(2)} was published and would change fewer than 3 days ahead"
    ]
