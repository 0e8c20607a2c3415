"""The shortest run of working days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.machines import after_past, broken
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class LeastRun(Rule):
    """Whoever begins to work works ``days`` days in a row or more.

    Days on which nobody could ask them to work (leave, no available hours) neither end a run nor
    count for it.  A run that the horizon cuts off can still go on.
    """

    key: ClassVar[str] = "least_run"
    label: ClassVar[Message] = message("Fewest working days in a row")
    sentence: ClassVar[Message] = message(
        "At least {days} working days in a row (empty: any number)", days="{days}"
    )

    days: int | None = field(
        default=None, metadata={"label": message("Fewest days"), "unit": "d", "low": 2, "high": 6}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a machine whose state is the length of the run so far, at most ``days``."""
        places = context.open_places() if self.days is not None else ()
        if self.days is None or not places:
            return ()
        short = [(broken(0), run + 1) for run in range(1, self.days)]
        rows = ((0, 1), *short, (0, self.days))
        start = after_past(context, rows, self.days, "duties", context.is_open)
        return (Automaton(self.ref(days=self.days), "duties", start, rows, days=places),)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say before which day the run was too short."""
        return message(
            "Off on {days} after fewer than {least} working days in a row",
            days=days,
            least=violation.rule.numbers.get("days", 0),
        )
