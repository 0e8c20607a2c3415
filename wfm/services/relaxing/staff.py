"""One more person with a skill, on the usual terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from wfm.analysis import coverage
from wfm.messages import message
from wfm.model.people import Agent
from wfm.services.centre import Centre
from wfm.services.relaxing.relaxation import Relaxation, Situation

NEW = "+1"
"""Key of the person who is not there."""


def one_more(situation: Situation) -> Iterator[Relaxation]:
    """Yield one more person for each skill, on the terms that most people with it have."""
    problem = situation.problem
    covered = coverage(
        problem.horizon, problem.demands, problem.agents, situation.centre.roster.duties,
        problem.over_cost,
    )  # fmt: skip
    missing = {item.skill: float(item.missing.sum()) for item in covered.skills}
    for demand in problem.demands:
        terms = Counter(
            agent.contract
            for agent in situation.centre.agents
            if agent.skills.get(demand.skill, 0) > 0
        )
        if not terms:
            terms = Counter(agent.contract for agent in situation.centre.agents)
        contract = situation.centre.contracts[terms.most_common(1)[0][0]]
        yield Relaxation(
            "person",
            message(
                "One more person for {skill} ({contract})",
                skill=situation.skill(demand.skill),
                contract=contract.name or contract.key,
            ),
            centre=_with_person(demand.skill, contract.key),
            sign=0,
            hope=1.0 + missing.get(demand.skill, 0.0) / 1000,
        )


def _with_person(skill: str, contract: str) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        new = Agent(NEW, NEW, NEW, "", contract, {skill: 2})
        return replace(centre, agents=(*centre.agents, new))

    return change
