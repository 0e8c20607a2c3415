"""Shift kinds spelled out as the option table of a problem, and the law on breaks."""

from __future__ import annotations

from collections.abc import Sequence

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


def option_table(
    kinds: Sequence[ShiftKind], extra: Sequence[Duty] = ()
) -> tuple[tuple[Option, ...], dict[str, tuple[int, ...]]]:
    """Return every shift the kinds allow, one exact option per extra duty, and the measures.

    Measures have one number per option: ``duties`` 1, ``worked_minutes``, ``night_minutes`` (worked
    span inside 22:00–5:00), ``start``, and ``duty_class`` 1 or, past midnight, 2.  Raises
    :class:`~wfm.errors.WfmError` for an extra duty with a break outside it.
    """
    options = [option for kind in kinds for option in _of_kind(kind)]
    exact = {exact_key(duty): duty for duty in extra}
    options += [_of_duty(key, duty) for key, duty in exact.items()]
    measures = {
        "duties": tuple(1 for _ in options),
        "worked_minutes": tuple(option.worked_minutes for option in options),
        "night_minutes": tuple(night_minutes(option.start, option.end) for option in options),
        "start": tuple(option.start for option in options),
        "duty_class": tuple(1 + (option.end > DAY_MINUTES) for option in options),
    }
    return tuple(options), measures


def _of_kind(kind: ShiftKind) -> list[Option]:
    return [
        Option(
            f"{kind.key}-{start // 60:02d}{start % 60:02d}-{length // 60:02d}{length % 60:02d}h",
            start,
            start + length,
            kind.breaks,
            kind.key,
            kind.letter,
        )
        for length in kind.lengths
        for start in kind.starts
    ]


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
        BreakRule(item.length, item.start - duty.start, item.start - duty.start, item.paid)
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
    ``law`` lists (work above, least break) in minutes, longest work first.
    """
    unpaid = [item for item in breaks if not item.paid]
    rest = sum(item.length for item in unpaid)
    worked = end - start - rest
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
