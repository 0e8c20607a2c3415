"""Hours in four weeks between the contract's bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.period_hours import period_counters
from wfm.rules.rule import Rule
from wfm.rules.windows import four_weeks


@dataclass(frozen=True)
class FourWeekHours(Rule):
    """Paid minutes of four weeks stay within the contract, worked ones below ``minutes``."""

    key: ClassVar[str] = "four_week_hours"
    label: ClassVar[Message] = message("Hours in four weeks")
    sentence: ClassVar[Message] = message(
        "At most {minutes} h of work in four weeks (empty: any number), and paid hours as the"
        " contract says",
        minutes="{minutes}",
    )

    minutes: int | None = field(
        default=None,
        metadata={
            "label": message("Most in four weeks"),
            "unit": "h",
            "form": "hours",
            "low": 0,
            "high": 28 * 1440,
        },
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return the counters of each block of four weeks."""
        low, high = context.contract.four_week_minutes_min, context.contract.four_week_minutes_max
        return tuple(
            counter
            for window in four_weeks(context)
            for counter in period_counters(self.ref(), context, window, low, high, self.minutes)
        )

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say by how much the four weeks are over or under."""
        hours = round(abs(violation.amount) / 60, 2)
        if violation.amount < 0:
            return message(
                "{hours} h too few in the four weeks of {days} (at least {least} h, in proportion)",
                hours=hours,
                least=round(violation.rule.numbers.get("low", 0) / 60, 2),
                days=days,
            )
        return message(
            "{hours} h too many in the four weeks of {days} (at most {most} h, in proportion)",
            hours=hours,
            most=round(violation.rule.numbers.get("high", 0) / 60, 2),
            days=days,
        )
