"""Approved leave and other whole-day absences keep the day free of contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class ApprovedLeave(Rule):
    """No duty on a day of leave; on a half day of leave no duty longer than the other half."""

    key: ClassVar[str] = "leave"
    label: ClassVar[Message] = message("Leave")
    sentence: ClassVar[Message] = message("No shift on a day of approved leave")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid every option on days of leave, long ones on half days."""
        masks = []
        for leave in context.leaves:
            place = context.horizon.day_index(leave.day)
            if not leave.approved or not 0 <= place < context.horizon.days:
                continue
            options = context.own_options
            if leave.kind == "half_leave":
                left = context.contract.day_minutes - (
                    leave.minutes or context.contract.day_minutes // 2
                )
                options = tuple(n for n in options if context.options[n].worked_minutes > left)
            if options:
                masks.append(Mask(self.ref(), place, options))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say on which days."""
        return message("On leave on {days}", days=days)
