"""A machine that counts calendar days without any work in a stretch of days.

A duty that runs past midnight spoils the day on which it ends.
"""

from __future__ import annotations

from datetime import date, timedelta

from wfm.model.rule import Automaton, RuleRef
from wfm.model.time import DAY_MINUTES
from wfm.rules.context import RuleContext
from wfm.rules.windows import Window

_DAY, _OVERNIGHT = 1, 2
_BEFORE, _SPOILT_BEFORE = 0, 1


def free_days(ref: RuleRef, context: RuleContext, window: Window, wanted: int) -> Automaton | None:
    """Return the machine that asks for ``wanted`` free days; ``None`` where the past decides.

    It reads the window's days in the horizon, and the day before the window, on which a duty may
    run into it.  A past that left too few days is over and asks for no more.
    """
    if wanted <= 0:
        return None
    past = {duty.day: _OVERNIGHT if duty.end > DAY_MINUTES else _DAY for duty in context.past}
    rows = _rows(wanted)
    first, days = context.horizon.day_index(window.first), window.places
    state = _BEFORE
    if first > 0:
        days = (first - 1, *days)
    else:
        state = int(past.get(window.first - timedelta(days=1), 0) == _OVERNIGHT)
        for day in _dates(window.first, context.horizon.start):
            state = rows[state][past.get(day, 0)]
    gained = max(0, state // 2 - 1)
    spoilt = state % 2
    if gained >= wanted or gained + len(window.places) - spoilt < wanted:
        return None
    machine = Automaton(ref, "duty_class", state, rows, (2 * wanted + 2, 2 * wanted + 3))
    return _reading(machine, days, first > 0)


def _reading(machine: Automaton, days: tuple[int, ...], waits: bool) -> Automaton:
    """Return the machine on its days; one that waits reads a day of which it counts the end only.

    Its rows get a first state more, in which the day before the window is read.
    """
    rows = machine.transitions
    start = machine.start
    if waits:
        start, rows = len(rows), (*rows, (_BEFORE, _BEFORE, _SPOILT_BEFORE))
    return Automaton(machine.rule, machine.measure, start, rows, machine.final, days=days)


def _rows(wanted: int) -> tuple[tuple[int, ...], ...]:
    """Return the rows: before the first day, then 2 × (free days + 1), + 1 where the day is spoilt.

    The free days are counted up to those wanted.
    """
    rows = []
    for state in range(2 * wanted + 4):
        gained, spoilt = max(0, state // 2 - 1), state % 2
        free = min(wanted, gained + (not spoilt))
        rows.append((2 * free + 2, 2 * gained + 2, 2 * gained + 3))
    return tuple(rows)


def _dates(first: date, until: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(max(0, (until - first).days))]
