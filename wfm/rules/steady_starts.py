"""Shifts of consecutive days start at similar times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Succession, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class SteadyStarts(Rule):
    """From one day to the next the start moves by at most ``minutes``, earlier or later.

    A day off in between allows any start.
    """

    key: ClassVar[str] = "steady_starts"
    label: ClassVar[Message] = message("Start times from day to day")
    sentence: ClassVar[Message] = message(
        "From one day to the next the start moves by at most {minutes} h (empty: any time)",
        minutes="{minutes}",
    )

    minutes: int | None = field(
        default=None,
        metadata={
            "label": message("Most from day to day"),
            "unit": "h",
            "form": "hours",
            "low": 0,
            "high": 720,
        },
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return the forbidden pairs of options, and those after the last duty of the past."""
        if self.minutes is None:
            return ()
        limit, own, starts = self.minutes, context.own_options, context.measures["start"]
        ref = self.ref(minutes=limit)
        pairs = tuple(
            (before, after)
            for before in own
            for after in own
            if abs(starts[before] - starts[after]) > limit
        )
        found: list[Primitive] = [Succession(ref, pairs=pairs)] if pairs else []
        yesterday = context.horizon.start - timedelta(days=1)
        for duty in context.past:
            far = tuple(n for n in own if abs(starts[n] - duty.start) > limit)
            if duty.day == yesterday and far:
                found.append(Mask(ref, 0, far))
        return tuple(found)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which shift starts too differently."""
        return message(
            "The start of {days} moves by more than {hours} h from the day before",
            days=days,
            hours=round(violation.rule.numbers.get("minutes", 0) / 60, 2),
        )
