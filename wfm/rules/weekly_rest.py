"""One whole calendar day without work in every week (週休)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Counter, Primitive, Violation
from wfm.model.time import DAY_MINUTES
from wfm.rules.context import RuleContext
from wfm.rules.free_days import free_days
from wfm.rules.rule import Rule
from wfm.rules.windows import weeks


@dataclass(frozen=True)
class WeeklyRest(Rule):
    """Every week has a calendar day on which no minute is worked.

    A duty that runs past midnight spoils the day it ends on.  A week that ends after the horizon
    can still get its free day, one whose past days left none possible is over.  Contracts that
    count their days off by four weeks are not asked.
    """

    key: ClassVar[str] = "weekly_rest"
    label: ClassVar[Message] = message("Weekly day of rest")
    sentence: ClassVar[Message] = message("One whole calendar day without work in every week")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one primitive per week: at most six duties, or a machine where nights count."""
        if context.contract.four_week_rest:
            return ()
        overnight = any(context.measures["duty_class"][n] > 1 for n in context.own_options)
        primitives: list[Primitive] = []
        for window in weeks(context):
            if window.ahead:
                continue
            since = window.first - timedelta(days=1)
            late = any(duty.day >= since and duty.end > DAY_MINUTES for duty in context.past)
            if overnight or late:
                machine = free_days(self.ref(), context, window, 1)
                primitives.extend([machine] if machine else [])
                continue
            days = len({duty.day for duty in window.past(context)})
            primitives.append(
                Counter(self.ref(), window.places, "duties", high=max(6, days), constant=days)
            )
        return tuple(primitives)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which week has no free day."""
        return message("No free calendar day in the week of {days}", days=days)
