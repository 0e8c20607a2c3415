"""Four days off in four weeks instead of one in each week (変形休日制)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.free_days import free_days
from wfm.rules.rule import Rule
from wfm.rules.windows import four_weeks


@dataclass(frozen=True)
class FourWeekRest(Rule):
    """Every four weeks of a contract that counts so have ``days`` calendar days without any work.

    These are the statutory days off; whatever else the contract leaves free are the company's.
    Four weeks that end after the horizon can still get one on each day that is left.
    """

    key: ClassVar[str] = "four_week_rest"
    label: ClassVar[Message] = message("Days of rest in four weeks")
    sentence: ClassVar[Message] = message(
        "Where the contract says so: {days} whole calendar days without work in every four weeks"
        " instead of one in every week",
        days="{days}",
    )
    statutory: ClassVar[dict[str, int]] = {"days": 1}

    days: int = field(
        default=4,
        metadata={"label": message("Days of rest"), "unit": "d", "low": 1, "high": 12},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one machine per block of four weeks."""
        if not context.contract.four_week_rest:
            return ()
        machines = []
        for window in four_weeks(context):
            left = self.days - window.ahead
            machine = free_days(self.ref(days=self.days), context, window, left)
            if machine is not None:
                machines.append(machine)
        return tuple(machines)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which four weeks have too few."""
        return message(
            "Fewer than {least} free calendar days in the four weeks of {days}",
            least=violation.rule.numbers.get("days", 4),
            days=days,
        )
