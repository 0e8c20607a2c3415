"""Nobody works before being hired or after leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class Employment(Rule):
    """Days outside the employment are closed."""

    key: ClassVar[str] = "employment"
    label: ClassVar[Message] = message("Employment dates")
    sentence: ClassVar[Message] = message("No shift outside the dates of employment")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid every option on days outside the employment."""
        return tuple(
            Mask(self.ref(), place, context.own_options)
            for place, day in enumerate(context.horizon.dates)
            if not context.agent.employed_on(day)
        )

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say on which days."""
        return message("Not employed on {days}", days=days)
