"""A duty lies inside the hours in which the agent can work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class AvailableHours(Rule):
    """Each duty fits into one availability window of its day."""

    key: ClassVar[str] = "availability"
    label: ClassVar[Message] = message("Availability")
    sentence: ClassVar[Message] = message(
        "A shift lies inside the hours in which the person can work"
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid the options that fit into no window of the day."""
        if context.availability is None:
            return ()
        masks = []
        for place, day in enumerate(context.horizon.dates):
            windows = context.availability.windows(day)
            if windows is None:
                continue
            outside = tuple(
                number
                for number in context.own_options
                if not any(
                    start <= context.options[number].start and context.options[number].end <= end
                    for start, end in windows
                )
            )
            if outside:
                masks.append(Mask(self.ref(), place, outside))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say on which days."""
        return message("Outside the available hours on {days}", days=days)
