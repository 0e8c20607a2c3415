"""What a planner has locked stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import OFF, Mask, Primitive, Violation
from wfm.rules.context import RuleContext, is_exact
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class Locks(Rule):
    """A locked duty is the only choice of its day; a day locked as off stays off.

    Options made for one duty (locked, or published by hand) are for that duty's day alone.
    """

    key: ClassVar[str] = "lock"
    label: ClassVar[Message] = message("Lock")
    sentence: ClassVar[Message] = message("What is locked stays as it is")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid everything but the locked choice, and exact options on all other days."""
        locked = {context.horizon.day_index(duty.day): duty for duty in context.locked}
        off = {context.horizon.day_index(day) for day in context.locked_off}
        exact = tuple(n for n in context.own_options if is_exact(context.options[n]))
        masks = []
        for place in range(context.horizon.days):
            told = context.told.get(context.horizon.dates[place])
            kept = -1 if told is None else context.option_of(told)
            forbidden: tuple[int, ...] = tuple(n for n in exact if n != kept)
            if place in locked:
                own = context.option_of(locked[place])
                forbidden = (OFF, *(n for n in context.own_options if n != own))
            elif place in off:
                forbidden = context.own_options
            if forbidden:
                masks.append(Mask(self.ref(), place, forbidden))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say on which days."""
        return message("Differs from what is locked on {days}", days=days)
