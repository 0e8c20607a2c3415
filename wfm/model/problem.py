"""The rostering problem: everything a solver needs, and nothing it does not.

Coverage: in every interval the agents present are shared out among the skills they have; the
sharing that costs least counts.  An agent counts ``speed_percent`` hundredths while at work and
not on a break.  Cost of an interval = Σ over skills of the under-cost steps of what is missing,
plus ``over_cost`` × (agents present - agents required + agents missing): every agent present
beyond the work there is.  A break or a shift's end inside an interval counts by the minute; what
lies beyond the horizon's grid counts nowhere, and neither do duties of the past.  Objective =
coverage cost of all intervals + prices of broken soft rules + prices of broken centre rules + what
changes against the roster of :class:`Stability` cost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wfm.model.activity import BreakRule
from wfm.model.centre_rule import CentreRule
from wfm.model.roster import Duty
from wfm.model.rule import Primitive
from wfm.model.time import Horizon
from wfm.model.workload import Floats

PROBLEM_FORMAT = "toban.problem/1"
"""Name of the documented file of a :class:`RosterProblem`."""

BASE_MEASURES = ("duties", "worked_minutes", "night_minutes", "start")
"""Columns that every option table has: 1 each; span less unpaid breaks; worked minutes between
22:00 and 5:00 (whole option, breaks not deducted); start minute."""


@dataclass(frozen=True, slots=True)
class Option:
    """One shift that can be placed on any day: minutes from midnight and its breaks.

    The solver chooses each break's start inside its rule's window, on the interval grid (counted
    from midnight) and so that the break ends within the shift; where no grid point lies there,
    the break starts at ``earliest``.  Breaks of one duty never overlap.
    """

    key: str
    start: int
    end: int
    breaks: tuple[BreakRule, ...] = ()
    kind: str = ""
    letter: str = ""
    break_gap: int = 0
    """Minutes of work at least between two breaks of the shift."""

    @property
    def worked_minutes(self) -> int:
        """Span without unpaid breaks."""
        unpaid = sum(rule.length for rule in self.breaks if not rule.paid)
        return self.end - self.start - unpaid


@dataclass(frozen=True, slots=True)
class UnderStep:
    """Cost per missing agent-interval for the next ``depth`` agents missing (``None``: all).

    The last step of a demand covers all the rest, whatever its depth.
    """

    depth: float | None
    cost: int


@dataclass(frozen=True, slots=True)
class Demand:
    """Agents required per interval for one skill, shape ``(horizon.slots,)``, ≤ 2 decimals.

    ``under_steps`` are ordered by depth with costs that do not fall (a convex cost).
    """

    skill: str
    required: Floats
    under_steps: tuple[UnderStep, ...] = (UnderStep(None, 5),)


@dataclass(frozen=True, slots=True)
class AgentProblem:
    """One agent: what they can do, the options their contract has, and their compiled rules.

    ``options`` are positions in the problem's table; anything else is not theirs.  ``past`` are
    duties before the horizon, for the reader and for checkers; the primitives already hold them.
    """

    key: str
    skills: tuple[str, ...]
    options: tuple[int, ...]
    primitives: tuple[Primitive, ...] = ()
    speed_percent: int = 100
    name: str = ""
    past: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Stability:
    """The roster from which a run starts, and what it costs to depart from it.

    ``duties`` are all duties of the horizon before the run; each must be an option of its agent
    (span, kind and breaks).  A *shift change* is an agent-day whose duty is added, dropped, or has
    another span or kind: ``shift_cost``.  A *break change* is a break of an unchanged shift that
    starts elsewhere: ``break_cost``.  An agent with a shift change is *affected*: ``person_cost``
    each, and at most ``people`` of them (``None``: any number).
    """

    duties: tuple[Duty, ...] = ()
    shift_cost: int = 0
    break_cost: int = 0
    person_cost: int = 0
    people: int | None = None


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """A whole problem; its JSON form is documented in ``resources/docs/formats``.

    ``measures`` holds one number per option for each name that primitives use.
    """

    horizon: Horizon
    options: tuple[Option, ...]
    measures: dict[str, tuple[int, ...]]
    demands: tuple[Demand, ...]
    agents: tuple[AgentProblem, ...]
    over_cost: int = 1
    centre: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)
    centre_rules: tuple[CentreRule, ...] = ()
    stability: Stability | None = None
