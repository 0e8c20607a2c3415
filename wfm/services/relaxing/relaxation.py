"""One thing that could give way for a roster, and the situation in which it is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wfm.messages import Message
from wfm.model.people import Leave
from wfm.model.problem import RosterProblem
from wfm.model.workload import Requirement
from wfm.services.centre import Centre


def same_centre(centre: Centre) -> Centre:
    """Change nothing."""
    return centre


def same_problem(problem: RosterProblem) -> RosterProblem:
    """Change nothing."""
    return problem


@dataclass(frozen=True, slots=True)
class Focus:
    """Where staff is missing most, or what somebody asks about: a part of a day and a skill."""

    day: date
    start: int
    end: int
    skill: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A week with its roster, what is missing in it, and requests of leave that wait.

    ``names`` are those of skills.  Days before ``today`` are past.
    """

    centre: Centre
    requirements: tuple[Requirement, ...]
    problem: RosterProblem
    today: date | None = None
    focus: Focus | None = None
    pending: tuple[Leave, ...] = ()

    def person(self, key: str) -> str:
        """Return the name of somebody."""
        names = {agent.key: agent.name for agent in self.centre.agents}
        return names.get(key) or key

    def skill(self, key: str) -> str:
        """Return the name of a skill."""
        names = {skill.key: skill.name for skill in self.centre.skills}
        return names.get(key) or key

    def coming(self, day: date) -> bool:
        """Tell whether a day of the week can still be changed."""
        inside = day in self.centre.horizon.dates
        return inside and (self.today is None or day >= self.today)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Something that could be otherwise: what is done in words, and the week in which it is so.

    ``centre`` changes what the rules know, ``problem`` the compiled week.  ``sign`` is 1 for
    what can only help the roster, -1 for what can only cost, 0 for what may do either; ``hope`` is
    how promising it looks, to decide what is tried first.
    """

    family: str
    text: Message
    centre: Callable[[Centre], Centre] = same_centre
    problem: Callable[[RosterProblem], RosterProblem] = same_problem
    sign: int = 1
    hope: float = 0.0


Family = Callable[[Situation], Iterator[Relaxation]]


def best(found: Sequence[Relaxation], most: int) -> list[Relaxation]:
    """Return the most promising of one family."""
    return sorted(found, key=lambda item: -item.hope)[:most]
