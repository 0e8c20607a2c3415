"""Coverage of a horizon: per skill and interval what is required, supplied, missing and surplus.

The definition is that of :mod:`wfm.model.problem`: the agents present are shared out among their
skills so that the under-cost steps of what is missing cost least.  All sums are whole
percent-minutes; only the figures shown are divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from wfm.analysis.presence import Integers, Worker, presence
from wfm.analysis.sharing import Piece, Supply, connected, share_out
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.problem import Demand
from wfm.model.roster import Duty
from wfm.model.time import Horizon
from wfm.model.workload import Floats

PERCENT = 100


@dataclass(frozen=True, slots=True)
class SkillCoverage:
    """One skill's agents per interval, shape ``(slots,)`` each; a fast agent counts above 1.

    ``supplied`` = ``required`` - ``missing`` + ``surplus``: those at work for the skill, and of the
    idle ones its even share, so that everybody with a wanted skill is supplied exactly once.
    """

    skill: str
    required: Floats
    supplied: Floats
    missing: Floats
    surplus: Floats

    @property
    def allocated(self) -> Floats:
        """Agents at work for the skill: required - missing."""
        return self.required - self.missing


@dataclass(frozen=True, slots=True)
class ShortInterval:
    """An interval in which a skill is short of ``missing`` agents."""

    day: date
    start: int
    skill: str
    missing: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of every demanded skill on a horizon, and its cost.

    ``present`` are all agents at contacts per interval, also those without a wanted skill, and
    ``surplus`` those beyond the work there is; ``cost`` is the coverage part of a roster's
    objective, per interval in ``costs``.  Arrays have shape ``(slots,)``.
    """

    horizon: Horizon
    skills: tuple[SkillCoverage, ...]
    present: Floats
    surplus: Floats
    costs: Floats

    @property
    def required(self) -> Floats:
        """Agents required per interval, all skills."""
        return self._sum([item.required for item in self.skills])

    @property
    def missing(self) -> Floats:
        """Agents missing per interval, all skills: one skill's surplus covers no other's lack."""
        return self._sum([item.missing for item in self.skills])

    @property
    def cost(self) -> float:
        """Cost of all intervals in the unit of the under-costs (one agent for one interval)."""
        return float(self.costs.sum())

    @property
    def required_agent_hours(self) -> float:
        """Agent-hours required."""
        return self._hours(self.required)

    @property
    def supplied_agent_hours(self) -> float:
        """Agent-hours at contacts, in the horizon's grid."""
        return self._hours(self.present)

    @property
    def understaffed_agent_hours(self) -> float:
        """Agent-hours missing."""
        return self._hours(self.missing)

    @property
    def overstaffed_agent_hours(self) -> float:
        """Agent-hours present beyond the work there is."""
        return self._hours(self.surplus)

    def worst(self, count: int = 10) -> tuple[ShortInterval, ...]:
        """Return the intervals with most agents missing, worst first, then in order of time."""
        found = [
            ShortInterval(
                *self.horizon.slot_label(int(slot)), item.skill, float(item.missing[slot])
            )
            for item in self.skills
            for slot in np.flatnonzero(item.missing > 0)
        ]
        found.sort(key=lambda item: (-item.missing, item.day, item.start, item.skill))
        return tuple(found[:count])

    def _sum(self, parts: list[Floats]) -> Floats:
        total: Floats = np.sum(parts, axis=0) if parts else np.zeros(self.horizon.slots)
        return total

    def _hours(self, agents: Floats) -> float:
        # sums of hundredths: rounding takes away what binary fractions add
        return round(float(agents.sum()) * self.horizon.slot_minutes / 60, 6)


def coverage(
    horizon: Horizon,
    demands: Sequence[Demand],
    agents: Sequence[Worker],
    duties: Sequence[Duty],
    over_cost: int = 1,
) -> Coverage:
    """Return the coverage of ``demands`` by the duties of ``agents``.

    Raises :class:`~wfm.errors.WfmError` for a demand of another length than the horizon or with
    more than two decimals.
    """
    needs = wanted(horizon, demands)
    supply = presence(horizon, needs.skills, agents, duties)
    return as_agents(horizon, needs, shared(needs, supply, over_cost))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Demands in percent-minutes of any intervals: per skill what is required, and in which steps.

    ``owners`` names for each piece the position of its demand.
    """

    skills: tuple[str, ...]
    required: tuple[Integers, ...]
    pieces: tuple[Piece, ...]
    owners: tuple[int, ...]
    slots: int

    def at(self, slots: Integers) -> Wanted:
        """Return the demands of some intervals only, given by their positions."""
        return Wanted(
            self.skills,
            tuple(need[slots] for need in self.required),
            tuple(Piece(piece.skill, piece.cost, piece.size[slots]) for piece in self.pieces),
            self.owners,
            len(slots),
        )


@dataclass(frozen=True, slots=True)
class Shared:
    """How those present are shared out, in percent-minutes per interval; costs in their unit.

    ``allocated`` and ``surplus`` are in the order of the demands.
    """

    allocated: tuple[Integers, ...]
    surplus: tuple[Integers, ...]
    present: Integers
    idle: Integers
    costs: Integers


def wanted(horizon: Horizon, demands: Sequence[Demand]) -> Wanted:
    """Return the demands of a horizon in percent-minutes; raises as :func:`coverage` does."""
    required = tuple(_required(horizon, demand) for demand in demands)
    pieces, owners = _pieces(horizon, demands, required)
    skills = tuple(demand.skill for demand in demands)
    return Wanted(skills, required, tuple(pieces), tuple(owners), horizon.slots)


def shared(needs: Wanted, supply: Supply, over_cost: int) -> Shared:
    """Share out those present at the least cost; each interval is settled apart from the others."""
    zeros = np.zeros(needs.slots, dtype=np.int64)
    total = sum(supply.values(), start=zeros)
    given = share_out(needs.skills, supply, needs.pieces)
    allocated = [zeros.copy() for _ in needs.skills]
    costs = zeros.copy()
    for piece, owner, amount in zip(needs.pieces, needs.owners, given, strict=True):
        allocated[owner] += amount
        costs += piece.cost * (piece.size - amount)
    idle = total - sum(allocated, start=zeros)
    costs += over_cost * idle
    surplus = _share_idle(needs.skills, supply, allocated)
    return Shared(tuple(allocated), tuple(surplus), total, idle, costs)


def as_agents(horizon: Horizon, needs: Wanted, share: Shared) -> Coverage:
    """Return the shares of a whole horizon in agents."""
    unit = PERCENT * horizon.slot_minutes
    parts = zip(needs.skills, needs.required, share.allocated, share.surplus, strict=True)
    return Coverage(
        horizon,
        tuple(
            SkillCoverage(
                skill,
                required=need / unit,
                supplied=(work + spare) / unit,
                missing=(need - work) / unit,
                surplus=spare / unit,
            )
            for skill, need, work, spare in parts
        ),
        present=share.present / unit,
        surplus=share.idle / unit,
        costs=share.costs / unit,
    )


def _required(horizon: Horizon, demand: Demand) -> Integers:
    """Return a demand in percent-minutes."""
    if demand.required.shape != (horizon.slots,):
        raise WfmError(
            message(
                "The demand for {skill} has {count} intervals, the horizon {slots}.",
                skill=demand.skill,
                count=len(demand.required),
                slots=horizon.slots,
            )
        )
    hundredths = np.rint(demand.required * PERCENT)
    if not np.allclose(demand.required * PERCENT, hundredths, rtol=0, atol=1e-6):
        raise WfmError(
            message(
                "The demand for {skill} has more than two decimals; round it first.",
                skill=demand.skill,
            )
        )
    return hundredths.astype(np.int64) * horizon.slot_minutes


def _pieces(
    horizon: Horizon, demands: Sequence[Demand], required: Sequence[Integers]
) -> tuple[list[Piece], list[int]]:
    """Return the under-cost steps of every demand, and the demand each belongs to.

    The last step reaches as deep as the demand itself.  Deeper steps cost more, so of what is
    given the deepest step is filled first.
    """
    pieces, owners = [], []
    for owner, (demand, need) in enumerate(zip(demands, required, strict=True)):
        left = need
        for place, step in enumerate(demand.under_steps):
            last = place == len(demand.under_steps) - 1
            depth = left
            if step.depth is not None and not last:
                depth = np.minimum(left, round(step.depth * PERCENT) * horizon.slot_minutes)
            pieces.append(Piece(demand.skill, step.cost, depth))
            owners.append(owner)
            left = left - depth
    return pieces, owners


def _share_idle(
    names: Sequence[str], supply: Supply, allocated: Sequence[Integers]
) -> list[Integers]:
    """Return the idle of each demand: as even a split of those idle as their skills allow.

    What is at work keeps its place: it is filled first, at a cost above that of the idle shares.
    """
    slots = len(allocated[0]) if allocated else 0
    parts = connected(names, supply)
    size = {skill: len(part) for part in parts for skill in part}
    spare = {
        skill: sum(
            (amount for group, amount in supply.items() if group & part),
            start=np.zeros(slots, dtype=np.int64),
        )
        for part in parts
        for skill in part
    }
    work = [Piece(name, 2, amount) for name, amount in zip(names, allocated, strict=True)]
    busy = {
        skill: sum(
            (piece.size for piece in work if piece.skill in part),
            start=np.zeros(slots, dtype=np.int64),
        )
        for part in parts
        for skill in part
    }
    even = [Piece(name, 1, (spare[name] - busy[name]) // size[name]) for name in names]
    rest = [Piece(name, 0, spare[name] - busy[name]) for name in names]
    given = share_out(names, supply, [*work, *even, *rest])
    count = len(names)
    return [given[count + place] + given[2 * count + place] for place in range(count)]
