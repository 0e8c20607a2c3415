"""A Curtois-Qu instance, read from its text and expressed as a rostering problem.

The benchmark knows shifts but no clock: its cover counts people per day and shift.  Here shift
number *n* occupies interval *n* of its day, so that cover per interval is cover per shift; true
lengths stand in a measure.  Every rule of the benchmark is one of the common primitives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.centre_rule import Presence
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, UnderStep
from wfm.model.rule import OFF, Automaton, Counter, Mask, Primitive, RuleRef, Succession
from wfm.model.time import DAY_MINUTES, SLOT_LENGTHS, Horizon

MONDAY = date(2026, 11, 30)
SECTIONS = (
    "HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER",
)  # fmt: skip
NEEDED = {"HORIZON", "SHIFTS", "STAFF", "COVER"}


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A kind of shift: minutes, and the shifts that must not follow on the next day."""

    key: str
    minutes: int
    banned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Employee:
    """Limits of one person; ``most`` shifts per type, days off by day number."""

    key: str
    most: Mapping[str, int]
    minutes: tuple[int, int]
    longest: int
    shortest: int
    rest: int
    weekends: int
    off: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A wish to work (``on``) or not to work a shift on a day, and its weight."""

    employee: str
    day: int
    shift: str
    weight: int
    on: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """People wanted on a day in a shift; penalties per person below and above."""

    day: int
    shift: str
    wanted: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """All there is in an instance's text."""

    days: int
    shifts: tuple[ShiftType, ...]
    employees: tuple[Employee, ...]
    requests: tuple[Request, ...]
    covers: tuple[Cover, ...]


# --- reading -------------------------------------------------------------------------------------


def read(text: str) -> Instance:
    """Read an instance; raises :class:`~wfm.errors.WfmError` naming line and fault."""
    rows = _rows(text)
    found: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for section, number, cells in rows:
        found[section].append((number, cells))
    missing = sorted(NEEDED - found.keys())
    if missing:
        raise WfmError(message("The instance has no SECTION_{name}.", name=missing[0]))
    off: dict[str, tuple[int, ...]] = {}
    for _, (key, *days) in found["DAYS_OFF"]:
        off[key] = off.get(key, ()) + tuple(int(day) for day in days)
    parsed = {
        section: [_parsed(number, cells, section) for number, cells in found[section]]
        for section in SECTIONS
        if section not in {"HORIZON", "DAYS_OFF"}
    }
    employees = tuple(_with_off(item, off.get(item.key, ())) for item in parsed["STAFF"])
    return Instance(
        days=int(found["HORIZON"][0][1][0]),
        shifts=tuple(parsed["SHIFTS"]),
        employees=employees,
        requests=(*parsed["SHIFT_ON_REQUESTS"], *parsed["SHIFT_OFF_REQUESTS"]),
        covers=tuple(parsed["COVER"]),
    )


def _rows(text: str) -> Iterator[tuple[str, int, list[str]]]:
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_").strip()
            if section not in SECTIONS:
                raise WfmError(
                    message("Line {line}: unknown section {name}.", line=number, name=section)
                )
            continue
        yield section, number, [cell.strip() for cell in line.split(",")]


def _parsed(number: int, cells: list[str], section: str) -> Any:
    """Build the value of a line; a line that cannot be read is named."""
    try:
        match section:
            case "SHIFTS":
                banned = tuple(key for key in cells[2].split("|") if key) if cells[2:] else ()
                return ShiftType(cells[0], int(cells[1]), banned)
            case "STAFF":
                pairs = [part.split("=") for part in cells[1].split("|") if part]
                low, high = int(cells[3]), int(cells[2])
                numbers = [int(cell) for cell in cells[4:8]]
                most = {key: int(value) for key, value in pairs}
                return Employee(cells[0], most, (low, high), *numbers)
            case "COVER":
                wanted, under, over = (int(cell) for cell in cells[2:5])
                return Cover(int(cells[0]), cells[1], wanted, under, over)
            case _:
                on = section == "SHIFT_ON_REQUESTS"
                return Request(cells[0], int(cells[1]), cells[2], int(cells[3]), on)
    except (ValueError, IndexError, TypeError):
        raise WfmError(
            message(
                "Line {line} of SECTION_{section} cannot be read: {cells}.",
                line=number, section=section, cells=",".join(cells),
            )
        ) from None  # fmt: skip


def _with_off(item: Employee, off: tuple[int, ...]) -> Employee:
    return Employee(
        item.key, item.most, item.minutes, item.longest, item.shortest, item.rest, item.weekends,
        off,
    )  # fmt: skip


# --- expressing ----------------------------------------------------------------------------------


def problem_of(instance: Instance) -> RosterProblem:
    """Return the instance as a rostering problem whose objective is the benchmark's penalty."""
    slot = _slot_minutes(len(instance.shifts))
    horizon = Horizon(MONDAY, instance.days, slot)
    options = tuple(
        Option(shift.key, place * slot, (place + 1) * slot, (), shift.key, shift.key)
        for place, shift in enumerate(instance.shifts)
    )
    size = len(options)
    measures = {
        "duties": (1,) * size,
        "worked_minutes": (slot,) * size,
        "night_minutes": (0,) * size,  # the clock is not a real one
        "start": tuple(option.start for option in options),
        "minutes": tuple(shift.minutes for shift in instance.shifts),
    }
    for place, shift in enumerate(instance.shifts):
        measures[f"is {shift.key}"] = tuple(int(other == place) for other in range(size))
    demands = _demands(instance, horizon)
    skills = tuple(demand.skill for demand in demands)
    agents = tuple(_agent(instance, employee, skills) for employee in instance.employees)
    base = _base_over_cost(instance)
    rules = _extra_over_costs(instance, horizon, base)
    return RosterProblem(
        horizon, options, measures, demands, agents, base, centre_rules=rules
    )  # fmt: skip


def _slot_minutes(shifts: int) -> int:
    """Return the longest interval of which a day has enough."""
    for slot in sorted(SLOT_LENGTHS, reverse=True):
        if shifts * slot <= DAY_MINUTES:
            return slot
    raise WfmError(message("An instance has at most 288 kinds of shifts, not {n}.", n=shifts))


def _place(instance: Instance, horizon: Horizon, cover: Cover) -> int:
    shift = next(place for place, it in enumerate(instance.shifts) if it.key == cover.shift)
    return cover.day * horizon.slots_per_day + shift


def _demands(instance: Instance, horizon: Horizon) -> tuple[Demand, ...]:
    """Return one demand per under-weight; everybody has the skill of each.

    In an interval only the demand with its cover's weight asks for anybody, so they never compete.
    """
    required: dict[int, np.ndarray] = {}
    for cover in instance.covers:
        row = required.setdefault(cover.under, np.zeros(horizon.slots))
        row[_place(instance, horizon, cover)] = cover.wanted
    for row in required.values():
        row.setflags(write=False)
    return tuple(
        Demand(f"cover at {weight}", required[weight], (UnderStep(None, weight),))
        for weight in sorted(required)
    )


def _base_over_cost(instance: Instance) -> int:
    """Return the over-weight that every day and shift has at least; 0 where one has no cover."""
    if len(instance.covers) < instance.days * len(instance.shifts):
        return 0
    return min(cover.over for cover in instance.covers)


def _extra_over_costs(instance: Instance, horizon: Horizon, base: int) -> tuple[Presence, ...]:
    """Return a ceiling on heads for each over-weight above the common one, at the difference."""
    nobody_minds = float(len(instance.employees))
    highs: dict[int, np.ndarray] = {}
    for cover in instance.covers:
        if cover.over > base:
            row = highs.setdefault(cover.over, np.full(horizon.slots, nobody_minds))
            row[_place(instance, horizon, cover)] = cover.wanted
    everybody = tuple(range(len(instance.employees)))
    for row in highs.values():
        row.setflags(write=False)
    return tuple(
        Presence(RuleRef(f"over at {weight}"), everybody, high=highs[weight], price=weight - base)
        for weight in sorted(highs)
    )


def _agent(instance: Instance, employee: Employee, skills: tuple[str, ...]) -> AgentProblem:
    """Return a person with the shifts they may work at all, and all their rules."""
    number = {shift.key: place for place, shift in enumerate(instance.shifts)}
    most = {
        shift.key: _most(instance, employee, shift)
        for shift in instance.shifts
        if _most(instance, employee, shift) > 0
    }
    own = tuple(number[key] for key in most)
    everyday = tuple(range(instance.days))
    rules: list[Primitive] = [
        Counter(RuleRef("minutes"), everyday, "minutes", *employee.minutes),
        run_machine(employee.longest, employee.shortest, employee.rest),
    ]
    pairs = tuple(
        (number[shift.key], number[after])
        for shift in instance.shifts
        for after in shift.banned
        if shift.key in most and after in most
    )
    if pairs:
        rules.append(Succession(RuleRef("succession"), pairs=pairs))
    blocks = tuple(
        tuple(day for day in (saturday, saturday + 1) if day < instance.days)
        for saturday in range(5, instance.days, 7)
    )
    if employee.weekends < len(blocks):
        days = tuple(day for block in blocks for day in block)
        rule = RuleRef("weekends")
        rules.append(Counter(rule, days, "duties", high=employee.weekends, blocks=blocks))
    for key, count in most.items():
        if count < _reachable(instance, employee, key):
            rules.append(Counter(RuleRef("most"), everyday, f"is {key}", high=count))
    rules += [Mask(RuleRef("day off"), day, own) for day in employee.off]
    rules += [
        _request(item, number, own) for item in instance.requests if item.employee == employee.key
    ]
    return AgentProblem(employee.key, skills, own, tuple(rules))


def _most(instance: Instance, employee: Employee, shift: ShiftType) -> int:
    return min(employee.most.get(shift.key, instance.days), instance.days)


def _reachable(instance: Instance, employee: Employee, key: str) -> int:
    """Return how many shifts of a type the other limits allow at most."""
    minutes = next(shift.minutes for shift in instance.shifts if shift.key == key)
    by_time = employee.minutes[1] // minutes if minutes > 0 else instance.days
    return min(by_time, instance.days - len(set(employee.off)))


def _request(item: Request, number: Mapping[str, int], own: tuple[int, ...]) -> Mask:
    """Return the price of a refused request: of everything but the shift, or of the shift."""
    shift = number[item.shift]
    priced = tuple(place for place in (OFF, *own) if place != shift) if item.on else (shift,)
    return Mask(
        RuleRef("shift on" if item.on else "shift off", "wish"), item.day, priced, item.weight
    )


def run_machine(longest: int, shortest: int, rest: int) -> Automaton:
    """Return the machine of runs: at most and at least so many days at work, at least so many off.

    As the benchmark has it: before day 0 lies a day off for the longest run, and endless work and
    endless rest for the shortest ones; runs that meet the end of the horizon may be short.
    """
    names: list[tuple[str, int]] = [("start", 0)]
    names += [("free", run) for run in range(1, min(shortest, longest + 1))]
    names += [("work", run) for run in range(1, longest + 1)]
    names += [("off", run) for run in range(1, max(rest, 1) + 1)]
    number = {name: place for place, name in enumerate(names)}

    def working(run: int, free: bool) -> int:
        if run > longest:
            return -1
        return number["free" if free and run < shortest else "work", run]

    def row(kind: str, run: int) -> tuple[int, int]:
        if kind == "start":
            return number["off", max(rest, 1)], working(1, free=True)
        if kind == "off":
            enough = run >= rest
            return number["off", min(run + 1, max(rest, 1))], working(1, False) if enough else -1
        may_stop = kind == "free" or run >= shortest
        return number["off", 1] if may_stop else -1, working(run + 1, kind == "free")

    return Automaton(RuleRef("runs"), "duties", 0, tuple(row(*name) for name in names))
