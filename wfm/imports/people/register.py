"""Finds people by number or name, and remembers whose own row was refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wfm.imports.people.table import tidy
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.people import Agent


def compact(name: Cell) -> str:
    """Return a name as it is compared: one width, lower case, without spaces."""
    return tidy(name).replace(" ", "").lower()


@dataclass(slots=True)
class Register:
    """The people that a file may speak of: known ones and those it brings."""

    agents: dict[str, Agent] = field(default_factory=dict)
    by_number: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, agents: Iterable[Agent]) -> Register:
        """Return a register of the known people."""
        register = cls()
        for agent in agents:
            register.enter(agent)
        return register

    def enter(self, agent: Agent) -> None:
        """Add a person, or put a new state of a known one in place."""
        old = self.agents.get(agent.key)
        if old is not None:
            self.by_number.pop(compact(old.number), None)
            self.by_name[compact(old.name)].remove(old.key)
        self.agents[agent.key] = agent
        if agent.number:
            self.by_number[compact(agent.number)] = agent.key
        self.by_name.setdefault(compact(agent.name), []).append(agent.key)

    def forget(self, agent: Agent) -> None:
        """Take a person out again."""
        del self.agents[agent.key]
        self.by_number.pop(compact(agent.number), None)
        self.by_name[compact(agent.name)].remove(agent.key)

    def refuse(self, number: str, name: str) -> None:
        """Remember that the row of a person was refused."""
        self.refused |= {compact(text) for text in (number, name) if text}

    def introduced(self, number: str, name: str) -> Agent | None:
        """Return the known person that a row of the list of people is about, if any.

        The name may have changed; without a number the name has to be the only one.
        """
        if number:
            key = self.by_number.get(compact(number))
            return self.agents[key] if key else None
        keys = self.by_name.get(compact(name), [])
        return self.agents[keys[0]] if len(keys) == 1 else None

    def find(self, number: str, name: str) -> Agent | Message:
        """Return the person of a row that speaks of somebody, or why there is none.

        The number decides; a name helps where the number is unknown, and must not contradict it.
        """
        if number and compact(number) in self.by_number:
            agent = self.agents[self.by_number[compact(number)]]
            if not name or compact(name) == compact(agent.name):
                return agent
            return message("this number belongs to {name}", name=agent.name)
        keys = self.by_name.get(compact(name), []) if name else []
        if len(keys) == 1:
            return self.agents[keys[0]]
        if keys:
            return message("several people have this name; add their numbers")
        if {compact(number), compact(name)} & self.refused:
            return message("the row that introduces this person was refused")
        return message("this person is not in the list of people")
