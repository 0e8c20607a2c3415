"""Rules of the centre as a whole: what they become on a horizon, and how they are said."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.rules.builders import KINDS, MONDAY, day, duty
from wfm.errors import WfmError
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Balance, Team, Wish
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty, PlacedBreak, Unmet
from wfm.model.rule import RuleRef
from wfm.model.time import Horizon
from wfm.model.workload import Queue
from wfm.rules import option_table
from wfm.rules.centre import (
    CENTRE_TERMS,
    CentreContext,
    CentreTerm,
    Names,
    centre_sentence,
    check_centre,
    compile_centre,
    house_rule,
    term_of,
    terms_of,
)
from wfm.rules.centre.pairs import Apart, TeamsApart, TeamWithLead, Together, WithMentor
from wfm.rules.centre.shares import FairBurden
from wfm.rules.centre.staffing import LeadersPresent, MinimumStaff, Seats

HORIZON = Horizon(MONDAY, 7, 30)
OPTIONS, MEASURES = option_table(KINDS)
BY_KIND = {
    kind.key: tuple(n for n, item in enumerate(OPTIONS) if item.kind == kind.key) for kind in KINDS
}
AGENTS = (
    Agent("s", "1", "Sato", "red", "free", {"phone": 3}, role="supervisor"),
    Agent("n", "2", "Noda", "red", "free", {"phone": 2, "mail": 1}, role="senior"),
    Agent("t", "3", "Toda", "blue", "free", {}, role="trainee", mentor="n"),
    Agent("b", "4", "Baba", "blue", "free", {"mail": 2}),
)
TEAMS = (Team("red", "Red", "s"), Team("blue", "Blue", "x"))
QUEUES = (Queue("line", "Hotline", "phone"), Queue("post", "Letters", "mail"))
NAMES = Names({"line": "Hotline", "post": "Letters"}, {"red": "Red", "blue": "Blue"},
              {agent.key: agent.name for agent in AGENTS})  # fmt: skip


def hours(first: int, after: int, places: tuple[int, ...] = tuple(range(7))) -> Any:
    """Return flags of half-hours from hour ``first`` to ``after`` of some days."""
    flags = np.zeros(HORIZON.slots, dtype=np.bool_)
    for place in places:
        flags[place * 48 + 2 * first : place * 48 + 2 * after] = True
    return flags


def context(**facts: Any) -> CentreContext:
    values: dict[str, Any] = {
        "horizon": HORIZON, "agents": AGENTS,
        "compiled": tuple(
            AgentProblem(agent.key, tuple(agent.skills), BY_KIND["early"] + BY_KIND["late"],
                         name=agent.name)
            for agent in AGENTS
        ),
        "measures": MEASURES, "queues": QUEUES, "teams": TEAMS,
        "opening": {"line": hours(8, 20), "post": hours(9, 18, (0, 1, 2, 3, 4))},
    }  # fmt: skip
    return CentreContext(**(values | facts))


def one(term: CentreTerm, **facts: Any) -> Any:
    """Return the only rule that a term becomes."""
    (rule,) = term.compile(context(**facts))
    return rule


def problem_of(*terms: CentreTerm, **facts: Any) -> RosterProblem:
    where = context(**facts)
    return RosterProblem(
        HORIZON, OPTIONS, MEASURES, (), where.compiled, centre_rules=compile_centre(terms, where)
    )


def said(problem: RosterProblem, *duties: Duty) -> list[str]:
    """Return what is broken, in English."""
    return [str(centre_sentence(item.unmet, problem)) for item in check_centre(problem, duties)]


# --- staffing ------------------------------------------------------------------------------------


def test_minimum_staff_of_a_queue_counts_those_who_have_its_skill_while_it_is_open() -> None:
    rule = one(MinimumStaff(count=2, queue="post"))
    assert isinstance(rule, Presence)
    assert rule.agents == (1, 3)
    assert rule.low is not None
    assert rule.low.tolist() == (2.0 * hours(9, 18, (0, 1, 2, 3, 4))).tolist()
    assert (rule.high, rule.breaks) == (None, False)


def test_minimum_staff_of_a_team_without_hours_holds_while_any_queue_is_open() -> None:
    rule = one(MinimumStaff(count=1, team="red"))
    assert rule.agents == (0, 1)
    assert (rule.low > 0).tolist() == hours(8, 20).tolist()


def test_minimum_staff_of_a_team_for_a_queue_counts_members_with_the_skill() -> None:
    rule = one(MinimumStaff(queue="post", team="red"))
    assert rule.agents == (1,)
    assert rule.rule.note == "Letters / Red"


@pytest.mark.parametrize(
    ("days", "places"),
    [
        ("every", (0, 1, 2, 3, 4, 5, 6)),
        ("workday", (0, 2, 3, 4)),
        ("weekend", (1, 5, 6)),
        ("holiday", (1,)),
        ("3", (3,)),
    ],
)
def test_hours_hold_on_the_days_that_are_chosen(days: str, places: tuple[int, ...]) -> None:
    rule = one(MinimumStaff(days=days, start=600, end=720), holidays={day(1): "Holiday"})
    assert (rule.low > 0).tolist() == hours(10, 12, places).tolist()


def test_hours_may_begin_with_opening_or_end_with_closing() -> None:
    early = one(MinimumStaff(queue="line", end=600))
    late = one(MinimumStaff(queue="line", start=1080))
    assert (early.low > 0).tolist() == hours(8, 10).tolist()
    assert (late.low > 0).tolist() == hours(18, 20).tolist()


def test_hours_past_midnight_reach_into_the_next_day() -> None:
    rule = one(MinimumStaff(days="0", start=1380, end=1500))
    assert np.flatnonzero(rule.low).tolist() == [46, 47, 48, 49]


@pytest.mark.parametrize(("role", "agents"), [("supervisor", (0,)), ("senior", (0, 1))])
def test_leaders_are_supervisors_or_seniors_as_well(role: str, agents: tuple[int, ...]) -> None:
    assert one(LeadersPresent(role=role)).agents == agents
    assert one(LeadersPresent(role=role, team="blue")).agents == ()


def test_seats_bound_everybody_at_any_time_breaks_included() -> None:
    rule = one(Seats(count=3))
    assert (rule.agents, rule.low, rule.breaks) == ((0, 1, 2, 3), None, True)
    assert set(rule.high.tolist()) == {3.0}


# --- pairs ---------------------------------------------------------------------------------------


def test_a_pair_becomes_one_rule_with_the_two_in_their_order() -> None:
    together = one(Together(first="b", second="n", overlap=120, price=7))
    assert isinstance(together, Pair)
    assert (together.first, together.second, together.overlap) == (3, 1, 120)
    assert (together.apart, together.price) == (False, 7)
    apart = one(Apart(first="b", second="n"))
    assert (apart.first, apart.second, apart.apart) == (3, 1, True)


def test_a_pair_with_somebody_who_is_not_planned_says_nothing() -> None:
    assert Together(first="b", second="gone").compile(context()) == ()


def test_trainees_are_paired_with_the_mentor_that_they_have() -> None:
    rule = one(WithMentor(overlap=300))
    assert (rule.first, rule.second, rule.overlap) == (2, 1, 300)


def test_members_follow_their_supervisor_where_the_team_has_one() -> None:
    pairs = TeamWithLead().compile(context())
    # blue is led by nobody who is planned
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 0)]


def test_teams_apart_are_pairs_of_all_their_members() -> None:
    pairs = TeamsApart(first="red", second="blue").compile(context())
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert all(pair.apart for pair in pairs)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Together(first="a", second="a"),
        lambda: Apart(first="a", second=""),
        lambda: TeamsApart(first="red", second="red"),
        lambda: MinimumStaff(start=600, end=600),
        lambda: MinimumStaff(days="someday"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_sentence(make: Any) -> None:
    with pytest.raises(WfmError):
        make()


# --- fair shares ---------------------------------------------------------------------------------


def share(burden: str, **facts: Any) -> FairShare:
    rule = one(FairBurden(burden=burden, spread=2), **facts)
    assert isinstance(rule, FairShare)
    return rule


def test_weekend_duties_count_on_weekend_days_with_what_is_carried() -> None:
    rule = share("weekends", balances={"n": Balance("n", date(2026, 12, 1), weekend_days=4)})
    assert (rule.days, rule.measure, rule.spread) == ((5, 6), "duties", 2)
    assert rule.carried == (0, 4, 0, 0)


def test_duties_since_the_opening_balance_are_carried_and_those_before_it_are_not() -> None:
    past = {
        "n": [duty(place, agent="n") for place in (-9, -8, -2, -1)],
        "b": [duty(place, agent="b") for place in (-9, -8, -2, -1)],
    }
    # the 1st is a Tuesday: the weekend of the 28th and 29th lies before it, that of the 5th after
    rule = share(
        "weekends", past=past, balances={"n": Balance("n", date(2026, 12, 1), weekend_days=1)}
    )
    assert rule.carried == (0, 1 + 2, 0, 4)


def test_late_and_night_shifts_count_on_every_day_and_only_for_those_who_can_work_them() -> None:
    compiled = tuple(
        replace(item, options=BY_KIND["early"] + (BY_KIND["late"] if place < 3 else ()))
        for place, item in enumerate(context().compiled)
    )
    past = {"s": [duty(-1, 720, "late", agent="s"), duty(-2, agent="s")]}
    rule = share("lates", compiled=compiled, past=past)
    assert (rule.agents, rule.days, rule.measure) == ((0, 1, 2), tuple(range(7)), "lates")
    assert rule.carried == (1, 0, 0)
    # nobody can work at night, so there is nothing to share
    assert FairBurden(burden="nights").compile(context(compiled=compiled)) == ()


def test_duties_on_public_holidays_count_on_the_horizons_holidays() -> None:
    rule = share("holidays", holidays={day(1): "X", day(-3): "Y"}, past={"b": [duty(-3)]})
    assert (rule.days, rule.carried) == ((1,), (0, 0, 0, 1))
    assert FairBurden(burden="holidays").compile(context()) == ()


def test_wished_days_off_count_on_each_ones_own_days() -> None:
    wishes = (
        Wish("n", day(1)), Wish("n", day(4)), Wish("b", day(1)), Wish("b", day(-2)),
        Wish("s", day(2), "window", 540, 1080),
    )  # fmt: skip
    rule = share(
        "wishes", wishes=wishes, past={"b": [duty(-2, agent="b")]},
        balances={"n": Balance("n", date(2026, 12, 1), refused_wishes=2)},
    )  # fmt: skip
    assert rule.agents == (1, 3)
    assert rule.days_of_each == ((1, 4), (1,))
    assert rule.carried == (2, 1)


def test_a_refused_wish_weighs_against_those_who_were_refused_before() -> None:
    wishes = (Wish("n", day(1)), Wish("b", day(1)))
    facts = {
        "wishes": wishes,
        "balances": {"n": Balance("n", date(2026, 12, 1), refused_wishes=2)},
    }
    problem = problem_of(FairBurden(burden="wishes", spread=1, price=10), **facts)
    again = check_centre(problem, [duty(1, agent="n")])
    instead = check_centre(problem, [duty(1, agent="b")])
    assert [item.cost for item in again] == [20]
    assert not instead


def test_a_burden_that_one_person_alone_can_carry_is_not_shared() -> None:
    assert FairBurden(team="red", burden="weekends").compile(context(agents=AGENTS[:1])) == ()


# --- words ---------------------------------------------------------------------------------------


def test_what_is_broken_is_said_with_day_hours_and_amount() -> None:
    problem = problem_of(
        MinimumStaff(count=2, queue="line", start=540, end=600, days="0"),
        LeadersPresent(count=1, role="senior", start=900, end=960, days="0"),
        Seats(count=1),
    )
    evening = Duty("s", MONDAY, 930, 1020, (PlacedBreak(930, 30),))
    lines = said(problem, evening, replace(evening, agent="b", breaks=()))
    assert lines == [
        "2026-12-07 09:00–10:00: Hotline: fewer than 2 (2.0 person-hours)",
        "2026-12-07 15:00–16:00: Supervisors or seniors: fewer than 1 (1.0 person-hours)",
        "2026-12-07 15:30–17:00: more people than 1 seats (1.5 person-hours)",
    ]


def test_who_works_without_whom_is_said_by_name() -> None:
    problem = problem_of(
        Together(first="b", second="n"), WithMentor(), TeamWithLead(),
        TeamsApart(first="red", second="blue"), Apart(first="s", second="n"),
    )  # fmt: skip
    lines = said(problem, duty(0, agent="b"), duty(0, agent="s"), duty(1, agent="t"))
    assert lines == [
        "2026-12-07: Baba works without Noda",
        "2026-12-08: Toda works without their mentor Noda",
        "2026-12-07: Sato and Baba work at the same time",
    ]
    assert said(problem, duty(0, agent="s"), duty(0, agent="n"))[-1].endswith(
        "Sato and Noda work at the same time"
    )
    assert said(problem, duty(2, agent="n"))[0] == (
        "2026-12-09: Noda of Red works without the supervisor Sato"
    )


def test_an_uneven_burden_is_said_with_its_amount() -> None:
    problem = problem_of(FairBurden(burden="weekends", spread=0, team="red"))
    assert said(problem, duty(5, agent="n"), duty(6, agent="n")) == [
        "Red: Weekend duties are spread unevenly: 2 beyond a difference of 0"
    ]


def test_rules_of_other_programs_and_too_many_affected_people_are_said_as_well() -> None:
    problem = problem_of()
    strange = Unmet("centre", rule=RuleRef("house"), day=MONDAY, amount=1)
    assert "“house” of the centre" in str(centre_sentence(strange, problem))
    changes = Unmet("centre", rule=RuleRef("stability"), amount=3)
    assert "3 people more than allowed" in str(centre_sentence(changes, problem))


def test_every_rule_says_what_it_wants() -> None:
    examples: dict[str, CentreTerm] = {
        "Hotline: at least 2, while open": MinimumStaff(queue="line"),
        "Hotline / Red: at least 2, Monday, 10:00–12:00":
            MinimumStaff(queue="line", team="red", days="0", start=600, end=720),
        "All people: at least 2, from 18:00 until closing": MinimumStaff(start=1080),
        "Supervisors of Red: at least 1, from opening until 10:00":
            LeadersPresent(team="red", end=600),
        "At most 20 people at a time": Seats(),
        "At most 8 people of Blue at a time": Seats(count=8, team="blue"),
        "Baba works together with Noda": Together(first="b", second="n"),
        "Baba and Noda never at the same time": Apart(first="b", second="n"),
        "Red works together with its supervisor": TeamWithLead(team="red"),
        "Every team works together with its supervisor": TeamWithLead(),
        "Red and Blue never at the same time": TeamsApart(first="red", second="blue"),
        "Everybody with a mentor works together with them": WithMentor(),
        "Blue: Night shifts differ by at most 1": FairBurden(burden="nights", team="blue"),
    }  # fmt: skip
    assert {str(term.summary(NAMES)): term for term in examples.values()} == examples


# --- storing -------------------------------------------------------------------------------------

EXAMPLES: dict[str, CentreTerm] = {
    "minimum_staff": MinimumStaff(count=3, queue="line", days="weekend", start=600),
    "leaders_present": LeadersPresent(count=2, role="senior", price=80),
    "seats": Seats(count=50),
    "together": Together(first="b", second="n", overlap=0),
    "apart": Apart(first="b", second="n"),
    "with_mentor": WithMentor(),
    "team_with_lead": TeamWithLead(team="red"),
    "teams_apart": TeamsApart(first="red", second="blue"),
    "fair_burden": FairBurden(burden="wishes", spread=3),
}


@pytest.mark.parametrize("term", CENTRE_TERMS, ids=lambda term: term.key)
def test_every_rule_comes_back_from_the_store_as_it_was(term: type[CentreTerm]) -> None:
    example = EXAMPLES[term.key]
    assert isinstance(example, term)
    stored = house_rule("r1", example)
    assert term_of(stored) == example
    assert stored.rule == term.key


@pytest.mark.parametrize("term", CENTRE_TERMS, ids=lambda term: term.key)
def test_every_parameter_of_a_rule_can_be_asked_for(term: type[CentreTerm]) -> None:
    for item in dataclasses.fields(term):
        assert item.metadata["label"], f"{term.key}.{item.name}"
    named = (*term.queue_fields, *term.team_fields, *term.agent_fields)
    assert set(named) <= {item.name for item in dataclasses.fields(term)}


def test_a_stored_rule_that_cannot_be_read_is_named_and_the_others_hold() -> None:
    stored = (
        HouseRule("r1", "seats", {"count": 5}),
        HouseRule("r2", "astrology"),
        HouseRule("r3", "seats", {"colour": 1}),
        HouseRule("r4", "together", {}, {"first": "b", "second": "b"}),
    )
    terms, problems = terms_of(stored)
    assert terms == (Seats(count=5),)
    assert [item.column for item in problems] == ["r2", "r3", "r4"]
