"""What is kept of a run of the solver: inputs, limits, versions, figures and its roster."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from wfm import VERSION
from wfm.analysis.kpis import figures_of, kpis, weights_of
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty, RosterPlan
from wfm.model.run import RunRequest
from wfm.model.site import ROSTERS_OF_RUNS, RunRecord, Site
from wfm.persistence import Store, Unit
from wfm.services.session import Session

PARTS = ("numpy", "numba", "ortools")
"""Packages whose version a roster depends on."""
MOST_KEPT = 30
"""Runs of one week that are kept without having been accepted."""


@cache
def versions() -> dict[str, str]:
    """Return the versions of what makes a roster, and the kind of machine it is made on."""
    found = {"toban": VERSION, "python": platform.python_version()}
    for name in PARTS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "–"
    found["machine"] = f"{platform.system()} {platform.machine()} {_processor()}".strip()
    return found


def _processor() -> str:
    """Return the processor's name: compiled kernels and sums of fractions may depend on it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def record_of(
    session: Session,
    site: Site,
    problem: RosterProblem,
    plan: RosterPlan,
    *,
    digest: str,
    request: RunRequest | None = None,
    solved: RosterProblem | None = None,
    solved_digest: str = "",
    before: Sequence[Duty] = (),
    accepted: bool = False,
) -> RunRecord:
    """Return the record of a run.

    ``problem`` is the week's own, ``solved`` the one that was solved if it is another, each with
    its hash; ``plan`` speaks of the week's problem (see
    :func:`wfm.services.proposing.restated`), and its figures are judged by it.
    """
    moment = session.clock()
    return RunRecord(
        key=f"{problem.horizon.start}-{moment:%Y%m%dT%H%M%S}",
        horizon_start=problem.horizon.start,
        days=problem.horizon.days,
        problem_hash=solved_digest or digest,
        settings=plan.settings,
        versions=versions(),
        status=plan.status,
        objective=plan.objective,
        lower_bound=plan.lower_bound,
        seconds=round(plan.seconds, 3),
        accepted=accepted,
        made_at=moment.isoformat(timespec="seconds"),
        made_by=session.who,
        week_hash=digest,
        request=request or RunRequest(),
        rule_set=site.rule_set,
        rules=site.rules,
        weights=weights_of(solved or problem),
        figures=figures_of(kpis(problem, plan.duties, plan.lower_bound or None)),
        before=None if solved is None else tuple(before),
        duties=plan.duties,
    )


def free_key(store: Store, key: str) -> str:
    """Return a key that no run has yet: two runs may end within one second."""
    found, number = key, 2
    while store.get(RunRecord, found) is not None:
        found, number = f"{key}-{number}", number + 1
    return found


def drop_oldest(unit: Unit, new: RunRecord) -> None:
    """Forget the oldest runs of a week that nobody accepted, beyond :data:`MOST_KEPT`."""
    runs = [
        run
        for run in unit.where(RunRecord, since=new.horizon_start, leave_out=ROSTERS_OF_RUNS)
        if run.horizon_start == new.horizon_start and not run.accepted and run.key != new.key
    ]
    runs.sort(key=lambda run: (run.made_at, run.key))
    unit.delete_all(RunRecord, [run.key for run in runs[: max(0, len(runs) + 1 - MOST_KEPT)]])
