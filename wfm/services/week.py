"""One week as it stands: people, roster, coverage, broken rules and the last proven run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wfm.analysis import Coverage, coverage
from wfm.errors import WfmError
from wfm.messages import Message
from wfm.model.problem import RosterProblem
from wfm.model.roster import AgentWeek
from wfm.model.rule import Violation
from wfm.model.site import RunRecord
from wfm.model.time import Horizon
from wfm.model.workload import HistoryDay
from wfm.persistence import Store
from wfm.rules import check, sentence
from wfm.services.centre import Centre, read_centre
from wfm.services.rostering import make_problem, read_requirements


@dataclass(frozen=True, slots=True)
class WeekState:
    """What a screen shows of a week; ``problem`` and ``coverage`` need its required staff.

    ``run`` is the accepted solver run whose roster is still unchanged, if any.
    """

    centre: Centre
    problem: RosterProblem | None = None
    coverage: Coverage | None = None
    violations: tuple[tuple[Violation, Message], ...] = ()
    run: RunRecord | None = None


def week_state(store: Store, horizon: Horizon) -> WeekState:
    """Read and check a week; a week without required staff has people and duties only."""
    centre = read_centre(store, horizon)
    try:
        problem = make_problem(centre, read_requirements(store, horizon))
    except WfmError:
        return WeekState(centre)
    duties = centre.roster.duties
    covered = coverage(horizon, problem.demands, problem.agents, duties, problem.over_cost)
    found = check(problem, duties) if duties else ()
    return WeekState(
        centre,
        problem,
        covered,
        tuple((item, sentence(item, problem)) for item in found),
        _run(store, horizon),
    )


def _run(store: Store, horizon: Horizon) -> RunRecord | None:
    runs = store.where(RunRecord, since=horizon.start, until=horizon.start + timedelta(days=1))
    return runs[-1] if runs else None


def known_weeks(store: Store) -> tuple[date, ...]:
    """Return the Mondays of weeks with history or duties, in order."""
    days = {*store.days(HistoryDay), *store.days(AgentWeek)}
    return tuple(sorted({day - timedelta(days=day.weekday()) for day in days}))
