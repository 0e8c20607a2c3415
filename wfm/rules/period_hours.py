"""Hours over a window longer than a week, between bounds that fit what of it is known.

The past of the window counts as it was.  Of the days after the horizon it is assumed that they take
their share of either bound, to within one working day: so the weeks that are planned first neither
use a month up nor leave it all to the last.
"""

from __future__ import annotations

from collections.abc import Iterator

from wfm.model.people import Contract, Leave
from wfm.model.rule import Counter, RuleRef
from wfm.rules.context import DAYS_OFF, RuleContext
from wfm.rules.windows import Window


def period_counters(
    ref: RuleRef, context: RuleContext, window: Window, low: int, high: int, worked: int | None
) -> Iterator[Counter]:
    """Yield counters of a window's minutes.

    ``low`` and ``high`` bound the paid minutes (leave counts; 0: no bound), ``worked`` the worked
    ones.  A minimum is asked of the employed days whose duties are known.
    """
    past = sum(duty.worked_minutes for duty in window.past(context))
    leave = sum(
        _credited(item, context.contract)
        for item in context.leaves
        if window.first <= item.day < min(window.end, context.horizon.end)
    )
    slack = context.contract.day_minutes if window.ahead else 0
    known = window.days - window.ahead
    numbers = {**ref.numbers, "low": low, "high": high}
    paid = RuleRef(ref.key, ref.severity, numbers)
    asked = low * _asked_days(context, window) // window.days - slack
    most = -(-high * known // window.days) + slack
    if window.places and (asked > 0 or high):
        yield Counter(
            paid, window.places, "worked_minutes", low=asked if asked > 0 else None,
            high=max(most, past + leave) if high else None, constant=past + leave,
        )  # fmt: skip
    if window.places and worked is not None:
        most = -(-worked * known // window.days) + slack
        only = RuleRef(ref.key, ref.severity, {**ref.numbers, "high": worked})
        yield Counter(only, window.places, "worked_minutes", high=max(most, past), constant=past)


def _asked_days(context: RuleContext, window: Window) -> int:
    """Return for how many days up to the horizon's end a minimum holds.

    Days outside the employment ask for nothing, nor does a past of which nothing is known.
    """
    start = context.horizon.start
    recorded = window.past(context) or any(
        window.first <= item.day < start for item in context.leaves
    )
    return sum(
        context.agent.employed_on(day) and (day >= start or bool(recorded))
        for day in window.known()
    )


def _credited(leave: Leave, contract: Contract) -> int:
    """Return the paid minutes of a day of absence."""
    if leave.kind in DAYS_OFF or not leave.approved:
        return 0
    half = leave.kind == "half_leave"
    return leave.minutes or (contract.day_minutes // 2 if half else contract.day_minutes)
