"""Worked hours per week between the contract's bounds, never above the law's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class WeeklyHours(Rule):
    """Worked minutes plus credited leave of each week stay within the contract and the law.

    In a week that begins before the horizon, past duties count as they were.  A week that ends
    after it only has an upper bound: its other days are still free.  A week with days outside the
    employment asks for its share of the minimum, in whole contract days.
    """

    key: ClassVar[str] = "weekly_hours"
    label: ClassVar[Message] = message("Weekly hours")
    sentence: ClassVar[Message] = message(
        "At most {minutes} h of work a week, and no less than the contract says",
        minutes="{minutes}",
    )
    statutory: ClassVar[dict[str, int]] = {"minutes": -1}

    minutes: int = field(
        default=2400,
        metadata={
            "label": message("Most per week"),
            "unit": "h",
            "form": "hours",
            "low": 0,
            "high": 2640,
        },
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one counter per week of the horizon."""
        counters = []
        high = min(context.contract.week_minutes_max or self.minutes, self.minutes)
        for first, places in context.weeks():
            past = sum(duty.worked_minutes for duty in context.past_of_week(first))
            leave = context.credited_leave(first)[1]
            whole = first + timedelta(days=7) <= context.horizon.end
            low = self._minimum(context, first) if whole else 0
            counters.append(
                Counter(
                    self.ref(low=low, high=high),
                    places,
                    "worked_minutes",
                    low=low or None,
                    high=max(high, past + leave),
                    constant=past + leave,
                )
            )
        return tuple(counters)

    @staticmethod
    def _minimum(context: RuleContext, first: date) -> int:
        low, employed = context.contract.week_minutes_min, context.employed_days(first)
        if employed == 7:
            return low
        return (
            low
            * employed
            // 7
            // max(context.contract.day_minutes, 1)
            * max(context.contract.day_minutes, 1)
        )

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
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
