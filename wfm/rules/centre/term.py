"""What every rule of the centre as a whole is: parameters that compile to centre rules, and words.

Work rules speak of one person's week; these tie people together.  All are soft: what cannot be met
is listed, at a price above that of missing staff.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.centre_rule import CentreRule
from wfm.model.people import Agent
from wfm.model.roster import Unmet
from wfm.model.rule import RuleRef
from wfm.model.workload import Queue
from wfm.rules.centre.context import CentreContext

Queues = Sequence[Queue]
People = Sequence[Agent]

STAFFING_PRICE, SHARE_PRICE = 50, 10
"""Usual prices: of a head missing for an interval or a date of a pair; of a unit of a burden."""

PRICE: dict[str, object] = {
    "label": message("Price of breaking it"),
    "low": 1,
    "high": 1000,
    "help": message("One missing person in an interval costs 5 or so."),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the things that rules name by their keys."""

    queues: Mapping[str, str]
    teams: Mapping[str, str]
    agents: Mapping[str, str]

    def queue(self, key: str) -> str:
        """Return a queue's name."""
        return self.queues.get(key) or key

    def team(self, key: str) -> str:
        """Return a team's name."""
        return self.teams.get(key) or key

    def agent(self, key: str) -> str:
        """Return a person's name."""
        return self.agents.get(key) or key


@dataclass(frozen=True)
class CentreTerm(ABC):
    """One rule of the centre as a whole; its fields are its parameters.

    ``queue_fields``, ``team_fields`` and ``agent_fields`` name the parameters that hold keys of
    such things; an empty key stands for all.
    """

    key: ClassVar[str]
    label: ClassVar[Message]
    help: ClassVar[Message]
    queue_fields: ClassVar[tuple[str, ...]] = ()
    team_fields: ClassVar[tuple[str, ...]] = ()
    agent_fields: ClassVar[tuple[str, ...]] = ()

    price: int = field(default=STAFFING_PRICE, kw_only=True, metadata=PRICE)

    @abstractmethod
    def compile(self, context: CentreContext) -> tuple[CentreRule, ...]:
        """Return the centre rules that say this on a horizon; none where it does not apply."""

    def who(self, queues: Queues, people: People) -> People | None:  # noqa: ARG002 - not a floor
        """Return those who count towards a floor; ``None`` for a rule that is no floor."""
        return None

    @abstractmethod
    def summary(self, names: Names) -> Message:
        """Return the rule in words, with its numbers."""

    @classmethod
    @abstractmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Return what is broken in words; ``agents`` are the names of the people concerned."""

    def ref(self, note: str = "", **numbers: int) -> RuleRef:
        """Return the reference that this rule's centre rules carry; ``note`` names its group."""
        return RuleRef(self.key, "company", numbers, note)
