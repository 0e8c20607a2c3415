"""A worker that looks for rosters in mixtures of weeks, and proves with what they are worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from solver.diving import ROUNDS, Diver
from solver.search import CHUNK_MOVES, FROZEN, KEPT_EVERY
from solver.tables import Floats
from wfm.messages import message

if TYPE_CHECKING:
    from solver.search import Optimiser

PROOF_SHARE, PROOF_MOST_S, PROOF_STEPS, PROOF_RATES = 0.15, 30.0, 1_000, (0.05, 0.003)
"""Share of the time for the bound from a mixture on, most seconds, most steps, and their rates."""
MIX_SHARE, DIVE_SHARE, DIVE_EVERY = 0.4, 0.95, 2_000
"""Shares of the time for the first mixture and for dives, and counted moves that stand for one."""
POLISH = 4
"""Chunks of cool moves after a dive."""


def mix_and_dive(run: Optimiser, seed: int) -> None:
    """Mix weeks, raise the bound, and dive for rosters until the worker's time is over.

    Where moves are counted, so are dives, and nothing depends on how far other workers are.
    """
    course = run.course
    count = course.settings.iterations
    if count and count < DIVE_EVERY:
        return
    course.stage = message("Mixing weeks")
    diver = Diver(run.tables, run.staff, run.graphs, run.blank, course.check)
    until = course.seconds + DIVE_SHARE * course.left
    with course.enders(diver.interrupt):
        if not count:
            _learn_best(run, diver)
        _learn_tours(run, diver)
        late = course.seconds + MIX_SHARE * course.left
        mixture = diver.mix(diver.everybody, ROUNDS, lambda: not count and course.seconds > late)
        if mixture is not None:
            _prove(run, mixture.prices)
        dice, own = np.random.default_rng([seed, 13]), math.inf
        while diver.dives < count // DIVE_EVERY if count else course.seconds < until:
            course.check()
            search = diver.dive(own if count else course.total, dice)
            if search is not None:
                run.count(search)
                for _ in range(POLISH):
                    run.improve_for(0.0, search, FROZEN * run.unit, CHUNK_MOVES)
                own = min(own, float(search.totals[1]))
                diver.learn(search.best_choice, search.best_placing)
            if not count:
                _learn_best(run, diver)
            diver.tidy()


def _prove(run: Optimiser, prices: Floats) -> None:
    """Raise the bound from a mixture's prices on; what caps are worth is yet to be found."""
    course, ascent = run.course, run.ascent
    began, counted = course.seconds, bool(course.settings.iterations)
    budget = max(min(PROOF_SHARE * course.left, PROOF_MOST_S), 1e-3)
    high, low = (rate * run.unit / run.tables.scale.units / 6 for rate in PROOF_RATES)
    ascent.judge(prices)
    part, steps = 0.0, 0
    while part < 1:
        course.check()
        ascent.climb(KEPT_EVERY, high * (low / high) ** part)
        course.raise_bound(ascent.bound, ascent.proof)
        steps += KEPT_EVERY
        part = steps / PROOF_STEPS
        if not counted:
            part = max(part, (course.seconds - began) / budget)
    if not counted:
        run.guide = ascent.guide()
    run.closed()


def _learn_tours(run: Optimiser, diver: Diver) -> None:
    """Add the weeks that agents chose on the way to the bound."""
    tours = run.tours
    for number in range(0 if tours is None else len(tours.choice)):
        assert tours is not None
        drawn = run.blank(1)
        tours.pick(drawn, np.full(len(run.problem.agents), number))
        diver.learn(drawn.choice, drawn.placing)


def _learn_best(run: Optimiser, diver: Diver) -> None:
    """Add the weeks of the best roster so far, whoever found it."""
    with run.course.lock:
        roster = run.course.roster
    if roster is not None:
        diver.learn(*roster)
