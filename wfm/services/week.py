"""One week as it stands: people, roster, coverage, broken rules and the last proven run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wfm.analysis import AgentShare, Coverage, coverage, fairness
from wfm.calendars import week_of
from wfm.errors import WfmError
from wfm.messages import Message
from wfm.model.problem import RosterProblem
from wfm.model.roster import AgentWeek
from wfm.model.rule import Violation
from wfm.model.site import ROSTERS_OF_RUNS, RunRecord
from wfm.model.time import Horizon
from wfm.model.workload import HistoryDay
from wfm.persistence import Store
from wfm.rules import check, sentence
from wfm.rules.centre import CentreBreach, centre_sentence, check_centre
from wfm.services.centre import Centre, read_centre
from wfm.services.rostering import make_problem, problem_hash, read_requirements


@dataclass(frozen=True, slots=True)
class WeekState:
    """What a screen shows of a week; ``problem`` and ``coverage`` need its required staff.

    ``run`` is the solver run of exactly this problem that proved most, if any: its bound then holds
    for the roster as it is now, edited or not.  ``shares`` are the burdens each agent carries,
    ``together`` the broken rules of the centre as a whole.
    """

    centre: Centre
    problem: RosterProblem | None = None
    coverage: Coverage | None = None
    violations: tuple[tuple[Violation, Message], ...] = ()
    run: RunRecord | None = None
    shares: tuple[AgentShare, ...] = ()
    together: tuple[tuple[CentreBreach, Message], ...] = ()

    @property
    def objective(self) -> float | None:
        """Cost of the roster as it is now: coverage, prices of soft rules and of the centre's."""
        if self.coverage is None:
            return None
        rules = sum(item.cost for item, _ in self.violations)
        return self.coverage.cost + rules + sum(item.cost for item, _ in self.together)


def week_state(store: Store, horizon: Horizon) -> WeekState:
    """Read and check a week; a week without required staff has people and duties only."""
    centre = read_centre(store, horizon)
    try:
        problem = make_problem(centre, read_requirements(store, horizon))
    except WfmError:
        return WeekState(centre, shares=_shares(centre))
    return judged(centre, problem, proof_of(store, problem))


def judged(centre: Centre, problem: RosterProblem, run: RunRecord | None = None) -> WeekState:
    """Check the roster that a centre has for the horizon of a problem (a pure function)."""
    horizon, duties = problem.horizon, centre.roster.duties
    found = check(problem, duties) if duties else ()
    together = check_centre(problem, duties) if duties else ()
    return WeekState(
        centre,
        problem,
        coverage(horizon, problem.demands, problem.agents, duties, problem.over_cost),
        tuple((item, sentence(item, problem)) for item in found),
        run,
        _shares(centre),
        tuple((item, centre_sentence(item.unmet, problem)) for item in together),
    )


def _shares(centre: Centre) -> tuple[AgentShare, ...]:
    return fairness(centre.horizon, centre.agents, centre.roster.duties, centre.wishes)


def proof_of(store: Store, problem: RosterProblem, digest: str = "") -> RunRecord | None:
    """Return the run of exactly this problem that proved most, if there is one."""
    start = problem.horizon.start
    runs = store.where(
        RunRecord, since=start, until=start + timedelta(days=1), leave_out=ROSTERS_OF_RUNS
    )
    digest = digest or (problem_hash(problem) if runs else "")
    same = (run for run in reversed(runs) if run.problem_hash == digest)
    return max(same, key=lambda run: run.lower_bound, default=None)


def known_weeks(store: Store) -> tuple[date, ...]:
    """Return the Mondays of weeks with history or duties, in order."""
    days = {*store.days(HistoryDay), *store.days(AgentWeek)}
    return tuple(sorted({week_of(day) for day in days}))
