"""Duties with their placed breaks, rosters, and the plan a solver returns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from wfm.model.people import Leave
from wfm.model.rule import RuleRef, Violation
from wfm.model.time import Horizon
from wfm.model.workload import Floats

ROSTER_FORMAT = "toban.roster/1"
"""Name of the documented file of a :class:`RosterPlan`."""


@dataclass(frozen=True, slots=True)
class PlacedBreak:
    """A break at its place: ``start`` in minutes from midnight of the operating date.

    ``split`` as in :class:`~wfm.model.activity.BreakRule`.
    """

    start: int
    length: int
    paid: bool = False
    split: bool = False

    @property
    def end(self) -> int:
        """First minute after the break."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift of one agent: operating date, wall-clock span in minutes, and breaks.

    ``end`` is above 1440 when the duty runs past midnight.  ``kind`` and ``letter`` are those of
    the shift kind; a ``locked`` duty is not moved by a build.
    """

    agent: str
    day: date
    start: int
    end: int
    breaks: tuple[PlacedBreak, ...] = ()
    kind: str = ""
    letter: str = ""
    locked: bool = False

    @property
    def span_minutes(self) -> int:
        """Minutes from start to end (拘束時間)."""
        return self.end - self.start

    @property
    def worked_minutes(self) -> int:
        """Working time in the sense of labour law: the span without unpaid breaks."""
        return self.span_minutes - sum(item.length for item in self.breaks if not item.paid)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who works when on a horizon: duties, whole-day absences, and days locked as off.

    ``published`` tells whether staff have been shown it.
    """

    horizon: Horizon
    duties: tuple[Duty, ...] = ()
    absences: tuple[Leave, ...] = ()
    locked_off: tuple[tuple[str, date], ...] = ()
    published: bool = False

    def of_agent(self, agent: str) -> tuple[Duty, ...]:
        """Return the duties of one agent in order of date."""
        return tuple(
            sorted((duty for duty in self.duties if duty.agent == agent), key=lambda d: d.day)
        )


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something a plan could not meet, for the list beside the roster.

    ``kind`` ``rule``: a hard rule of ``agent`` that no week of theirs can keep, broken by
    ``amount``; ``coverage``: ``amount`` agent-minutes short for ``skill`` from ``start`` to ``end``
    minutes of ``day``; ``centre``: a rule that ties agents together, broken by ``amount``
    (head-minutes for staffing, with day, start and end; 1 per date of a pair, with day and
    ``agent`` the first of it; units of a fair share, without day).
    """

    kind: str
    agent: str = ""
    rule: RuleRef | None = None
    skill: str = ""
    day: date | None = None
    start: int = 0
    end: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What a solver run returns: duties, its objective and a proven lower bound.

    ``objective`` and ``lower_bound`` are in the problem's cost unit (an understaffed agent-interval
    costs the demand's under-cost); ``lower_bound <= optimum <= objective``.  ``status`` is
    ``optimal``, ``feasible`` or ``stopped``.  ``violations`` lists the soft rules that cost
    something, and any hard rule that had to be broken; ``unmet`` puts both and the missing staff
    in a list for the planner.
    """

    horizon: Horizon
    duties: tuple[Duty, ...]
    objective: float
    lower_bound: float
    status: str
    seconds: float = 0.0
    violations: tuple[Violation, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    settings: dict[str, int] = field(default_factory=dict)
    proof: tuple[Floats, ...] = ()
    """Prices from which the bound can be recomputed, shape ``(horizon.slots,)`` each: per demand
    of the problem, then per staffing rule (:class:`~wfm.model.centre_rule.Presence`).  Empty where
    the bound is not theirs (a proven optimum, a bound of 0)."""

    @property
    def gap(self) -> float:
        """(objective - bound) ÷ objective; 0 for an objective of 0."""
        if self.objective <= 0:
            return 0.0
        return (self.objective - self.lower_bound) / self.objective


@dataclass(frozen=True, slots=True)
class AgentWeek:
    """The stored unit of a roster: one agent's duties of the seven days from ``start`` on.

    ``published`` holds the duties staff were last shown (``None``: never published).
    """

    agent: str
    start: date
    duties: tuple[Duty, ...] = ()
    locked_off: tuple[date, ...] = ()
    published: tuple[Duty, ...] | None = None

    def with_days(self, days: Collection[date], duties: Iterable[Duty]) -> AgentWeek:
        """Return the week with its duties of ``days`` replaced by ``duties``, in order of date."""
        kept = (duty for duty in self.duties if duty.day not in days)
        return replace(self, duties=tuple(sorted([*kept, *duties], key=lambda duty: duty.day)))
