"""Part of a roster as a problem: what lies outside the scope stays, what lies inside may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver import SolveSettings, solve
from solver.validate import validate
from tests.solver.instances import call_centre
from wfm.errors import WfmError
from wfm.model.problem import RosterProblem
from wfm.model.request import AgentDay
from wfm.model.roster import Duty
from wfm.model.rule import OFF, Automaton, Counter, Mask, RuleRef, Succession
from wfm.model.run import RUN_PARTS, RunScope, careful
from wfm.rules import check
from wfm.services.partial import option_of, scoped_problem, with_absences

AGENTS = 7
QUICK = SolveSettings(time_limit_s=3, workers=1, iterations=400)


@cache
def week() -> tuple[RosterProblem, tuple[Duty, ...]]:
    """Return a week of a few people with its roster."""
    problem = call_centre(AGENTS, seed=3)
    plan = solve(problem, QUICK)
    assert not [item for item in check(problem, plan.duties) if item.hard]
    return problem, plan.duties


PROBLEM, ROSTER = week()
DAYS = PROBLEM.horizon.dates
KEYS = tuple(agent.key for agent in PROBLEM.agents)
SCOPES = st.builds(
    RunScope,
    first=st.none() | st.sampled_from(DAYS[:4]),
    last=st.none() | st.sampled_from(DAYS[4:]),
    agents=st.just(()) | st.lists(st.sampled_from(KEYS), min_size=1, unique=True).map(tuple),
    part=st.sampled_from(sorted(RUN_PARTS)),
    notice_days=st.integers(0, 2),
)


def cells(duties: tuple[Duty, ...]) -> dict[tuple[str, date], Duty]:
    return {(duty.agent, duty.day): duty for duty in duties}


def is_open(scope: RunScope, today: date | None, agent: str, day: date) -> bool:
    """Tell by the words of the scope whether a day of a person may change at all."""
    return (
        (not scope.agents or agent in scope.agents)
        and (scope.first is None or scope.first <= day)
        and (scope.last is None or day <= scope.last)
        and (today is None or day >= today + timedelta(days=scope.notice_days))
    )


def scope_breaks(problem: RosterProblem, duties: tuple[Duty, ...]) -> set[tuple[str, date]]:
    return {
        (item.agent, DAYS[item.days[0]])
        for item in check(problem, duties)
        if item.hard and item.rule.key in {"scope", "shift_kind", "breaks"}
    }


# --- by the checker ------------------------------------------------------------------------------


@given(SCOPES, st.none() | st.sampled_from(DAYS[:3]))
def test_the_roster_as_it_is_solves_the_problem_of_every_scope(
    scope: RunScope, today: date | None
) -> None:
    scoped = scoped_problem(PROBLEM, ROSTER, scope, today)
    validate(scoped)
    assert not [item for item in check(scoped, ROSTER) if item.hard]
    assert scoped.stability is not None
    assert set(scoped.stability.duties) == set(ROSTER)


def moved(duty: Duty) -> Duty:
    """Return a duty with its first break a quarter of an hour later or earlier."""
    first = duty.breaks[0]
    for shift in (15, -15):
        other = replace(duty, breaks=(replace(first, start=first.start + shift), *duty.breaks[1:]))
        if all(one.end <= two.start for one, two in pairwise(other.breaks)):
            agent = next(item for item in PROBLEM.agents if item.key == duty.agent)
            if option_of(PROBLEM, agent, other) is not None:
                return other
    raise AssertionError("no place for the break")


@given(
    SCOPES,
    st.none() | st.sampled_from(DAYS[:3]),
    st.sampled_from(ROSTER),
    st.sampled_from(["drop", "break", "start"]),
)
def test_a_changed_duty_outside_the_scope_or_of_another_kind_breaks_it(
    scope: RunScope, today: date | None, duty: Duty, change: str
) -> None:
    scoped = scoped_problem(PROBLEM, ROSTER, scope, today)
    agent = next(item for item in PROBLEM.agents if item.key == duty.agent)
    rest = tuple(item for item in ROSTER if item != duty)
    if change == "drop":
        changed, allowed = rest, scope.part in {"everything", "remove"}
    elif change == "break":
        changed, allowed = (*rest, moved(duty)), scope.part in {"everything", "breaks"}
    else:
        other = next(
            PROBLEM.options[n]
            for n in agent.options
            if PROBLEM.options[n].start != duty.start
            and PROBLEM.options[n].end - PROBLEM.options[n].start == duty.span_minutes
        )
        by = other.start - duty.start
        later = replace(
            duty,
            start=other.start,
            end=other.end,
            breaks=tuple(replace(item, start=item.start + by) for item in duty.breaks),
        )
        changed, allowed = (*rest, later), scope.part == "everything"
    allowed = allowed and is_open(scope, today, duty.agent, duty.day)
    assert (not scope_breaks(scoped, changed)) == allowed


@given(SCOPES, st.sampled_from(KEYS), st.sampled_from(DAYS))
def test_a_shift_is_added_only_where_the_scope_lets_it(
    scope: RunScope, agent: str, day: date
) -> None:
    if (agent, day) in cells(ROSTER):
        return
    scoped = scoped_problem(PROBLEM, ROSTER, scope)
    model = next(duty for duty in ROSTER if duty.agent == agent)
    found = scope_breaks(scoped, (*ROSTER, replace(model, day=day)))
    allowed = scope.part in {"everything", "add"} and is_open(scope, None, agent, day)
    assert (not found) == allowed


def test_prices_of_wishes_count_for_duties_that_stay() -> None:
    duty = ROSTER[0]
    place = PROBLEM.horizon.day_index(duty.day)
    agent = next(item for item in PROBLEM.agents if item.key == duty.agent)
    wish = Mask(RuleRef("wish", "wish"), place, agent.options, price=7)
    wished = replace(agent, primitives=(*agent.primitives, wish))
    problem = replace(
        PROBLEM,
        agents=tuple(wished if item.key == agent.key else item for item in PROBLEM.agents),
    )
    scoped = scoped_problem(problem, ROSTER, RunScope(part="add"))
    costs = [item.cost for item in check(scoped, ROSTER) if item.rule.key == "wish"]
    assert sorted(costs) == sorted(
        item.cost for item in check(problem, ROSTER) if item.rule.key == "wish"
    )


# --- rules that the roster breaks already --------------------------------------------------------


def broken_week(rule: object) -> tuple[RosterProblem, tuple[Duty, ...]]:
    """Return the week with one more hard rule for the first person."""
    first = PROBLEM.agents[0]
    made = replace(first, primitives=(*first.primitives, rule))
    return replace(PROBLEM, agents=(made, *PROBLEM.agents[1:])), ROSTER


EVERY_DAY = tuple(range(7))
BROKEN = {
    "counter": Counter(RuleRef("few"), EVERY_DAY, "duties", high=2),
    "rest": Succession(RuleRef("long_rest"), 24 * 60),
    "machine": Automaton(RuleRef("alone"), "duties", 0, ((0, 1), (0, -1))),
    "mask": Mask(
        RuleRef("hours"), PROBLEM.horizon.day_index(ROSTER[0].day),
        (option_of(PROBLEM, PROBLEM.agents[0], ROSTER[0]) or 0,),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("scope", [RunScope(last=DAYS[2]), RunScope(part="add"), RunScope()])
def test_a_rule_that_is_broken_already_may_stay_broken_at_a_price(
    name: str, scope: RunScope
) -> None:
    problem, roster = broken_week(BROKEN[name])
    assert [item for item in check(problem, roster) if item.hard and item.agent == KEYS[0]]
    scoped = scoped_problem(problem, roster, scope)
    validate(scoped)
    assert not [item for item in check(scoped, roster) if item.hard]


def test_a_shift_that_no_kind_allows_may_stay_or_give_way_to_one_that_is() -> None:
    duty = next(duty for duty in ROSTER if duty.agent == KEYS[0])
    odd = replace(duty, start=duty.start + 7, end=duty.end + 7)
    roster = (odd, *(item for item in ROSTER if item != duty))
    scoped = scoped_problem(PROBLEM, roster, RunScope())
    validate(scoped)
    assert not [item for item in check(scoped, roster) if item.hard]
    assert not [item for item in check(scoped, ROSTER) if item.hard]
    elsewhere = next(day for day in DAYS if (odd.agent, day) not in cells(ROSTER))
    assert scope_breaks(scoped, (*ROSTER, replace(odd, day=elsewhere)))


# --- absences ------------------------------------------------------------------------------------


def test_who_is_absent_loses_the_shift_and_nothing_is_asked_of_them_instead() -> None:
    duty = next(duty for duty in ROSTER if duty.agent == KEYS[0])
    absent = with_absences(PROBLEM, ROSTER, [AgentDay(duty.agent, duty.day)])
    scoped = scoped_problem(absent, ROSTER, careful(15))
    assert scoped.stability is not None
    assert set(scoped.stability.duties) == set(ROSTER) - {duty}
    assert not [item for item in check(scoped, scoped.stability.duties) if item.hard]
    assert [item for item in check(scoped, ROSTER) if item.hard]


@pytest.mark.parametrize(
    ("absence", "words"),
    [
        (AgentDay("nobody", DAYS[0]), "not among the people"),
        (AgentDay(KEYS[0], DAYS[0] - timedelta(days=1)), "not among the days"),
    ],
)
def test_an_absence_of_nobody_or_of_another_week_is_a_sentence(
    absence: AgentDay, words: str
) -> None:
    with pytest.raises(WfmError, match=words):
        with_absences(PROBLEM, ROSTER, [absence])


@pytest.mark.parametrize(
    ("scope", "today"),
    [
        (RunScope(agents=("nobody",)), None),
        (RunScope(), DAYS[-1] + timedelta(days=1)),
        (RunScope(notice_days=3), DAYS[5]),
        (RunScope(first=DAYS[-1] + timedelta(days=1)), None),
    ],
)
def test_a_scope_in_which_nothing_can_change_is_a_sentence(
    scope: RunScope, today: date | None
) -> None:
    with pytest.raises(WfmError, match="Nothing of this roster may be changed"):
        scoped_problem(PROBLEM, ROSTER, scope, today)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: RunScope(part="shoes"), "not “shoes”"),
        (lambda: RunScope(first=DAYS[1], last=DAYS[0]), "before the first day"),
        (lambda: RunScope(people=-1), "At least 0 people"),
        (lambda: RunScope(notice_days=400), "0 to 366 days"),
        (lambda: RunScope(shift_cost=-5), "between 0 and"),
    ],
)
def test_an_impossible_scope_is_a_sentence(make: Callable[[], RunScope], words: str) -> None:
    with pytest.raises(WfmError, match=words):
        make()


# --- by the solver -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("part", sorted(RUN_PARTS))
def test_the_solver_keeps_to_the_scope_and_finds_nothing_worse(part: str) -> None:
    scope = RunScope(first=DAYS[1], agents=KEYS[1:], part=part)
    more = tuple(
        replace(demand, required=np.where(demand.required > 0, demand.required + 1, 0.0))
        for demand in PROBLEM.demands
    )
    problem = replace(PROBLEM, demands=more)
    scoped = scoped_problem(problem, ROSTER, scope)
    plan = solve(scoped, QUICK)
    assert not [item for item in check(scoped, plan.duties) if item.hard]
    before, after = cells(ROSTER), cells(plan.duties)
    for key in before.keys() | after.keys():
        if not is_open(scope, None, *key):
            assert before.get(key) == after.get(key)
    shifts = {key: (duty.start, duty.end) for key, duty in after.items()}
    if part == "breaks":
        assert shifts == {key: (duty.start, duty.end) for key, duty in before.items()}
    if part == "add":
        assert before.items() <= after.items()
    if part == "remove":
        assert after.items() <= before.items()


def test_who_is_out_of_scope_costs_the_search_next_to_nothing() -> None:
    scoped = scoped_problem(PROBLEM, ROSTER, RunScope(agents=KEYS[:1]))
    for agent in scoped.agents[1:]:
        assert len(agent.options) <= 7
        assert {type(rule) for rule in agent.primitives} == {Mask}
        assert all(OFF in rule.options or len(rule.options) for rule in agent.primitives)
