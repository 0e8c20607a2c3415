"""Everything about a centre that planning one horizon needs, read in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wfm.calendars import open_slots, public_holidays
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.roster import AgentWeek, Duty, Roster
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Queue, Requirement, SpecialDay
from wfm.persistence import Store
from wfm.services.session import site_of

Kept = TypeVar("Kept", Forecast, Requirement)

PAST_DAYS = 35
"""How far back duties matter to rules: a month and the rest of its first week."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A consistent picture of people, queues and duties around one horizon.

    ``duties`` reach from ``PAST_DAYS`` before the horizon to its end; ``leaves`` and ``wishes``
    cover the same days.  ``agents`` are those employed on any day of the horizon, as fast as on its
    middle day; ``house_rules`` tie them together.
    """

    site: Site
    horizon: Horizon
    queues: tuple[Queue, ...]
    skills: tuple[Skill, ...]
    teams: tuple[Team, ...]
    contracts: dict[str, Contract]
    shift_kinds: dict[str, ShiftKind]
    agents: tuple[Agent, ...]
    availabilities: dict[str, Availability]
    leaves: tuple[Leave, ...]
    wishes: tuple[Wish, ...]
    balances: dict[str, Balance]
    special_days: tuple[SpecialDay, ...]
    holidays: dict[date, str]
    weeks: tuple[AgentWeek, ...]
    house_rules: tuple[HouseRule, ...] = ()

    @property
    def roster(self) -> Roster:
        """The roster of the horizon as it stands."""
        inside = set(self.horizon.dates)
        return Roster(
            horizon=self.horizon,
            duties=tuple(duty for duty in self.duties if duty.day in inside),
            absences=tuple(leave for leave in self.leaves if leave.day in inside),
            locked_off=tuple(
                (week.agent, day) for week in self.weeks for day in week.locked_off if day in inside
            ),
            published=any(
                week.published is not None for week in self.weeks if week.start in inside
            ),
        )

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All duties read, in order of agent and date."""
        return tuple(
            sorted(
                (duty for week in self.weeks for duty in week.duties),
                key=lambda duty: (duty.agent, duty.day, duty.start),
            )
        )

    def past_duties(self, agent: str) -> tuple[Duty, ...]:
        """Return the agent's duties before the horizon, in order of date."""
        return tuple(
            duty for duty in self.duties if duty.agent == agent and duty.day < self.horizon.start
        )


def opening(centre: Centre, queue: Queue) -> NDArray[np.bool_]:
    """Return which intervals of the horizon a queue is open in, shape ``(slots,)``."""
    return open_slots(queue, centre.horizon, centre.holidays, centre.special_days)


def kept(store: Store, value: type[Kept], horizon: Horizon) -> tuple[Kept, ...]:
    """Return the forecasts or requirements that were stored for exactly this horizon."""
    found = store.where(value, since=horizon.start, until=horizon.end)
    return tuple(item for item in found if item.horizon == horizon)


def read_centre(store: Store, horizon: Horizon) -> Centre:
    """Read what planning ``horizon`` needs; a missing contract or shift kind is named.

    Raises :class:`~wfm.errors.WfmError` for an agent without a contract and a contract that names a
    shift kind that does not exist.
    """
    site = site_of(store)
    since, until = horizon.start - timedelta(days=PAST_DAYS), horizon.end
    agents = [
        agent for agent in store.all(Agent) if any(agent.employed_on(day) for day in horizon.dates)
    ]
    contracts = {item.key: item for item in store.all(Contract)}
    kinds = {item.key: item for item in store.all(ShiftKind)}
    _refuse_dangling(agents, contracts, kinds)
    middle = horizon.dates[horizon.days // 2]
    return Centre(
        site=site,
        horizon=horizon,
        queues=tuple(store.all(Queue)),
        skills=tuple(store.all(Skill)),
        teams=tuple(store.all(Team)),
        contracts=contracts,
        shift_kinds=kinds,
        agents=tuple(
            replace(agent, speed_percent=agent.speed_on(middle), full_speed_on=None)
            for agent in sorted(agents, key=lambda agent: (agent.team, agent.number, agent.key))
        ),
        availabilities={item.agent: item for item in store.all(Availability)},
        leaves=tuple(store.where(Leave, since=since, until=until)),
        wishes=tuple(store.where(Wish, since=since, until=until)),
        balances=_latest_balances(store.all(Balance), horizon.start),
        special_days=tuple(store.all(SpecialDay)),
        holidays=dict(public_holidays(site.country, since, until, language=site.language)),
        weeks=tuple(store.where(AgentWeek, since=since - timedelta(days=6), until=until)),
        house_rules=store.all(HouseRule),
    )


def _latest_balances(balances: Iterable[Balance], day: date) -> dict[str, Balance]:
    latest: dict[str, Balance] = {}
    for item in sorted(balances, key=lambda item: item.month):
        if item.month <= day:
            latest[item.agent] = item
    return latest


def _refuse_dangling(
    agents: list[Agent], contracts: dict[str, Contract], kinds: dict[str, ShiftKind]
) -> None:
    for agent in agents:
        contract = contracts.get(agent.contract)
        if contract is None:
            raise WfmError(
                message(
                    "{agent} has no contract. Give them one of: {contracts}.",
                    agent=agent.name or agent.key,
                    contracts=", ".join(sorted(contracts)) or "–",
                )
            )
        for kind in contract.shift_kinds:
            if kind not in kinds:
                raise WfmError(
                    message(
                        "Contract {contract} names the shift kind “{kind}”, which does not exist.",
                        contract=contract.name or contract.key,
                        kind=kind,
                    )
                )
