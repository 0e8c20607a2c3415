"""Agents, their contracts, skills, availability, leave, wishes and balances."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wfm.errors import WfmError
from wfm.messages import message


@dataclass(frozen=True, slots=True)
class Skill:
    """Something an agent can be able to do; each queue asks for one skill."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Team:
    """A group of agents led by one supervisor (``supervisor`` is an agent key or empty)."""

    key: str
    name: str
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """Terms of work shared by agents: hours, days and the shift kinds that may be planned.

    Minutes are *worked* minutes (unpaid breaks excluded), with paid leave as if worked.  Empty
    bounds mean "no such limit".  ``four_week_rest``: four days off in four weeks instead of one in
    each week.  ``rotation`` is a round of days, each ``"off"``, ``"work"`` or the key of a shift
    kind, that begins on ``rotation_start`` and repeats for ever; empty: none.
    """

    key: str
    name: str
    shift_kinds: tuple[str, ...]
    day_minutes: int = 480
    week_minutes_min: int = 0
    week_minutes_max: int = 2400
    week_days_max: int = 5
    week_days_min: int = 0
    paid_hourly: bool = False
    four_week_minutes_min: int = 0
    four_week_minutes_max: int = 0
    month_minutes_min: int = 0
    month_minutes_max: int = 0
    four_week_rest: bool = False
    rotation: tuple[str, ...] = ()
    rotation_start: date | None = None

    def __post_init__(self) -> None:
        if (
            self.week_minutes_min > self.week_minutes_max
            or self.week_days_min > self.week_days_max
            or 0 < self.four_week_minutes_max < self.four_week_minutes_min
            or 0 < self.month_minutes_max < self.month_minutes_min
        ):
            raise WfmError(
                message(
                    "Contract {name} asks for more time per week than it allows.",
                    name=self.name or self.key,
                )
            )


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who can be rostered.

    ``skills`` maps skill keys to levels 1 (trained) … 3 (expert); no skill means in training.
    ``speed_percent`` is the person's output against a standard agent (100) and weighs in coverage.
    ``role`` is ``"agent"``, ``"senior"``, ``"supervisor"`` or ``"trainee"``.  Whoever is to reach
    that speed on ``full_speed_on`` begins with ``first_percent`` and grows evenly from the day of
    hire; ``mentor`` is the key of the agent beside whom they learn.  ``rotation_start`` replaces
    that of the contract, for crews that rotate after each other.
    """

    key: str
    number: str
    name: str
    team: str
    contract: str
    skills: dict[str, int] = field(default_factory=dict)
    role: str = "agent"
    speed_percent: int = 100
    reading: str = ""
    birth_date: date | None = None
    hired: date | None = None
    left: date | None = None
    hourly_wage: int | None = None
    first_percent: int = 50
    full_speed_on: date | None = None
    mentor: str = ""
    rotation_start: date | None = None

    def employed_on(self, day: date) -> bool:
        """Return whether the agent may work on ``day``."""
        return (self.hired is None or self.hired <= day) and (self.left is None or day < self.left)

    def speed_on(self, day: date) -> int:
        """Return the speed of ``day`` in percent: on the way to the full one, in steps of 5."""
        full, hired = self.full_speed_on, self.hired
        if full is None or hired is None or day >= full or full <= hired:
            return self.speed_percent
        gain = (self.speed_percent - self.first_percent) * max(0, (day - hired).days)
        grown = self.first_percent + gain / (full - hired).days
        return round(grown / 5) * 5


@dataclass(frozen=True, slots=True)
class Availability:
    """When an agent can work: minute windows per weekday (0 = Monday) and dated exceptions.

    A weekday without an entry is open all day; an empty tuple closes it.  A duty must lie inside
    one window; windows may end after 24:00.
    """

    agent: str
    weekdays: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    dates: dict[date, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def windows(self, day: date) -> tuple[tuple[int, int], ...] | None:
        """Return the windows of ``day``, or ``None`` where nothing restricts it."""
        if day in self.dates:
            return self.dates[day]
        return self.weekdays.get(day.weekday())


@dataclass(frozen=True, slots=True)
class Leave:
    """A whole day on which an agent does not work contacts; ``kind`` as in ``ABSENCE_KINDS``.

    ``minutes`` is the paid time the day counts for (0 for unpaid).
    """

    agent: str
    day: date
    kind: str = "paid_leave"
    minutes: int = 0
    approved: bool = True
    note: str = ""


WISH_WEIGHTS = {"off": 8, "window": 8, "want": 6, "rather_not": 3, "cannot": 8}
"""Kinds of wishes, with what not granting one usually costs."""

Span = tuple[int, int]
"""Start and end in minutes from midnight of the operating date."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an agent would like on a day, of the hours from ``start`` to ``end``.

    ``"off"`` (希望休): no duty that day.  ``"window"`` (○): if any, a duty inside the hours.
    ``"want"`` (◎): a duty inside them.  ``"rather_not"`` (−) and ``"cannot"`` (×): no duty that
    touches them, the latter without exception.  ``weight`` is the cost of not granting it, in the
    unit of the roster's objective.
    """

    agent: str
    day: date
    kind: str = "off"
    start: int = 0
    end: int = 2880
    weight: int = 8

    def grants(self, duty: Span | None) -> bool:
        """Tell whether a duty of the day, or a day without one (``None``), is what was wished."""
        inside = duty is not None and self.start <= duty[0] and duty[1] <= self.end
        touches = duty is not None and duty[0] < self.end and self.start < duty[1]
        granted = {
            "off": duty is None, "want": inside, "rather_not": not touches, "cannot": not touches,
        }  # fmt: skip
        return granted.get(self.kind, duty is None or inside)


@dataclass(frozen=True, slots=True)
class Balance:
    """Opening counters of an agent at the start of a month, from before this centre's data.

    Besides overtime and leave these are burdens that are to be shared out fairly: duties on
    weekends and public holidays, late and night shifts, and wished days off that were worked.
    """

    agent: str
    month: date
    overtime_minutes: int = 0
    statutory_holiday_minutes: int = 0
    paid_leave_days: float = 0.0
    weekend_days: int = 0
    holiday_days: int = 0
    late_days: int = 0
    night_days: int = 0
    refused_wishes: int = 0
