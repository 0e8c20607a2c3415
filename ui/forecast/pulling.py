"""Pulling a curve up and down: which numbers follow the pointer, in whole steps."""

from __future__ import annotations

from dataclasses import dataclass

_PLACES = 4


@dataclass
class Pull:
    """A pull at one interval, alone or with others that keep their proportions to it.

    ``starts`` are the numbers before; ``height`` and ``pixel`` where the pointer took hold.  The
    interval's number goes in steps of ``whole`` (``fine`` with Alt) and never below 0.
    """

    slot: int
    starts: dict[int, float]
    height: float
    pixel: float
    whole: float = 1.0
    fine: float = 0.1
    moved: bool = False

    def numbers(self, height: float, *, fine: bool = False) -> dict[int, float]:
        """Return the numbers when the pointer stands at ``height``."""
        self.moved = True
        start, step = self.starts[self.slot], self.fine if fine else self.whole
        value = _snapped(max(start + height - self.height, 0.0), step)
        if len(self.starts) == 1:
            return {self.slot: value}
        if start > 0:
            factor = value / start
            return {slot: _snapped(old * factor, self.fine) for slot, old in self.starts.items()}
        return {slot: _snapped(old + value, self.fine) for slot, old in self.starts.items()}


def _snapped(value: float, step: float) -> float:
    return round(round(value / step) * step, _PLACES)
