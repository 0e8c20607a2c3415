"""What a rule of the centre as a whole may know when it compiles itself for a horizon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.model.people import Agent, Balance, Team, Wish
from wfm.model.problem import AgentProblem
from wfm.model.roster import Duty
from wfm.model.time import Horizon
from wfm.model.workload import Queue

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CentreContext:
    """The people and hours of a centre on one horizon.

    ``agents`` are in the order of the problem, ``compiled`` the same people as the solver sees
    them; ``measures`` are the problem's.  ``opening`` tells, by queue, in which intervals it is
    open, shape ``(horizon.slots,)``.  ``past`` are duties before the horizon by agent, ``balances``
    the latest opening counters by agent.
    """

    horizon: Horizon
    agents: tuple[Agent, ...]
    compiled: tuple[AgentProblem, ...]
    measures: Mapping[str, Sequence[int]]
    queues: tuple[Queue, ...] = ()
    teams: tuple[Team, ...] = ()
    opening: Mapping[str, Flags] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    past: Mapping[str, Sequence[Duty]] = field(default_factory=dict)
    balances: Mapping[str, Balance] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()

    def place_of(self, key: str) -> int | None:
        """Return an agent's position, ``None`` for somebody who is not planned."""
        return next((place for place, agent in enumerate(self.agents) if agent.key == key), None)

    def places(self, people: Sequence[Agent]) -> tuple[int, ...]:
        """Return the positions of some agents, in order."""
        keys = {agent.key for agent in people}
        return tuple(place for place, agent in enumerate(self.agents) if agent.key in keys)

    def team_places(self, team: str) -> list[int]:
        """Return the positions of the agents of a team, of all for an empty key."""
        return [place for place, agent in enumerate(self.agents) if team in {"", agent.team}]

    def team_name(self, key: str) -> str:
        """Return a team's name."""
        return next((team.name or key for team in self.teams if team.key == key), key)

    def open_intervals(self, queue: str = "") -> Flags:
        """Return in which intervals a queue is open, or any queue at all."""
        flags = np.zeros(self.horizon.slots, dtype=np.bool_)
        for key, of_queue in self.opening.items():
            if queue in {"", key}:
                flags |= of_queue
        return flags
