from tests.rules.asking import broken, words
from tests.rules.builders import KINDS, context, day, duty
from wfm.model.activity import ShiftKind
from wfm.model.people import Contract
from wfm.model.roster import Duty
from wfm.rules.daily_hours import DailyHours

LONG = ShiftKind("long", "Long", "G", 540, 540, 30, (600,))


def test_eight_hours_of_work_are_allowed_and_ten_are_not():
    facts = context(contract=Contract("c", "C", ("early", "long")), kinds=(*KINDS, LONG))
    ten = Duty("a", day(1), 540, 1140, (), "long")
    assert broken(facts, DailyHours(), [duty(0), ten]) == [(1,)]


def test_the_contract_can_ask_for_shorter_days():
    facts = context(contract=Contract("c", "C", ("early",), day_minutes=360))
    assert broken(facts, DailyHours(), [duty(0)]) == [(0,)]
    (text,) = words(facts, DailyHours(), [duty(0)])
    assert text.startswith("More than 6.0 h of work on ")


def test_a_contract_without_a_daily_limit_falls_under_the_law_alone():
    facts = context(contract=Contract("c", "C", ("early",), day_minutes=0))
    assert broken(facts, DailyHours(), [duty(0)]) == []
