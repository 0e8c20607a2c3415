"""Few different start times within a week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Distinct, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule
from wfm.rules.windows import weeks


@dataclass(frozen=True)
class StartTimes(Rule):
    """At most ``most`` different start times in a week, those before the horizon included."""

    key: ClassVar[str] = "start_times"
    label: ClassVar[Message] = message("Different start times in a week")
    sentence: ClassVar[Message] = message(
        "At most {most} different start times in a week (empty: any number)", most="{most}"
    )

    most: int | None = field(
        default=None,
        metadata={"label": message("Most start times"), "unit": "", "low": 1, "high": 6},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one bound per week."""
        if self.most is None:
            return ()
        rules = []
        for window in weeks(context):
            known = tuple(sorted({duty.start for duty in window.past(context)}))
            rules.append(
                Distinct(self.ref(most=self.most), window.places, "start",
                         max(self.most, len(known)), known=known)
            )  # fmt: skip
        return tuple(rules)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say how many there are too many."""
        return message(
            "{count} start time more than {most} in the week of {days}",
            plural="{count} start times more than {most} in the week of {days}",
            count=violation.amount,
            most=violation.rule.numbers.get("most", 0),
            days=days,
        )
