"""Changing the shift kinds that rosters are made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.change import Outcome
from wfm.model.people import Contract
from wfm.model.time import DAY_MINUTES, LATEST_MINUTE, format_clock, format_length
from wfm.persistence import Store
from wfm.rules import break_faults, rule_set
from wfm.rules.lawful_breaks import LawfulBreaks, placed_at_earliest
from wfm.rules.options import has_room_for_breaks, option_table
from wfm.services.session import Session, site_of

LETTER_SIGNS = 2


def new_kind_key(taken: Collection[str]) -> str:
    """Return a key that no shift kind has."""
    number = 1
    while f"kind-{number}" in taken:
        number += 1
    return f"kind-{number}"


def change_shift_kind(session: Session, kind: ShiftKind, seen: ShiftKind | None) -> Outcome:
    """Write a shift kind (``seen`` ``None``: a new one), checked in words.

    Shifts that the break rule of the centre would never allow are told, not refused.
    """
    with session.database.write(session.who, session.clock) as unit:
        others = [other for other in unit.all(ShiftKind) if other.key != kind.key]
        _check(kind, others, site_of(unit).slot_minutes)
        unit.put(kind, seen=seen)
        text = (
            message("Add the shift kind {name}", name=kind.name)
            if seen is None
            else message("Change the shift kind {name}", name=kind.name)
        )
        operation = unit.commit(text)
        notes = tuple(unlawful_lengths(unit, kind)) + tuple(_unused(unit, kind))
    return Outcome(operation, notes)


def remove_shift_kind(session: Session, seen: ShiftKind) -> Outcome:
    """Remove a shift kind that no contract plans with; past shifts keep their letter."""
    with session.database.write(session.who, session.clock) as unit:
        using = [
            contract.name or contract.key
            for contract in unit.all(Contract)
            if seen.key in contract.shift_kinds
        ]
        if using:
            raise WfmError(
                message(
                    "{name} is planned by: {contracts}. Take it out of these contracts first.",
                    name=seen.name or seen.key,
                    contracts=", ".join(using),
                )
            )
        unit.delete(ShiftKind, seen.key, seen=seen)
        operation = unit.commit(message("Remove the shift kind {name}", name=seen.name or seen.key))
    return Outcome(operation)


def _check(kind: ShiftKind, others: Sequence[ShiftKind], slot: int) -> None:
    """Raise with the sentence about the first thing wrong; ``slot`` in minutes."""
    name, letter = kind.name.strip(), kind.letter.strip()
    if not name:
        raise WfmError(message("A shift kind needs a name."))
    if not 0 < len(letter) <= LETTER_SIGNS:
        raise WfmError(message("The letter of {name} is one sign or two.", name=name))
    if any(other.name.strip() == name for other in others):
        raise WfmError(message("There is a shift kind named {name} already.", name=name))
    twin = next((other for other in others if other.letter.strip() == letter), None)
    if twin is not None:
        raise WfmError(
            message(
                "“{letter}” already stands for {other} on rosters; choose another letter.",
                letter=letter,
                other=twin.name or twin.key,
            )
        )
    if not 0 <= kind.earliest_start <= kind.latest_start < DAY_MINUTES:
        raise WfmError(message("A shift starts between 0:00 and 23:59 of its day."))
    if kind.latest_start + max(kind.lengths) > LATEST_MINUTE:
        raise WfmError(
            message(
                "The last shift would end at {end}, which is later than 48:00.",
                end=format_clock(kind.latest_start + max(kind.lengths)),
            )
        )
    for option in option_table((kind,))[0]:
        if not has_room_for_breaks(option, slot):
            raise WfmError(
                message(
                    "The breaks of a shift from {start} to {end} do not all have room with"
                    " {minutes} minutes of work between them.",
                    start=format_clock(option.start),
                    end=format_clock(option.end),
                    minutes=kind.break_gap,
                )
            )


def unlawful_lengths(store: Store, kind: ShiftKind) -> list[Message]:
    """Return which lengths the centre's break rule will never allow, and why."""
    site = site_of(store)
    rules = [item for item in rule_set(site.rule_set, site.rules) if isinstance(item, LawfulBreaks)]
    notes = []
    for rule in rules:
        for length in kind.lengths:
            option = next(
                item for item in option_table([kind])[0] if item.end - item.start == length
            )
            faults = break_faults(
                option.start, option.end, tuple(placed_at_earliest(option)), rule.law
            )
            if faults:
                notes.append(
                    message(
                        "Shifts of {length} h cannot be planned: {reason}.",
                        length=format_length(length),
                        reason=faults[0],
                    )
                )
    return notes


def _unused(store: Store, kind: ShiftKind) -> list[Message]:
    if any(kind.key in contract.shift_kinds for contract in store.all(Contract)):
        return []
    return [
        message("No contract plans with {name} yet; choose it in the contracts.", name=kind.name)
    ]
