"""The child that is kept ready: it answers one run after another, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from solver import SolveSettings
from solver.child import ANSWERS_AT_MOST, SPARE, Child
from solver.events import Failed, Finished, Improved
from solver.process import SolverProcess
from solver.warm import sample_problem
from tests.solver.instances import call_centre
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan

ROUNDS = SolveSettings(iterations=40, workers=2)
LONG = SolveSettings(time_limit_s=600, workers=1)


@pytest.fixture(autouse=True)
def no_spare_is_left() -> Iterator[None]:
    yield
    SPARE.drop()


def run(problem: RosterProblem, settings: SolveSettings = ROUNDS) -> tuple[Child, RosterPlan]:
    """Return the child that answered, and its plan."""
    with SolverProcess(problem, settings) as process:
        *_, event = process.events()
        assert isinstance(event, Finished)
        return process.child, event.plan


def test_without_a_spare_every_run_has_a_child_of_its_own() -> None:
    first, _ = run(sample_problem())
    assert not first.is_alive
    assert run(sample_problem())[0] is not first


def test_one_child_answers_run_after_run_and_each_like_a_new_one() -> None:
    problems = [sample_problem(), call_centre(8), sample_problem(), call_centre(8)]
    alone = [run(problem)[1] for problem in problems[:2]]
    SPARE.keep()
    answers = [run(problem) for problem in problems]
    assert len({child.process.pid for child, _ in answers}) == 1
    for (_, plan), expected in zip(answers, [*alone, *alone], strict=True):
        assert (plan.duties, plan.objective, plan.lower_bound) == (
            expected.duties, expected.objective, expected.lower_bound,
        )  # fmt: skip


def test_a_stop_is_meant_for_the_run_it_was_given_to() -> None:
    SPARE.keep()
    with SolverProcess(call_centre(20), LONG) as process:
        for event in process.events():
            if isinstance(event, Improved):
                process.stop()
        assert isinstance(event, Finished)
        assert event.plan.status == "stopped"
        child = process.child
        process.stop()  # too late: nothing runs
    again, plan = run(sample_problem(), SolveSettings(time_limit_s=30, workers=1))
    assert again is child
    assert plan.status == "optimal"


def test_a_run_that_is_left_early_takes_its_child_with_it() -> None:
    SPARE.keep()
    with SolverProcess(call_centre(20), LONG) as process:
        next(process.events())
        left = process.child
    assert not left.is_alive
    assert run(sample_problem())[0] is not left


def test_a_spare_that_was_killed_is_replaced() -> None:
    SPARE.keep()
    child, _ = run(sample_problem())
    child.kill()
    child.process.wait(timeout=10)
    assert run(sample_problem())[0] is not child


def test_a_spare_that_dies_at_its_work_is_a_sentence_and_the_next_run_has_another() -> None:
    SPARE.keep()
    with SolverProcess(call_centre(20), LONG) as process:
        events = process.events()
        next(events)
        process.kill()
        *_, event = events
    assert isinstance(event, Failed)
    assert run(sample_problem())[1].duties


def test_a_problem_that_is_refused_does_not_end_the_spare() -> None:
    import dataclasses

    SPARE.keep()
    problem = sample_problem()
    wrong = dataclasses.replace(problem, measures={**problem.measures, "start": (1,)})
    with SolverProcess(wrong, ROUNDS) as process:
        *_, event = process.events()
        child = process.child
    assert isinstance(event, Failed)
    assert run(problem)[0] is child


def test_a_child_that_has_answered_often_is_replaced_by_a_fresh_one() -> None:
    SPARE.keep()
    child = SPARE.take()
    child.answers = ANSWERS_AT_MOST - 1
    assert not SPARE.give(child)
    child.close(1.0)
    assert SPARE._child is not None
    assert SPARE._child.is_alive
    assert SPARE._child.process.pid != child.process.pid


def test_nothing_is_left_when_no_spare_is_kept_any_more() -> None:
    SPARE.keep()
    child, _ = run(sample_problem())
    assert child.is_alive
    SPARE.drop()
    assert not child.is_alive
