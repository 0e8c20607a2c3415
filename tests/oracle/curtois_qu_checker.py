"""Checks a roster of a Curtois-Qu instance by the benchmark's own rules.

Reads the instance's text by itself and shares no code with the program or the translation of
instances into its problems; standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

Row = Sequence[str]
"""One person's shifts by day, ``""`` for a day off."""

MUTE = ("#", "SECTION_")


def section(text: str, name: str) -> list[list[str]]:
    """Return the cells of each line of a section."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        first = lines.index(f"SECTION_{name}") + 1
    except ValueError:
        return []
    after = [n for n in range(first, len(lines)) if lines[n].startswith("SECTION_")]
    inside = lines[first : min(after, default=len(lines))]
    return [line.split(",") for line in inside if line and not line.startswith(MUTE)]


def faults(text: str, roster: Mapping[str, Row]) -> list[str]:
    """Return a line for every broken hard constraint."""
    days = int(section(text, "HORIZON")[0][0])
    minutes = {row[0]: int(row[1]) for row in section(text, "SHIFTS")}
    banned = {
        (row[0], after)
        for row in section(text, "SHIFTS")
        for after in "|".join(row[2:]).split("|")
        if after
    }
    staff = {row[0]: row[1:] for row in section(text, "STAFF")}
    found = [f"{name}: no such person" for name in roster if name not in staff]
    off: dict[str, list[int]] = {}
    for name, *numbers in section(text, "DAYS_OFF"):
        off.setdefault(name, []).extend(int(number) for number in numbers)
    for name, cells in staff.items():
        row = roster.get(name)
        if row is None or len(row) != days or not set(row) <= {"", *minutes}:
            found.append(f"{name}: no row of {days} days and known shifts")
            continue
        said = [
            *(f"works on day {day}, a day off" for day in off.get(name, []) if row[day]),
            *(
                f"{one} on day {day} is followed by {two}"
                for day, (one, two) in enumerate(pairwise(row))
                if (one, two) in banned
            ),
            *limits(row, cells, minutes),
            *runs(row, *(int(cell) for cell in cells[3:6])),
        ]
        found += [f"{name}: {line}" for line in said]
    return found


def limits(row: Row, cells: Sequence[str], minutes: Mapping[str, int]) -> list[str]:
    """Return broken limits on shifts per type, minutes and weekends."""
    found = []
    for part in filter(None, cells[0].split("|")):
        shift, most = part.split("=")
        count = list(row).count(shift)
        if count > int(most):
            found.append(f"{count} shifts {shift}, not {most}")
    worked = sum(minutes[shift] for shift in row if shift)
    if not int(cells[2]) <= worked <= int(cells[1]):
        found.append(f"{worked} minutes, not {cells[2]} to {cells[1]}")
    weekends = sum(any(row[day : day + 2]) for day in range(5, len(row), 7))
    if weekends > int(cells[6]):
        found.append(f"{weekends} weekends, not {cells[6]}")
    return found


def runs(row: Row, longest: int, shortest: int, rest: int) -> list[str]:
    """Return runs that are too long, or too short and not at an end of the horizon."""
    found = []
    day = 0
    for at_work, items in groupby(row, key=bool):
        length = len(list(items))
        inside = day > 0 and day + length < len(row)
        least = shortest if at_work else rest
        if at_work and length > longest:
            found.append(f"{length} days in a row from day {day}, not at most {longest}")
        if inside and length < least:
            kind = "at work" if at_work else "off"
            found.append(f"{length} days {kind} from day {day}, not at least {least}")
        day += length
    return found


def penalty(text: str, roster: Mapping[str, Row]) -> int:
    """Return the benchmark's objective: refused requests and cover."""
    total = 0
    for name, day, shift, weight in section(text, "SHIFT_ON_REQUESTS"):
        total += int(weight) * (roster[name][int(day)] != shift)
    for name, day, shift, weight in section(text, "SHIFT_OFF_REQUESTS"):
        total += int(weight) * (roster[name][int(day)] == shift)
    for day, shift, *numbers in section(text, "COVER"):
        wanted, under, over = map(int, numbers)
        there = sum(row[int(day)] == shift for row in roster.values())
        total += under * max(0, wanted - there) + over * max(0, there - wanted)
    return total
