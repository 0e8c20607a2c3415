"""Reads what the two documents say: days, clock minutes, whose duties are whose."""

from __future__ import annotations

from datetime import date
from typing import Any

Json = dict[str, Any]

DAY = 1440


def day_of(problem: Json, text: str) -> int:
    """Return the position of an ISO date in the horizon, negative before it."""
    return (date.fromisoformat(text) - date.fromisoformat(problem["horizon"]["start"])).days


def clock(problem: Json, duty: Json) -> tuple[int, int]:
    """Return start and end of a duty in minutes from midnight of the horizon's first day."""
    origin = day_of(problem, duty["day"]) * DAY
    return origin + duty["start"], origin + duty["end"]


def unpaid(breaks: list[Json]) -> int:
    return sum(item["length"] for item in breaks if not item["paid"])


def by_agent(problem: Json, duties: list[Json]) -> dict[str, list[Json]]:
    """Return the duties of each agent in order of time, strangers included."""
    found: dict[str, list[Json]] = {agent["key"]: [] for agent in problem["agents"]}
    for duty in duties:
        found.setdefault(duty["agent"], []).append(duty)
    return {key: sorted(mine, key=lambda duty: clock(problem, duty)) for key, mine in found.items()}


def slots_of(problem: Json) -> int:
    """Return the number of intervals of the horizon."""
    return int(problem["horizon"]["days"] * DAY // problem["horizon"]["slot_minutes"])


def hundredths(value: float) -> int:
    """Return a number of at most two decimals in hundredths."""
    rounded = round(value * 100)
    if abs(value * 100 - rounded) > 1e-6:
        raise ValueError(f"{value} has more than two decimals")
    return rounded


def shape(duty: Json) -> tuple[int, int, str]:
    """Return what makes a shift the same shift: its span and kind."""
    return duty["start"], duty["end"], duty["kind"]
