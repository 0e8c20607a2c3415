"""Breaks follow their shift: carried along with it and put where its kind allows them.

A kind's break may start inside its window, on the interval grid and so that it ends within the
shift (see :class:`wfm.model.problem.Option`).  Where a hand-made shift leaves no such place, its
breaks keep their places as far as they lie inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import BreakRule
from wfm.model.roster import Duty, PlacedBreak


def snapped(minute: int, step: int) -> int:
    """Return the multiple of ``step`` nearest to ``minute``, the later one in the middle."""
    return (2 * minute + step) // (2 * step) * step


Price = Callable[[int, BreakRule, int], float]
"""What it costs to begin the break of a rule (its position, the rule) at a minute; 0 or more."""


def fitted(
    rules: Sequence[BreakRule],
    start: int,
    end: int,
    slot: int,
    price: Price | None = None,
    *,
    gap: int = 0,
) -> tuple[PlacedBreak, ...] | None:
    """Return the breaks of a kind inside a shift where they cost least, ``gap`` minutes apart.

    Without a price the middle of each window is best.  ``None`` where the breaks do not fit
    without coming too close.
    """
    ordered = in_order(rules)
    found = _cheapest(ordered, 0, (start, end, slot, gap), price or _middle(start), 0)
    if found is None:
        return None
    return tuple(
        PlacedBreak(minute, rule.length, rule.paid, rule.split)
        for rule, minute in zip(ordered, found[1], strict=True)
    )


def in_order(rules: Sequence[BreakRule]) -> list[BreakRule]:
    """Return break rules in the order in which their breaks come."""
    return sorted(rules, key=lambda rule: (rule.earliest, rule.latest))


def _middle(start: int) -> Price:
    def price(_place: int, rule: BreakRule, minute: int) -> float:
        return abs(minute - start - (rule.earliest + rule.latest) / 2)

    return price


def _cheapest(
    rules: Sequence[BreakRule],
    place: int,
    shift: tuple[int, int, int, int],
    price: Price,
    free: int,
) -> tuple[float, list[int]] | None:
    """Return the least sum of prices of the rules from ``place`` on, and the starts of that sum."""
    if place == len(rules):
        return 0.0, []
    rule = rules[place]
    *span, gap = shift
    best: tuple[float, list[int]] | None = None
    priced = sorted((price(place, rule, minute), minute) for minute in places(rule, *span))
    for cost, minute in priced:
        if best is not None and cost >= best[0]:
            break
        if minute < free:
            continue
        rest = _cheapest(rules, place + 1, shift, price, minute + rule.length + gap)
        if rest is not None and (best is None or cost + rest[0] < best[0]):
            best = cost + rest[0], [minute, *rest[1]]
    return best


def places(rule: BreakRule, start: int, end: int, slot: int) -> Sequence[int]:
    """Return the minutes at which a break may start; empty where it does not fit in the shift."""
    first = start + rule.earliest
    last = min(start + rule.latest, end - rule.length - 1)
    grid = range(-(-first // slot) * slot, last + 1, slot)
    return grid or ([first] if first <= last else ())


def carried(
    duty: Duty, rules: Sequence[BreakRule], start: int, end: int, slot: int, *, gap: int = 0
) -> tuple[PlacedBreak, ...]:
    """Return a shift's breaks when it is given other times.

    A moved shift takes its breaks along; when only one end moves they stay where they are.  Breaks
    of the kind ``rules`` describe keep to their windows.  Raises
    :class:`~wfm.errors.WfmError` when the shift is too short for them.
    """
    shift = start - duty.start if end - start == duty.span_minutes else 0
    moved = [
        replace(item, start=item.start + shift)
        for item in sorted(duty.breaks, key=lambda item: item.start)
    ]
    aims = aims_of(rules, moved)
    if aims is not None:
        found = fitted(rules, start, end, slot, lambda place, _, at: abs(at - aims[place]), gap=gap)
        if found is not None:
            return found
    return _inside(moved, start, end)


def aims_of(rules: Sequence[BreakRule], breaks: Sequence[PlacedBreak]) -> list[int] | None:
    """Return where each rule's break stands now; ``None`` where they are not the kind's breaks."""
    left, aims = sorted(breaks, key=lambda item: item.start), []
    for rule in in_order(rules):
        same = next(
            (item for item in left if (item.length, item.paid) == (rule.length, rule.paid)), None
        )
        if same is None:
            return None
        left.remove(same)
        aims.append(same.start)
    return None if left else aims


def _inside(breaks: Sequence[PlacedBreak], start: int, end: int) -> tuple[PlacedBreak, ...]:
    """Push breaks that stick out into the shift, in their order and without overlap."""
    total = sum(item.length for item in breaks)
    if breaks and total + 2 > end - start:
        raise WfmError(
            message("The shift is too short for its breaks of {minutes} minutes.", minutes=total)
        )
    free, kept = start + 1, []
    for item in breaks:
        kept.append(replace(item, start=max(item.start, free)))
        free = kept[-1].end
    limit, result = end - 1, []
    for item in reversed(kept):
        result.append(replace(item, start=min(item.start, limit - item.length)))
        limit = result[-1].start
    return tuple(reversed(result))


def shifted(duty: Duty, place: int, minute: int) -> Duty:
    """Return a shift with one break at another minute, kept between its neighbours."""
    breaks = sorted(duty.breaks, key=lambda item: item.start)
    low = breaks[place - 1].end if place else duty.start + 1
    high = breaks[place + 1].start if place + 1 < len(breaks) else duty.end - 1
    moved = breaks[place]
    start = max(low, min(minute, high - moved.length))
    breaks[place] = replace(moved, start=start)
    return replace(duty, breaks=tuple(breaks))
