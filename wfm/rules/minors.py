"""Persons under 18 do not work at night."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class MinorsAtNight(Rule):
    """Below ``age`` no duty touches 22:00 to 5:00."""

    key: ClassVar[str] = "minors_at_night"
    label: ClassVar[Message] = message("Night work of minors")
    sentence: ClassVar[Message] = message(
        "Below the age of {age} no work between 22:00 and 5:00", age="{age}"
    )
    statutory: ClassVar[dict[str, int]] = {"age": 1}

    age: int = field(
        default=18, metadata={"label": message("Age"), "unit": "y", "low": 15, "high": 25}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid options with night minutes on days before the birthday."""
        born = context.agent.birth_date
        if born is None:
            return ()
        night = tuple(n for n in context.own_options if context.measures["night_minutes"][n])
        return tuple(
            Mask(self.ref(age=self.age), place, night)
            for place, day in enumerate(context.horizon.dates)
            if night and age_on(born, day) < self.age
        )

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say on which days."""
        return message(
            "Under {age}: no work between 22:00 and 5:00 ({days})",
            age=violation.rule.numbers.get("age", 18),
            days=days,
        )


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
