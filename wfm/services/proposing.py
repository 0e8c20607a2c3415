"""A roster built in parts: read the problem, solve it elsewhere, look at it, accept it or not.

What a build finds is a proposal in memory; the centre is changed by :func:`accept_proposal` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from wfm.analysis import RosterDifference, difference
from wfm.errors import Conflict
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.problem import RosterProblem
from wfm.model.roster import AgentWeek, RosterPlan
from wfm.model.time import Horizon, format_iso_week
from wfm.persistence import Store
from wfm.services.centre import Centre, read_centre
from wfm.services.rostering import (
    broken_as_reported,
    build_problem,
    make_problem,
    planned_weeks,
    problem_hash,
    read_requirements,
    run_record,
)
from wfm.services.session import Session
from wfm.services.unmet import rule_notes
from wfm.services.week import WeekState, judged


@dataclass(frozen=True, slots=True)
class PreparedBuild:
    """A week's problem as the solver gets it, its digest, and how many days are locked in it."""

    problem: RosterProblem
    digest: str
    locked: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan beside the roster it would replace; nothing of it is stored.

    ``state`` is the week as it would be, ``seen`` the agent-weeks that ``difference`` compares it
    with.
    """

    prepared: PreparedBuild
    plan: RosterPlan
    difference: RosterDifference
    state: WeekState
    seen: tuple[AgentWeek, ...]

    @property
    def horizon(self) -> Horizon:
        """The days planned."""
        return self.prepared.problem.horizon


def prepare_build(store: Store, horizon: Horizon) -> PreparedBuild:
    """Read a week's problem; raises where people or required staff are missing."""
    centre = read_centre(store, horizon)
    problem = make_problem(centre, read_requirements(store, horizon))
    roster = centre.roster
    locked = sum(duty.locked for duty in roster.duties) + len(roster.locked_off)
    return PreparedBuild(problem, problem_hash(problem), locked)


def propose(store: Store, session: Session, prepared: PreparedBuild, plan: RosterPlan) -> Proposal:
    """Compare a plan with the roster as it is now; raises where its week has changed since."""
    problem = prepared.problem
    centre = read_centre(store, problem.horizon)
    _refuse_other_problem(prepared, make_problem(centre, read_requirements(store, problem.horizon)))
    weeks = planned_weeks(store, problem, plan.duties)
    return Proposal(
        prepared,
        plan,
        difference(problem, centre.roster.duties, plan.duties),
        judged(_with_weeks(centre, weeks), problem, run_record(problem, plan, session)),
        _inside(centre.weeks, problem.horizon),
    )


def accept_proposal(session: Session, proposal: Proposal) -> Outcome:
    """Make a proposal the roster of its week, in one operation, after checking it once more.

    Raises :class:`~wfm.errors.Conflict` when what it was built from, or the roster it was compared
    with, is another one by now.
    """
    problem, plan = proposal.prepared.problem, proposal.plan
    horizon = problem.horizon
    hard = broken_as_reported(problem, plan)
    with session.database.write(session.who, session.clock) as unit:
        _refuse_other_problem(proposal.prepared, build_problem(unit, horizon))
        since = horizon.start - timedelta(days=6)
        stored = _inside(unit.where(AgentWeek, since=since, until=horizon.end), horizon)
        if stored != proposal.seen:
            raise Conflict(
                message(
                    "The roster was changed while the proposal was shown. It is compared with the"
                    " new one now; look at it again."
                )
            )
        weeks = planned_weeks(unit, problem, plan.duties)
        unit.put_all([*weeks, run_record(problem, plan, session)])
        operation = unit.commit(
            message("Accept the roster of {week}", week=format_iso_week(horizon.start))
        )
    return Outcome(operation, rule_notes(problem, hard))


def _inside(weeks: Sequence[AgentWeek], horizon: Horizon) -> tuple[AgentWeek, ...]:
    """Return the agent-weeks that touch the horizon, in order of agent and week."""
    found = (week for week in weeks if -6 <= horizon.day_index(week.start) < horizon.days)
    return tuple(sorted(found, key=lambda week: (week.agent, week.start)))


def _with_weeks(centre: Centre, weeks: Sequence[AgentWeek]) -> Centre:
    new = {(week.agent, week.start): week for week in weeks}
    old = {(week.agent, week.start): week for week in centre.weeks}
    return replace(centre, weeks=tuple({**old, **new}.values()))


def _refuse_other_problem(prepared: PreparedBuild, now: RosterProblem) -> None:
    """Raise a conflict that names what was changed since the problem was read."""
    if problem_hash(now) != prepared.digest:
        raise Conflict(_what_changed(prepared.problem, now))


def _what_changed(before: RosterProblem, now: RosterProblem) -> Message:
    old = {agent.key: agent for agent in before.agents}
    new = {agent.key: agent for agent in now.agents}
    named = {**old, **new}
    people = [named[key].name or key for key in named if old.get(key) != new.get(key)]
    terms = [(item.options, item.measures, item.over_cost, item.centre) for item in (before, now)]
    if terms[0] != terms[1] and len(people) in {0, len(named)}:
        return message(
            "The shift kinds or the centre's settings were changed while the roster was built."
            " Nothing was accepted; build it again."
        )
    if people:
        return message(
            "What {name} may work was changed while the roster was built. Nothing was accepted;"
            " build it again.",
            plural="What {name} and other people ({count} in all) may work was changed while the"
            " roster was built. Nothing was accepted; build it again.",
            name=people[0],
            count=len(people),
        )
    return message(
        "The required staff was changed while the roster was built. Nothing was accepted; build it"
        " again."
    )
