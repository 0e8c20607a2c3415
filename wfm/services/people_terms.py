"""Contracts, skills and teams: adding, changing and removing what people are described by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.change import Outcome
from wfm.model.people import Agent, Contract, Skill, Team
from wfm.model.workload import Queue
from wfm.services.people_checks import FieldError, check_contract, check_new_name
from wfm.services.people_words import conflicts_named
from wfm.services.session import Session

NAMED = 3
"""How many users of a thing are named before the rest is counted."""


def put_contract(session: Session, contract: Contract, seen: Contract | None) -> Outcome:
    """Add (``seen`` is ``None``) or change a contract."""
    with session.database.write(session.who, session.clock) as unit:
        others = unit.all(Contract)
        if seen is None:
            contract = replace(contract, key=_new_key("contract", others))
        check_contract(contract, others, {item.key for item in unit.all(ShiftKind)})
        with conflicts_named(unit, "contract", contract.key, contract.name):
            unit.put(contract, seen=seen)
        words = (
            message("Add the contract {name}", name=contract.name)
            if seen is None
            else message("Change the contract {name}", name=contract.name)
        )
        return Outcome(unit.commit(words), touched=frozenset({("contract", contract.key)}))


def remove_contract(session: Session, seen: Contract) -> Outcome:
    """Remove a contract that nobody has; raises with the names of those who have it."""
    with session.database.write(session.who, session.clock) as unit:
        users = [agent.name for agent in unit.all(Agent) if agent.contract == seen.key]
        _refuse_used(seen.name, users, message("contract", context="person"))
        with conflicts_named(unit, "contract", seen.key, seen.name):
            unit.delete(Contract, seen.key, seen=seen)
        return Outcome(unit.commit(message("Remove the contract {name}", name=seen.name)))


def put_skill(session: Session, name: str, seen: Skill | None) -> Outcome:
    """Add (``seen`` is ``None``) or rename a skill."""
    with session.database.write(session.who, session.clock) as unit:
        others = unit.all(Skill)
        key = _new_key("skill", others) if seen is None else seen.key
        skill = Skill(key, _checked_name(name, key, others))
        with conflicts_named(unit, "skill", skill.key, skill.name):
            unit.put(skill, seen=seen)
        words = (
            message("Add the skill {name}", name=skill.name)
            if seen is None
            else message("Rename the skill {old} to {new}", old=seen.name, new=skill.name)
        )
        return Outcome(unit.commit(words), touched=frozenset({("skill", key)}))


def remove_skill(session: Session, seen: Skill) -> Outcome:
    """Remove a skill that nobody has and no queue asks for."""
    with session.database.write(session.who, session.clock) as unit:
        queues = [queue.name for queue in unit.all(Queue) if queue.skill == seen.key]
        if queues:
            raise WfmError(
                message(
                    "{name} is asked for by the queue {queues}; it cannot be removed.",
                    plural="{name} is asked for by the queues {queues}; it cannot be removed.",
                    count=len(queues),
                    name=seen.name,
                    queues=_listed(queues),
                )
            )
        users = [agent.name for agent in unit.all(Agent) if seen.key in agent.skills]
        _refuse_used(seen.name, users, message("skill", context="person"))
        with conflicts_named(unit, "skill", seen.key, seen.name):
            unit.delete(Skill, seen.key, seen=seen)
        return Outcome(unit.commit(message("Remove the skill {name}", name=seen.name)))


def put_team(session: Session, team: Team, seen: Team | None) -> Outcome:
    """Add (``seen`` is ``None``) or change a team; its supervisor is somebody or nobody."""
    with session.database.write(session.who, session.clock) as unit:
        others = unit.all(Team)
        key = _new_key("team", others) if seen is None else seen.key
        team = replace(team, key=key, name=_checked_name(team.name, key, others))
        if team.supervisor and unit.get(Agent, team.supervisor) is None:
            raise FieldError("supervisor", message("The team's supervisor is no longer there."))
        with conflicts_named(unit, "team", team.key, team.name):
            unit.put(team, seen=seen)
        return Outcome(unit.commit(_team_words(team, seen)), touched=frozenset({("team", key)}))


def remove_team(session: Session, seen: Team) -> Outcome:
    """Remove a team without members; raises with the names of its members."""
    with session.database.write(session.who, session.clock) as unit:
        users = [agent.name for agent in unit.all(Agent) if agent.team == seen.key]
        _refuse_used(seen.name, users, message("team", context="person"))
        with conflicts_named(unit, "team", seen.key, seen.name):
            unit.delete(Team, seen.key, seen=seen)
        return Outcome(unit.commit(message("Remove the team {name}", name=seen.name)))


def _team_words(team: Team, seen: Team | None) -> Message:
    if seen is None:
        return message("Add the team {name}", name=team.name)
    if seen.name != team.name:
        return message("Rename the team {old} to {new}", old=seen.name, new=team.name)
    return message("Change the team {name}", name=team.name)


def _checked_name(name: str, key: str, others: Iterable[object]) -> str:
    name = name.strip()
    if not name:
        raise FieldError("name", message("Please enter a name."))
    check_new_name(key, name, others)
    return name


def _refuse_used(name: str, users: Sequence[str], what: Message) -> None:
    if users:
        raise WfmError(
            message(
                "{name} is still the {what} of {users}. Give them another one first.",
                name=name,
                what=what,
                users=_listed(users),
            )
        )


def _listed(names: Sequence[str]) -> Message:
    """Return some names, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    if rest <= 0:
        return message("{names}", names=shown)
    return message(
        "{names} and {count} other",
        plural="{names} and {count} others",
        names=shown,
        count=rest,
    )


def _new_key(word: str, others: Iterable[Contract | Skill | Team]) -> str:
    taken = {item.key for item in others}
    count = 1
    while f"{word}-{count}" in taken:
        count += 1
    return f"{word}-{count}"
