"""The longest run of night shifts (連続夜勤)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.machines import after_past
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class NightRuns(Rule):
    """At most ``most`` night shifts on consecutive days, counted on from the past."""

    key: ClassVar[str] = "night_runs"
    label: ClassVar[Message] = message("Night shifts in a row")
    sentence: ClassVar[Message] = message(
        "At most {most} night shifts in a row (empty: any number)", most="{most}"
    )

    most: int | None = field(
        default=None, metadata={"label": message("Most nights"), "unit": "d", "low": 1, "high": 7}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a machine whose state is the number of nights so far."""
        if self.most is None:
            return ()
        rows = tuple(
            (0, 0, *(2 * [run + 1 if run < self.most else -1])) for run in range(self.most + 1)
        )
        start = after_past(context, rows, 0, "night_class")
        return (Automaton(self.ref(most=self.most), "night_class", start, rows),)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which night is one too many."""
        return message(
            "{days} would be a night shift more than {most} in a row",
            days=days,
            most=violation.rule.numbers.get("most", 0),
        )
