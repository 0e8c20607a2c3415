"""Requests of staff (swaps and leave), and the figures on which they are decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from wfm.messages import Message
from wfm.model.people import Leave
from wfm.model.roster import Duty
from wfm.model.rule import Violation
from wfm.model.time import days_from

REQUEST_KINDS = ("swap", "leave")
REQUEST_STATES = ("open", "approved", "refused", "withdrawn")
PROPOSALS = ("approve", "look_closer", "refuse")

REQUEST_ABSENCES = (
    "paid_leave",
    "special_leave",
    "compensatory_off",
    "substitute_off",
    "day_off",
    "absence",
)
"""Whole-day absences that can be asked for, of :data:`wfm.model.activity.ABSENCE_KINDS`."""


@dataclass(frozen=True, slots=True)
class AgentDay:
    """One person's day of a roster."""

    agent: str
    day: date


@dataclass(frozen=True, slots=True)
class SkillEffect:
    """What a request does to one skill on the days looked at, in agent-hours.

    ``worst_*`` is the interval in which most agents are missing afterwards, among those that the
    request makes worse; ``worst_missing`` 0: it makes none worse.
    """

    skill: str
    short_before: float
    short_after: float
    surplus_before: float
    surplus_after: float
    worst_day: date | None = None
    worst_start: int = 0
    worst_missing: float = 0.0
    worst_before: float = 0.0


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """What a request does to one person's week from ``week`` on.

    Minutes are worked minutes with the paid time of leave; ``minutes_min`` … ``days_max`` are the
    contract's bounds.  Burdens are counted over the four weeks that end with the week; ``mean_*``
    are those of everybody.
    """

    agent: str
    week: date
    minutes_before: int
    minutes_after: int
    days_before: int
    days_after: int
    minutes_min: int
    minutes_max: int
    days_max: int
    weekends_before: int = 0
    weekends_after: int = 0
    mean_weekends: float = 0.0
    nights_before: int = 0
    nights_after: int = 0
    mean_nights: float = 0.0
    lates_before: int = 0
    lates_after: int = 0
    mean_lates: float = 0.0
    published: bool = False


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """One broken rule: ``start`` is the first day that its violation's day positions count from.

    ``state`` ``new``: broken only by the request, or worse than before; ``kept``: broken as before;
    ``mended``: no longer broken.
    """

    state: str
    start: date
    days: int
    violation: Violation


@dataclass(frozen=True, slots=True)
class CentreEffect:
    """One rule of the centre in words; ``state`` is ``new`` (or worse) or ``mended``."""

    state: str
    text: Message


@dataclass(frozen=True, slots=True)
class LeaveEffect:
    """What a leave request takes: days of the balance, and how many others are away.

    ``balance`` is what is left of paid leave before the request (``None``: nobody wrote it down);
    ``busiest`` is the day of the request on which most of the ``staff`` employed are away.
    """

    days: float
    balance: float | None
    busiest: date
    away: int
    staff: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a decision about a request looks at, before and after.

    ``before`` and ``after`` are the duties of the people concerned from ``start`` for ``days``
    days, ``away_*`` their approved absences; ``touched`` the days that change.  ``gross_short``
    sums the agent-hours by which any interval becomes shorter of staff, wherever another one gains.
    ``covered`` tells whether the required staff of every week touched is known, ``rostered``
    whether each has a roster.  ``centre`` are the rules of the centre as a whole that it touches.
    ``proposal`` and its ``reasons`` follow from the rest by one policy.
    """

    start: date
    days: int
    touched: tuple[AgentDay, ...] = ()
    before: tuple[Duty, ...] = ()
    after: tuple[Duty, ...] = ()
    away_before: tuple[Leave, ...] = ()
    away_after: tuple[Leave, ...] = ()
    rules: tuple[RuleEffect, ...] = ()
    rules_checked: int = 0
    skills: tuple[SkillEffect, ...] = ()
    gross_short: float = 0.0
    covered: bool = False
    rostered: bool = False
    people: tuple[PersonEffect, ...] = ()
    leave: LeaveEffect | None = None
    centre: tuple[CentreEffect, ...] = ()
    proposal: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """The days shown."""
        return tuple(days_from(self.start, self.days))

    @property
    def new_breaks(self) -> tuple[RuleEffect, ...]:
        """Hard rules that only the request breaks."""
        return tuple(item for item in self.rules if item.state == "new" and item.violation.hard)

    @property
    def new_centre(self) -> tuple[CentreEffect, ...]:
        """Rules of the centre that only the request breaks, or breaks more."""
        return tuple(item for item in self.centre if item.state == "new")


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody's wish to change the roster, and what was decided.

    A ``swap``: on ``day`` and on ``other_day``, ``agent`` and ``other`` do each other's work; equal
    days are an exchange within one day, or a shift given to somebody who is off.  A ``leave``:
    ``agent`` is away as ``absence`` from ``day`` to ``last_day``.  ``entered_at`` and
    ``decided_at`` are ISO texts in UTC; ``evidence`` is what the decision was made on.
    """

    key: str
    kind: str
    agent: str
    day: date
    other: str = ""
    other_day: date | None = None
    last_day: date | None = None
    absence: str = ""
    note: str = ""
    entered_at: str = ""
    entered_by: str = ""
    state: str = "open"
    decided_at: str = ""
    decided_by: str = ""
    reason: str = ""
    evidence: Evidence | None = field(default=None)

    @property
    def dates(self) -> tuple[date, ...]:
        """The days the request speaks of, in order."""
        if self.kind == "leave":
            last = self.last_day or self.day
            return tuple(days_from(self.day, max((last - self.day) // timedelta(days=1), 0) + 1))
        return tuple(sorted({self.day, self.other_day or self.day}))

    @property
    def agents(self) -> tuple[str, ...]:
        """The people concerned, the one who asks first."""
        return (self.agent, self.other) if self.other else (self.agent,)

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided yet."""
        return self.state == "open"
