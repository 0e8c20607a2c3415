"""Coverage that follows single changes: only the intervals touched are shared out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wfm.analysis.coverage import (
    PERCENT,
    Coverage,
    Shared,
    SkillCoverage,
    Wanted,
    as_agents,
    shared,
    wanted,
)
from wfm.analysis.presence import Integers, Worker, add_duty
from wfm.analysis.sharing import connected
from wfm.model.problem import Demand
from wfm.model.roster import Duty
from wfm.model.time import Horizon
from wfm.model.workload import Floats

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class LiveCoverage:
    """A roster's coverage with what is needed to change it by a few duties in under a millisecond.

    ``supply`` are percent-minutes per interval of each group of agents with equal wanted skills,
    ``sizes`` the number of duties in each; neither is ever changed in place.
    """

    horizon: Horizon
    workers: Mapping[str, Worker]
    needs: Wanted
    over_cost: int
    supply: Mapping[Group, Integers]
    sizes: Mapping[Group, int]
    coverage: Coverage

    @classmethod
    def of(
        cls,
        horizon: Horizon,
        demands: Sequence[Demand],
        agents: Sequence[Worker],
        duties: Iterable[Duty],
        over_cost: int = 1,
    ) -> LiveCoverage:
        """Return the coverage of a whole roster; raises as :func:`wfm.analysis.coverage`."""
        workers = {agent.key: agent for agent in agents}
        needs = wanted(horizon, demands)
        supply: dict[Group, Integers] = {}
        sizes: dict[Group, int] = {}
        for duty in duties:
            worker = workers.get(duty.agent)
            if worker is None:
                continue
            group = frozenset(worker.skills).intersection(needs.skills)
            if group not in supply:
                supply[group] = np.zeros(horizon.slots, dtype=np.int64)
            add_duty(supply[group], horizon, duty, worker.speed_percent)
            sizes[group] = sizes.get(group, 0) + 1
        covered = as_agents(horizon, needs, shared(needs, supply, over_cost))
        return cls(horizon, workers, needs, over_cost, supply, sizes, covered)

    def changed(self, removed: Iterable[Duty], added: Iterable[Duty]) -> LiveCoverage:
        """Return the coverage without some duties and with others."""
        sizes = dict(self.sizes)
        difference = self._difference(removed, added, sizes)
        supply = dict(self.supply)
        touched = np.zeros(self.horizon.slots, dtype=bool)
        for group, minutes in difference.items():
            touched |= minutes != 0
            supply[group] = supply[group] + minutes if group in supply else minutes
        for group in [group for group, size in sizes.items() if size == 0]:
            del sizes[group], supply[group]
        slots = np.flatnonzero(touched)
        if self._parts(supply) != self._parts(self.supply):
            # the idle are split evenly among connected skills, in every interval
            slots = np.arange(self.horizon.slots)
        if not len(slots):
            return replace(self, supply=supply, sizes=sizes)
        part = {group: minutes[slots] for group, minutes in supply.items()}
        share = shared(self.needs.at(slots), part, self.over_cost)
        covered = _patched(self.coverage, self.needs, share, slots)
        return replace(self, supply=supply, sizes=sizes, coverage=covered)

    def minutes_of(self, duty: Duty) -> Integers:
        """Return the percent-minutes per interval that a duty adds, shape ``(slots,)``."""
        minutes = np.zeros(self.horizon.slots, dtype=np.int64)
        worker = self.workers.get(duty.agent)
        if worker is not None:
            add_duty(minutes, self.horizon, duty, worker.speed_percent)
        return minutes

    def _difference(
        self, removed: Iterable[Duty], added: Iterable[Duty], sizes: dict[Group, int]
    ) -> dict[Group, Integers]:
        """Return the change of each group's minutes, and count its duties in ``sizes``."""
        difference: dict[Group, Integers] = {}
        for sign, duties in ((-1, removed), (1, added)):
            for duty in duties:
                worker = self.workers.get(duty.agent)
                if worker is None:
                    continue
                group = frozenset(worker.skills).intersection(self.needs.skills)
                if group not in difference:
                    difference[group] = np.zeros(self.horizon.slots, dtype=np.int64)
                add_duty(difference[group], self.horizon, duty, sign * worker.speed_percent)
                sizes[group] = sizes.get(group, 0) + sign
        return difference

    def _parts(self, supply: Mapping[Group, Integers]) -> set[Group]:
        return set(connected(self.needs.skills, supply))


def _patched(covered: Coverage, needs: Wanted, share: Shared, slots: Integers) -> Coverage:
    """Return the coverage with the figures of some intervals replaced."""
    unit = PERCENT * covered.horizon.slot_minutes

    def put(old: Floats, new: Integers) -> Floats:
        made = old.copy()
        made[slots] = new / unit
        return made

    skills = []
    for place, item in enumerate(covered.skills):
        work, spare = share.allocated[place], share.surplus[place]
        skills.append(
            SkillCoverage(
                item.skill,
                required=item.required,
                supplied=put(item.supplied, work + spare),
                missing=put(item.missing, needs.required[place][slots] - work),
                surplus=put(item.surplus, spare),
            )
        )
    return Coverage(
        covered.horizon,
        tuple(skills),
        present=put(covered.present, share.present),
        surplus=put(covered.surplus, share.idle),
        costs=put(covered.costs, share.costs),
    )
