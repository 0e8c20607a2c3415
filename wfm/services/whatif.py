"""Why not? A wished day is forced: what it costs and whom it concerns, or which rule forbids it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from wfm.analysis.effects import Effect, effect
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.centre_rule import Pair, Presence
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty, RosterPlan
from wfm.model.rule import Violation
from wfm.model.run import RunRequest, WishedDay, careful
from wfm.model.time import Horizon
from wfm.persistence import Store
from wfm.rules import check, sentence
from wfm.services.proposing import PreparedBuild, prepare_build, requested_problem
from wfm.services.rostering import Solve
from wfm.services.session import site_of
from wfm.services.wished import QUESTION, is_so

MOST_MOVING = 60
"""People who may move for somebody's wish: those who share most skills and shifts with them."""


class Explain(Protocol):
    """How a front end lends the solver to find why somebody has no lawful week."""

    def __call__(self, problem: RosterProblem, agent: str) -> tuple[Violation, ...]:
        """Return the rules of a smallest conflict, or nothing: ``solver.conflicts.conflict``."""
        ...


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer to "why is this day not so?".

    Either ``reasons`` name the rules that forbid it (``conflict`` holds them as values), or
    ``plan`` is the roster in which it is so and ``effect`` what that changes for the week and for
    others; ``proven`` tells that no roster within the scope costs less.  Where the roster is so
    already, ``effect`` is empty.  ``seconds`` is how long the answer took.
    """

    wished: WishedDay
    reasons: tuple[Message, ...] = ()
    conflict: tuple[Violation, ...] = ()
    plan: RosterPlan | None = None
    effect: Effect | None = None
    already: bool = False
    proven: bool = False
    seconds: float = 0.0

    @property
    def possible(self) -> bool:
        """Whether the day can be so."""
        return self.already or self.plan is not None

    @property
    def others(self) -> tuple[str, ...]:
        """Who else is affected: people whose shifts or breaks differ."""
        if self.effect is None:
            return ()
        return tuple(item.agent for item in self.effect.agents if item.agent != self.wished.agent)


def prepare_question(
    store: Store, horizon: Horizon, wished: WishedDay, today: date | None
) -> PreparedBuild:
    """Read a week for a question; an answer that pleases can be proposed and accepted as a run."""
    week = prepare_build(store, horizon)
    request = question_of(week.problem, wished, today)
    solved = requested_problem(week.problem, week.before, request, site_of(store).aims)
    return replace(week, request=request, solved=solved)


def question_of(problem: RosterProblem, wished: WishedDay, today: date | None) -> RunRequest:
    """Return the request that forces a wished day and lets others move where it is worth it.

    Raises :class:`~wfm.errors.WfmError` for a person or a day that the roster does not have.
    """
    agent = next((item for item in problem.agents if item.key == wished.agent), None)
    if agent is None:
        raise WfmError(
            message("{agent} is not among the people of this roster.", agent=wished.agent)
        )
    if wished.day not in problem.horizon.dates:
        raise WfmError(message("{day} is not among the days of this roster.", day=wished.day))
    if today is not None and wished.day < today:
        raise WfmError(message("{day} is past; it stays as it is.", day=wished.day))
    scope = replace(careful(problem.horizon.slot_minutes), agents=movable(problem, agent))
    return RunRequest(scope=scope, wished=wished, purpose="question", today=today)


def movable(problem: RosterProblem, agent: AgentProblem) -> tuple[str, ...]:
    """Return who may move for somebody's wish: them, and who could take or give a place.

    People who share a skill with them or a rule of the centre, those who share most first.
    """
    wanted = {demand.skill for demand in problem.demands}
    own, shifts = set(agent.skills) & wanted, set(agent.options)
    tied = _tied(problem, agent)

    def likeness(other: AgentProblem) -> tuple[bool, int, int]:
        return other.key in tied, len(own & set(other.skills)), len(shifts & set(other.options))

    alike = [
        item
        for item in problem.agents
        if item.key != agent.key and (own & set(item.skills) or item.key in tied)
    ]
    alike.sort(key=likeness, reverse=True)
    return (agent.key, *(item.key for item in alike[: MOST_MOVING - 1]))


def _tied(problem: RosterProblem, agent: AgentProblem) -> set[str]:
    """Return who shares a pair or a staffing rule with somebody; fair shares tie everybody."""
    place = next(n for n, item in enumerate(problem.agents) if item.key == agent.key)
    found: set[int] = set()
    for rule in problem.centre_rules:
        members: tuple[int, ...] = ()
        if isinstance(rule, Presence):
            members = rule.agents
        elif isinstance(rule, Pair):
            members = (rule.first, rule.second)
        if place in members and len(members) < MOST_MOVING:
            found.update(members)
    return {problem.agents[number].key for number in found}


def answer(prepared: PreparedBuild, solve: Solve, explain: Explain) -> WhyNot:
    """Answer a prepared question: by solving it, or by the rules where they forbid it.

    Every conflict named was verified by re-solving; every effect is that of a roster that keeps all
    rules which the roster before it kept.
    """
    began = time.monotonic()
    wished = prepared.request.wished
    assert wished is not None, "a question has a wish"
    if is_so(wished, prepared.before):
        return WhyNot(wished, already=True)
    problem = prepared.to_solve
    plan = solve(problem)
    own = [item for item in check(problem, plan.duties) if item.hard]
    if not is_so(wished, plan.duties) or any(item.agent == wished.agent for item in own):
        # most wishes are lawful, and finding out why one is not takes a second
        conflict = explain(problem, wished.agent)
        if conflict:
            return _forbidden(prepared, wished, conflict, began)
        raise WfmError(message("No roster was found in which this is so. Give it more time."))
    return WhyNot(
        wished,
        plan=plan,
        effect=effect(prepared.problem, prepared.before, plan.duties),
        proven=plan.status == "optimal",
        seconds=round(time.monotonic() - began, 3),
    )


def why_not(
    problem: RosterProblem,
    duties: Sequence[Duty],
    wished: WishedDay,
    solve: Solve,
    explain: Explain,
    today: date | None = None,
) -> WhyNot:
    """Answer a question about a problem that stands alone and its roster."""
    request = question_of(problem, wished, today)
    try:
        solved = requested_problem(problem, duties, request)
    except WfmError as error:
        return WhyNot(wished, reasons=(error.message,))
    prepared = PreparedBuild(problem, "", 0, request, tuple(duties), solved)
    return answer(prepared, solve, explain)


def _forbidden(
    prepared: PreparedBuild, wished: WishedDay, conflict: Sequence[Violation], began: float
) -> WhyNot:
    problem = prepared.to_solve
    others = [item for item in conflict if item.rule.key != QUESTION.key]
    return WhyNot(
        wished,
        reasons=tuple(sentence(item, problem) for item in others),
        conflict=tuple(others),
        seconds=round(time.monotonic() - began, 3),
    )
