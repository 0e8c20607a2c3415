"""Machines of rules about runs of days: followed over the past, so that the horizon goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from wfm.model.roster import Duty
from wfm.model.rule import Automaton, RuleRef
from wfm.rules.context import RuleContext
from wfm.rules.options import measures_of

Rows = Sequence[Sequence[int]]
"""``rows[state][class]`` as in :class:`~wfm.model.rule.Automaton`; class 0 is a day off."""


def broken(state: int) -> int:
    """Return the entry of a forbidden transition after which the machine goes on in ``state``."""
    return -2 - state


def class_of(duty: Duty, measure: str) -> int:
    """Return a measure of a duty of the past."""
    return measures_of(duty.start, duty.end, duty.worked_minutes)[measure]


def after_past(
    context: RuleContext,
    rows: Rows,
    unknown: int,
    measure: str,
    reads: Callable[[date], bool] = lambda _day: True,
    *,
    renews: bool = False,
) -> int:
    """Return the state of a machine after the days before the horizon.

    It begins with the first duty known, in the state ``unknown``; ``reads`` tells which days it
    reads, and with ``renews`` it begins anew after every other.  What the past has broken is over.
    """
    past = {duty.day: class_of(duty, measure) for duty in context.past}
    if not past:
        return unknown
    machine = Automaton(RuleRef(""), measure, unknown, tuple(tuple(row) for row in rows))
    state, day = unknown, min(past)
    while day < context.horizon.start:
        if reads(day):
            state, _ = machine.follow(state, past.get(day, 0))
        elif renews:
            state = unknown
        day += timedelta(days=1)
    return state
