"""Worked hours per week between the contract's bounds, never above the law's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class WeeklyHours(Rule):
    """Worked minutes plus credited leave of each week stay within the contract and the law.

    In a week that begins before the horizon, past duties count as they were; of a week that ends
    after it, the horizon's days take their share of both bounds.
    """

    key: ClassVar[str] = "weekly_hours"
    label: ClassVar[Message] = message("Weekly hours")
    statutory: ClassVar[dict[str, int]] = {"minutes": -1}

    minutes: int = field(
        default=2400,
        metadata={"label": message("Most per week"), "unit": "min", "low": 0, "high": 2640},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one counter per week of the horizon."""
        counters = []
        high = min(context.contract.week_minutes_max, self.minutes)
        for first, places in context.weeks():
            past = sum(duty.worked_minutes for duty in context.past_of_week(first))
            leave = context.credited_leave(first)[1]
            beyond = max(0, (first + timedelta(days=7) - context.horizon.end).days)
            share = (7 - beyond) / 7
            low = int(context.contract.week_minutes_min * share) if share == 1 else 0
            top = high if share == 1 else -int(-high * share)
            counters.append(
                Counter(
                    self.ref(low=low, high=top),
                    places,
                    "worked_minutes",
                    low=low or None,
                    high=max(top, past + leave),
                    constant=past + leave,
                )
            )
        return tuple(counters)

    @classmethod
    def words(cls, violation: Violation, days: str) -> Message:
        """Say by how much the week is over or under."""
        hours = round(abs(violation.amount) / 60, 2)
        if violation.amount < 0:
            return message(
                "{hours} h below the contract's weekly minimum in the week of {days}",
                hours=hours,
                days=days,
            )
        return message(
            "{hours} h above the weekly limit in the week of {days}", hours=hours, days=days
        )
