"""Who has worked many weekends gets the next ones off sooner."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class FairWeekends(Rule):
    """Each weekend day costs as many units as the agent has worked lately, up to ``most``."""

    key: ClassVar[str] = "fair_weekends"
    label: ClassVar[Message] = message("Fair weekends")
    sentence: ClassVar[Message] = message(
        "Who has worked many weekends gets the next ones off: a weekend day costs at most {most}",
        most="{most}",
    )
    balances: ClassVar[bool] = True

    most: int = field(
        default=3, metadata={"label": message("Highest price"), "unit": "", "low": 0, "high": 20}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a priced counter over the weekend days, if there is a balance."""
        worked = 0 if context.balance is None else context.balance.weekend_days
        price = min(self.most, worked)
        places = tuple(
            place for place, day in enumerate(context.horizon.dates) if day.weekday() >= 5
        )
        if not places or price <= 0:
            return ()
        return (Counter(self.ref(worked=worked), places, "duties", high=0, price=price),)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say how many weekend days, on top of how many."""
        return message(
            "{count} weekend days after {worked} lately ({days})",
            count=violation.amount,
            worked=violation.rule.numbers.get("worked", 0),
            days=days,
        )
