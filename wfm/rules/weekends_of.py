"""The weekends of a horizon: their days in it, and what the past says of one that has begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wfm.rules.context import RuleContext

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday: ``places`` of those in the horizon; ``worked`` tells of those before."""

    saturday: date
    places: tuple[int, ...]
    worked: bool

    @property
    def days(self) -> tuple[date, date]:
        """Both dates."""
        return self.saturday, self.saturday + timedelta(days=1)


def weekends(context: RuleContext) -> Iterator[Weekend]:
    """Yield the weekends from the first one with a known duty to the horizon's last, in order."""
    first = min((duty.day for duty in context.past), default=context.horizon.start)
    worked = {duty.day for duty in context.past}
    saturday = first - timedelta(days=(first.weekday() - SATURDAY) % 7)
    while saturday < context.horizon.end:
        both = (saturday, saturday + timedelta(days=1))
        inside = tuple(
            place
            for place in map(context.horizon.day_index, both)
            if 0 <= place < context.horizon.days
        )
        yield Weekend(saturday, inside, any(day in worked for day in both))
        saturday += timedelta(days=7)


def counted(found: list[Weekend]) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return the blocks of days of weekends still open, and how many are worked already.

    A weekend on whose Saturday there was a duty before the horizon is worked, whatever its Sunday.
    """
    blocks = tuple(item.places for item in found if item.places and not item.worked)
    return blocks, sum(item.worked for item in found)
