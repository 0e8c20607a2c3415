"""A person's day as it is wished: whether a roster is so, and a problem in which it must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import OFF, Mask, RuleRef
from wfm.model.run import WishedDay
from wfm.model.time import format_clock

QUESTION = RuleRef("question", "company")
"""The rule of the mask that forces a wished day."""

_READERS: dict[str, Callable[[WishedDay, Sequence[Duty]], bool]] = {
    "off": lambda _wished, own: not own,
    "work": lambda _wished, own: bool(own),
    "shift": lambda wished, own: any(duty.kind == wished.shift for duty in own),
    "start": lambda wished, own: any(duty.start == wished.start for duty in own),
}
"""Kind of a wished day → whether somebody's duties of the day are so."""


def is_so(wished: WishedDay, duties: Sequence[Duty]) -> bool:
    """Tell whether a roster is as wished."""
    own = [duty for duty in duties if (duty.agent, duty.day) == (wished.agent, wished.day)]
    return _READERS[wished.kind](wished, own)


def forced(problem: RosterProblem, wished: WishedDay) -> RosterProblem:
    """Return a problem in which a person's day must be as wished.

    Raises :class:`~wfm.errors.WfmError` where none of their shifts is what is wished.
    """
    place = problem.horizon.day_index(wished.day)
    agent = next(item for item in problem.agents if item.key == wished.agent)
    choices = (OFF, *agent.options)
    kept = {choice for choice in choices if _fits(problem, wished, choice)}
    if not kept:
        raise WfmError(_NO_SHIFT[wished.kind](problem, agent, wished))
    mask = Mask(QUESTION, place, tuple(item for item in choices if item not in kept))
    made = replace(agent, primitives=(*agent.primitives, mask)) if mask.options else agent
    return replace(
        problem, agents=tuple(made if item.key == agent.key else item for item in problem.agents)
    )


def _fits(problem: RosterProblem, wished: WishedDay, choice: int) -> bool:
    if choice == OFF:
        return is_so(wished, ())
    option = problem.options[choice]
    duty = Duty(wished.agent, wished.day, option.start, option.end, (), option.kind)
    return is_so(wished, (duty,))


def _none_at_all(_problem: RosterProblem, agent: AgentProblem, _wished: WishedDay) -> Message:
    return message("{agent} has no shift in their contract.", agent=agent.name or agent.key)


def _none_of_kind(_problem: RosterProblem, agent: AgentProblem, wished: WishedDay) -> Message:
    return message(
        "{agent} has no shift of the kind “{kind}” in their contract.",
        agent=agent.name or agent.key,
        kind=wished.shift,
    )


def _none_from(problem: RosterProblem, agent: AgentProblem, wished: WishedDay) -> Message:
    starts = sorted({problem.options[number].start for number in agent.options})
    return message(
        "No shift of {agent} starts at {start}; theirs start at {starts}.",
        agent=agent.name or agent.key,
        start=format_clock(wished.start or 0),
        starts=", ".join(format_clock(start) for start in starts) or "–",
    )


_NO_SHIFT: dict[str, Callable[[RosterProblem, AgentProblem, WishedDay], Message]] = {
    "off": _none_at_all,
    "work": _none_at_all,
    "shift": _none_of_kind,
    "start": _none_from,
}
