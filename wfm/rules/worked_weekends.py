"""How many weekends of a month may be worked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.calendars import wage_month_of
from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule
from wfm.rules.weekends_of import Weekend, counted, weekends


@dataclass(frozen=True)
class WorkedWeekends(Rule):
    """At most ``most`` weekends of a wage month have a duty on Saturday or Sunday.

    A weekend belongs to the month of its Saturday.
    """

    key: ClassVar[str] = "worked_weekends"
    label: ClassVar[Message] = message("Weekends worked in a month")
    sentence: ClassVar[Message] = message(
        "At most {most} weekends of a month are worked (empty: any number)", most="{most}"
    )

    most: int | None = field(
        default=None, metadata={"label": message("Most weekends"), "unit": "", "low": 0, "high": 4}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a counter of weekends per month, weekends of the past as its constant."""
        if self.most is None:
            return ()
        months: dict[date, list[Weekend]] = defaultdict(list)
        for item in weekends(context):
            months[wage_month_of(item.saturday, context.site.closing_day)].append(item)
        counters = []
        for found in months.values():
            blocks, worked = counted(found)
            if not blocks:
                continue
            places = tuple(place for block in blocks for place in block)
            counters.append(
                Counter(self.ref(most=self.most), places, "duties", high=max(self.most, worked),
                        constant=worked, blocks=blocks)
            )  # fmt: skip
        return tuple(counters)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say how many weekends are worked too often."""
        return message(
            "{count} weekend more than {most} in the month is worked ({days})",
            plural="{count} weekends more than {most} in the month are worked ({days})",
            count=violation.amount,
            most=violation.rule.numbers.get("most", 0),
            days=days,
        )
