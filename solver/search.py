"""The work of a run's threads: first roster, bound, annealing, and the plan that comes of it."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from solver.before import shares, start_roster
from solver.bound import Ascent
from solver.breaks import duties_of
from solver.compile import Ints
from solver.evaluate import Evaluator
from solver.insertion import insert, note_keepable, recount
from solver.lawful import unable_among
from solver.legal import LegalWeeks, WeekBook
from solver.meeting import Meeting
from solver.moves import build, improve, note_best
from solver.stages import Course, StoppedError
from solver.state import Search, new_search
from solver.tables import Floats, Graphs, Staff, Tables, choices, make_tables, mixable
from solver.tours import TourBook, Tours
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.rule import Primitive

if TYPE_CHECKING:
    from solver.settling import Changes

WEEK_DAYS = 7
CHUNK_S = 0.05
"""Seconds of moves between two looks at the clock."""
CHUNK_MOVES = 200
"""Moves between two looks where moves are counted, not timed."""
BOUND_STEPS = 3_000
BOUND_RATES = (0.4, 0.003)
BOUND_SHARE, BOUND_MOST_S, MIXED_MOST_S = 0.35, 60.0, 10.0
"""Share of the time for the bound, most seconds, and most where a mixture of weeks will help it."""
SAMPLED, SAMPLE, MOST_SPARSE = 0.4, 60, 12
"""Share of the ascent that asks a sample of the agents, about how many, and at most one in ..."""
KEPT_EVERY = 10
"""Steps of the ascent between two that are remembered, and the most between looks at the clock."""
ENOUGH = 20
"""Weeks of every agent that are enough for the other workers to begin with."""
STARTS = 12
"""Rosters drawn from those weeks, of which a worker takes the best."""
LEANS = 0.4, 0.7
"""How far moves lean from what an interval costs now to what the proof says it is worth.

Without it many weeks and breaks look equally good and the search drifts among them; the prices of
the bound know what all other agents could still do.  Workers take turns through the list, for what
is best differs from centre to centre."""
HOT, COLD, FROZEN = 0.17, 0.05, 0.005
"""Temperatures at the start, at :data:`QUENCH` of the time and at its end, as shares of what the
cheapest missing agent-interval costs."""
QUENCH = 0.9
FEW = 100
"""Agents up to which the search begins at its hottest."""
NOISE = 1.0
MIX = np.array([0.1, 0.2, 0.2, 0.8, 4.0])
LONG_MIX = np.array([0.2, 0.4, 0.6, 0.8, 4.0])
"""Shares of kinds of moves, see :func:`solver.moves.choose`; the second for more than a week, where
days hang together so much that moving one or two seldom helps."""
SETTLE_SHARE = 0.03
"""Share of the time in which CP-SAT settles the days of the best roster, at its end.

Small, for annealing leaves little to do: of 16 days of annealed rosters of 60 and 100 agents,
CP-SAT bettered one, by 0.1 % of the objective."""
SMALL = 5_000
"""Choices of options and breaks up to which one model of the whole problem is tried."""
JOIN_AT = 0.6
"""Share of the time after which a worker goes on from the best roster if its own is worse."""


class Optimiser:
    """Everything about one problem that its searches share."""

    def __init__(self, problem: RosterProblem, course: Course) -> None:
        self.problem, self.course = problem, course
        self.evaluator = Evaluator(problem)
        self.legal: list[LegalWeeks] = []
        self.tables: Tables
        self.staff: Staff
        self.graphs: Graphs
        self.tours: Tours | None = None
        self.guide: tuple[Floats, Floats] | None = None
        self.bounded = threading.Event()
        self.meeting = Meeting(course.settings.workers)
        self.judging_s = 0.0
        """How long the last :meth:`plan` took."""

    # --- stages ----------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Compile the rules and build a first legal roster."""
        course = self.course
        self._make_legal(())
        course.stage = message("First roster")
        began = course.seconds
        first = self._first(course.settings.seed)
        # judging a roster takes about as long as making one
        self.judging_s = course.seconds - began
        extra = shares(self.problem, first.best_choice.tolist())
        if extra is not None:
            self._make_legal(extra)
            first = self._first(course.settings.seed)
        self._offer(first)

    def _make_legal(self, extra: Sequence[Sequence[Primitive]]) -> None:
        book = WeekBook(self.problem, self.course.settings.seed, extra=extra)
        self.legal = book.made()
        self._compile()
        lost = unable_among(self.problem, self.staff, self.graphs, self.spare)
        for place in lost:
            self.legal[place] = book.least_bad(place)
        if lost:
            self._compile()
        self.book = book

    def _compile(self) -> None:
        from solver.staff import with_weeks

        self.tables = make_tables(self.problem, [item.primitives for item in self.legal])
        self.staff, self.graphs = with_weeks(
            self.problem, self.tables.staff, self.tables.scale.units,
            [item.search for item in self.legal],
        )  # fmt: skip
        self.keepable = np.zeros(len(self.problem.agents), dtype=np.int64)
        self.spare = self.blank(1)
        if self.problem.stability is not None:
            note_keepable(
                self.tables.grid, self.tables.geometry, self.staff, self.graphs, self.spare
            )
            self.keepable = self.spare.keepable.copy()

    def blank(self, seed: int) -> Search:
        """Return an empty roster."""
        tables = self.tables
        search = new_search(tables.grid, tables.geometry, self.staff, self.graphs, seed)
        search.keepable[:] = self.keepable
        return search

    def work(self, number: int) -> None:
        """Be one worker; when it fails, all end."""
        try:
            self._work(number)
        except threading.BrokenBarrierError:
            raise StoppedError from None
        except StoppedError:
            self.meeting.leave()
            raise
        except BaseException:
            self.meeting.leave()
            self.course.end()
            raise

    def _work(self, number: int) -> None:
        """Raise the bound if this is the last worker; improve."""
        settings = self.course.settings
        seed = settings.seed * 64 + number
        counted = bool(settings.iterations)
        last = number == settings.workers - 1
        if number == 0 and self.exact_first:
            self._prove()
        if counted:
            # what one finds must not depend on how far the others are
            self.meeting.wait()
        if last:
            self._raise_bound()
        if counted:
            self.meeting.wait()
        early = self._first(seed)
        while not self.bounded.is_set():
            self.improve_for(LEANS[number % len(LEANS)], early, COLD * self.unit)
        # CP-SAT's days know coverage and rules of single agents only
        alone = not self.problem.centre_rules and self.problem.stability is None
        search = self._start(seed, early)
        dives = last and mixable(self.problem)
        if dives:
            from solver.mixing import mix_and_dive

            mix_and_dive(self, seed)
        settles = last and alone and not self.exact_first and not dives
        self._anneal(number, search, SETTLE_SHARE if settles else 0.0)
        if counted:
            self._agree(number, search)
        if settles:
            from solver.settling import settle

            settle(self.course, self.tables, self.staff, seed, self._adopt)

    @property
    def exact_first(self) -> bool:
        """Tell whether the whole problem is small enough for one model."""
        return choices(self.tables) <= SMALL and all(item.exact for item in self.legal)

    # --- parts -----------------------------------------------------------------------------------

    @property
    def unit(self) -> float:
        """What the cheapest missing agent-interval costs, in cost × units."""
        costs = [step.cost for demand in self.problem.demands for step in demand.under_steps]
        positive = [cost for cost in costs if cost > 0]
        return (min(positive, default=1) + self.problem.over_cost) * self.tables.scale.units

    def _offer(self, search: Search) -> None:
        self.course.offer(float(search.totals[1]), search.best_choice, search.best_placing)

    def _first(self, seed: int) -> Search:
        """Return the roster before the run, mended, or one filled agent by agent."""
        search = self.blank(seed)
        found = start_roster(self.tables, search.placing.shape[2])
        if found is None:
            order = np.random.default_rng([seed, 3]).permutation(len(self.problem.agents))
        else:
            search.choice[:], search.placing[:] = found
            order = self.count(search)
        stranded = self._build(search, order)
        if stranded:
            self._rescue(search, order[:stranded].tolist())
        note_best(search)
        return search

    def _rescue(self, search: Search, places: Sequence[int]) -> None:
        """Give agents whose caps the search cannot keep a week by CP-SAT."""
        for place in places:
            week = self.book.week_of(place, self.legal[place])
            if week is None:
                raise WfmError(
                    message(
                        "No week was found that keeps the rules of {agent}. Loosen one of them.",
                        agent=self.problem.agents[place].name or self.problem.agents[place].key,
                    )
                )
            search.choice[place] = week
            search.placing[place] = 0
        self.count(search)

    def _start(self, seed: int, early: Search) -> Search:
        """Return the best of some drawn rosters, or the early one if that is better."""
        best, tours = early, self.tours
        # what is to be kept is in the early roster only
        for number in range(STARTS if tours and self.problem.stability is None else 0):
            assert tours is not None
            self.course.check()
            search = self.blank(seed * STARTS + number)
            tours.draw(search, seed * STARTS + number)
            unlawful = self.count(search)
            if len(unlawful) and self._build(search, unlawful):
                continue
            note_best(search)
            best = min(best, search, key=lambda item: float(item.totals[1]))
        self._offer(best)
        return best

    def _build(self, search: Search, order: Ints) -> int:
        return int(
            build(
                self.tables.grid, self.tables.geometry, self.staff, self.graphs, search, order, 0.0
            )
        )

    def _raise_bound(self) -> None:
        """Climb with falling steps, for a share of the time; keep weeks to draw rosters from.

        The first :data:`SAMPLED` of it asks only some of many agents, the rest all of them.
        """
        course = self.course
        course.stage = message("Proving how good a roster can be")
        self.ascent = ascent = Ascent(self.tables, [item.bound for item in self.legal])
        book = TourBook(self.tables, ascent)
        counted = bool(course.settings.iterations)
        most = MIXED_MOST_S if mixable(self.problem) else BOUND_MOST_S
        budget = max(min(BOUND_SHARE * course.left, most), 1e-3)
        began = course.seconds
        high, low = (rate * self.unit / self.tables.scale.units / 6 for rate in BOUND_RATES)
        sample = min(max(len(self.problem.agents) // SAMPLE, 1), MOST_SPARSE)
        part = 0.0
        steps, pace = 0, KEPT_EVERY
        try:
            while part < 1:
                course.check()
                every = sample if part < SAMPLED else 1
                started = course.seconds
                ascent.climb(pace, high * (low / high) ** part, every)
                steps += pace
                if part > SAMPLED and (steps - pace) // KEPT_EVERY < steps // KEPT_EVERY:
                    book.keep()
                    if not counted:
                        self.guide = ascent.guide()
                    if book.count == ENOUGH and not counted and not self.bounded.is_set():
                        self.tours = book.tours()
                        self.bounded.set()
                course.raise_bound(ascent.bound, ascent.proof)
                part = steps / BOUND_STEPS
                if not counted:
                    # a stop is answered between two climbs
                    spent = max(course.seconds - started, 1e-6)
                    pace = min(max(int(pace * CHUNK_S / spent), 1), KEPT_EVERY)
                    part = max(part, (course.seconds - began) / budget)
        finally:
            if steps:
                self.guide = ascent.guide()
            self.tours = book.tours()
            self.bounded.set()

    def improve_for(self, lean: float, search: Search, heat: float, moves: int = 0) -> int:
        """Make moves at one temperature: ``moves``, or as many as fit :data:`CHUNK_S`."""
        course, tables = self.course, self.tables
        until = course.seconds + CHUNK_S
        done = 0
        mix = MIX if self.problem.horizon.days <= WEEK_DAYS else LONG_MIX
        if self.guide is not None and self.problem.stability is None:
            search.guide[:], search.span_guide[:] = self.guide
            search.lean[0] = lean
        while True:
            course.check()
            step = moves or 100
            improve(
                tables.grid, tables.geometry, self.staff, self.graphs, search, mix, step, heat,
                heat, NOISE,
            )  # fmt: skip
            done += step
            if moves or course.seconds >= until:
                break
        self._offer(search)
        self.closed()
        return done

    def _anneal(self, number: int, search: Search, spare: float) -> None:
        """Improve until a ``spare`` share of the time is left, cooling down as it passes."""
        course = self.course
        course.stage = message("Improving")
        began = course.seconds
        limit = max(course.left - spare * course.settings.time_limit_s, 1e-3)
        count = course.settings.iterations
        # many people leave few moves for each: heat would spoil what rounding has found
        hot = min(max(HOT * FEW / max(len(self.problem.agents), 1), COLD), HOT)
        done = 0
        joined = False
        while (part := done / count if count else (course.seconds - began) / limit) < 1:
            if self.problem.stability is not None:
                # it begins with a roster that was good: heat would only stir it up
                heat = COLD * (FROZEN / COLD) ** part
            elif part < QUENCH:
                heat = hot * (COLD / hot) ** (part / QUENCH)
            else:
                heat = COLD * (FROZEN / COLD) ** ((part - QUENCH) / (1 - QUENCH))
            moves = CHUNK_MOVES if count else 0
            lean = LEANS[number % len(LEANS)]
            done += self.improve_for(lean, search, heat * self.unit, moves)
            if part >= JOIN_AT and not joined:
                joined = True
                if count:
                    self._agree(number, search)
                with course.lock:
                    best, roster = course.total, course.roster
                if roster is not None and best < float(search.totals[1]) - self.unit:
                    search.choice[:], search.placing[:] = roster
                    self.count(search)

    def _agree(self, number: int, search: Search) -> None:
        """Wait for all workers and settle which of their rosters is the best."""
        rosters = self.meeting.exchange(number, search)
        with self.course.lock:
            best = min(rosters, key=lambda item: float(item.totals[1]))
            if float(best.totals[1]) <= self.course.total:
                self.course.total = float(best.totals[1])
                self.course.roster = (best.best_choice.copy(), best.best_placing.copy())
        self.meeting.wait()

    def count(self, search: Search) -> Ints:
        """Work out what a search's roster costs and take it as its best.

        Returns the agents whose weeks are not lawful; they are taken out.
        """
        tables = self.tables
        closed = np.zeros(self.problem.horizon.days, dtype=np.int64)
        search.affected[:] = 0
        illegal = []
        for agent in range(len(self.problem.agents)):
            before = search.choice[agent].copy()
            # with every day closed this only works out what the agent's own rules cost
            if not insert(
                tables.grid, tables.geometry, self.staff, self.graphs, search, agent, closed, 0.0
            ):
                illegal.append(agent)
                search.choice[agent] = -1
                search.private[agent] = 0.0
            else:
                search.choice[agent] = before
        recount(tables.grid, tables.geometry, self.staff, search)
        note_best(search)
        return np.array(illegal, dtype=np.int64)

    def _adopt(self, changes: Changes) -> None:
        """Put changed duties into the best roster, which may have moved on meanwhile."""
        from solver.settling import put_in

        course, tables = self.course, self.tables
        search = self.blank(1)
        with course.lock:
            assert course.roster is not None
            search.choice[:], search.placing[:] = course.roster
        put_in(tables, self.staff, changes, search.choice, search.placing)
        self.count(search)
        self._offer(search)
        self.closed()

    def _prove(self) -> None:
        """Solve the whole problem as one model, from the best roster so far."""
        from ortools.sat.python import cp_model

        from solver.whole import Watcher, WholeModel

        course = self.course
        course.check()
        course.stage = message("Proving the best roster of a small centre")
        whole = WholeModel(self.tables, self.legal)
        assert course.roster is not None
        whole.hint(*course.roster)
        solver = cp_model.CpSolver()
        settings = course.settings
        # several CP-SAT workers are quicker to a proof, one alone is reproducible
        solver.parameters.num_workers = 1 if settings.workers == 1 or settings.iterations else 8
        solver.parameters.random_seed = settings.seed
        if settings.iterations:
            solver.parameters.max_deterministic_time = settings.iterations / 1_000
        else:
            solver.parameters.max_time_in_seconds = max(course.left, 0.01)
        units = self.tables.scale.units
        solver.best_bound_callback = lambda value: course.raise_bound(
            math.ceil(value - 1e-6) / units
        )
        watcher = Watcher(whole, course.roster[1].shape, course.offer, course.over.is_set)
        with course.enders(solver.stop_search):
            status = solver.solve(whole.model, watcher)
        if status == cp_model.OPTIMAL:
            course.raise_bound(course.total / units)
        self.closed()

    def closed(self) -> bool:
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
        course = self.course
        began = course.seconds
        with course.lock:
            assert course.roster is not None
            choice, placing = course.roster
        duties = duties_of(self.problem, self.tables.placings, choice, placing)
        weeks: Sequence[Sequence[int]] = choice.tolist()
        found = self.evaluator.evaluate(weeks, duties)
        settings = course.settings
        self.judging_s = course.seconds - began
        return RosterPlan(
            horizon=self.problem.horizon,
            duties=duties,
            objective=found.objective,
            lower_bound=min(course.bound, found.objective),
            status=status,
            seconds=round(course.seconds, 3),
            violations=found.violations,
            unmet=found.unmet,
            settings={
                "time_limit_s": math.ceil(settings.time_limit_s),
                "workers": settings.workers,
                "seed": settings.seed,
                "iterations": settings.iterations,
            },
            proof=course.proof,
        )
