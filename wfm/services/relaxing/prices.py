"""Prices of what could give way: each is re-solved from the roster as it is, like the week itself.

A price is the difference of two rosters that were found, never more; where lower bounds allow it,
part of it is proven.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wfm.analysis import agents_changed, coverage
from wfm.analysis.aim_prices import stability_with
from wfm.analysis.effects import shortage_words
from wfm.analysis.kpis import Kpis, hours_worth, kpis
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Leave
from wfm.model.problem import RosterProblem
from wfm.model.request import Request
from wfm.model.roster import RosterPlan
from wfm.model.run import lightly
from wfm.model.time import Horizon
from wfm.persistence import Store
from wfm.services.centre import Centre, read_centre
from wfm.services.partial import as_it_is, scoped_problem
from wfm.services.people_days import leave_minutes
from wfm.services.relaxing.families import FAMILIES
from wfm.services.relaxing.relaxation import (
    Family,
    Focus,
    Relaxation,
    Situation,
    best,
)
from wfm.services.rostering import Solve, make_problem, read_requirements

MOST = 12
"""Relaxations that are tried at most."""
SHOWN = 3
SMALL = 0.005
"""Agent-hours below this are no gain to speak of."""


Step = Callable[[int, int, Message], None]


@dataclass(frozen=True, slots=True)
class Price:
    """What one relaxation is worth, against the week re-solved without it.

    ``gain_hours`` is what it saves (negative: costs) in coverage and rules, as missing agent-hours
    that weigh as much; ``proven_hours`` of it are certain, whatever a longer search may find.
    ``short_hours`` and ``surplus_hours`` are the differences in coverage alone; ``people`` have
    other shifts than now.  ``failure`` says why it could not be tried.
    """

    relaxation: Relaxation
    gain_hours: float = 0.0
    proven_hours: float = 0.0
    short_hours: float = 0.0
    surplus_hours: float = 0.0
    people: int = 0
    seconds: float = 0.0
    failure: Message | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """All prices, the largest gain first; ``accept`` is what it means to change nothing.

    ``now`` is the week re-solved without any relaxation.  ``untried`` are those for which there was
    no time any more.  ``limit`` is the shift kind that limits the roster most, if one does.
    """

    now: Kpis
    accept: tuple[Message, ...]
    prices: tuple[Price, ...]
    untried: tuple[Relaxation, ...]
    seconds: float

    @property
    def limit(self) -> Price | None:
        """The shift kind whose limits cost the roster most, as far as re-solving showed."""
        found = [
            item
            for item in self.prices
            if item.relaxation.family == "template" and item.gain_hours > SMALL
        ]
        return max(found, key=lambda item: item.gain_hours, default=None)


def read_situation(
    store: Store, horizon: Horizon, today: date | None, focus: Focus | None = None
) -> Situation:
    """Read a week and what waits to be decided; the focus is where most agents are missing."""
    centre = read_centre(store, horizon)
    requirements = read_requirements(store, horizon)
    problem = make_problem(centre, requirements)
    pending = [leave for leave in centre.leaves if not leave.approved]
    pending += _asked_for(store.all(Request), centre)
    return Situation(
        centre, requirements, problem, today, focus or worst_of(centre, problem, today),
        tuple(pending),
    )  # fmt: skip


def worst_of(centre: Centre, problem: RosterProblem, today: date | None) -> Focus | None:
    """Return the interval in which most agents of one skill are missing, if any are."""
    covered = coverage(
        problem.horizon, problem.demands, problem.agents, centre.roster.duties, problem.over_cost
    )
    found = (item for item in covered.worst(500) if today is None or item.day >= today)
    first = next(found, None)
    if first is None:
        return None
    end = first.start + problem.horizon.slot_minutes
    return Focus(first.day, first.start, end, first.skill)


def relaxations(
    situation: Situation, families: Sequence[tuple[Family, int]] = FAMILIES, most: int = MOST
) -> list[Relaxation]:
    """Return what is worth trying, the most promising of each family before the next of any."""
    columns = [best(list(family(situation)), count) for family, count in families]
    rows = max(map(len, columns), default=0)
    found = [column[row] for row in range(rows) for column in columns if row < len(column)]
    return found[:most]


def price_relaxations(
    situation: Situation,
    solve: Solve,
    tried: Sequence[Relaxation] | None = None,
    *,
    on_step: Step = lambda _done, _total, _text: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Priced:
    """Price relaxations by re-solving each; ``None``: those of :func:`relaxations`.

    The same solver with the same limits re-solves the week as it is first, so that what more
    searching alone would find is nobody's merit.  A stop leaves the rest untried.
    """
    began = time.monotonic()
    chosen = relaxations(situation) if tried is None else list(tried)
    on_step(0, len(chosen) + 1, message("As it is"))
    nothing = Relaxation("", message("As it is"))
    problem, plan = _solved(situation, nothing, solve)
    prices: list[Price] = []
    for place, relaxation in enumerate(chosen):
        if should_stop():
            break
        on_step(place + 1, len(chosen) + 1, relaxation.text)
        prices.append(_price(situation, relaxation, solve, problem, plan))
    prices.sort(key=lambda item: (item.failure is not None, -item.gain_hours))
    return Priced(
        kpis(situation.problem, plan.duties),
        tuple(shortage_words(situation.problem, plan.duties, SHOWN, situation.skill)),
        tuple(prices),
        tuple(chosen[len(prices) :]),
        round(time.monotonic() - began, 3),
    )


def price_words(price: Price) -> Message:
    """Return a relaxation and what it is worth, as one sentence."""
    what, hours = price.relaxation.text, f"{abs(price.gain_hours):.1f}"
    if price.failure is not None:
        return message("{what}: {reason}", what=what, reason=price.failure)
    if price.gain_hours > SMALL:
        return message("{what}: saves as much as {hours} missing agent-hours", what=what,
                       hours=hours)  # fmt: skip
    if price.gain_hours < -SMALL:
        return message("{what}: costs as much as {hours} missing agent-hours", what=what,
                       hours=hours)  # fmt: skip
    return message("{what}: no difference was found", what=what)


def _solved(
    situation: Situation, relaxation: Relaxation, solve: Solve
) -> tuple[RosterProblem, RosterPlan]:
    """Return the week with a relaxation and its roster, re-solved from the one as it is."""
    centre = relaxation.centre(situation.centre)
    problem = relaxation.problem(make_problem(centre, situation.requirements))
    # a price is of the rule, not of the people who are upset by it
    scope = lightly(problem.horizon.slot_minutes)
    scoped = scoped_problem(problem, centre.roster.duties, scope, situation.today)
    stability = stability_with(scoped.stability, centre.site.aims)
    solved = replace(scoped, stability=stability)
    plan, kept = solve(solved), as_it_is(solved)
    if kept is not None and kept.objective < plan.objective:
        plan = replace(kept, lower_bound=min(plan.lower_bound, kept.objective))
    return problem, plan


def _price(
    situation: Situation,
    relaxation: Relaxation,
    solve: Solve,
    now: RosterProblem,
    before: RosterPlan,
) -> Price:
    began = time.monotonic()
    try:
        problem, plan = _solved(situation, relaxation, solve)
    except WfmError as error:
        seconds = round(time.monotonic() - began, 3)
        return Price(relaxation, failure=error.message, seconds=seconds)
    old, new = kpis(now, before.duties), kpis(problem, plan.duties)
    saved = old.cost - new.cost
    if saved * relaxation.sign < 0:
        # what can only help cannot cost: another roster was found by chance
        saved = 0.0
    sure = _certain(relaxation.sign, before, plan)
    changes = agents_changed(situation.centre.roster.duties, plan.duties)
    return Price(
        relaxation,
        gain_hours=round(hours_worth(now, saved), 4),
        proven_hours=round(hours_worth(now, min(sure, abs(saved))), 4),
        short_hours=round(new.short_hours - old.short_hours, 4),
        surplus_hours=round(new.surplus_hours - old.surplus_hours, 4),
        people=sum(any(item.what != "breaks" for item in agent.changes) for agent in changes),
        seconds=round(time.monotonic() - began, 3),
    )


def _certain(sign: int, before: RosterPlan, plan: RosterPlan) -> float:
    """Return how much is saved for certain, or lost by what can only cost; changes counted."""
    if sign < 0:
        return max(0.0, plan.lower_bound - before.objective)
    return max(0.0, before.lower_bound - plan.objective)


def _asked_for(requests: Sequence[Request], centre: Centre) -> list[Leave]:
    """Return the days of leave that open requests ask for, as they would be granted."""
    contracts = {agent.key: centre.contracts[agent.contract] for agent in centre.agents}
    days = set(centre.horizon.dates)
    return [
        Leave(
            item.agent,
            day,
            item.absence,
            leave_minutes(item.absence, contracts[item.agent]),
            approved=False,
        )
        for item in requests
        if item.kind == "leave" and item.is_open and item.agent in contracts
        for day in item.dates
        if day in days
    ]
