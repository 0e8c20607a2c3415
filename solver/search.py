"""The work of a run's threads: first roster, bound, annealing, and the plan that comes of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from solver.bound import Ascent
from solver.breaks import duties_of
from solver.evaluate import Evaluator
from solver.explain import LegalWeeks, WeekBook
from solver.kernels import Search, new_search, recount
from solver.moves import build, improve, note_best
from solver.stages import Course
from solver.tables import Graphs, Staff, Tables, make_tables, with_graphs
from wfm.messages import message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan

CHUNK = 100
"""Moves between two looks at the clock: tens of milliseconds."""
BOUND_STEPS = 3_000
BOUND_RATES = (0.4, 0.003)
HOT, COLD = 3.0, 0.05
"""First and last temperature, in cost units."""
NOISE = 1.0
MIX = np.array([0.3, 0.6, 0.7, 0.6, 5.0])
"""Shares of kinds of moves, see :func:`solver.moves.choose`."""


class Optimiser:
    """Everything about one problem that its searches share."""

    def __init__(self, problem: RosterProblem, course: Course) -> None:
        self.problem, self.course = problem, course
        self.evaluator = Evaluator(problem)
        self.legal: list[LegalWeeks] = []
        self.tables: Tables
        self.staff: Staff
        self.graphs: Graphs

    # --- stages ----------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Compile the rules and build a first legal roster."""
        book = WeekBook(self.problem, self.course.settings.seed)
        self.legal = book.all()
        self.tables = make_tables(self.problem, [item.primitives for item in self.legal])
        self.staff, self.graphs = with_graphs(self.tables, [item.search for item in self.legal])
        self.course.stage = message("First roster")
        search = self._new_search(self.course.settings.seed)
        self._build(search)
        self.course.offer(search.totals[0], search.choice, search.placing)

    def work(self, number: int) -> None:
        """Be one worker: the last one raises the bound first."""
        settings = self.course.settings
        search = self._new_search(settings.seed * 64 + number)
        if number == settings.workers - 1:
            self._raise_bound()
        self._build(search)
        if number == 0 and self.exact_first:
            self._prove()
        self._anneal(search)

    @property
    def exact_first(self) -> bool:
        """Tell whether the whole problem is small enough for one model."""
        from solver.whole import SMALL, size

        return size(self.tables) <= SMALL and all(item.exact for item in self.legal)

    # --- parts -----------------------------------------------------------------------------------

    def _new_search(self, seed: int) -> Search:
        return new_search(self.tables.grid, self.tables.geometry, self.staff, self.graphs, seed)

    def _build(self, search: Search) -> None:
        """Fill a roster greedily, agents in random order."""
        order = np.random.default_rng(int(search.random[0])).permutation(len(self.problem.agents))
        build(
            self.tables.grid, self.tables.geometry, self.staff, self.graphs, search, order, 0.0
        )  # fmt: skip
        note_best(search)

    def _raise_bound(self) -> None:
        """Climb with falling steps, for a share of the time."""
        course = self.course
        course.stage = message("Proving how good a roster can be")
        ascent = Ascent(self.tables, [item.bound for item in self.legal])
        budget = min(0.25 * course.left, 15.0)
        until = course.seconds + budget
        high, low = BOUND_RATES
        part = 0.0
        began = course.seconds
        steps = 0
        while part < 1:
            course.check()
            ascent.climb(10, high * (low / high) ** part)
            steps += 10
            course.raise_bound(ascent.bound)
            part = steps / BOUND_STEPS
            if not course.settings.iterations:
                part = max(part, (course.seconds - began) / max(until - began, 1e-3))

    def _anneal(self, search: Search) -> None:
        """Improve until the time is over, cooling down as it passes."""
        course = self.course
        settings = course.settings
        course.stage = message("Improving")
        units = self.tables.scale.units
        began = course.seconds
        limit = max(course.left, 1e-3)
        done = 0
        while True:
            course.check()
            if settings.iterations:
                part = done / settings.iterations
            else:
                part = (course.seconds - began) / limit
            if part >= 1:
                return
            heat = HOT * (COLD / HOT) ** part * units
            improve(
                self.tables.grid, self.tables.geometry, self.staff, self.graphs, search,
                MIX, CHUNK, heat, heat, NOISE, 0.0,
            )  # fmt: skip
            done += CHUNK
            course.offer(search.totals[1], search.best_choice, search.best_placing)
            if self._closed():
                return

    def _prove(self) -> None:
        """Solve the whole problem as one model, from the best roster so far."""
        from solver.whole import Watcher, WholeModel, cp_model

        course = self.course
        course.check()
        course.stage = message("Proving the best roster of a small centre")
        whole = WholeModel(self.tables, self.legal)
        assert course.roster is not None
        whole.hint(*course.roster)
        solver = cp_model.CpSolver()
        settings = course.settings
        solver.parameters.num_workers = 1 if settings.workers == 1 else 8
        solver.parameters.random_seed = settings.seed
        if settings.iterations:
            solver.parameters.max_deterministic_time = settings.iterations / 1_000
        else:
            solver.parameters.max_time_in_seconds = max(course.left, 0.01)
        units = self.tables.scale.units
        solver.best_bound_callback = lambda value: course.raise_bound(
            math.ceil(value - 1e-6) / units
        )
        course.on_over = solver.stop_search
        watcher = Watcher(whole, course.roster[1].shape, course.offer, course.over.is_set)
        status = solver.solve(whole.model, watcher)
        course.on_over = None
        if status == cp_model.OPTIMAL:
            course.raise_bound(course.total / units)
        self._closed()

    def _closed(self) -> bool:
        """Tell whether the best roster has been proven best; ends the run if so."""
        course = self.course
        if course.total <= course.bound * self.tables.scale.units + 1e-6:
            course.proven = True
            course.over.set()
        return course.proven

    # --- results ---------------------------------------------------------------------------------

    @property
    def objective(self) -> float | None:
        """The best objective so far, as the search counts it."""
        if math.isinf(self.course.total):
            return None
        return self.course.total / self.tables.scale.units

    def plan(self, status: str) -> RosterPlan:
        """Return the best roster with everything recomputed from its duties."""
        assert self.course.roster is not None
        with self.course.lock:
            choice, placing = self.course.roster
        duties = duties_of(self.problem, self.tables.placings, choice, placing)
        weeks: Sequence[Sequence[int]] = choice.tolist()
        found = self.evaluator.evaluate(weeks, duties)
        settings = self.course.settings
        return RosterPlan(
            horizon=self.problem.horizon,
            duties=duties,
            objective=found.objective,
            lower_bound=min(self.course.bound, found.objective),
            status=status,
            seconds=round(self.course.seconds, 3),
            violations=found.violations,
            unmet=found.unmet,
            settings={
                "time_limit_s": math.ceil(settings.time_limit_s),
                "workers": settings.workers,
                "seed": settings.seed,
                "iterations": settings.iterations,
            },
        )


__all__ = ["Optimiser", "recount"]
