import pytest

from tests.rules.asking import broken, words
from tests.rules.builders import context, day
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Contract
from wfm.model.roster import Duty, PlacedBreak
from wfm.rules import break_faults
from wfm.rules.lawful_breaks import LawfulBreaks


def shift(worked, rest):
    """Return the context and the duty of a shift of so much work and one unpaid break."""
    rules = (BreakRule(rest, 120, 120),) if rest else ()
    kind = ShiftKind("k", "K", "K", 540, 540, 30, (worked + rest,), rules)
    breaks = (PlacedBreak(660, rest),) if rest else ()
    facts = context(contract=Contract("c", "C", ("k",)), kinds=(kind,))
    return facts, kind, Duty("a", day(0), 540, 540 + worked + rest, breaks, "k")


@pytest.mark.parametrize(
    ("worked", "rest", "lawful"),
    [
        (360, 0, True),  # L4-a
        (361, 30, False),  # L4-b: needs 45
        (480, 45, True),  # L4-c
        (495, 45, False),  # L4-d: above 8 h needs 60
        (495, 60, True),
        (361, 45, True),
        (361, 44, False),
        (481, 59, False),
    ],
)
def test_six_hours_need_no_break_more_need_45_minutes_more_than_eight_need_60(worked, rest, lawful):
    facts, _, duty = shift(worked, rest)
    assert (broken(facts, LawfulBreaks(), [duty]) == []) is lawful
    assert (break_faults(duty.start, duty.end, duty.breaks) == ()) is lawful


def test_a_paid_short_break_is_no_rest_in_the_sense_of_the_law():
    breaks = (PlacedBreak(660, 60, paid=True),)
    assert break_faults(540, 540 + 480, breaks)


@pytest.mark.parametrize("start", [540, 1020])
def test_a_break_at_an_edge_of_the_shift_is_no_break_within_it(start):
    """Vector L4-e: 9:00 to 18:00 with the hour of break at its start."""
    faults = break_faults(540, 1080, (PlacedBreak(start, 60),))
    assert [str(item) for item in faults] == [
        "A break lies at the edge of the shift instead of inside it"
    ]


def test_two_unpaid_breaks_add_up():
    assert break_faults(540, 1080, (PlacedBreak(660, 45), PlacedBreak(900, 15))) == ()


def test_the_sentence_says_what_the_law_asks_for():
    facts, _, duty = shift(495, 45)
    (text,) = words(facts, LawfulBreaks(), [duty])
    assert text == (f"Too little break on {day(0)}: above 6 h of work 45 min, above 8 h 60 min")
