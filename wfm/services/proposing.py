"""A roster built in parts: read the problem, solve it elsewhere, look at it, accept it or not.

What a run finds is a proposal in memory; the centre is changed by :func:`accept_proposal` only.  A
run may build the week anew or, by a :class:`~wfm.model.run.RunRequest`, change part of its roster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from wfm.analysis import RosterDifference, difference
from wfm.analysis.aim_prices import stability_with, with_aims
from wfm.analysis.kpis import roster_cost
from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message
from wfm.model.aims import Aims
from wfm.model.change import Outcome
from wfm.model.codec import to_json
from wfm.model.people import Leave
from wfm.model.problem import RosterProblem
from wfm.model.request import AgentDay
from wfm.model.roster import AgentWeek, Duty, RosterPlan, Unmet
from wfm.model.rule import RuleRef
from wfm.model.run import RunRequest
from wfm.model.site import RunRecord
from wfm.model.time import Horizon, format_iso_week
from wfm.persistence import Store
from wfm.rules import check
from wfm.services.centre import Centre, read_centre
from wfm.services.partial import scoped_problem
from wfm.services.plan_faults import plan_faults
from wfm.services.request_faults import today_of
from wfm.services.rostering import (
    broken_as_reported,
    make_problem,
    planned_weeks,
    problem_hash,
    read_requirements,
    unaimed_problem,
)
from wfm.services.run_records import drop_oldest, free_key, record_of
from wfm.services.session import Session, site_of
from wfm.services.unmet import centre_notes, rule_notes
from wfm.services.week import WeekState, judged, proof_of
from wfm.services.wished import forced


@dataclass(frozen=True, slots=True)
class PreparedBuild:
    """A week's problem, its digest, how many days are locked in it, and what is asked of the run.

    ``problem`` is the week's own: every roster of it is judged by that one.  Where the request is
    for less than the whole week or for other aims, ``solved`` is the problem for the solver;
    ``before`` is the roster that the run starts from, without the duties of absent people.
    """

    problem: RosterProblem
    digest: str
    locked: int
    request: RunRequest = field(default_factory=RunRequest)
    before: tuple[Duty, ...] = ()
    solved: RosterProblem | None = None

    @property
    def to_solve(self) -> RosterProblem:
        """The problem that the solver gets."""
        return self.problem if self.solved is None else self.solved


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan beside the roster it would replace; nothing of it is stored.

    ``state`` is the week as it would be, ``seen`` the agent-weeks that ``difference`` compares it
    with.  ``plan`` speaks of the week's own problem (:func:`restated`).
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


def prepare_build(
    store: Store,
    horizon: Horizon,
    request: RunRequest | None = None,
    before: tuple[Duty, ...] | None = None,
) -> PreparedBuild:
    """Read a week's problem for a run; raises where people or required staff are missing.

    Without a request the whole week is built anew; ``before`` is the roster that the run starts
    from where that is not the one as it is.
    """
    request = request or RunRequest()
    centre = with_absent(read_centre(store, horizon), request.absences)
    requirements = read_requirements(store, horizon)
    roster = centre.roster
    start = roster.duties if before is None else before
    locked = sum(duty.locked for duty in roster.duties) + len(roster.locked_off)
    if request.whole:
        problem = make_problem(centre, requirements)
        return PreparedBuild(problem, problem_hash(problem), locked, request, start)
    plain = unaimed_problem(centre, requirements)
    aims = request.aims or centre.site.aims
    problem = with_aims(plain, centre.site.aims)
    asked = problem if request.aims is None else with_aims(plain, request.aims)
    solved = requested_problem(asked, start, request, aims)
    return PreparedBuild(problem, problem_hash(problem), locked, request, start, solved)


def requested_problem(
    problem: RosterProblem,
    before: Sequence[Duty],
    request: RunRequest,
    aims: Aims | None = None,
) -> RosterProblem:
    """Return the problem that answers a request, starting from the roster ``before``.

    ``problem`` is the week's with the prices and the absences of the request; ``aims`` weigh the
    costs of changes.
    """
    if request.scope.whole and not request.absences and request.wished is None:
        return problem
    found = scoped_problem(problem, before, request.scope, request.today)
    if aims is not None:
        found = replace(found, stability=stability_with(found.stability, aims))
    return found if request.wished is None else forced(found, request.wished)


def with_absent(centre: Centre, absences: Sequence[AgentDay]) -> Centre:
    """Return the centre with people absent on days who have no leave there: their duties go.

    Raises :class:`~wfm.errors.WfmError` for a person or a day that is not of this roster.
    """
    people = {agent.key for agent in centre.agents}
    away = {(leave.agent, leave.day) for leave in centre.leaves if leave.approved}
    for absence in absences:
        if absence.agent not in people:
            raise WfmError(
                message("{agent} is not among the centre's people.", agent=absence.agent)
            )
        if absence.day not in centre.horizon.dates:
            raise WfmError(message("{day} is not among the days of this roster.", day=absence.day))
    cells = {(item.agent, item.day) for item in absences}
    leaves = [Leave(*cell, kind="absence") for cell in sorted(cells - away)]
    return replace(
        centre,
        leaves=(*centre.leaves, *leaves),
        weeks=tuple(_without(week, cells) for week in centre.weeks),
    )


def _without(week: AgentWeek, cells: set[tuple[str, date]]) -> AgentWeek:
    days = [duty.day for duty in week.duties if (week.agent, duty.day) in cells]
    return week.with_days(days, ()) if days else week


def restated(prepared: PreparedBuild, plan: RosterPlan, known: float = 0.0) -> RosterPlan:
    """Return a plan of the problem that was solved as one of the week's own problem.

    Its objective is what the roster costs the week.  Its bound lies below by as much as the run
    could at most have saved, costs of changes included; a run for other aims proves nothing in the
    week's own prices, so that ``known`` (a bound of the week, 0: none) stands.  Rules that the
    roster broke before and still breaks are listed as unmet.  Raises
    :class:`~wfm.errors.WfmError` for a plan that touches what lies outside the scope.
    """
    if prepared.solved is None:
        return plan
    _refuse_touched(prepared, plan.duties)
    cost = roster_cost(prepared.problem, plan.duties)
    saving = max(0.0, plan.objective - plan.lower_bound)
    bound = known if prepared.request.aims is not None else max(known, cost - saving)
    before = _broken(prepared.problem, prepared.before)
    reported = {(item.agent, item.rule.key) for item in plan.unmet if item.rule is not None}
    still = [
        Unmet("rule", agent, rule, amount=amount)
        for (agent, key), (rule, amount) in _broken(prepared.problem, plan.duties).items()
        if (agent, key) not in reported and amount <= before.get((agent, key), (rule, 0))[1]
    ]
    return replace(
        plan,
        objective=cost,
        lower_bound=min(bound, cost),
        unmet=(*plan.unmet, *still),
        proof=(),
    )


def _broken(
    problem: RosterProblem, duties: Sequence[Duty]
) -> dict[tuple[str, str], tuple[RuleRef, int]]:
    """Return each hard rule that a roster breaks, by person and key, and by how much in all."""
    found: dict[tuple[str, str], tuple[RuleRef, int]] = {}
    for item in check(problem, duties):
        if item.hard:
            _, amount = found.get((item.agent, item.rule.key), (item.rule, 0))
            found[item.agent, item.rule.key] = item.rule, amount + abs(item.amount)
    return found


def _refuse_touched(prepared: PreparedBuild, duties: Sequence[Duty]) -> None:
    """Raise when a duty differs where the problem leaves a day only the one it has."""
    wrong = [item for item in check(prepared.to_solve, duties) if item.rule.key == "scope"]
    if wrong:
        raise WfmError(
            message(
                "The run could not keep the roster of {agent} outside its scope: it overlaps, or no"
                " lawful week is left. Choose other days or leave this person out.",
                agent=wrong[0].agent,
            )
        )


def propose(store: Store, prepared: PreparedBuild, plan: RosterPlan) -> Proposal:
    """Compare a plan with the roster as it is now; raises where its week has changed since."""
    problem = prepared.problem
    centre = read_centre(store, problem.horizon)
    _refuse_other_problem(prepared, _problem_now(store, prepared))
    proof = _proof(store, prepared, plan)
    plan = restated(prepared, plan, 0.0 if proof is None else proof.lower_bound)
    weeks = planned_weeks(store, problem, plan.duties)
    proposed = with_absent(_with_weeks(centre, weeks), prepared.request.absences)
    return Proposal(
        prepared,
        plan,
        difference(problem, centre.roster.duties, plan.duties),
        judged(proposed, problem, proof),
        _inside(centre.weeks, problem.horizon),
    )


def accept_proposal(session: Session, proposal: Proposal) -> Outcome:
    """Make a proposal the roster of its week, in one operation, after checking it once more.

    Absences of its request are entered with it.  Raises :class:`~wfm.errors.Conflict` when what it
    was built from, or the roster it was compared with, is another one by now.
    """
    prepared, plan = proposal.prepared, proposal.plan
    problem, horizon = prepared.problem, prepared.problem.horizon
    hard = broken_as_reported(problem, plan)
    record = run_of(session, prepared, plan, accepted=True)
    with session.database.write(session.who, session.clock) as unit:
        _refuse_other_problem(prepared, _problem_now(unit, prepared))
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
        unit.put_all(
            [
                *weeks,
                *_new_leaves(unit, prepared.request.absences),
                replace(record, key=free_key(unit, record.key)),
            ]
        )
        operation = unit.commit(_accepted_words(prepared))
        faults = plan_faults(unit, problem)
    notes = (*faults, *rule_notes(problem, hard), *centre_notes(problem, plan.unmet))
    return Outcome(operation, notes)


def keep_run(session: Session, prepared: PreparedBuild, plan: RosterPlan) -> str:
    """Keep a run that is not accepted (yet), to be shown and compared; returns its key.

    ``plan`` is the solver's, or a proposal's.  Of a week's runs that nobody accepted the oldest are
    forgotten.
    """
    record = run_of(session, prepared, plan, accepted=False)
    with session.database.write(session.who, session.clock) as unit:
        record = replace(record, key=free_key(unit, record.key))
        drop_oldest(unit, record)
        unit.put(record)
        unit.commit(
            message("Keep a run of {week}", week=format_iso_week(prepared.problem.horizon.start))
        )
    return record.key


def run_of(
    session: Session, prepared: PreparedBuild, plan: RosterPlan, *, accepted: bool
) -> RunRecord:
    """Return the record of a run whose plan speaks of the week's problem."""
    with session.database.read() as store:
        site = site_of(store)
    return record_of(
        session,
        site,
        prepared.problem,
        plan,
        digest=prepared.digest,
        request=prepared.request,
        solved=prepared.solved,
        solved_digest="" if prepared.solved is None else problem_hash(prepared.solved),
        before=prepared.before,
        accepted=accepted,
    )


def day_of_run(store: Store, session: Session) -> date:
    """Return the day that counts as today for a run that changes part of a roster."""
    return today_of(site_of(store), session.clock)


def _proof(store: Store, prepared: PreparedBuild, plan: RosterPlan) -> RunRecord | None:
    """Return what is proven of the whole week: by this run, or by one before it."""
    if prepared.solved is not None:
        return proof_of(store, prepared.problem, prepared.digest)
    return RunRecord(
        key="",
        horizon_start=prepared.problem.horizon.start,
        days=prepared.problem.horizon.days,
        problem_hash=prepared.digest,
        settings=plan.settings,
        versions={},
        status=plan.status,
        objective=plan.objective,
        lower_bound=plan.lower_bound,
        seconds=plan.seconds,
    )


def _problem_now(store: Store, prepared: PreparedBuild) -> RosterProblem:
    horizon = prepared.problem.horizon
    centre = with_absent(read_centre(store, horizon), prepared.request.absences)
    return make_problem(centre, read_requirements(store, horizon))


def _new_leaves(store: Store, absences: Sequence[AgentDay]) -> list[Leave]:
    leaves = [Leave(item.agent, item.day, kind="absence") for item in absences]
    found = ((new, store.get(Leave, f"{new.agent}/{new.day}")) for new in leaves)
    return [new for new, old in found if old is None or not old.approved]


def _accepted_words(prepared: PreparedBuild) -> Message:
    week = format_iso_week(prepared.problem.horizon.start)
    if prepared.solved is None or prepared.request.purpose != "repair":
        return message("Accept the roster of {week}", week=week)
    return message("Accept the repaired roster of {week}", week=week)


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
    terms = [
        (item.options, item.measures, item.over_cost, item.centre, to_json(item.centre_rules))
        for item in (before, now)
    ]
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
