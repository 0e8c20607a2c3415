"""How fast the program answers: a re-checked edit, a repair, a stop."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from solver.events import Finished, Progress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from tests.benchmarks.centres import centre

EDITS, EDITED_PEOPLE = 200, 1_000
STOP_AFTER_S, STOPPED_PEOPLE = 8.0, 300


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
    """Six of 300 people are absent: how long until the week is whole again."""
    return Answer("repair of 6 absences among 300", None, 1.0, "not measured: nothing to call yet")


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
