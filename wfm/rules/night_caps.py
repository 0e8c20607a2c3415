"""How many night shifts a week and a month may hold (夜勤回数)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.machines import class_of
from wfm.rules.rule import Rule
from wfm.rules.windows import Window, wage_months, weeks


@dataclass(frozen=True)
class NightCaps(Rule):
    """At most so many night shifts per week and per wage month, those before the horizon included.

    The days after the horizon are still free, so they take no part.
    """

    key: ClassVar[str] = "night_caps"
    label: ClassVar[Message] = message("Number of night shifts")
    sentence: ClassVar[Message] = message(
        "At most {week} night shifts a week and {month} a month (empty: any number)",
        week="{week}",
        month="{month}",
    )

    week: int | None = field(
        default=None, metadata={"label": message("Most per week"), "unit": "", "low": 0, "high": 7}
    )
    month: int | None = field(
        default=None,
        metadata={"label": message("Most per month"), "unit": "", "low": 0, "high": 31},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a counter per week and per month."""
        found: list[Primitive] = []
        if self.week is not None:
            found.extend(self._counters(context, weeks(context), self.week))
        if self.month is not None:
            found.extend(self._counters(context, wage_months(context), self.month))
        return tuple(found)

    def _counters(
        self, context: RuleContext, windows: Iterator[Window], most: int
    ) -> Iterator[Counter]:
        for window in windows:
            before = sum(class_of(duty, "nights") for duty in window.past(context))
            yield Counter(
                self.ref(most=most), window.places, "nights", high=max(most, before),
                constant=before,
            )  # fmt: skip

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say how many are too many."""
        return message(
            "{count} night shift more than {most} ({days})",
            plural="{count} night shifts more than {most} ({days})",
            count=violation.amount,
            most=violation.rule.numbers.get("most", 0),
            days=days,
        )
