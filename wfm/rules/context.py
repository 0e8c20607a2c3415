"""What a rule may know when it compiles itself for one agent and horizon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from wfm.calendars import week_starts
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Wish
from wfm.model.problem import Option
from wfm.model.roster import Duty
from wfm.model.site import Site
from wfm.model.time import Horizon

DAYS_OFF = ("day_off", "compensatory_off", "substitute_off")
"""Absences that are days off, as opposed to time that counts as worked."""


@dataclass(frozen=True, slots=True)
class RuleContext:
    """One agent on one horizon: the facts from which rules compile primitives.

    ``past`` are the agent's duties before the horizon, in order; ``options`` and ``measures`` are
    the problem's tables; ``locked`` duties and ``locked_off`` days must stay as they are.
    ``told`` holds what staff were last shown: the duty of each published day, ``None`` for a day
    off.  ``today`` is the day from which notice counts.
    """

    horizon: Horizon
    site: Site
    agent: Agent
    contract: Contract
    options: tuple[Option, ...]
    measures: dict[str, tuple[int, ...]]
    availability: Availability | None = None
    leaves: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    past: tuple[Duty, ...] = ()
    locked: tuple[Duty, ...] = ()
    locked_off: tuple[date, ...] = ()
    balance: Balance | None = None
    told: Mapping[date, Duty | None] = field(default_factory=dict)
    today: date | None = None

    @property
    def own_options(self) -> tuple[int, ...]:
        """Options of the contract's shift kinds, and those of locked and published duties."""
        kinds = set(self.contract.shift_kinds)
        fixed = {self.option_of(duty) for duty in (*self.locked, *self.told.values()) if duty}
        return tuple(
            place
            for place, option in enumerate(self.options)
            if place in fixed or (option.kind in kinds and not is_exact(option))
        )

    def is_open(self, day: date) -> bool:
        """Return whether the agent could be asked to work on a day of the past or the horizon.

        Not outside the employment, on a whole day of leave, on a day without available hours, nor
        on a day locked as off.
        """
        if not self.agent.employed_on(day) or day in self.locked_off:
            return False
        if any(
            leave.day == day and leave.approved and leave.kind != "half_leave"
            for leave in self.leaves
        ):
            return False
        return self.availability is None or self.availability.windows(day) != ()

    def open_places(self) -> tuple[int, ...]:
        """Return the positions of the horizon's open days."""
        return tuple(place for place, day in enumerate(self.horizon.dates) if self.is_open(day))

    def option_of(self, duty: Duty) -> int:
        """Return the exact option made for a locked duty, or -1."""
        key = exact_key(duty)
        return next((n for n, option in enumerate(self.options) if option.key == key), -1)

    def options_like(self, duty: Duty) -> tuple[int, ...]:
        """Return the agent's options with the times and kind of a duty, else its exact option."""
        same = tuple(
            place
            for place in self.own_options
            if (self.options[place].start, self.options[place].end) == (duty.start, duty.end)
            and self.options[place].kind == duty.kind
            and not is_exact(self.options[place])
        )
        exact = self.option_of(duty)
        return same or ((exact,) if exact >= 0 else ())

    def weeks(self) -> Iterator[tuple[date, tuple[int, ...]]]:
        """Yield each week that touches the horizon: its first date and its day positions in it."""
        last = self.horizon.end - timedelta(days=1)
        for first in week_starts(self.horizon.start, last, self.site.week_start):
            positions = tuple(
                place
                for place in range(self.horizon.day_index(first), self.horizon.day_index(first) + 7)
                if 0 <= place < self.horizon.days
            )
            yield first, positions

    def past_of_week(self, first: date) -> tuple[Duty, ...]:
        """Return past duties of the week that begins on ``first``."""
        return tuple(duty for duty in self.past if first <= duty.day < first + timedelta(days=7))

    def employed_days(self, first: date) -> int:
        """Return on how many days of the week from ``first`` the agent is employed."""
        return sum(self.agent.employed_on(first + timedelta(days=offset)) for offset in range(7))

    def credited_leave(self, first: date) -> tuple[int, int]:
        """Return (days, minutes) of absence that count as worked in the week from ``first``."""
        days = minutes = 0
        for leave in self.leaves:
            if not first <= leave.day < first + timedelta(days=7):
                continue
            if leave.kind in DAYS_OFF or not leave.approved:
                continue
            half = leave.kind == "half_leave"
            days += 0 if half else 1
            minutes += leave.minutes or (
                self.contract.day_minutes // 2 if half else self.contract.day_minutes
            )
        return days, minutes


def exact_key(duty: Duty) -> str:
    """Return the key of the option that holds one hand-made or locked duty exactly."""
    breaks = "+".join(
        f"{item.start - duty.start}:{item.length}{'p' * item.paid}{'s' * item.split}"
        for item in duty.breaks
    )
    return f"={duty.kind or 'duty'}-{duty.start:04d}-{duty.end:04d}-{breaks}"


def is_exact(option: Option) -> bool:
    """Tell whether an option was made for one duty rather than by a shift kind."""
    return option.key.startswith("=")
