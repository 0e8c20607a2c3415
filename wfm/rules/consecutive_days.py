"""The longest run of working days (連続勤務日数)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class ConsecutiveDays(Rule):
    """At most ``days`` working days in a row, counted on from the past."""

    key: ClassVar[str] = "consecutive_days"
    label: ClassVar[Message] = message("Consecutive working days")
    sentence: ClassVar[Message] = message("At most {days} working days in a row", days="{days}")

    days: int = field(
        default=5, metadata={"label": message("Most days"), "unit": "d", "low": 1, "high": 12}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a machine whose state is the length of the run so far."""
        worked = {duty.day for duty in context.past}
        run, day = 0, context.horizon.start - timedelta(days=1)
        while day in worked and run < self.days:
            run, day = run + 1, day - timedelta(days=1)
        transitions = tuple(
            (0, state + 1 if state < self.days else -1) for state in range(self.days + 1)
        )
        return (Automaton(self.ref(days=self.days), "duties", run, transitions),)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say on which day the run becomes too long."""
        return message(
            "{days} would be the {count}th working day in a row (at most {most})",
            days=days,
            count=violation.rule.numbers.get("days", 0) + 1,
            most=violation.rule.numbers.get("days", 0),
        )
