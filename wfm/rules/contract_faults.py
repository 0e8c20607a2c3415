"""Contracts that no week can fulfil, whoever has them: found before anybody is planned by them."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.people import Contract
from wfm.model.time import hours_text

WEEK = 7


def contract_fault(contract: Contract, kinds: Sequence[ShiftKind]) -> Message | None:
    """Return why no whole week fits a contract, ``None`` where one does.

    ``kinds`` are the shift kinds that exist.  Only the contract's own days, hours and shifts are
    looked at: no leave, no other rule.
    """
    name = contract.name or contract.key
    own = [kind for kind in kinds if kind.key in contract.shift_kinds]
    if not own:
        return message("Contract {name} has no shift kind: nobody can be planned by it.", name=name)
    most_days = min(contract.week_days_max or WEEK, WEEK)
    sums = _sums({minutes for kind in own for minutes in _worked(kind)}, most_days)
    enough = {minutes for days, minutes in sums if days >= contract.week_days_min}
    if any(contract.week_minutes_min <= item <= contract.week_minutes_max for item in enough):
        return None
    longest = max((item for item in enough if item <= contract.week_minutes_max), default=None)
    if longest is None:
        return message(
            "Contract {name} asks for {days} days a week, but so many of its shortest shifts are"
            " {least} h, above its {most} h.",
            name=name,
            days=contract.week_days_min,
            least=hours_text(min(enough, default=0)),
            most=hours_text(contract.week_minutes_max),
        )
    return message(
        "Contract {name} asks for at least {least} h a week, but {days} days of its shifts make"
        " {most} h at most.",
        name=name,
        least=hours_text(contract.week_minutes_min),
        days=most_days,
        most=hours_text(longest),
    )


def _worked(kind: ShiftKind) -> list[int]:
    unpaid = sum(rule.length for rule in kind.breaks if not rule.paid)
    return [length - unpaid for length in kind.lengths]


def _sums(minutes: set[int], most_days: int) -> set[tuple[int, int]]:
    """Return what up to so many shifts of these lengths add up to: (days, minutes)."""
    found = reached = {(0, 0)}
    for _ in range(most_days):
        reached = {(days + 1, total + item) for days, total in reached for item in minutes}
        found = found | reached
    return found
