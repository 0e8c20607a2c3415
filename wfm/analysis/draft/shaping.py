"""Shifts as values: of which kind a span of time is, where its breaks go, whether it is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from wfm.analysis.draft.breaks import Price, aims_of, carried, fitted
from wfm.analysis.draft.draft import WeekDraft, WeekFacts
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.problem import Option
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import DAY_MINUTES
from wfm.model.workload import Floats
from wfm.rules.checker import breaks_fit

MISSING_WORTH = 5.0
"""What somebody present is worth where staff are missing, against 1 of idleness elsewhere."""


def is_usual(facts: WeekFacts, duty: Duty) -> bool:
    """Tell whether a shift is one that the person's contract and its kind describe.

    Any other is kept from the next build by a lock: the solver could not place it itself.
    """
    kind = next((kind for kind in facts.kinds_of(duty.agent) if kind.key == duty.kind), None)
    if kind is None or not allows(kind, duty.start, duty.span_minutes):
        return False
    gap = kind.break_gap
    option = Option("", duty.start, duty.end, kind.breaks, kind.key, break_gap=gap)
    return breaks_fit(option, duty, facts.horizon.slot_minutes)


def allows(kind: ShiftKind, start: int, length: int) -> bool:
    """Tell whether a kind has shifts of that start and length."""
    return start in kind.starts and length in kind.lengths


def reshaped(facts: WeekFacts, duty: Duty, agent: str, day: date, span: tuple[int, int]) -> Duty:
    """Return a shift at another time, day or with another person.

    It becomes of the kind of the person's contract that has such shifts, its own first; a shift
    that is of no kind keeps its letter and is locked.  Breaks go along.
    """
    start, end = span
    if end <= start:
        raise WfmError(message("A shift must end after it starts."))
    kind = _kind_for(facts, duty, agent, start, end - start)
    slot = facts.horizon.slot_minutes
    breaks: tuple[PlacedBreak, ...] | None = None
    if kind is not None and kind.key != duty.kind and aims_of(kind.breaks, duty.breaks) is None:
        breaks = fitted(kind.breaks, start, end, slot, gap=kind.break_gap)
    if breaks is None:
        rules, gap = ((), 0) if kind is None else (kind.breaks, kind.break_gap)
        breaks = carried(duty, rules, start, end, slot, gap=gap)
    made = replace(
        duty,
        agent=agent,
        day=day,
        start=start,
        end=end,
        breaks=breaks,
        kind=duty.kind if kind is None else kind.key,
        letter=duty.letter if kind is None else kind.letter,
    )
    return kept_if_unusual(facts, made)


def kept_if_unusual(facts: WeekFacts, duty: Duty) -> Duty:
    """Return the shift, locked where no build could place it."""
    return duty if duty.locked or is_usual(facts, duty) else replace(duty, locked=True)


def _kind_for(
    facts: WeekFacts, duty: Duty, agent: str, start: int, length: int
) -> ShiftKind | None:
    own = facts.kinds.get(duty.kind)
    kinds = facts.kinds_of(agent)
    if own is not None and own in kinds and allows(own, start, length):
        return own
    return next((kind for kind in kinds if allows(kind, start, length)), own)


def new_duty(
    draft: WeekDraft, agent: str, day: date, kind: ShiftKind, span: tuple[int, int] | None = None
) -> Duty:
    """Return a shift of a kind where the week needs it most, its breaks where they hurt least."""
    start, end = span or best_span(draft, agent, day, (kind,)) or _first(kind)
    slot = draft.horizon.slot_minutes
    price = break_price(draft, agent, day, start)
    breaks = fitted(kind.breaks, start, end, slot, price, gap=kind.break_gap) or ()
    duty = Duty(agent, day, start, end, breaks, kind.key, kind.letter)
    return kept_if_unusual(draft.facts, duty)


def _first(kind: ShiftKind) -> tuple[int, int]:
    return kind.earliest_start, kind.earliest_start + kind.lengths[0]


def spans(kinds: Sequence[ShiftKind]) -> list[tuple[int, int]]:
    """Return every (start, end) that the kinds describe, in order."""
    return sorted(
        {
            (start, start + length)
            for kind in kinds
            for start in kind.starts
            for length in kind.lengths
        }
    )


def best_span(
    draft: WeekDraft, agent: str, day: date, kinds: Sequence[ShiftKind]
) -> tuple[int, int] | None:
    """Return the span of the kinds in which a further person is worth most, the first of equals."""
    ranked = ranked_spans(draft, agent, day, kinds)
    return ranked[0] if ranked else None


def ranked_spans(
    draft: WeekDraft, agent: str, day: date, kinds: Sequence[ShiftKind]
) -> list[tuple[int, int]]:
    """Return the spans of the kinds, worth most first; empty without required staff."""
    gained = worth(draft, agent)
    if gained is None:
        return []
    origin = draft.horizon.day_index(day) * DAY_MINUTES
    total = np.concatenate([[0.0], np.cumsum(gained)])

    def value(span: tuple[int, int]) -> float:
        first, last = (
            min(max((origin + minute) // draft.horizon.slot_minutes, 0), draft.horizon.slots)
            for minute in span
        )
        return float(total[last] - total[first])

    return sorted(spans(kinds), key=lambda span: (-value(span), span))


def worth(draft: WeekDraft, agent: str) -> Floats | None:
    """Return what one more person with an agent's skills is worth per interval.

    Shape ``(slots,)``; ``None`` without required staff.  It ranks places only: the exact cost of a
    shift comes from the draft's coverage.
    """
    if draft.live is None:
        return None
    skills = _skills(draft, agent)
    gained: Floats = np.full(draft.horizon.slots, -1.0)
    for item in draft.live.coverage.skills:
        if item.skill in skills:
            gained = np.maximum(gained, np.where(item.missing > 0, MISSING_WORTH, -1.0))
    return gained


def break_price(draft: WeekDraft, agent: str, day: date, start: int) -> Price | None:
    """Return what a break in a shift from ``start`` on costs by its place: idle times are cheap.

    Of equal places the one nearest to the middle of the window is the cheapest.
    """
    if draft.live is None:
        return None
    skills = _skills(draft, agent)
    loss: Floats = np.zeros(draft.horizon.slots)
    for item in draft.live.coverage.skills:
        if item.skill in skills:
            tight = np.where(item.missing > 0, MISSING_WORTH, np.where(item.surplus < 1, 2.0, 0.0))
            loss = np.maximum(loss, tight)
    origin, slot = draft.horizon.day_index(day) * DAY_MINUTES, draft.horizon.slot_minutes

    def price(_place: int, rule: BreakRule, minute: int) -> float:
        first = (origin + minute) // slot
        last = -(-(origin + minute + rule.length) // slot)
        aside = abs(minute - start - (rule.earliest + rule.latest) / 2)
        return float(loss[max(first, 0) : last].sum()) + aside * 1e-6

    return price


def _skills(draft: WeekDraft, agent: str) -> frozenset[str]:
    live = draft.live
    worker = None if live is None else live.workers.get(agent)
    return frozenset() if worker is None else frozenset(worker.skills)
