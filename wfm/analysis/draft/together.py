"""Rules of the centre that follow single changes: only the rules touched are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wfm.analysis.draft.judge import Broken
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import Violation
from wfm.rules.centre import CentreBreach, centre_sentence
from wfm.rules.centre.check import (
    Minutes,
    add_heads,
    count_of,
    head_minutes,
    pair_breaches,
    presence_breaches,
    share_breaches,
)

Weeks = Mapping[str, Sequence[Duty]]
State = Minutes | tuple[int, ...] | None
"""What is remembered of a rule: minutes of heads by interval, counts by agent, or nothing."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One person's duties that are gone and new."""

    agent: str
    removed: tuple[Duty, ...]
    added: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class LiveCentre:
    """The broken rules of the centre of one roster; ``places`` are the rules that name a person.

    States and breaches are by rule, in the problem's order, and are never changed in place.
    """

    problem: RosterProblem
    places: Mapping[str, tuple[int, ...]]
    states: tuple[State, ...]
    breaches: tuple[tuple[CentreBreach, ...], ...]

    @classmethod
    def of(cls, problem: RosterProblem, weeks: Weeks) -> LiveCentre:
        """Return the broken rules of a whole roster; ``weeks`` are the duties by agent."""
        places: dict[str, list[int]] = defaultdict(list)
        states: list[State] = []
        for place, rule in enumerate(problem.centre_rules):
            named = (rule.first, rule.second) if isinstance(rule, Pair) else rule.agents
            for agent in named:
                places[problem.agents[agent].key].append(place)
            states.append(_state(problem, place, weeks))
        found = tuple(
            tuple(_breaches(problem, place, state, weeks)) for place, state in enumerate(states)
        )
        named_places = {agent: tuple(own) for agent, own in places.items()}
        return cls(problem, named_places, tuple(states), found)

    def changed(self, moves: Sequence[Moved], weeks: Weeks) -> LiveCentre:
        """Return the broken rules after changes; ``weeks`` are everybody's duties by now."""
        touched = {place for move in moves for place in self.places.get(move.agent, ())}
        if not touched:
            return self
        states, found = list(self.states), list(self.breaches)
        for place in touched:
            states[place] = self._moved(place, moves, weeks)
            found[place] = tuple(_breaches(self.problem, place, states[place], weeks))
        return replace(self, states=tuple(states), breaches=tuple(found))

    def _moved(self, place: int, moves: Sequence[Moved], weeks: Weeks) -> State:
        rule, state = self.problem.centre_rules[place], self.states[place]
        if isinstance(rule, Presence):
            assert not isinstance(state, tuple)
            assert state is not None
            minutes = state.copy()
            for move in moves:
                if place in self.places.get(move.agent, ()):
                    for sign, duties in ((-1, move.removed), (1, move.added)):
                        for duty in duties:
                            add_heads(minutes, self.problem.horizon, rule, duty, sign)
            return minutes
        if isinstance(rule, FairShare):
            assert isinstance(state, tuple)
            moved = {move.agent for move in moves}
            keys = [self.problem.agents[agent].key for agent in rule.agents]
            return tuple(
                count_of(self.problem, rule, number, weeks.get(key, ())) if key in moved else count
                for number, (key, count) in enumerate(zip(keys, state, strict=True))
            )
        return None

    @property
    def all_breaches(self) -> tuple[CentreBreach, ...]:
        """Everything broken, in the order of the rules."""
        return tuple(item for found in self.breaches for item in found)

    @property
    def cost(self) -> float:
        """What is broken costs so much, in the unit of the roster's objective."""
        return sum(item.cost for item in self.all_breaches)


def worded(problem: RosterProblem, found: Sequence[CentreBreach]) -> tuple[Broken, ...]:
    """Return broken rules of the centre as a list shows them: of nobody, or the first of a pair."""
    broken = []
    for item in found:
        rule, day = item.unmet.rule, item.unmet.day
        assert rule is not None, "every rule of the centre names itself"
        days = () if day is None else (problem.horizon.day_index(day),)
        agent = item.agents[0] if item.agents else ""
        violation = Violation(agent, rule, days, item.unmet.amount, hard=False)
        dates = () if day is None else (day,)
        broken.append(Broken(agent, violation, centre_sentence(item.unmet, problem), dates))
    return tuple(broken)


def _state(problem: RosterProblem, place: int, weeks: Weeks) -> State:
    rule = problem.centre_rules[place]
    if isinstance(rule, Presence):
        return head_minutes(problem, rule, weeks)
    if isinstance(rule, FairShare):
        return tuple(
            count_of(problem, rule, number, weeks.get(problem.agents[agent].key, ()))
            for number, agent in enumerate(rule.agents)
        )
    return None


def _breaches(
    problem: RosterProblem, place: int, state: State, weeks: Weeks
) -> Sequence[CentreBreach]:
    rule = problem.centre_rules[place]
    if isinstance(rule, Pair):
        first, second = (problem.agents[item].key for item in (rule.first, rule.second))
        return pair_breaches(problem, place, weeks.get(first, ()), weeks.get(second, ()))
    if isinstance(state, tuple):
        return share_breaches(problem, place, state)
    assert state is not None
    return presence_breaches(problem, place, state)
