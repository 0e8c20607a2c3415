"""Whose work a payroll file holds: every person known, numbered, and there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wfm.errors import Problem
from wfm.messages import message
from wfm.model.people import Agent
from wfm.model.worktime import MonthWork


def pair_up(
    works: Sequence[MonthWork], agents: Sequence[Agent]
) -> tuple[list[tuple[Agent, MonthWork]], list[Problem]]:
    """Return (agent, work) in the order of ``works``, and a problem per person that cannot be paid.

    Payroll systems find people by their number: it must be there and be one person's alone.
    """
    known = {agent.key: agent for agent in agents}
    pairs = [(known[work.agent], work) for work in works if work.agent in known]
    problems = [
        Problem(message("There is work of {agent}, who is not among the people.", agent=work.agent))
        for work in works
        if work.agent not in known
    ]
    times = Counter(work.agent for work in works)
    people = list({agent.key: agent for agent, _ in pairs}.values())
    holders = Counter(agent.number.strip() for agent in people)
    for agent in people:
        name, number = agent.name or agent.key, agent.number.strip()
        if times[agent.key] > 1:
            problems.append(Problem(message("{agent} has two rows for the month.", agent=name)))
        if not number:
            problems.append(
                Problem(message("{agent} has no employee number; enter it first.", agent=name))
            )
        elif holders[number] > 1:
            others = ", ".join(
                other.name or other.key
                for other in people
                if other.number.strip() == number and other.key != agent.key
            )
            problems.append(
                Problem(
                    message(
                        "{agent} has the same employee number as {others}.",
                        agent=name,
                        others=others,
                    ),
                    value=number,
                )
            )
    return pairs, problems
