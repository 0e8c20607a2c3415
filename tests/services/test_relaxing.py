"""What could give way: found by family, priced by re-solving, never claimed beyond that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from solver import SolveSettings, solve
from tests.services.shift_centre import (
    EARLY,
    HORIZON,
    LATE,
    MONDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    duty,
    roster,
    shift_centre,
    write,
)
from wfm.analysis.kpis import roster_cost
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.people import Leave, Wish
from wfm.model.problem import RosterProblem
from wfm.model.roster import AgentWeek, RosterPlan
from wfm.services.relaxing import (
    FAMILIES,
    Focus,
    Relaxation,
    Situation,
    approved_leaves,
    locks,
    looser_numbers,
    one_more,
    pending_leaves,
    price_relaxations,
    price_words,
    relaxations,
    templates,
    wishes,
    without_rules,
)
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with shift_centre(tmp_path) as made:
        yield made


def situation(workspace: Workspace, focus: Focus | None = None) -> Situation:
    return workspace.rosters.questions.situation(HORIZON, focus)


def words(found: Iterator[Relaxation]) -> list[str]:
    return [str(item.text) for item in found]


TUESDAY_NOON = Focus(TUESDAY, 720, 750, "phone")

# --- families ------------------------------------------------------------------------------------


def test_leave_that_waits_comes_from_requests_and_from_the_calendar(workspace: Workspace) -> None:
    write(workspace, Leave("b", WEDNESDAY, approved=False))
    workspace.requests.enter_leave("a", TUESDAY)
    found = situation(workspace)
    assert sorted(words(pending_leaves(found))) == [
        "Approve the leave of Aoki on 2026-12-01 (Annual paid leave)",
        "Approve the leave of Baba on 2026-12-02 (Annual paid leave)",
    ]
    assert {item.sign for item in pending_leaves(found)} == {0}
    granted = next(item for item in pending_leaves(found) if "Aoki" in str(item.text))
    centre = granted.centre(found.centre)
    assert ("a", TUESDAY) not in {(item.agent, item.day) for item in centre.roster.duties}
    assert Leave("a", TUESDAY, "paid_leave", 480) in centre.leaves


def test_only_days_and_people_that_bear_on_the_shortage_are_looked_at(
    workspace: Workspace,
) -> None:
    write(
        workspace,
        Leave("e", TUESDAY), Leave("e", WEDNESDAY), Leave("f", TUESDAY),
        Wish("a", TUESDAY), Wish("f", TUESDAY), Wish("a", WEDNESDAY),
        AgentWeek("b", MONDAY, (duty("b", TUESDAY, 780, locked=True), duty("b", WEDNESDAY, 780))),
        AgentWeek("d", MONDAY, locked_off=(TUESDAY,)),
    )  # fmt: skip
    found = situation(workspace, TUESDAY_NOON)
    assert words(approved_leaves(found)) == [
        "Endo works on 2026-12-01 instead of Annual paid leave"
    ]
    assert words(wishes(found)) == ["Aoki takes back the wish for 2026-12-01"]
    assert words(locks(found)) == ["Unlock Baba on 2026-12-01", "Unlock Doi on 2026-12-01"]
    unlocked = next(locks(found)).centre(found.centre)
    assert not [item for item in unlocked.roster.duties if item.locked]
    assert unlocked.roster.locked_off == found.centre.roster.locked_off


def test_past_days_are_not_looked_at(workspace: Workspace) -> None:
    write(workspace, Leave("e", TUESDAY), replace(workspace.site, as_of=WEDNESDAY))
    found = situation(workspace, TUESDAY_NOON)
    assert found.today == WEDNESDAY
    assert list(approved_leaves(found)) == []


def test_a_rule_gives_way_by_one_step_in_the_direction_that_is_looser(
    workspace: Workspace,
) -> None:
    found = words(looser_numbers(situation(workspace)))
    assert "“Rest between shifts”: Least rest 10 h instead of 11 h" in found
    assert "“Consecutive working days”: Most days 6 instead of 5" in found
    assert not [
        item for item in found if "12 h instead of 11 h" in item or "4 instead of 5" in item
    ]
    # what the law fixes is not offered
    assert not [item for item in found if "Longest working day" in item or "Weekly hours" in item]


def test_a_number_that_gives_way_is_in_the_compiled_week(workspace: Workspace) -> None:
    found = situation(workspace)
    rest = next(item for item in looser_numbers(found) if "Rest between" in str(item.text))
    centre = rest.centre(found.centre)
    assert centre.site.rules["rest"] == {"minutes": 600}
    without = next(item for item in without_rules(found) if "Rest between" in str(item.text))
    problem = without.problem(found.problem)
    keys = {item.rule.key for agent in problem.agents for item in agent.primitives}
    assert "rest" not in keys
    assert "weekly_days" in keys


def test_one_more_person_has_the_terms_of_most_with_the_skill(workspace: Workspace) -> None:
    found = situation(workspace)
    assert words(one_more(found)) == ["One more person for Mail (Free)",
                                      "One more person for Phone (Full)"]  # fmt: skip
    centre = list(one_more(found))[1].centre(found.centre)
    assert (centre.agents[-1].contract, centre.agents[-1].skills) == ("full", {"phone": 2})


def test_the_shift_kind_that_reaches_the_shortage_is_the_most_promising(
    workspace: Workspace,
) -> None:
    # nobody is there from 7:30 to 8:00 on Monday to Friday, when early shifts do not reach
    from tests.services.shift_centre import required

    phone, mail = required()
    needed = phone.rostered.copy()
    for day in range(5):
        needed[day * 48 + 15] = 3
    write(workspace, replace(phone, rostered=needed), mail)
    found = sorted(templates(situation(workspace)), key=lambda item: -item.hope)
    assert str(found[0].text) == "Early may also start at 07:30"
    kind = found[0].centre(situation(workspace).centre).shift_kinds["early"]
    assert (kind.earliest_start, kind.latest_start) == (450, EARLY.latest_start)
    texts = [str(item.text) for item in found]
    assert "Late may also last 10:00" in texts
    assert "Breaks of Late may lie 30 min earlier or later" in texts
    assert LATE.lengths == (540,)


def test_the_shortage_in_question_is_the_worst_that_is_to_come(workspace: Workspace) -> None:
    write(workspace, AgentWeek("a", MONDAY), AgentWeek("c", MONDAY))
    found = situation(workspace)
    assert found.today == TODAY
    assert found.focus == Focus(MONDAY, 480, 510, "phone")
    write(workspace, replace(workspace.site, as_of=WEDNESDAY))
    assert situation(workspace).focus == Focus(WEDNESDAY, 480, 510, "phone")


def test_every_family_is_tried_before_a_second_of_any(workspace: Workspace) -> None:
    write(workspace, Leave("b", WEDNESDAY, approved=False), Leave("b", MONDAY, approved=False))
    found = relaxations(situation(workspace), FAMILIES, 6)
    families = [item.family for item in found]
    assert len(families) == 6
    assert len(set(families[:5])) == 5


# --- prices --------------------------------------------------------------------------------------


def keeping(problem: RosterProblem) -> RosterPlan:
    """Return the roster before the run: a solver that finds nothing."""
    assert problem.stability is not None
    duties = problem.stability.duties
    return RosterPlan(problem.horizon, duties, roster_cost(problem, duties), 0.0, "feasible")


def test_a_search_that_finds_nothing_claims_nothing(workspace: Workspace) -> None:
    found = price_relaxations(situation(workspace), keeping)
    assert found.prices
    assert {item.gain_hours for item in found.prices} == {0.0}
    assert {item.proven_hours for item in found.prices} == {0.0}
    assert found.limit is None
    assert all("no difference was found" in str(price_words(item)) for item in found.prices)


def test_a_worse_roster_of_a_bad_search_is_nobodys_merit(workspace: Workspace) -> None:
    calls = []

    def bad_first(problem: RosterProblem) -> RosterPlan:
        calls.append(problem)
        kept = keeping(problem)
        return (
            replace(kept, duties=(), objective=kept.objective + 1000) if len(calls) == 1 else kept
        )

    found = price_relaxations(situation(workspace), bad_first)
    assert {item.gain_hours for item in found.prices} == {0.0}


@pytest.mark.parametrize(
    ("sign", "over_cost", "gain"),
    [(1, 0, 28.0), (1, 2, 0.0), (-1, 2, -28.0), (-1, 0, 0.0), (0, 2, -28.0), (0, 0, 28.0)],
)
def test_what_can_only_help_costs_nothing_and_what_can_only_cost_saves_nothing(
    workspace: Workspace, sign: int, over_cost: int, gain: float
) -> None:
    # 140 agent-hours are surplus: 280 half hours at 1 more or less, a missing one costs 5
    changed = Relaxation(
        "rule", message("Done"), problem=lambda item: replace(item, over_cost=over_cost), sign=sign
    )

    def proven(problem: RosterProblem) -> RosterPlan:
        plan = keeping(problem)
        return replace(plan, lower_bound=plan.objective - 10)

    (price,) = price_relaxations(situation(workspace), proven, [changed]).prices
    assert price.gain_hours == gain
    # all of it but the ten that are not proven
    assert price.proven_hours == (27.0 if gain > 0 or (gain and sign) else 0.0)


def test_a_stop_leaves_the_rest_untried_and_says_so(workspace: Workspace) -> None:
    told: list[str] = []
    found = price_relaxations(
        situation(workspace),
        keeping,
        on_step=lambda _done, _total, what: told.append(str(what)),
        should_stop=lambda: len(told) >= 3,
    )
    assert len(found.prices) == 2
    assert told[0] == "As it is"
    assert len(found.untried) == len(relaxations(situation(workspace))) - 2


def test_what_cannot_be_tried_is_named_and_comes_last(workspace: Workspace) -> None:
    def refuse(_problem: RosterProblem) -> RosterProblem:
        raise WfmError(message("The solver failed unexpectedly ({detail}).", detail="x"))

    broken = Relaxation("rule", message("As it is"), problem=refuse)
    fine = Relaxation("rule", message("Done"))
    found = price_relaxations(situation(workspace), keeping, [broken, fine])
    assert [item.failure is None for item in found.prices] == [True, False]
    assert str(price_words(found.prices[1])) == "As it is: The solver failed unexpectedly (x)."


def test_to_change_nothing_means_what_is_missing_now(workspace: Workspace) -> None:
    write(workspace, AgentWeek("a", MONDAY), AgentWeek("c", MONDAY), AgentWeek("d", MONDAY),
          AgentWeek("b", MONDAY))  # fmt: skip
    found = price_relaxations(situation(workspace), keeping, [])
    assert [str(item) for item in found.accept] == [
        "2026-11-30 08:00: 1 short for Phone",
        "2026-11-30 08:30: 1 short for Phone",
        "2026-11-30 09:00: 1 short for Phone",
    ]
    assert found.now.short_hours == 60


@pytest.mark.slow
def test_leave_withdrawn_and_leave_granted_are_priced_by_the_solver(workspace: Workspace) -> None:
    # on Tuesday everybody else is away: nobody could be there in the place of a
    for key in "bcde":
        own = tuple(d for k, d in roster(workspace).items() if k[0] == key and k[1] != TUESDAY)
        write(workspace, Leave(key, TUESDAY), AgentWeek(key, MONDAY, own))
    write(workspace, Leave("a", TUESDAY, approved=False))
    chosen = [
        item
        for item in relaxations(situation(workspace, TUESDAY_NOON), FAMILIES, 99)
        if item.family in {"grant", "leave"}
    ]

    def solved(problem: RosterProblem) -> RosterPlan:
        return solve(problem, SolveSettings(time_limit_s=20, workers=1))

    found = price_relaxations(situation(workspace, TUESDAY_NOON), solved, chosen)
    prices = {str(item.relaxation.text): item for item in found.prices}
    granted = prices["Approve the leave of Aoki on 2026-12-01 (Annual paid leave)"]
    assert granted.short_hours >= 8
    assert granted.gain_hours <= -7
    assert prices["Chiba works on 2026-12-01 instead of Annual paid leave"].short_hours < 0
