"""One whole calendar day without work in every week (週休)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Counter, Primitive, Violation
from wfm.model.time import DAY_MINUTES
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule

_DAY, _OVERNIGHT = 1, 2


@dataclass(frozen=True)
class WeeklyRest(Rule):
    """Every week has a calendar day on which no minute is worked.

    A duty that runs past midnight spoils the day it ends on.  A week that ends after the horizon
    can still get its free day, one whose past days left none possible is over.
    """

    key: ClassVar[str] = "weekly_rest"
    label: ClassVar[Message] = message("Weekly day of rest")
    sentence: ClassVar[Message] = message("One whole calendar day without work in every week")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one primitive per week: at most six duties, or a machine where nights count."""
        overnight = any(context.measures["duty_class"][n] > 1 for n in context.own_options)
        primitives: list[Primitive] = []
        for first, places in context.weeks():
            if first + timedelta(days=7) > context.horizon.end:
                continue
            past = [duty for duty in context.past if duty.day >= first - timedelta(days=1)]
            if overnight or any(duty.end > DAY_MINUTES for duty in past):
                primitives.extend(self._machine(context, first))
                continue
            days = len({duty.day for duty in context.past_of_week(first)})
            primitives.append(
                Counter(self.ref(), places, "duties", high=max(6, days), constant=days)
            )
        return tuple(primitives)

    def _machine(self, context: RuleContext, first: date) -> Iterator[Automaton]:
        """Yield the machine of the week from ``first``, unless the past has decided it."""
        ahead = max(0, context.horizon.day_index(first))
        transitions = _transitions(ahead)
        start = 0 if ahead else _after_past(context, first)
        if start not in (_LAST_SPOILT, _FREE):
            final = ahead + _FREE
            yield Automaton(self.ref(), "duty_class", start, transitions, (final,))

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which week has no free day."""
        return message("No free calendar day in the week of {days}", days=days)


# States of a week without a free day so far: 2 × day of the week, + 1 if a duty runs into the day.
_LAST_SPOILT, _FREE, _LOST = 13, 14, 15


def _next(state: int, kind: int) -> int:
    """Return the state after a day of class ``kind`` of the week itself."""
    if state in (_FREE, _LOST):
        return state
    position, spoilt = divmod(state, 2)
    if kind == 0 and not spoilt:
        return _FREE
    return _LOST if position == 6 else 2 * (position + 1) + (kind == _OVERNIGHT)


def _transitions(ahead: int) -> tuple[tuple[int, ...], ...]:
    """Return the rows: ``ahead`` days of waiting for the week to begin, then the week's states."""
    waiting = [(place + 1, place + 1, place + 1 + (place == ahead - 1)) for place in range(ahead)]
    week = [tuple(ahead + _next(state, kind) for kind in range(3)) for state in range(16)]
    return (*waiting, *week)


def _after_past(context: RuleContext, first: date) -> int:
    """Return the state in which the past leaves a week that has begun."""
    past = {duty.day: _OVERNIGHT if duty.end > DAY_MINUTES else _DAY for duty in context.past}
    state = int(past.get(first - timedelta(days=1), 0) == _OVERNIGHT)
    for offset in range((context.horizon.start - first).days):
        state = _next(state, past.get(first + timedelta(days=offset), 0))
    return state
