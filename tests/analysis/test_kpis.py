"""Figures of a roster in plain units, and what another roster would change in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from wfm.analysis.effects import change_words, effect, hours_words, shortage_words
from wfm.analysis.kpis import KPI_NAMES, better_hours, figures_of, kpis, roster_cost, weights_of
from wfm.model.centre_rule import Presence
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, Stability, UnderStep
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import Counter, Mask, RuleRef
from wfm.model.time import Horizon
from wfm.rules import option_table

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
HORIZON = Horizon(MONDAY, 2, 30)
WISH, WEEKENDS = RuleRef("wish", "wish"), RuleRef("fair_weekends", "wish")
COMPANY, LEAVE = RuleRef("consecutive_days"), RuleRef("leave", "illegal")


def duty(agent: str, day: date, start: int = 540) -> Duty:
    return Duty(agent, day, start, start + 240, (), "day", "D")


def problem() -> RosterProblem:
    """Return two people, two agents required from 9:00 to 13:00 and one until 17:00 each day."""
    needed = np.zeros(HORIZON.slots)
    for day in range(2):
        needed[day * 48 + 18 : day * 48 + 26] = 2
        needed[day * 48 + 26 : day * 48 + 34] = 1
    options = (Option("a", 540, 780, (), "day", "D"), Option("b", 780, 1020, (), "day", "D"))
    _, measures = option_table((), (duty("x", MONDAY), duty("x", MONDAY, 780)))
    abe = AgentProblem(
        "abe", ("phone",), (0, 1),
        (
            Mask(WISH, 0, (0, 1), price=8),
            Mask(WISH, 1, (1,), price=3),
            Counter(WEEKENDS, (0, 1), "duties", high=0, price=2),
        ),
        name="Abe",
    )  # fmt: skip
    baba = AgentProblem(
        "baba", ("phone",), (0, 1),
        (Counter(COMPANY, (0, 1), "duties", high=1, price=20), Mask(LEAVE, 1, (1,))),
    )  # fmt: skip
    steps = (UnderStep(1, 4), UnderStep(None, 9))
    return RosterProblem(HORIZON, options, measures, (Demand("phone", needed, steps),), (abe, baba))


ROSTER = (duty("abe", MONDAY), duty("baba", MONDAY), duty("baba", TUESDAY))


def test_figures_are_those_counted_by_hand() -> None:
    found = kpis(problem(), ROSTER)
    # Monday afternoon, and on Tuesday one of two in the morning and the afternoon
    assert found.short_hours == 4 + 4 + 4
    assert found.surplus_hours == 0
    assert (found.wishes, found.wishes_granted) == (2, 1)
    assert (found.hard, found.soft) == (0, 1)
    assert (found.duties, found.people, found.worked_minutes) == (3, 2, 720)
    assert [(item.agent, item.duties, item.worked_minutes) for item in found.hours] == [
        ("abe", 1, 240), ("baba", 2, 480),
    ]  # fmt: skip
    # 24 half hours at 4, the wish, the weekend price and the company's rule
    assert found.cost == 24 * 4 + 8 + 2 + 20
    assert found.better_hours is None


@pytest.mark.parametrize(
    ("bound", "hours"), [(126.0, 0.0), (120.0, 0.75), (94.0, 4.0), (130.0, 0.0)]
)
def test_a_better_roster_saves_at_most_what_is_not_proven(bound: float, hours: float) -> None:
    # the cheapest missing half hour costs 4, so a cost of 8 weighs as much as one agent-hour
    assert better_hours(problem(), 126.0, bound) == hours
    assert kpis(problem(), ROSTER, bound).better_hours == hours


def test_only_named_figures_are_kept_and_unknown_ones_left_out() -> None:
    assert set(figures_of(kpis(problem(), ROSTER))) == set(KPI_NAMES) - {"better_hours"}
    kept = figures_of(kpis(problem(), ROSTER, 94.0))
    assert set(kept) == set(KPI_NAMES)
    assert (kept["better_hours"], kept["worked_hours"]) == (4.0, 12.0)


def test_a_broken_rule_of_the_centre_is_part_of_the_cost() -> None:
    low = np.zeros(HORIZON.slots)
    low[18:20] = 2
    rule = Presence(RuleRef("supervisors"), (0,), low, price=50)
    tied = replace(problem(), centre_rules=(rule,))
    assert roster_cost(tied, ROSTER) == roster_cost(problem(), ROSTER) + 2 * 50
    found = effect(tied, ROSTER, ROSTER[1:])
    assert [item.kind for item in found.gained] == ["centre"]
    assert found.cost == found.short_hours * 2 * 4 - 8 - 2 + 2 * 50


def test_the_prices_that_counted_are_named() -> None:
    stable = replace(problem(), stability=Stability((), 10, 1, 5))
    assert weights_of(stable) == {
        "missing phone": 4, "wish": 8, "fair_weekends": 2, "consecutive_days": 20, "surplus": 1,
        "changed shift": 10, "moved break": 1, "person affected": 5,
    }  # fmt: skip


def test_an_effect_tells_hours_rules_wishes_and_people() -> None:
    # Abe free on Monday, Baba only on Monday afternoon
    after = (duty("baba", MONDAY, 780),)
    found = effect(problem(), ROSTER, after)
    assert found.short_hours == 8
    assert [str(note) for note in hours_words(found)] == ["8 agent-hours more are short."]
    assert [(item.agent, item.kind) for item in found.mended] == [("abe", "wish"), ("baba", "rule")]
    assert found.gained == ()
    assert (found.people, found.shifts, found.lawful) == (("abe", "baba"), 3, True)
    assert [str(change_words(item)) for agent in found.agents for item in agent.changes] == [
        "2026-11-30: off instead of 09:00–13:00",
        "2026-11-30: 09:00–13:00 → 13:00–17:00",
        "2026-12-01: off instead of 09:00–13:00",
    ]


def test_a_surplus_and_a_broken_law_are_told() -> None:
    more = (*ROSTER, duty("abe", TUESDAY), duty("baba", TUESDAY, 780))
    found = effect(problem(), ROSTER, more[:2] + more[3:])
    assert not found.lawful
    assert [item.kind for item in found.gained] == ["hard"]
    covered = hours_words(effect(problem(), (), (duty("abe", MONDAY, 540),)))
    assert [str(note) for note in covered] == ["4 agent-hours fewer are short."]
    idle = hours_words(effect(problem(), (), (duty("abe", MONDAY, 60),)))
    assert [str(note) for note in idle] == [
        "No more agent-hours are short than now.", "4 agent-hours more are surplus.",
    ]  # fmt: skip


def test_moved_breaks_alone_affect_nobody() -> None:
    early = replace(ROSTER[0], breaks=(PlacedBreak(600, 30),))
    late = replace(ROSTER[0], breaks=(PlacedBreak(660, 30),))
    found = effect(problem(), (early,), (late,))
    assert (found.people, found.shifts, len(found.agents)) == ((), 0, 1)
    assert str(change_words(found.agents[0].changes[0])) == "2026-11-30: breaks at other times"


def test_what_is_missing_most_is_named_first() -> None:
    words = [str(note) for note in shortage_words(problem(), ROSTER, 2, str.title)]
    assert words == [
        "2026-11-30 13:00: 1 short for Phone", "2026-11-30 13:30: 1 short for Phone",
    ]  # fmt: skip
