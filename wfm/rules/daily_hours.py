"""The longest working day that may be planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class DailyHours(Rule):
    """No planned duty has more work than ``minutes``, or than the contract's day."""

    key: ClassVar[str] = "daily_hours"
    label: ClassVar[Message] = message("Longest working day")
    sentence: ClassVar[Message] = message("At most {minutes} h of work a day", minutes="{minutes}")
    statutory: ClassVar[dict[str, int]] = {"minutes": -1}

    minutes: int = field(
        default=480,
        metadata={
            "label": message("Most per day"),
            "unit": "h",
            "form": "hours",
            "low": 60,
            "high": 780,
        },
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid longer options on every day."""
        most = min(self.minutes, context.contract.day_minutes or self.minutes)
        long = tuple(n for n in context.own_options if context.options[n].worked_minutes > most)
        if not long:
            return ()
        return tuple(
            Mask(self.ref(minutes=most), place, long) for place in range(context.horizon.days)
        )

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say the limit."""
        return message(
            "More than {hours} h of work on {days}",
            hours=round(violation.rule.numbers.get("minutes", 0) / 60, 2),
            days=days,
        )
