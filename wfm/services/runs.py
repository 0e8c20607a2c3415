"""Runs as records: listed, shown again, compared with each other, and repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from wfm.analysis import AgentDifference, agents_changed
from wfm.analysis.kpis import KPI_NAMES
from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message
from wfm.model.aims import Aims
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty, RosterPlan
from wfm.model.run import RunRequest, careful
from wfm.model.site import ROSTERS_OF_RUNS, RunRecord
from wfm.model.time import Horizon, format_iso_week
from wfm.persistence import Store
from wfm.services.proposing import PreparedBuild, Proposal, prepare_build, propose
from wfm.services.run_records import versions
from wfm.services.session import site_of

SETTING_NAMES: dict[str, Message] = {
    "time_limit_s": message("Time limit"),
    "workers": message("Processors"),
    "seed": message("Seed"),
    "iterations": message("Moves (0: by time)"),
}
"""Names of the limits of a run."""


class SolveAgain(Protocol):
    """How a front end lends the solver with the limits of an earlier run."""

    def __call__(self, problem: RosterProblem, settings: Mapping[str, int]) -> RosterPlan:
        """Return the plan; ``settings`` are those of :class:`~wfm.model.roster.RosterPlan`."""
        ...


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of two runs; ``None`` where a run did not keep it."""

    key: str
    name: Message
    one: float | None
    other: float | None


@dataclass(frozen=True, slots=True)
class RunComparison:
    """What two runs have different: inputs in words, figures, and the duties of each person."""

    one: RunRecord
    other: RunRecord
    inputs: tuple[Message, ...]
    figures: tuple[FigureChange, ...]
    agents: tuple[AgentDifference, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run made once more: whether the roster is the same, for whom not, and what may explain it.

    ``reasons`` names what was not as it was: versions, machine, a limit in time.
    """

    record: RunRecord
    plan: RosterPlan
    agents: tuple[AgentDifference, ...]
    reasons: tuple[Message, ...]

    @property
    def same(self) -> bool:
        """Whether everybody has the same duties and breaks."""
        return not self.agents


def runs_of(store: Store, horizon: Horizon) -> tuple[RunRecord, ...]:
    """Return the runs of a week, the newest first, without their rosters (:func:`run_named`)."""
    start = horizon.start
    found = store.where(
        RunRecord, since=start, until=start + timedelta(days=1), leave_out=ROSTERS_OF_RUNS
    )
    return tuple(sorted(found, key=lambda run: (run.made_at, run.key), reverse=True))


def run_named(store: Store, key: str) -> RunRecord:
    """Return a run by its key; raises :class:`~wfm.errors.WfmError`."""
    record = store.get(RunRecord, key)
    if record is None:
        raise WfmError(message("There is no run {key}. The list of runs names them.", key=key))
    return record


def proposal_of(store: Store, key: str) -> Proposal:
    """Return the roster of a run as a proposal beside the roster as it is now.

    Raises :class:`~wfm.errors.Conflict` where what it was made from is another by now.
    """
    record = run_named(store, key)
    prepared = _prepared(store, record)
    plan = RosterPlan(
        prepared.problem.horizon,
        _duties(record),
        record.objective,
        record.lower_bound,
        record.status,
        record.seconds,
        settings=record.settings,
    )
    return propose(store, prepared, plan)


def compare_runs(store: Store, one: str, other: str) -> RunComparison:
    """Return what two runs have different; they need not be of the same week's inputs."""
    first, second = run_named(store, one), run_named(store, other)
    if (first.horizon_start, first.days) != (second.horizon_start, second.days):
        raise WfmError(
            message(
                "Runs {one} and {other} are of different days; compare runs of one week.",
                one=one,
                other=other,
            )
        )
    return RunComparison(
        first,
        second,
        tuple(_inputs(first, second)),
        tuple(
            FigureChange(key, name, first.figures.get(key), second.figures.get(key))
            for key, name in KPI_NAMES.items()
        ),
        agents_changed(_duties(first), _duties(second)),
    )


def prepared_again(store: Store, key: str) -> tuple[RunRecord, PreparedBuild]:
    """Return a run and the problem it was made from.

    Raises :class:`~wfm.errors.Conflict` where that is another by now.
    """
    record = run_named(store, key)
    return record, _prepared(store, record)


def repeat_run(record: RunRecord, prepared: PreparedBuild, solve: SolveAgain) -> Repeat:
    """Make a run once more from the same inputs and say whether the roster is the same."""
    before = _duties(record)
    plan = solve(prepared.to_solve, record.settings)
    return Repeat(record, plan, agents_changed(before, plan.duties), tuple(_doubts(record)))


def alternatives(aims: Aims, slot_minutes: int) -> tuple[RunRequest, ...]:
    """Return what to ask for up to three rosters of a week: cheapest, most wishes, least change.

    The same week under three orders of its aims; the rules of the centre stay where they are.
    """
    ahead = aims.keys.index("service") + 1
    wishes = aims.moved("wishes", aims.keys.index("service"))
    cheapest = aims.moved("surplus", ahead).with_strength("surplus", "strong")
    calm = aims.moved("few_changes", aims.keys.index("service"))
    return (
        RunRequest(aims=cheapest, purpose="cheapest"),
        RunRequest(aims=wishes.with_strength("wishes", "strong"), purpose="wishes"),
        RunRequest(scope=careful(slot_minutes), aims=calm, purpose="least_change"),
    )


def _prepared(store: Store, record: RunRecord) -> PreparedBuild:
    """Return what a record's run was made from; raises where that is another by now."""
    site = site_of(store)
    horizon = Horizon(record.horizon_start, record.days, site.slot_minutes, site.zone)
    prepared = prepare_build(store, horizon, record.request, before=record.before)
    if prepared.digest != (record.week_hash or record.problem_hash):
        raise Conflict(
            message(
                "What run {key} of {week} was made from has changed since: people, rules, aims or"
                " required staff. It can be shown and compared, not made again or accepted.",
                key=record.key,
                week=format_iso_week(record.horizon_start),
            )
        )
    return prepared


def _duties(record: RunRecord) -> tuple[Duty, ...]:
    if record.duties is None:
        raise WfmError(
            message(
                "Run {key} was made before rosters were kept with their runs: it has no roster.",
                key=record.key,
            )
        )
    return record.duties


def _inputs(one: RunRecord, other: RunRecord) -> Iterator[Message]:
    """Yield what two runs were given differently."""
    if (one.week_hash or one.problem_hash) != (other.week_hash or other.problem_hash):
        yield message("People, rules, aims or required staff were changed between the two.")
    if one.request.aims != other.request.aims:
        yield message("They follow other aims.")
    if one.request.scope != other.request.scope:
        yield message("They may change other parts of the roster, or at other costs.")
    if one.request.absences != other.request.absences:
        yield message("Other people are absent.")
    if (one.rule_set, one.rules) != (other.rule_set, other.rules):
        yield message("The work rules have other numbers.")
    for key in sorted({*one.settings, *other.settings}):
        before, after = one.settings.get(key), other.settings.get(key)
        if before != after:
            yield message(
                "{what}: {before} → {after}",
                what=SETTING_NAMES.get(key, key),
                before="–" if before is None else before,
                after="–" if after is None else after,
            )
    yield from _versions_changed(one.versions, other.versions)


def _versions_changed(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Message]:
    for key in sorted({*one, *other}):
        if one.get(key) != other.get(key):
            yield message(
                "{what}: {before} → {after}",
                what=key,
                before=one.get(key, "–"),
                after=other.get(key, "–"),
            )


def _doubts(record: RunRecord) -> Iterator[Message]:
    """Yield why a repeat may differ from a run."""
    if not record.settings.get("iterations"):
        yield message(
            "The run was limited by time, not by moves: a repeat gets as far as the machine is"
            " fast, and may end with another roster."
        )
    yield from _versions_changed(record.versions, versions())
