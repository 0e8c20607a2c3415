"""What staff were last shown of a horizon, and which of it a rule of notice keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from wfm.model.roster import Duty
from wfm.model.time import days_from
from wfm.rules.notice import Notice
from wfm.rules.rule import Rule
from wfm.services.centre import Centre


def told_days(centre: Centre) -> dict[str, dict[date, Duty | None]]:
    """Return agent → published day of the horizon → its duty, ``None`` for a day off."""
    inside = set(centre.horizon.dates)
    told: dict[str, dict[date, Duty | None]] = defaultdict(dict)
    for week in centre.weeks:
        if week.published is None:
            continue
        duties = {duty.day: duty for duty in week.published}
        told[week.agent] |= {
            day: duties.get(day) for day in days_from(week.start, 7) if day in inside
        }
    return dict(told)


def kept_by_notice(rules: Sequence[Rule], centre: Centre) -> list[Duty]:
    """Return the published shifts that a rule of notice keeps and no shift kind can express.

    They need an option of their own, for somebody gave them times by hand.
    """
    days = max((rule.days or 0 for rule in rules if isinstance(rule, Notice)), default=0)
    today = centre.site.as_of
    if not days or today is None:
        return []
    spans = {
        (kind.key, start, start + length)
        for kind in centre.shift_kinds.values()
        for start in kind.starts
        for length in kind.lengths
    }
    return [
        duty
        for told in told_days(centre).values()
        for day, duty in told.items()
        if duty is not None
        and day < today + timedelta(days=days)
        and (duty.kind, duty.start, duty.end) not in spans
    ]
