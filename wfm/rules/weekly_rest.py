"""One whole calendar day without work in every week (週休)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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

    A duty that runs past midnight spoils the day it ends on.  The machine's state is (day of the
    week, free day seen, last duty runs into today); it refuses the last day of a week that had no
    free day.
    """

    key: ClassVar[str] = "weekly_rest"
    label: ClassVar[Message] = message("Weekly day of rest")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a counter of at most six duties a week, or the machine where a night is in play."""
        overnight = any(context.measures["duty_class"][n] > 1 for n in context.own_options)
        if overnight or any(duty.end > DAY_MINUTES for duty in context.past):
            return (self._machine(context),)
        counters = []
        for first, places in context.weeks():
            past = len(context.past_of_week(first))
            counters.append(Counter(self.ref(), places, "duties", high=max(6, past), constant=past))
        return tuple(counters)

    def _machine(self, context: RuleContext) -> Automaton:
        """Return the machine, started by the past days of the first week."""
        state = 0
        first, _ = next(context.weeks())
        past = {duty.day: duty for duty in context.past}
        before = past.get(first - timedelta(days=1))
        if before is not None and before.end > DAY_MINUTES:
            state = _state(0, seen=False, spoilt=True)
        for offset in range((context.horizon.start - first).days):
            duty = past.get(first + timedelta(days=offset))
            kind = 0 if duty is None else _OVERNIGHT if duty.end > DAY_MINUTES else _DAY
            following = _next(state, kind)
            state = following if following >= 0 else state
        transitions = tuple(tuple(_next(state, kind) for kind in range(3)) for state in range(28))
        return Automaton(self.ref(), "duty_class", state, transitions)

    @classmethod
    def words(cls, violation: Violation, days: str) -> Message:
        """Say which week has no free day."""
        return message("No free calendar day in the week of {days}", days=days)


def _state(position: int, *, seen: bool, spoilt: bool) -> int:
    return position * 4 + 2 * seen + spoilt


def _next(state: int, kind: int) -> int:
    position, rest = divmod(state, 4)
    seen, spoilt = divmod(rest, 2)
    free = bool(seen) or (kind == 0 and not spoilt)
    if position < 6:
        return _state(position + 1, seen=free, spoilt=kind == _OVERNIGHT)
    return _state(0, seen=False, spoilt=kind == _OVERNIGHT) if free else -1
