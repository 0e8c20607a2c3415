"""Which rules a drafted week breaks: exactly what the checker will say once the week is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wfm.analysis.aim_prices import agent_with_aims
from wfm.messages import Message
from wfm.model.activity import ShiftKind
from wfm.model.problem import AgentProblem, Option, RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import Violation
from wfm.rules import (
    Rule,
    RuleContext,
    check_agent,
    compile_agent,
    is_breach,
    is_refused_wish,
    option_table,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken rule of a person in words; ``days`` are the dates it concerns."""

    agent: str
    violation: Violation
    text: Message
    days: tuple[date, ...]

    @property
    def rule(self) -> str:
        """Key of the rule."""
        return self.violation.rule.key

    @property
    def hard(self) -> bool:
        """Whether the rule may not be broken at any price."""
        return self.violation.hard

    @property
    def is_wish(self) -> bool:
        """Whether no rule is broken, but somebody's wish is not granted."""
        return is_refused_wish(self.violation)

    @property
    def shown(self) -> bool:
        """Whether it is shown at all: some rules only spread burdens by small prices."""
        return self.is_wish or is_breach(self.violation)


@dataclass(frozen=True, slots=True)
class Judge:
    """Checks one person's drafted week against the rules of its problem.

    A locked shift is an option of its own (see :meth:`wfm.rules.RuleContext.option_of`), so a week
    whose locks changed is compiled again; ``context_of`` returns what the rules may know of a
    person, without options and locks.
    """

    problem: RosterProblem
    kinds: tuple[ShiftKind, ...]
    rules: tuple[Rule, ...]
    agents: Mapping[str, AgentProblem]
    context_of: Callable[[str], RuleContext]
    locks: Mapping[str, tuple[frozenset[Duty], frozenset[date]]]

    def broken(
        self, agent: str, duties: Sequence[Duty], locked_off: Collection[date]
    ) -> tuple[Broken, ...]:
        """Return the broken rules of a person's week, hard and soft."""
        if agent not in self.agents:
            return ()
        problem, compiled = self._compiled(agent, duties, locked_off)
        return tuple(
            Broken(agent, item, sentence(item, problem), self._dates(item))
            for item in check_agent(problem, compiled, duties)
        )

    def _compiled(
        self, agent: str, duties: Sequence[Duty], locked_off: Collection[date]
    ) -> tuple[RosterProblem, AgentProblem]:
        locked = tuple(duty for duty in duties if duty.locked)
        if (frozenset(locked), frozenset(locked_off)) == self.locks.get(
            agent, (frozenset(), frozenset())
        ):
            return self.problem, self.agents[agent]
        options, measures = _table(self.kinds, locked)
        context = replace(
            self.context_of(agent),
            options=options,
            measures=measures,
            locked=locked,
            locked_off=tuple(sorted(locked_off)),
        )
        compiled = agent_with_aims(compile_agent(self.rules, context), context.site.aims)
        return replace(self.problem, options=options, measures=measures), compiled

    def _dates(self, item: Violation) -> tuple[date, ...]:
        dates = self.problem.horizon.dates
        return tuple(dates[day] for day in item.days if 0 <= day < len(dates))


def _table(
    kinds: tuple[ShiftKind, ...], locked: Sequence[Duty]
) -> tuple[tuple[Option, ...], dict[str, tuple[int, ...]]]:
    """Return the option table of the kinds and of locked shifts; see :func:`option_table`."""
    options, measures = option_table(kinds)
    if not locked:
        return options, measures
    own, own_measures = option_table((), locked)
    return (*options, *own), {name: (*row, *own_measures[name]) for name, row in measures.items()}
