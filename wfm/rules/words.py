"""A violation as a sentence in words: which rule, when, by how much."""

from __future__ import annotations

from datetime import date

from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.rule import Violation
from wfm.model.time import Horizon
from wfm.rules.registry import RULES

SHAPE_WORDS = {
    "unknown_agent": message("A duty of somebody who is not in the problem"),
    "outside_horizon": message("A duty outside the planned days"),
    "one_shift_a_day": message("More than one shift on the same day"),
    "no_overlap": message("Overlaps the duty before it"),
    "shift_kind": message("Not a shift that the contract allows"),
    "breaks": message("The breaks are not where the shift kind puts them"),
    "scope": message("Differs from what this run leaves as it is"),
}


def dates_of(violation: Violation, horizon: Horizon) -> str | date:
    """Return the day of a violation, several as ISO text, a run as first–last.

    A single date stays one, so that the reader's language can write it.
    """
    dates = [horizon.dates[day] for day in violation.days if 0 <= day < horizon.days]
    if not dates:
        return horizon.start
    if len(dates) == 1:
        return dates[0]
    if len(dates) > 2:
        return f"{dates[0]}–{dates[-1]}"
    return ", ".join(str(day) for day in dates)


def sentence(violation: Violation, problem: RosterProblem) -> Message:
    """Return the violation in words."""
    days = dates_of(violation, problem.horizon)
    for rule in RULES:
        if rule.key == violation.rule.key:
            return rule.words(violation, days)
    shape = SHAPE_WORDS.get(violation.rule.key)
    if shape is not None:
        return message("{what} ({days})", what=shape, days=days)
    return message("Breaks the rule “{rule}” ({days})", rule=violation.rule.key, days=days)
