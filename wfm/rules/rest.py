"""Rest between the end of one duty and the start of the next (勤務間インターバル)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Primitive, Succession, Violation
from wfm.model.time import DAY_MINUTES
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class RestBetweenShifts(Rule):
    """At least ``minutes`` from the end of a duty to the next start, the past included."""

    key: ClassVar[str] = "rest"
    label: ClassVar[Message] = message("Rest between shifts")
    sentence: ClassVar[Message] = message(
        "At least {minutes} h of rest from the end of a shift to the next start",
        minutes="{minutes}",
    )

    minutes: int = field(
        default=660,
        metadata={
            "label": message("Least rest"),
            "unit": "h",
            "form": "hours",
            "low": 0,
            "high": 1440,
        },
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one succession with the end of the last past duty."""
        previous = None
        if context.past:
            last = context.past[-1]
            previous = context.horizon.day_index(last.day) * DAY_MINUTES + last.end
        return (Succession(self.ref(minutes=self.minutes), self.minutes, previous_end=previous),)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say how much rest is left and how much there must be."""
        least = violation.rule.numbers.get("minutes", 0)
        return message(
            "Only {rest} h of rest before the shift of {days} (at least {least} h)",
            rest=round((least - violation.amount) / 60, 2),
            least=round(least / 60, 2),
            days=days,
        )
