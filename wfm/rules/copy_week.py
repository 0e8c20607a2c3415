"""Last week's shifts again, as far as nothing better speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import OFF, Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class CopyWeek(Rule):
    """A day that differs from the same weekday of the week before the horizon costs ``weight``.

    A shift is the same with the same times and kind, whatever its breaks.  Nothing is asked of
    people without a duty in that week, nor of weekdays on which they could not have been asked.
    """

    key: ClassVar[str] = "copy_week"
    label: ClassVar[Message] = message("Last week again")
    sentence: ClassVar[Message] = message(
        "The shifts of the week before are repeated: a day that differs costs {weight}"
        " (empty: they are not)",
        weight="{weight}",
    )
    balances: ClassVar[bool] = True

    weight: int | None = field(
        default=None,
        metadata={"label": message("Price of a change"), "unit": "", "low": 1, "high": 100},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Price every choice but the one of the week before."""
        since = context.horizon.start - timedelta(days=7)
        before = {duty.day.weekday(): duty for duty in context.past if duty.day >= since}
        if self.weight is None or not before:
            return ()
        masks = []
        for place in context.open_places():
            weekday = context.horizon.dates[place].weekday()
            old_day = since + timedelta(days=(weekday - since.weekday()) % 7)
            duty = before.get(weekday)
            if duty is None and not context.is_open(old_day):
                continue
            same = {OFF} if duty is None else set(context.options_like(duty))
            others = tuple(n for n in (OFF, *context.own_options) if n not in same)
            if same and others:
                masks.append(Mask(self.ref(), place, others, price=self.weight))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which day differs."""
        return message("Other than in the week before on {days}", days=days)
