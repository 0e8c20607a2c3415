"""The time zones that this machine knows."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> tuple[str, ...]:
    """Return the names of the zones of places (Asia/Tokyo), in order."""
    return tuple(sorted(name for name in available_timezones() if "/" in name))


def is_time_zone(name: str) -> bool:
    """Tell whether there is a zone of that name."""
    return name in available_timezones()
