"""How fast the program answers: a re-checked edit, a repair, a stop."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from solver.events import Finished, Progress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from tests.benchmarks._roster_run import watch
from tests.benchmarks.centres import centre
from tests.oracle import roster_checker
from tests.oracle.centre_costs import affected
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem, Stability
from wfm.model.roster import ROSTER_FORMAT, RosterPlan
from wfm.model.rule import OFF, Mask, Primitive, RuleRef

EDITS, EDITED_PEOPLE = 200, 1_000
STOP_AFTER_S, STOPPED_PEOPLE = 8.0, 300
ABSENT, REPAIRED_PEOPLE, PAST_DAYS, BEFORE_REPAIR_S, REPAIR_S = 6, 300, 2, 30.0, 0.8


@dataclass(frozen=True, slots=True)
class Answer:
    """A measured time in seconds beside its limit; ``None``: cannot be measured yet."""

    name: str
    seconds: float | None
    limit: float
    note: str = ""


def recheck() -> Answer:
    """Change one shift of a week of 1,000 people: coverage, cost and rules are current again.

    The shift moves by a quarter of an hour, as under the mouse; the 95th percentile of many.
    """
    from tests.ui.large import large_centre
    from wfm.analysis.draft import AgentChange
    from wfm.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="toban-bench-") as place:
        path = large_centre(Path(place) / "large.toban", EDITED_PEOPLE)
        with Workspace.open(str(path), "planner") as workspace:
            state = workspace.week_state(workspace.week_horizon("next"))
            draft = workspace.rosters.draft(state)
    working = [agent for agent, duties in draft.duties.items() if duties]
    found = []
    for number in range(EDITS):
        agent = working[number * 7 % len(working)]
        before = draft.of(agent)
        first = replace(
            before[0],
            start=before[0].start + 15,
            end=before[0].end + 15,
            breaks=tuple(replace(item, start=item.start + 15) for item in before[0].breaks),
        )
        off = draft.off(agent)
        change = AgentChange(agent, before, (first, *before[1:]), off, off)
        began = time.perf_counter()
        effect = draft.effect([change])
        _ = effect.missing_hours, effect.new, effect.after.cost
        found.append(time.perf_counter() - began)
    median = statistics.median(found)
    note = f"95 % of {EDITS} edits among {EDITED_PEOPLE} people; median {median * 1000:.1f} ms"
    return Answer("re-check of one edit", statistics.quantiles(found, n=20)[-1], 0.020, note)


def repair() -> Answer:
    """Six of 300 people are absent on the third day: how long until the week is whole again.

    The first two days are past, every further change costs.  The time is that of a whole run in a
    child whose kernels are compiled; its roster is checked against the roster before it, and a run
    that does not keep to that counts as no repair.
    """
    name = f"repair of {ABSENT} absences among {REPAIRED_PEOPLE}"
    whole = centre(REPAIRED_PEOPLE)
    before = watch(whole, SolveSettings(BEFORE_REPAIR_S, 2), tell=False).plan
    assert before is not None
    problem = with_absences(whole, before)
    run = watch(problem, SolveSettings(REPAIR_S, 2), tell=False)
    if run.plan is None:
        return Answer(name, None, 1.0, "not measured: no roster")
    document = json.loads(dump_document(problem, PROBLEM_FORMAT))
    roster = json.loads(dump_document(run.plan, ROSTER_FORMAT))
    faults = roster_checker.hard_violations(document, roster)
    faults += roster_checker.false_claims(document, roster)
    if faults:
        return Answer(name, None, 1.0, f"not measured: {faults[0]}")
    cost = before.objective
    people = len(affected(document, roster)) - ABSENT
    note = f"cost {cost:g} before, {run.plan.objective:g} after, {people} others affected"
    return Answer(name, run.plan.seconds, 1.0, note)


def with_absences(problem: RosterProblem, before: RosterPlan) -> RosterProblem:
    """Return the problem of repairing a roster: some are absent, past days stay, changes cost."""
    horizon = problem.horizon
    day = horizon.dates[PAST_DAYS]
    absent = [duty.agent for duty in before.duties if duty.day == day][:ABSENT]
    agents = []
    for agent in problem.agents:
        mine = {horizon.day_index(d.day): d for d in before.duties if d.agent == agent.key}
        rules: list[Primitive] = []
        for past in range(PAST_DAYS):
            duty = mine.get(past)
            kept = (OFF,) if duty is None else tuple(
                place
                for place in agent.options
                if (problem.options[place].start, problem.options[place].end)
                == (duty.start, duty.end)
            )  # fmt: skip
            others = tuple(place for place in (OFF, *agent.options) if place not in kept)
            rules.append(Mask(RuleRef("lock"), past, others))
        if agent.key in absent:
            rules.append(Mask(RuleRef("absence"), PAST_DAYS, agent.options))
        agents.append(replace(agent, primitives=(*agent.primitives, *rules)))
    stability = Stability(before.duties, shift_cost=10, break_cost=1, person_cost=10)
    return replace(problem, agents=tuple(agents), stability=stability)


def stop() -> Answer:
    """Stop a run in its improvement; the time until its best roster is here."""
    problem = centre(STOPPED_PEOPLE)
    stopped = 0.0
    with SolverProcess(problem, SolveSettings(60.0, 2)) as process:
        for event in process.events():
            match event:
                case Progress(seconds) if seconds > STOP_AFTER_S and not stopped:
                    stopped = time.monotonic()
                    process.stop()
                case Finished() if stopped:
                    name = f"stop answered, {STOPPED_PEOPLE} people"
                    return Answer(name, time.monotonic() - stopped, 0.5)
    return Answer("stop answered", None, 0.5, "the run ended before it was stopped")


ANSWERS: tuple[Callable[[], Answer], ...] = (recheck, repair, stop)


def print_answers() -> None:
    """Print every time beside its limit."""
    for ask in ANSWERS:
        answer = ask()
        shown = "      -" if answer.seconds is None else f"{answer.seconds * 1000:7.1f}"
        kept = "" if answer.seconds is None else _verdict(answer.seconds <= answer.limit)
        print(
            f"{answer.name:34}{shown} ms   limit {answer.limit * 1000:5.0f} ms   {kept:5}"
            f"{answer.note}",
            flush=True,
        )


def _verdict(kept: bool) -> str:
    return "met" if kept else "MISS"
