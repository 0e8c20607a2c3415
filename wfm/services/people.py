"""Changing people: adding, editing one or many, and removing them, each in one operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.roster import AgentWeek
from wfm.persistence import Store, Unit
from wfm.services.people_checks import check_agent
from wfm.services.people_view import today_of
from wfm.services.people_words import change_words, conflicts_named, who
from wfm.services.session import Session, site_of


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What to change for many people at once; what is not given stays as each one has it."""

    team: str | None = None
    contract: str | None = None
    role: str | None = None
    speed_percent: int | None = None
    add_skills: Mapping[str, int] = field(default_factory=dict)
    remove_skills: tuple[str, ...] = ()

    def applied_to(self, agent: Agent) -> Agent:
        """Return the person as the edit leaves them."""
        skills = {**agent.skills, **self.add_skills}
        return replace(
            agent,
            team=agent.team if self.team is None else self.team,
            contract=agent.contract if self.contract is None else self.contract,
            role=agent.role if self.role is None else self.role,
            speed_percent=(
                agent.speed_percent if self.speed_percent is None else self.speed_percent
            ),
            skills={key: skills[key] for key in skills if key not in self.remove_skills},
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing people comes to: who can be deleted, and who keeps a past and only leaves.

    ``leaving`` pairs each person with the day of their last duty.
    """

    deleted: tuple[Agent, ...]
    leaving: tuple[tuple[Agent, date], ...]
    today: date


def add_agent(session: Session, agent: Agent) -> Outcome:
    """Add a person; a key is made from the number where ``agent`` has none."""
    with session.database.write(session.who, session.clock) as unit:
        if not agent.key:
            agent = replace(agent, key=_new_key(unit, agent.number))
        _check(unit, session, [agent])
        unit.put(agent, seen=None)
        operation = unit.commit(message("Add {who}", who=who([agent])))
    return Outcome(operation, touched=frozenset({("agent", agent.key)}))


def change_agents(session: Session, pairs: Sequence[tuple[Agent, Agent]]) -> Outcome:
    """Write (as seen, as wanted) pairs in one operation; nothing is written if one is refused.

    Raises :class:`~wfm.errors.Conflict` where somebody changed a person since they were seen, and
    :class:`~wfm.services.people_checks.FieldError` for a value that cannot be taken.
    """
    pairs = [(seen, wanted) for seen, wanted in pairs if seen != wanted]
    if not pairs:
        return Outcome()
    with session.database.write(session.who, session.clock) as unit:
        _check(unit, session, [wanted for _, wanted in pairs])
        for seen, wanted in pairs:
            with conflicts_named(unit, "agent", wanted.key, seen.name):
                unit.put(wanted, seen=seen)
        words = change_words(unit, pairs)
        notes = _leaving_notes(unit, [wanted for _, wanted in pairs])
        operation = unit.commit(words)
    return Outcome(operation, notes, frozenset(("agent", wanted.key) for _, wanted in pairs))


def change_many(session: Session, seen: Sequence[Agent], edit: BulkEdit) -> Outcome:
    """Apply one edit to many people as they were seen, in one operation."""
    return change_agents(session, [(agent, edit.applied_to(agent)) for agent in seen])


def removal(store: Store, session: Session, keys: Sequence[str]) -> Removal:
    """Tell what removing people would come to: with duties they leave, without they vanish."""
    deleted: list[Agent] = []
    leaving: list[tuple[Agent, date]] = []
    for key in keys:
        agent = store.get(Agent, key)
        if agent is None:
            continue
        days = [
            duty.day
            for week in store.where(AgentWeek, agent=key)
            for duty in (*week.duties, *(week.published or ()))
        ]
        if days:
            leaving.append((agent, max(days)))
        else:
            deleted.append(agent)
    return Removal(tuple(deleted), tuple(leaving), today_of(session, site_of(store)))


def remove_agents(session: Session, keys: Sequence[str], left: date) -> Outcome:
    """Remove people: who never had a duty is deleted, all others leave on ``left``.

    ``left`` is the first day on which they are no longer employed; their duties, wishes and leave
    from that day on go in the same operation.
    """
    with session.database.write(session.who, session.clock) as unit:
        plan = removal(unit, session, keys)
        gone = [*plan.deleted, *(agent for agent, _ in plan.leaving)]
        if not gone:
            raise WfmError(message("These people are no longer there."))
        for agent in plan.deleted:
            _delete_whole(unit, agent.key)
        duties = sum(_let_go(unit, session, agent, left) for agent, _ in plan.leaving)
        for team in unit.all(Team):
            if team.supervisor in {agent.key for agent in gone}:
                unit.put(replace(team, supervisor=""))
        if plan.leaving:
            words = message("Let {who} leave on {day}", who=who(gone), day=left.isoformat())
        else:
            words = message("Delete {who}", who=who(gone))
        operation = unit.commit(words)
    return Outcome(operation, _removal_notes(plan, duties, left))


def _removal_notes(plan: Removal, duties: int, left: date) -> tuple[Message, ...]:
    notes = []
    if plan.deleted:
        notes.append(message("{who} was deleted.", plural="{who} were deleted.",
                             count=len(plan.deleted), who=who(plan.deleted)))  # fmt: skip
    if plan.leaving:
        agents = [agent for agent, _ in plan.leaving]
        notes.append(
            message("{who} leaves on {day} and keeps the past.",
                    plural="{who} leave on {day} and keep the past.",
                    count=len(agents), who=who(agents), day=left)
        )  # fmt: skip
    if duties:
        notes.append(
            message("{count} duty from that day on was taken off the roster.",
                    plural="{count} duties from that day on were taken off the roster.",
                    count=duties)
        )  # fmt: skip
    return tuple(notes)


def _delete_whole(unit: Unit, key: str) -> None:
    """Delete a person with everything that is only theirs."""
    for kind in (Leave, Wish):
        unit.delete_all(kind, _keys(unit.where(kind, agent=key)))
    unit.delete_all(
        Balance, [f"{item.agent}/{item.month}" for item in unit.where(Balance, agent=key)]
    )
    unit.delete_all(
        AgentWeek, [f"{item.agent}/{item.start}" for item in unit.where(AgentWeek, agent=key)]
    )
    unit.delete(Availability, key)
    unit.delete(Agent, key)


def _let_go(unit: Unit, session: Session, agent: Agent, left: date) -> int:
    """Set a person's leaving date and clear what lies after it; returns the duties removed."""
    wanted = replace(agent, left=left)
    _check(unit, session, [wanted])
    unit.put(wanted)
    for kind in (Leave, Wish):
        unit.delete_all(kind, _keys(unit.where(kind, since=left, agent=agent.key)))
    count = 0
    for week in unit.where(AgentWeek, agent=agent.key):
        days = {duty.day for duty in week.duties if duty.day >= left}
        locked = tuple(day for day in week.locked_off if day < left)
        if days or locked != week.locked_off:
            unit.put(replace(week.with_days(days, ()), locked_off=locked))
            count += len(days)
    return count


def _keys(values: Iterable[Leave | Wish]) -> list[str]:
    return [
        f"{item.agent}/{item.day}" + (f"/{item.kind}" if isinstance(item, Wish) else "")
        for item in values
    ]


def _new_key(store: Store, number: str) -> str:
    """Return a key that no person has: the number, or the number with a count behind it."""
    taken = {agent.key for agent in store.all(Agent)}
    base = number or "p"
    if number and base not in taken:
        return base
    count = 2 if number else 1
    while f"{base}-{count}" in taken:
        count += 1
    return f"{base}-{count}"


def _check(store: Store, session: Session, wanted: Sequence[Agent]) -> None:
    """Refuse people the centre cannot work with, also where two of them want one number."""
    after = {agent.key: agent for agent in store.all(Agent)} | {
        agent.key: agent for agent in wanted
    }
    contracts = {item.key: item for item in store.all(Contract)}
    teams = {item.key for item in store.all(Team)}
    skills = {item.key for item in store.all(Skill)}
    today = today_of(session, site_of(store))
    for agent in wanted:
        check_agent(agent, after.values(), contracts, teams, skills, today)


def _leaving_notes(store: Store, agents: Iterable[Agent]) -> tuple[Message, ...]:
    """Tell of duties on or after the leaving date of people."""
    notes = []
    for agent in agents:
        if agent.left is None:
            continue
        count = sum(
            duty.day >= agent.left
            for week in store.where(AgentWeek, agent=agent.key)
            for duty in week.duties
        )
        if count:
            notes.append(
                message(
                    "{name} still has {count} duty on or after the leaving date.",
                    plural="{name} still has {count} duties on or after the leaving date.",
                    count=count,
                    name=agent.name,
                )
            )
    return tuple(notes)
