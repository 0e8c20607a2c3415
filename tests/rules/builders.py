"""Small centres for tests of rules: one agent, a Monday horizon, a handful of shift kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Agent, Contract
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.rules import RuleContext, compile_agent, option_table, rule_set
from wfm.rules.rule import Rule

MONDAY = date(2026, 12, 7)

LUNCH = BreakRule(60, 180, 300)
EARLY = ShiftKind("early", "Early", "E", 480, 540, 30, (540,), (LUNCH,))
LATE = ShiftKind("late", "Late", "L", 720, 780, 30, (540,), (LUNCH,))
NIGHT = ShiftKind("night", "Night", "N", 1320, 1320, 30, (540,), (LUNCH,))
PART = ShiftKind("part", "Part", "P", 540, 1020, 60, (240, 300), (BreakRule(15, 90, 150, True),))
KINDS = (EARLY, LATE, NIGHT, PART)

FULL = Contract("full", "Full", ("early", "late"), week_minutes_min=2400, week_days_min=5)
FREE = Contract("free", "Free", ("early", "late", "night", "part"), week_days_max=7)


def day(place: int) -> date:
    """Return the date at a position of the horizon; negative before it."""
    return MONDAY + timedelta(days=place)


def duty(place: int, start: int = 540, kind: str = "early", **changes: Any) -> Duty:
    """Return a duty of a kind's first length, each break at its earliest minute."""
    shift = next(item for item in KINDS if item.key == kind)
    breaks = tuple(
        PlacedBreak(start + rule.earliest, rule.length, rule.paid) for rule in shift.breaks
    )
    values: dict[str, Any] = {
        "agent": "a", "day": day(place), "start": start, "end": start + shift.lengths[0],
        "breaks": breaks, "kind": kind, "letter": shift.letter,
    }  # fmt: skip
    return Duty(**(values | changes))


def context(days: int = 7, contract: Contract = FREE, **facts: Any) -> RuleContext:
    """Return the context of one adult agent; ``week_start`` is the site's."""
    site = Site("Test", week_start=facts.pop("week_start", 0))
    agent = facts.pop("agent", Agent("a", "1", "Aoki", "t", contract.key, {"phone": 2}))
    kinds: Sequence[ShiftKind] = facts.pop("kinds", KINDS)
    options, measures = option_table(kinds, facts.get("locked", ()))
    return RuleContext(
        horizon=Horizon(MONDAY, days), site=site, agent=agent, contract=contract,
        options=options, measures=measures, **facts,
    )  # fmt: skip


def problem_of(
    facts: RuleContext, *rules: Rule, demands: tuple[Demand, ...] | None = None
) -> RosterProblem:
    """Return the problem of one agent under the rules, with a flat demand of one."""
    horizon = facts.horizon
    chosen = rules or rule_set("japan-2026", {})
    flat = (Demand("phone", np.ones(horizon.slots)),)
    return RosterProblem(
        horizon, facts.options, facts.measures, flat if demands is None else demands,
        (compile_agent(chosen, facts),),
    )  # fmt: skip


def bare(agent: AgentProblem, options: tuple[Option, ...], **changes: Any) -> RosterProblem:
    """Return a problem of one hand-made agent."""
    measures = changes.pop("measures", {"duties": (1,) * len(options)})
    horizon = changes.pop("horizon", Horizon(MONDAY, 7))
    return RosterProblem(horizon, options, measures, (), (agent,), **changes)
