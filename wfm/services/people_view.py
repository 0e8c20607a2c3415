"""People as a planner looks at them: terms, skills, hours of a week and absence, of one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wfm.calendars import public_holidays, week_of
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.roster import AgentWeek, Duty
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.persistence import Store
from wfm.rules import rule_set
from wfm.rules.context import DAYS_OFF
from wfm.rules.weekly_hours import WeeklyHours
from wfm.services.session import Session, site_of

LOOK_BACK = timedelta(days=400)
"""How far back a person's days are shown: a year of leave and the month it began in."""
LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Person:
    """One person with the figures of one week.

    ``worked_minutes`` are rostered, ``credited_minutes`` are those of leave that counts as worked;
    ``most_minutes`` is what contract and law allow in the week.  ``leaves`` and ``wishes`` are
    those of the week.
    """

    agent: Agent
    contract: Contract | None
    availability: Availability | None = None
    leaves: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    worked_minutes: int = 0
    credited_minutes: int = 0
    most_minutes: int = 0

    @property
    def room_minutes(self) -> int:
        """What may still be rostered in the week; negative where it is exceeded."""
        return self.most_minutes - self.worked_minutes - self.credited_minutes


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Everybody with what names them; ``today`` is the day that dates are judged by."""

    horizon: Horizon
    site: Site
    today: date
    people: tuple[Person, ...]
    contracts: Mapping[str, Contract]
    teams: Mapping[str, Team]
    skills: Mapping[str, Skill]
    shift_kinds: Mapping[str, ShiftKind]

    def person(self, key: str) -> Person | None:
        """Return the person of a key, or ``None``."""
        return next((item for item in self.people if item.agent.key == key), None)


@dataclass(frozen=True, slots=True)
class PersonDays:
    """The days of one person: all absence; wishes and duties a year back and ahead; the balance.

    ``paid_leave_left`` is the opening balance without the paid leave approved since, ``None``
    without a balance.
    """

    agent: str
    leaves: tuple[Leave, ...]
    wishes: tuple[Wish, ...]
    duties: tuple[Duty, ...]
    holidays: Mapping[date, str]
    balance: Balance | None = None
    paid_leave_left: float | None = None

    @property
    def duty_days(self) -> frozenset[date]:
        """The days with a duty."""
        return frozenset(duty.day for duty in self.duties)


def today_of(session: Session, site: Site) -> date:
    """Return the day that dates are judged by: the clock's, or the data's where that is later."""
    now = session.clock().date()
    return now if site.as_of is None else max(now, site.as_of)


def people_view(store: Store, session: Session, horizon: Horizon) -> PeopleView:
    """Return everybody, also those who have left, in order of team and number."""
    site = site_of(store)
    contracts = {item.key: item for item in store.all(Contract)}
    available = {item.agent: item for item in store.all(Availability)}
    since, until = horizon.start, horizon.end
    leaves = _by_agent(store.where(Leave, since=since, until=until))
    wishes = _by_agent(store.where(Wish, since=since, until=until))
    worked = _worked(store, horizon)
    law = _lawful_week(site)
    people = []
    for agent in sorted(store.all(Agent), key=lambda item: (item.team, item.number, item.key)):
        contract = contracts.get(agent.contract)
        mine = tuple(leaves.get(agent.key, ()))
        people.append(
            Person(
                agent=agent,
                contract=contract,
                availability=available.get(agent.key),
                leaves=mine,
                wishes=tuple(wishes.get(agent.key, ())),
                worked_minutes=worked.get(agent.key, 0),
                credited_minutes=credited(mine, contract),
                most_minutes=_most(contract, law),
            )
        )
    return PeopleView(
        horizon=horizon,
        site=site,
        today=today_of(session, site),
        people=tuple(people),
        contracts=contracts,
        teams={item.key: item for item in store.all(Team)},
        skills={item.key: item for item in store.all(Skill)},
        shift_kinds={item.key: item for item in store.all(ShiftKind)},
    )


def person_days(store: Store, session: Session, agent: str) -> PersonDays:
    """Return the days of one person; raises :class:`~wfm.errors.WfmError` for an unknown one."""
    if store.get(Agent, agent) is None:
        raise WfmError(message("There is no person “{agent}” any more.", agent=agent))
    site = site_of(store)
    today = today_of(session, site)
    since, until = today - LOOK_BACK, today + LOOK_AHEAD
    leaves = store.where(Leave, agent=agent)
    weeks = store.where(AgentWeek, since=week_of(since), until=until, agent=agent)
    balance = _latest(store.where(Balance, agent=agent), today)
    return PersonDays(
        agent=agent,
        leaves=leaves,
        wishes=store.where(Wish, since=since, until=until, agent=agent),
        duties=tuple(duty for week in weeks for duty in week.duties),
        holidays=dict(public_holidays(site.country, since, until, language=site.language)),
        balance=balance,
        paid_leave_left=None if balance is None else _left_of(balance, leaves),
    )


def credited(leaves: Iterable[Leave], contract: Contract | None) -> int:
    """Return the minutes of approved leave that count as worked."""
    day = contract.day_minutes if contract is not None else 0
    total = 0
    for leave in leaves:
        if leave.approved and leave.kind not in DAYS_OFF:
            total += leave.minutes or (day // 2 if leave.kind == "half_leave" else day)
    return total


def _by_agent(values: Iterable[Leave] | Iterable[Wish]) -> dict[str, list]:  # type: ignore[type-arg]
    found: dict[str, list] = defaultdict(list)  # type: ignore[type-arg]
    for value in values:
        found[value.agent].append(value)
    return found


def _worked(store: Store, horizon: Horizon) -> dict[str, int]:
    """Return the rostered minutes of each agent on the horizon."""
    found: dict[str, int] = defaultdict(int)
    weeks = store.where(AgentWeek, since=horizon.start - timedelta(days=6), until=horizon.end)
    for week in weeks:
        for duty in week.duties:
            if horizon.start <= duty.day < horizon.end:
                found[week.agent] += duty.worked_minutes
    return found


def _lawful_week(site: Site) -> int:
    """Return the most minutes per week that the centre's rules allow anybody, 0 for no limit."""
    rules = rule_set(site.rule_set, site.rules)
    return next((rule.minutes for rule in rules if isinstance(rule, WeeklyHours)), 0)


def _most(contract: Contract | None, law: int) -> int:
    own = contract.week_minutes_max if contract is not None else 0
    limits = [limit for limit in (own, law) if limit]
    return min(limits) if limits else 0


def _latest(balances: Iterable[Balance], day: date) -> Balance | None:
    known = [item for item in balances if item.month <= day]
    return max(known, key=lambda item: item.month, default=None)


def _left_of(balance: Balance, leaves: Iterable[Leave]) -> float:
    taken = {"paid_leave": 1.0, "half_leave": 0.5}
    used = sum(
        taken.get(leave.kind, 0.0)
        for leave in leaves
        if leave.approved and leave.day >= balance.month
    )
    return balance.paid_leave_days - used
