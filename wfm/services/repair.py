"""Repair: people are absent, the rest of the roster changes as little as it is worth.

Also how much coverage more changes would buy: the curve of changes against coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wfm.analysis import agents_changed
from wfm.analysis.effects import Effect, effect
from wfm.analysis.kpis import kpis
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem, Stability
from wfm.model.request import AgentDay
from wfm.model.roster import Duty, RosterPlan
from wfm.model.run import RunRequest, RunScope, careful
from wfm.services.partial import as_it_is, scoped_problem, with_absences
from wfm.services.rostering import Solve

PEOPLE = (0, 1, 2, 3, 5, 8, 13)
"""How many people may be affected at the points of a curve; the last point is "any number"."""

Step = Callable[[int, int, Message], None]
"""Receives how many of how many steps are done, and what is done now."""
Stop = Callable[[], bool]
"""Tells whether the user has asked to stop."""


def _silent(_done: int, _total: int, _text: Message) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired roster: the plan, and what it changes for the week and for whom.

    ``effect`` compares it with the roster without the shifts that the absences cost, so that it
    holds what the repair itself does; ``lost`` is what the absences alone do to the roster.
    """

    problem: RosterProblem
    plan: RosterPlan
    effect: Effect
    lost: Effect


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What at most ``limit`` people affected (``None``: any number) can do for the roster.

    ``people``, ``shifts`` and ``breaks`` count the changes made; ``cost`` is that of the roster
    without costs of changes; ``proven`` tells that no roster of this limit is better, changes
    counted at their cost.
    """

    limit: int | None
    people: int
    shifts: int
    breaks: int
    cost: float
    short_hours: float
    surplus_hours: float
    proven: bool
    plan: RosterPlan


def repair_request(
    absences: Sequence[AgentDay], slot_minutes: int, scope: RunScope | None = None
) -> RunRequest:
    """Return what to ask for: these people absent, the rest changed where it is worth it."""
    return RunRequest(scope or careful(slot_minutes), tuple(absences), purpose="repair")


def repair(
    problem: RosterProblem,
    duties: Sequence[Duty],
    absences: Sequence[AgentDay],
    solve: Solve,
    scope: RunScope | None = None,
    today: date | None = None,
) -> Repaired:
    """Repair the roster of a problem that stands alone.

    In a centre a repair is a run like any other: :func:`repair_request`, then prepared, solved,
    proposed and accepted, so that the absences are entered with the new roster.
    """
    absent = with_absences(problem, duties, absences)
    chosen = scope or careful(problem.horizon.slot_minutes)
    gone = {(item.agent, item.day) for item in absences}
    # who is absent is so whatever the notice
    left = tuple(duty for duty in duties if (duty.agent, duty.day) not in gone)
    plan = solve(scoped_problem(absent, left, chosen, today))
    return Repaired(
        absent, plan, effect(absent, left, plan.duties), effect(absent, tuple(duties), left)
    )


def disruption_curve(
    solved: RosterProblem,
    judged: RosterProblem,
    solve: Solve,
    people: Sequence[int] = PEOPLE,
    *,
    on_step: Step = _silent,
    should_stop: Stop = _never,
) -> tuple[CurvePoint, ...]:
    """Return what more and more people affected buy, the last point with any number of them.

    ``solved`` is the problem of a run on part of a roster (``PreparedBuild.to_solve``), best one in
    which changes cost little (:func:`wfm.model.run.lightly`); ``judged`` is the week's own.  A
    roster found for a lower limit serves for a higher one as well, so no point is worse than the
    one before it.  Ends early where a proven point affects fewer people than it may, for more
    people would change nothing, and where the user stops.
    """
    stability = solved.stability or Stability()
    limits: list[int | None] = [*sorted(set(people)), None]
    points: list[CurvePoint] = []
    best = as_it_is(solved)
    for place, limit in enumerate(limits):
        if should_stop():
            break
        on_step(place, len(limits), _words(limit))
        problem = replace(solved, stability=replace(stability, people=limit))
        plan = solve(problem)
        if best is not None and (best.objective <= plan.objective or _over(problem, plan)):
            same = best.objective == plan.objective
            plan = replace(best, status=plan.status if same else "feasible")
        best = plan
        points.append(_point(judged, stability, limit, plan))
        if plan.status == "optimal" and limit is not None and points[-1].people < limit:
            break
    on_step(len(limits), len(limits), message("Done"))
    return tuple(points)


def _over(problem: RosterProblem, plan: RosterPlan) -> bool:
    """Tell whether a plan affects more people than it may."""
    stability = problem.stability
    if stability is None or stability.people is None:
        return False
    changed = agents_changed(stability.duties, plan.duties)
    affected = sum(any(item.what != "breaks" for item in agent.changes) for agent in changed)
    return affected > stability.people


def _words(limit: int | None) -> Message:
    if limit is None:
        return message("Any number of people affected")
    return message(
        "At most {count} person affected",
        plural="At most {count} people affected",
        count=limit,
    )


def _point(
    judged: RosterProblem, stability: Stability, limit: int | None, plan: RosterPlan
) -> CurvePoint:
    changes = effect(judged, stability.duties, plan.duties)
    found = kpis(judged, plan.duties)
    moved = (change.what == "breaks" for agent in changes.agents for change in agent.changes)
    return CurvePoint(
        limit=limit,
        people=len(changes.people),
        shifts=changes.shifts,
        breaks=sum(moved),
        cost=found.cost,
        short_hours=found.short_hours,
        surplus_hours=found.surplus_hours,
        proven=plan.status == "optimal",
        plan=plan,
    )
