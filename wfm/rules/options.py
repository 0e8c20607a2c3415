"""Shift kinds spelled out as the option table of a problem, and the law on breaks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.problem import Option
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import DAY_MINUTES
from wfm.rules.context import exact_key

NIGHT = ((-120, 300), (1320, 1740), (2760, 3180))
"""22:00 to 5:00 of the nights that a duty of one operating date can touch."""

BREAK_LAW = ((480, 60), (360, 45))
"""Above so many minutes of work at least so many minutes of rest (Labour Standards Act, 34)."""

NIGHT_DUTY = 180
"""A duty with so many minutes between 22:00 and 5:00 is a night shift (as in 2003/88/EC, 2 (4))."""

LATE_END = 1200
"""A duty that ends after this minute of its operating date is a late one."""

MOST_OPTIONS = 600
"""Shifts that one shift kind may stand for; more could not be weighed against each other."""


def option_table(
    kinds: Sequence[ShiftKind], extra: Sequence[Duty] = ()
) -> tuple[tuple[Option, ...], dict[str, tuple[int, ...]]]:
    """Return every shift the kinds allow, one exact option per extra duty, and the measures.

    Measures have one number per option, see :func:`measures_of`.  Raises
    :class:`~wfm.errors.WfmError` for an extra duty with a break outside it, and for a kind that
    stands for too many shifts.  Equal kinds and duties give the same table.
    """
    return _table(tuple(kinds), tuple(extra))


@lru_cache(maxsize=16)
def _table(
    kinds: tuple[ShiftKind, ...], extra: tuple[Duty, ...]
) -> tuple[tuple[Option, ...], dict[str, tuple[int, ...]]]:
    options = [option for kind in kinds for option in _of_kind(kind)]
    exact = {exact_key(duty): duty for duty in extra}
    options += [_of_duty(key, duty) for key, duty in exact.items()]
    rows = [measures_of(item.start, item.end, item.worked_minutes) for item in options]
    names = measures_of(0, 1, 1)
    return tuple(options), {name: tuple(row[name] for row in rows) for name in names}


def measures_of(start: int, end: int, worked: int) -> dict[str, int]:
    """Return what rules count of a shift with ``worked`` minutes of work.

    ``duties`` is 1, ``night_minutes`` lie between 22:00 and 5:00 (breaks not deducted);
    ``duty_class`` is 1 or, past midnight, 2; ``nights`` is 1 for a night shift and ``lates`` for
    one that ends late; ``night_class`` is 1 by day, 2 for a night shift that ends on its own date
    and 3 for one that ends on the next.
    """
    by_night = night_minutes(start, end)
    is_night = by_night >= NIGHT_DUTY
    over = end > DAY_MINUTES
    return {
        "duties": 1,
        "worked_minutes": worked,
        "night_minutes": by_night,
        "start": start,
        "duty_class": 1 + over,
        "nights": int(is_night),
        "lates": int(end > LATE_END),
        "night_class": 1 + is_night * (1 + over),
    }


def _of_kind(kind: ShiftKind) -> list[Option]:
    count = len(kind.starts) * len(kind.lengths)
    if count > MOST_OPTIONS:
        raise WfmError(
            message(
                "Shift kind {name} stands for {count} shifts, too many to choose from (at most"
                " {most}). Let it start less often, or give it fewer lengths.",
                name=kind.name or kind.key,
                count=count,
                most=MOST_OPTIONS,
            )
        )
    return [
        Option(
            f"{kind.key}-{start // 60:02d}{start % 60:02d}-{length // 60:02d}{length % 60:02d}h",
            start,
            start + length,
            kind.breaks,
            kind.key,
            kind.letter,
            kind.break_gap,
        )
        for length in kind.lengths
        for start in kind.starts
    ]


def has_room_for_breaks(option: Option, slot: int) -> bool:
    """Tell whether the option's breaks can all be placed so far apart as it asks, in any order."""
    return _fits(option.breaks, [], option, slot)


def _fits(
    rules: Sequence[BreakRule], placed: list[tuple[int, int]], option: Option, slot: int
) -> bool:
    if not rules:
        return True
    rule, rest = rules[0], rules[1:]
    first = option.start + rule.earliest
    last = min(option.start + rule.latest, option.end - rule.length)
    grid = range(-(-first // slot) * slot, last + 1, slot)
    return any(
        all(
            start >= end + option.break_gap or begin >= start + rule.length + option.break_gap
            for begin, end in placed
        )
        and _fits(rest, [*placed, (start, start + rule.length)], option, slot)
        for start in grid or (first,)
    )


def _of_duty(key: str, duty: Duty) -> Option:
    if any(item.start <= duty.start or item.end > duty.end for item in duty.breaks):
        raise WfmError(
            message(
                "The locked shift of {agent} on {day} has a break that is not inside it."
                " Move the break or unlock the shift.",
                agent=duty.agent,
                day=duty.day,
            )
        )
    breaks = tuple(
        BreakRule(
            item.length, item.start - duty.start, item.start - duty.start, item.paid, item.split
        )
        for item in duty.breaks
    )
    return Option(key, duty.start, duty.end, breaks, duty.kind, duty.letter)


def night_minutes(start: int, end: int) -> int:
    """Return the minutes of ``[start, end)`` that lie between 22:00 and 5:00."""
    return sum(max(0, min(end, late) - max(start, early)) for early, late in NIGHT)


def break_faults(
    start: int,
    end: int,
    breaks: Sequence[PlacedBreak],
    law: Sequence[tuple[int, int]] = BREAK_LAW,
) -> tuple[Message, ...]:
    """Return what the law finds wrong with the unpaid breaks of a duty, in words.

    They must lie inside the duty, not at its ends, and be long enough for the work around them:
    ``law`` lists (work above, least break) in minutes, longest work first.  The hours between the
    parts of a split shift are neither work nor break.
    """
    unpaid = [item for item in breaks if not item.paid]
    rest = sum(item.length for item in unpaid if not item.split)
    worked = end - start - sum(item.length for item in unpaid)
    faults = []
    for above, least in law:
        if worked > above:
            if rest < least:
                faults.append(
                    message(
                        "{worked} min of work need {least} min of break, there are {rest}",
                        worked=worked,
                        least=least,
                        rest=rest,
                    )
                )
            break
    if any(item.start <= start or item.end >= end for item in unpaid):
        faults.append(message("A break lies at the edge of the shift instead of inside it"))
    return tuple(faults)
