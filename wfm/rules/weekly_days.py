"""Working days per week between the contract's bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class WeeklyDays(Rule):
    """Duties plus credited days of leave of each week stay within the contract."""

    key: ClassVar[str] = "weekly_days"
    label: ClassVar[Message] = message("Working days per week")
    sentence: ClassVar[Message] = message("As many working days a week as the contract says")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one counter per week; the minimum only for weeks that the horizon ends."""
        counters = []
        for first, places in context.weeks():
            constant = len(context.past_of_week(first)) + context.credited_leave(first)[0]
            whole = first + timedelta(days=7) <= context.horizon.end
            low = context.contract.week_days_min * context.employed_days(first) // 7 if whole else 0
            high = context.contract.week_days_max or 7
            counters.append(
                Counter(
                    self.ref(low=low, high=high),
                    places,
                    "duties",
                    low=low or None,
                    high=max(high, constant),
                    constant=constant,
                )
            )
        return tuple(counters)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say how many days too many or too few."""
        count = abs(violation.amount)
        if violation.amount < 0:
            return message(
                "{count} working days too few in the week of {days}", count=count, days=days
            )
        return message(
            "{count} working days too many in the week of {days}", count=count, days=days
        )
