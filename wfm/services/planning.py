"""The whole line for one week: forecast, required staff, roster, coverage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from wfm.analysis import Coverage, coverage
from wfm.messages import Message, message
from wfm.model.people import Skill
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.rule import Violation
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Requirement
from wfm.services.forecasting import forecast_week
from wfm.services.rostering import Solve, accept_plan, build_problem, check_plan
from wfm.services.session import Session
from wfm.services.staffing import staff_week

Tell = Callable[[Message], None]
"""Receives what is being done now."""


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """Everything the line produced, and how long each stage took in seconds."""

    forecasts: tuple[Forecast, ...]
    requirements: tuple[Requirement, ...]
    problem: RosterProblem
    plan: RosterPlan
    violations: tuple[Violation, ...]
    coverage: Coverage
    notes: tuple[Message, ...]
    seconds: dict[str, float]
    skill_names: dict[str, str]


class Stopwatch:
    """Adds up the seconds of named stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the block as stage ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - start, 3)


def plan_week(session: Session, horizon: Horizon, solve: Solve, tell: Tell) -> PlannedWeek:
    """Run every stage on a horizon and keep each result in the centre.

    Raises :class:`~wfm.errors.WfmError`; what earlier stages stored stays.
    """
    watch = Stopwatch()
    tell(message("Forecasting contacts"))
    with watch.stage("forecast"):
        forecasts, outcome = forecast_week(session, horizon, keep_own=True)
    tell(message("Computing required staff"))
    with watch.stage("staffing"):
        requirements, _ = staff_week(session, horizon)
    with watch.stage("problem"), session.database.read() as store:
        problem = build_problem(store, horizon)
        skill_names = {item.key: item.name for item in store.all(Skill)}
    tell(
        message(
            "Building the roster of {count} agent from {shifts}",
            plural="Building the roster of {count} agents from {shifts}",
            count=len(problem.agents),
            shifts=message("{count} shift", plural="{count} shifts", count=len(problem.options)),
        )
    )
    with watch.stage("solve"):
        plan = solve(problem)
    tell(message("Checking and accepting the roster"))
    with watch.stage("accept"):
        violations = check_plan(problem, plan.duties)
        accepted = accept_plan(session, problem, plan)
    with watch.stage("coverage"):
        covered = plan_coverage(problem, plan)
    return PlannedWeek(
        forecasts,
        requirements,
        problem,
        plan,
        violations,
        covered,
        (*outcome.notes, *accepted.notes),
        watch.seconds,
        skill_names,
    )


def plan_coverage(problem: RosterProblem, plan: RosterPlan) -> Coverage:
    """Return coverage of a plan against the problem's demand."""
    return coverage(
        problem.horizon, problem.demands, problem.agents, plan.duties, problem.over_cost
    )
