"""Which people the roster shows: words in names, teams and skills, chips, and shift kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ui.widgets.table_model import folded
from wfm.analysis.draft import WeekDraft
from wfm.services.centre import Centre


@dataclass(frozen=True, slots=True)
class Person:
    """What a person is found by: everything searched in one folded text, and the team's key."""

    key: str
    words: str
    team: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty parts ask for nothing.

    ``kinds`` are shift kinds of which a person has at least one; ``only`` restricts to some people
    (those a proposal changes).
    """

    search: str = ""
    teams: frozenset[str] = frozenset()
    broken: bool = False
    kinds: frozenset[str] = frozenset()
    only: frozenset[str] | None = None

    @property
    def everybody(self) -> bool:
        """Whether nobody is left out."""
        return self == Wanted()


def people_of(centre: Centre) -> tuple[Person, ...]:
    """Return the people of a centre in the roster's order, ready to be searched."""
    teams: Mapping[str, str] = {team.key: team.name for team in centre.teams}
    skills: Mapping[str, str] = {skill.key: skill.name for skill in centre.skills}
    return tuple(
        Person(
            agent.key,
            folded(
                " ".join(
                    (
                        agent.name,
                        agent.reading,
                        agent.number,
                        teams.get(agent.team, agent.team),
                        *(skills.get(key, key) for key in agent.skills),
                    )
                )
            ),
            agent.team,
        )
        for agent in centre.agents
    )


def found(people: Sequence[Person], wanted: Wanted, draft: WeekDraft) -> tuple[str, ...]:
    """Return the keys of the people asked for, in their order."""
    words = folded(wanted.search).split()
    with_kind = _with_kinds(draft, wanted.kinds) if wanted.kinds else None
    broken: set[str] | None = None
    if wanted.broken:
        broken = {item.agent for item in draft.violations() if not item.is_wish}
    return tuple(
        person.key
        for person in people
        if (not wanted.teams or person.team in wanted.teams)
        and (wanted.only is None or person.key in wanted.only)
        and (broken is None or person.key in broken)
        and (with_kind is None or person.key in with_kind)
        and all(word in person.words for word in words)
    )


def _with_kinds(draft: WeekDraft, kinds: Collection[str]) -> set[str]:
    return {
        agent
        for agent, duties in draft.duties.items()
        if any(duty.kind in kinds for duty in duties)
    }
