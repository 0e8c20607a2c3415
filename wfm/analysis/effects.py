"""What another roster would do, in units that need no explanation: hours, rules, wishes, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wfm.analysis.coverage import Coverage, coverage
from wfm.analysis.difference import AgentDifference, DutyChange, agents_changed
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty
from wfm.model.time import format_clock
from wfm.rules import check, is_breach, is_refused_wish, sentence
from wfm.rules.centre import centre_sentence, check_centre

SMALL = 1e-6
"""Agent-hours and costs below this are rounding."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that a roster does not keep: whose (empty: the centre's), what, at which cost.

    ``kind``: ``hard``, ``rule`` (at its price), ``centre``, ``wish``, or ``burden`` (a price that
    only spreads what nobody likes).
    """

    agent: str
    text: Message
    kind: str
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a roster ``after`` has different from one ``before``; positive hours are more.

    ``cost`` is in the unit of the objective.  ``gained`` is broken only afterwards, ``mended`` only
    before.  ``agents`` are the people whose duties differ; ``worse`` the interval in which most
    agents more are missing.
    """

    short_hours: float
    surplus_hours: float
    cost: float
    gained: tuple[Broken, ...] = ()
    mended: tuple[Broken, ...] = ()
    agents: tuple[AgentDifference, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Whose shifts differ, not only breaks."""
        return tuple(
            item.agent
            for item in self.agents
            if any(change.what != "breaks" for change in item.changes)
        )

    @property
    def shifts(self) -> int:
        """How many shifts are added, dropped, moved or of another kind."""
        return sum(change.what != "breaks" for agent in self.agents for change in agent.changes)

    @property
    def lawful(self) -> bool:
        """Whether no rule that must hold is broken that was kept before."""
        return not any(item.kind == "hard" for item in self.gained)


def effect(problem: RosterProblem, before: Sequence[Duty], after: Sequence[Duty]) -> Effect:
    """Compare two rosters of a problem."""
    old, new = _covered(problem, before), _covered(problem, after)
    was, now = broken(problem, before), broken(problem, after)
    gained, mended = Counter(now) - Counter(was), Counter(was) - Counter(now)
    return Effect(
        short_hours=_less(new.understaffed_agent_hours, old.understaffed_agent_hours),
        surplus_hours=_less(new.overstaffed_agent_hours, old.overstaffed_agent_hours),
        cost=_less(
            new.cost + sum(item.cost for item in now), old.cost + sum(item.cost for item in was)
        ),
        gained=tuple(item for item in gained.elements() if item.kind != "burden"),
        mended=tuple(item for item in mended.elements() if item.kind != "burden"),
        agents=agents_changed(before, after),
    )


def broken(problem: RosterProblem, duties: Sequence[Duty]) -> list[Broken]:
    """Return everything that a roster does not keep, of people and of the centre."""
    found = []
    for item in check(problem, duties):
        kind = "hard" if item.hard else "rule" if is_breach(item) else "burden"
        kind = "wish" if is_refused_wish(item) else kind
        found.append(Broken(item.agent, sentence(item, problem), kind, float(item.cost)))
    found += [
        Broken("", centre_sentence(breach.unmet, problem), "centre", float(breach.cost))
        for breach in check_centre(problem, duties)
    ]
    return found


def hours_words(found: Effect) -> tuple[Message, ...]:
    """Return what an effect does to the coverage, in agent-hours."""
    notes = []
    if found.short_hours > SMALL:
        notes.append(
            message("{hours} agent-hours more are short.", hours=_hours(found.short_hours))
        )
    elif found.short_hours < -SMALL:
        notes.append(
            message("{hours} agent-hours fewer are short.", hours=_hours(found.short_hours))
        )
    else:
        notes.append(message("No more agent-hours are short than now."))
    if found.surplus_hours > SMALL:
        notes.append(
            message("{hours} agent-hours more are surplus.", hours=_hours(found.surplus_hours))
        )
    elif found.surplus_hours < -SMALL:
        notes.append(
            message("{hours} agent-hours fewer are surplus.", hours=_hours(found.surplus_hours))
        )
    return tuple(notes)


def shortage_words(
    problem: RosterProblem,
    duties: Sequence[Duty],
    count: int,
    name: Callable[[str], str] = str,
) -> list[Message]:
    """Return the intervals in which most agents are missing, worst first; ``name`` names skills."""
    return [
        message(
            "{day} {time}: {count} short for {skill}",
            day=item.day,
            time=format_clock(item.start),
            count=f"{item.missing:g}",
            skill=name(item.skill),
        )
        for item in _covered(problem, duties).worst(count)
    ]


def _covered(problem: RosterProblem, duties: Sequence[Duty]) -> Coverage:
    return coverage(problem.horizon, problem.demands, problem.agents, duties, problem.over_cost)


def _less(new: float, old: float) -> float:
    return round(new - old, 6)


def _hours(value: float) -> str:
    return f"{abs(value):,.2f}".rstrip("0").rstrip(".")


def change_words(change: DutyChange) -> Message:
    """Return a changed duty in words, without the person."""
    return _CHANGE_WORDS[change.what](change)


def _span(duty: Duty | None) -> str:
    return "" if duty is None else f"{format_clock(duty.start)}–{format_clock(duty.end)}"


_CHANGE_WORDS: dict[str, Callable[[DutyChange], Message]] = {
    "added": lambda item: message("{day}: works {after}", day=item.day, after=_span(item.after)),
    "removed": lambda item: message(
        "{day}: off instead of {before}", day=item.day, before=_span(item.before)
    ),
    "moved": lambda item: message(
        "{day}: {before} → {after}", day=item.day, before=_span(item.before),
        after=_span(item.after),
    ),
    "changed": lambda item: message(
        "{day}: {before} → {after}", day=item.day, before=_span(item.before),
        after=_span(item.after),
    ),
    "breaks": lambda item: message("{day}: breaks at other times", day=item.day),
}  # fmt: skip
"""Kind of a change (:data:`wfm.analysis.difference.CHANGES`) → its words."""
