"""What staff have been told stays as it is when the day is near."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import OFF, Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class Notice(Rule):
    """A published day fewer than ``days`` days ahead keeps its shift, or stays off.

    A shift stays with its times and kind; its breaks may move.  Leave entered since, and what is
    locked, come first.
    """

    key: ClassVar[str] = "notice"
    label: ClassVar[Message] = message("Notice of changes")
    sentence: ClassVar[Message] = message(
        "Published days stay as they are from {days} days before (empty: they may change)",
        days="{days}",
    )

    days: int | None = field(
        default=None,
        metadata={"label": message("Days of notice"), "unit": "d", "low": 1, "high": 60},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid everything but what was published on the days that are near."""
        if self.days is None or context.today is None:
            return ()
        until = context.today + timedelta(days=self.days)
        locked = {*context.locked_off, *(duty.day for duty in context.locked)}
        masks = []
        for place, day in enumerate(context.horizon.dates):
            if day >= until or day not in context.told or day in locked:
                continue
            duty = context.told[day]
            if duty is not None and not context.is_open(day):
                continue
            same = {OFF} if duty is None else set(context.options_like(duty))
            others = tuple(n for n in (OFF, *context.own_options) if n not in same)
            if same and others:
                masks.append(Mask(self.ref(days=self.days), place, others))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which day would change too late."""
        return message(
            "{days} was published and would change fewer than {count} days ahead",
            days=days,
            count=violation.rule.numbers.get("days", 0),
        )
