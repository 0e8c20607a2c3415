"""The child process: events, stop, and every way in which a child can go wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from solver import SolveSettings
from solver.events import Event, Failed, Finished, Improved, Progress, from_line, to_line
from solver.process import SolverProcess
from solver.warm import sample_problem
from tests.solver.instances import call_centre
from wfm.errors import WfmError
from wfm.messages import message

LONG = SolveSettings(time_limit_s=600, workers=1)


def last(events: Iterator[Event]) -> Event:
    *_, event = events
    return event


def script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_a_child_answers_with_a_finished_plan() -> None:
    with SolverProcess(sample_problem(), SolveSettings(time_limit_s=10, workers=1)) as child:
        event = last(child.events())
    assert isinstance(event, Finished)
    assert event.plan.status == "optimal"
    assert event.plan.duties


@pytest.mark.slow
def test_a_stop_is_answered_with_the_best_roster_so_far() -> None:
    with SolverProcess(call_centre(20), LONG) as child:
        seen: list[Event] = []
        for event in child.events():
            seen.append(event)
            if isinstance(event, Improved):
                child.stop()
    assert isinstance(seen[-1], Finished)
    assert seen[-1].plan.status == "stopped"
    assert any(isinstance(event, Progress) for event in seen)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_child_is_a_sentence() -> None:
    with SolverProcess(call_centre(20), LONG) as child:
        events = child.events()
        assert isinstance(next(events), Progress)
        os.kill(child.pid, signal.SIGKILL)
        event = last(events)
    assert isinstance(event, Failed)
    assert "SIGKILL" in str(event.message)


def test_a_child_that_crashes_is_a_sentence() -> None:
    with SolverProcess(sample_problem(), LONG, command=script("raise SystemExit(3)")) as child:
        event = last(child.events())
    assert isinstance(event, Failed)
    assert "exit code 3" in str(event.message)


def test_a_child_that_talks_nonsense_is_a_sentence() -> None:
    text = "print('hello', flush=True); import time; time.sleep(60)"
    with SolverProcess(sample_problem(), LONG, command=script(text)) as child:
        event = last(child.events())
    assert isinstance(event, Failed)
    assert "no event" in str(event.message)


def test_a_child_that_ignores_the_stop_is_killed() -> None:
    with SolverProcess(sample_problem(), LONG, command=script("import time; time.sleep(60)")) as it:
        it.stop()
        event = last(it.events())
        pid = it.pid
    assert isinstance(event, Failed)
    assert "did not answer" in str(event.message)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_program_that_does_not_exist_is_a_sentence() -> None:
    with (
        pytest.raises(WfmError, match="could not be started"),
        SolverProcess(sample_problem(), LONG, command=["/no/such/program"]),
    ):
        pass


def test_leaving_early_leaves_no_child() -> None:
    with SolverProcess(call_centre(10), LONG) as child:
        next(child.events())
        pid = child.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("line", ["garbage", "{}", '{"problem": {"horizon": 3}}', "", "[" * 5000])
def test_a_child_that_is_sent_garbage_answers_with_a_sentence(line: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "solver"],
        input=line + "\n", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    event = from_line(found.stdout.splitlines()[-1])
    assert isinstance(event, Failed)
    assert "Traceback" not in found.stdout + found.stderr


def test_a_problem_that_contradicts_itself_is_a_sentence() -> None:
    problem = sample_problem()
    broken = {**problem.measures, "start": (1,)}
    import dataclasses

    wrong = dataclasses.replace(problem, measures=broken)
    with SolverProcess(wrong, SolveSettings(time_limit_s=5)) as child:
        event = last(child.events())
    assert isinstance(event, Failed)
    assert "start" in str(event.message)


def test_events_survive_their_journey_as_lines() -> None:
    event = Progress(1.5, None, 3.0, message("Improving {x}", x=1))
    assert from_line(to_line(event)) == event
    with pytest.raises(WfmError):
        from_line('{"type": "Other"}')


def test_importing_the_solver_loads_neither_or_tools_nor_numba() -> None:
    heavy = "[m for m in ('ortools', 'numba') if m in sys.modules]"
    text = f"import sys, solver, solver.process; print({heavy})"
    found = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(found.stdout.replace("'", '"')) == []


def test_an_interrupt_while_waiting_does_not_end_the_events() -> None:
    text = "import time; time.sleep(1.0)"
    with SolverProcess(sample_problem(), LONG, command=script(text)) as child:
        events = child.events()
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            next(events)
        assert time.monotonic() > began
        assert isinstance(next(events), Failed)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def test_a_child_that_hangs_is_ended_and_told() -> None:
    command = script("import time; time.sleep(60)")
    with SolverProcess(sample_problem(), LONG, patience_s=0.3, command=command) as child:
        event = last(child.events())
    assert isinstance(event, Failed)
    assert "no sign of life" in str(event.message)


def test_a_silent_child_is_stopped_when_the_caller_says_so() -> None:
    command = script("import sys; sys.stdin.readline(); sys.stdin.readline(); raise SystemExit(0)")
    asked = iter([False, False, True])
    with SolverProcess(
        sample_problem(), LONG, should_stop=lambda: next(asked, True), command=command
    ) as child:
        event = last(child.events())
    assert isinstance(event, Failed)
    assert "exit code 0" in str(event.message)
