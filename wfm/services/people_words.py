"""Changes of people in words, for the log and for undo: what was changed, and whose."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from wfm.errors import Conflict
from wfm.messages import Message, message
from wfm.model.people import Agent, Contract, Skill, Team
from wfm.persistence import Store
from wfm.services.people_checks import ROLE_NAMES

FIELD_NAMES: dict[str, Message] = {
    "name": message("name", context="person"),
    "number": message("employee number", context="person"),
    "reading": message("reading", context="person"),
    "team": message("team", context="person"),
    "contract": message("contract", context="person"),
    "skills": message("skills", context="person"),
    "role": message("role", context="person"),
    "speed_percent": message("speed", context="person"),
    "birth_date": message("date of birth", context="person"),
    "hired": message("day of entry", context="person"),
    "left": message("leaving date", context="person"),
    "hourly_wage": message("hourly wage", context="person"),
}
"""Names of a person's fields inside a sentence."""


def who(agents: Sequence[Agent]) -> Message:
    """Return the name of one person, or how many there are, for a sentence."""
    if len(agents) == 1:
        return message("{name}", name=agents[0].name or agents[0].number or agents[0].key)
    return message("{count} person", plural="{count} people", count=len(agents))


@contextmanager
def conflicts_named(store: Store, kind: str, key: str, name: str) -> Iterator[None]:
    """Let a conflict about a stored value name the person or thing instead of its key."""
    try:
        yield
    except Conflict as error:
        last = store.last_change(kind, key)
        if last is None:
            raise
        raise Conflict(
            message(
                "{name} was changed by {who} in the meantime ({what}). Nothing was overwritten;"
                " look at it again.",
                name=name,
                who=last.who,
                what=last.text,
            )
        ) from error


def change_words(store: Store, pairs: Sequence[tuple[Agent, Agent]]) -> Message:
    """Return the operation's sentence: what was changed, and whose."""
    people = who([seen for seen, _ in pairs])
    fields = {
        item.name
        for seen, wanted in pairs
        for item in dataclasses.fields(Agent)
        if getattr(seen, item.name) != getattr(wanted, item.name)
    }
    if len(fields) > 1:
        return message("Change {who}", who=people)
    name = fields.pop()
    values = [getattr(wanted, name) for _, wanted in pairs]
    if name == "name" and len(pairs) == 1:
        return message("Rename {old} to {new}", old=pairs[0][0].name, new=pairs[0][1].name)
    if any(value != values[0] for value in values) and name != "skills":
        return message("Change {field} of {who}", field=FIELD_NAMES[name], who=people)
    return _value_words(store, name, pairs, people)


def _value_words(
    store: Store, name: str, pairs: Sequence[tuple[Agent, Agent]], people: Message
) -> Message:
    seen, wanted = pairs[0]
    match name:
        case "team" if wanted.team:
            return message("Put {who} into team {team}", who=people,
                           team=_name(store, Team, wanted.team))  # fmt: skip
        case "contract":
            return message("Give {who} the contract {contract}", who=people,
                           contract=_name(store, Contract, wanted.contract))  # fmt: skip
        case "role":
            return message("Give {who} the role {role}", who=people, role=ROLE_NAMES[wanted.role])
        case "speed_percent":
            return message("Set the speed of {who} to {percent} %", who=people,
                           percent=wanted.speed_percent)  # fmt: skip
        case "skills":
            new = {key for key in wanted.skills if key not in seen.skills}
            old = {key for key in seen.skills if key not in wanted.skills}
            if len(new) == 1 and not old:
                return message("Give {who} the skill {skill}", who=people,
                               skill=_name(store, Skill, new.pop()))  # fmt: skip
            if len(old) == 1 and not new:
                return message("Take the skill {skill} from {who}", who=people,
                               skill=_name(store, Skill, old.pop()))  # fmt: skip
    return message("Change {field} of {who}", field=FIELD_NAMES[name], who=people)


def _name(store: Store, kind: type[Team | Contract | Skill], key: str) -> str:
    found = store.get(kind, key)
    return key if found is None else str(found.name or key)
