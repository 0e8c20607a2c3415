"""Rules that tie agents together: staffing floors and ceilings, pairs, and fair shares.

They are soft, of the highest priority: what cannot be met is listed.  Agents are positions in the
problem's tuple of agents; a cost is in the unit of the objective.
"""

from __future__ import annotations

from dataclasses import dataclass

from wfm.model.rule import RuleRef
from wfm.model.workload import Floats


@dataclass(frozen=True, slots=True)
class Presence:
    """So many of ``agents`` are present in each interval, at least or at most.

    ``low`` and ``high`` have shape ``(horizon.slots,)`` and count heads, whatever their speed;
    ``None`` is no limit.  Who is there for part of an interval counts for that part.  People on a
    break count where ``breaks`` is true (seats), else they do not (supervisors on the floor).
    Cost: ``price`` per head and interval missing or too many, in proportion.
    """

    rule: RuleRef
    agents: tuple[int, ...]
    low: Floats | None = None
    high: Floats | None = None
    price: int = 50
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two agents who work together, or apart; counted per operating date.

    Together: on each date on which the first has a duty, the second has one too, and the spans
    share ``overlap`` minutes or more (0: any duty will do).  Apart: on no date do their spans share
    a minute.  Cost: ``price`` per date on which that is broken.
    """

    rule: RuleRef
    first: int
    second: int
    apart: bool = False
    overlap: int = 0
    price: int = 50


@dataclass(frozen=True, slots=True)
class FairShare:
    """What ``agents`` carry of a burden differs by at most ``spread``.

    An agent's count is ``carried`` (same order as ``agents``: the balance of earlier months) plus
    the sum of ``measure`` over the duties of ``days``.  Units broken: the least number of units by
    which the counts lie outside one band ``[level, level + spread]``, over all whole levels.
    Cost: ``price`` per unit.  Where ``own_days`` is given (in the order of ``agents``), each one's
    own days count instead of ``days``: those they wished off, say.
    """

    rule: RuleRef
    agents: tuple[int, ...]
    days: tuple[int, ...]
    measure: str
    carried: tuple[int, ...]
    spread: int = 1
    price: int = 10
    own_days: tuple[tuple[int, ...], ...] = ()

    @property
    def days_of_each(self) -> tuple[tuple[int, ...], ...]:
        """The days that count for each agent, in the order of ``agents``."""
        return self.own_days or (self.days,) * len(self.agents)


CentreRule = Presence | Pair | FairShare
