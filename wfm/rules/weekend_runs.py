"""How many weekends in a row may be worked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule
from wfm.rules.weekends_of import counted, weekends


@dataclass(frozen=True)
class WeekendRuns(Rule):
    """Of ``most`` + 1 weekends in a row at least one is free, counted on from the past."""

    key: ClassVar[str] = "weekend_runs"
    label: ClassVar[Message] = message("Weekends in a row")
    sentence: ClassVar[Message] = message(
        "At most {most} weekends in a row are worked (empty: any number)", most="{most}"
    )

    most: int | None = field(
        default=None, metadata={"label": message("Most in a row"), "unit": "", "low": 1, "high": 4}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a counter for every stretch of weekends that ends in the horizon."""
        if self.most is None:
            return ()
        every = list(weekends(context))
        counters = []
        for last in range(self.most, len(every)):
            blocks, worked = counted(every[last - self.most : last + 1])
            if not blocks:
                continue
            places = tuple(place for block in blocks for place in block)
            counters.append(
                Counter(self.ref(most=self.most), places, "duties", high=self.most,
                        constant=worked, blocks=blocks)
            )  # fmt: skip
        return tuple(counters)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which weekend is one too many."""
        return message(
            "More than {most} weekends in a row are worked ({days})",
            most=violation.rule.numbers.get("most", 0),
            days=days,
        )
