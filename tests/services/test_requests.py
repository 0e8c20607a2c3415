"""Requests: refused in words, weighed by the planner's rules, carried out whole and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.persistence.test_undo import state
from tests.services.shift_centre import (
    DAYS,
    MONDAY,
    PEOPLE,
    SATURDAY,
    SUNDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    duty,
    leaves,
    roster,
    shift_centre,
    week_of,
    write,
)
from wfm.errors import Conflict, ProblemsError, WfmError
from wfm.model.people import Leave
from wfm.model.request import Request
from wfm.model.roster import AgentWeek
from wfm.services.requests import RequestCard
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with shift_centre(tmp_path) as made:
        yield made


def card_of(workspace: Workspace, key: str = "r0001") -> RequestCard:
    return workspace.requests.card(key)


def approve(workspace: Workspace, key: str = "r0001", reason: str = "") -> RequestCard:
    """Approve a request on what is seen now; returns the card it was approved on."""
    card = card_of(workspace, key)
    assert card.evidence is not None
    workspace.requests.approve(key, card.evidence, reason)
    return card


def told(card: RequestCard, topic: str) -> list[tuple[str, str]]:
    """Return the lights of a topic as (tone, English sentence)."""
    return [(item.tone, str(item.text)) for item in card.lights if item.topic == topic]


def proposal(workspace: Workspace, key: str = "r0001") -> tuple[str, tuple[str, ...]]:
    found = card_of(workspace, key).evidence
    assert found is not None
    return found.proposal, found.reasons


# --- what cannot be asked for --------------------------------------------------------------------

REFUSED: dict[str, tuple[Request, str]] = {
    "with oneself": (
        Request("", "swap", "a", TUESDAY, "a", TUESDAY), "Aoki cannot swap with themselves"),
    "nobody": (Request("", "swap", "a", TUESDAY, "", TUESDAY), "Choose the person"),
    "a stranger": (Request("", "swap", "a", TUESDAY, "zz", TUESDAY), "nobody “zz”"),
    "a day that is past": (
        Request("", "swap", "a", TODAY - timedelta(days=1), "d", TODAY - timedelta(days=1)),
        "2026-11-28 is past"),
    "a week without roster": (
        Request("", "swap", "a", DAYS[0] + timedelta(days=7), "d", DAYS[0] + timedelta(days=7)),
        "no roster for 2026-12-07"),
    "both off": (
        Request("", "swap", "a", SUNDAY, "d", SUNDAY), "Aoki and Doi are both off on 2026-12-06"),
    "one of two days off": (
        Request("", "swap", "a", TUESDAY, "d", SATURDAY), "Doi has no shift on 2026-12-05"),
    "the same shift": (
        Request("", "swap", "d", TUESDAY, "f", TUESDAY), "have the same shift"),
    "leave that ends before it begins": (
        Request("", "leave", "a", TUESDAY, last_day=MONDAY, absence="paid_leave"),
        "before the first one"),
    "a past leave": (
        Request("", "leave", "a", date(2026, 11, 3), absence="paid_leave"), "is past"),
    "leave on days off": (
        Request("", "leave", "a", SATURDAY, last_day=SUNDAY, absence="paid_leave"), "off on these"),
    "leave of no kind": (
        Request("", "leave", "a", TUESDAY, absence="picnic"), "no leave of the kind “picnic”"),
    "too long a leave": (
        Request("", "leave", "a", TUESDAY, last_day=date(2027, 3, 1), absence="paid_leave"),
        "at most 62 days"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_asked_for_is_refused_in_words_and_nothing_is_kept(
    name: str, workspace: Workspace
) -> None:
    draft, words = REFUSED[name]
    before = state(workspace._session.database)
    assert words in " ".join(map(str, workspace.requests.draft_card(draft).faults))
    with pytest.raises(WfmError) as caught:
        workspace.requests.enter(draft)
    problems = getattr(caught.value, "problems", ())
    assert words in " ".join([str(caught.value), *(str(item.reason) for item in problems)])
    assert state(workspace._session.database) == before


def test_somebody_who_has_left_by_then_is_told(workspace: Workspace) -> None:
    write(workspace, replace(PEOPLE[3], left=TUESDAY))
    with pytest.raises(WfmError, match="Doi is not employed on 2026-12-01"):
        workspace.requests.enter_swap("a", TUESDAY, "d")


def test_several_faults_are_told_at_once(workspace: Workspace) -> None:
    with pytest.raises(ProblemsError) as caught:
        workspace.requests.enter_swap("a", date(2026, 11, 2), "zz")
    assert len(caught.value.problems) == 2


def test_somebody_on_leave_swaps_nothing(workspace: Workspace) -> None:
    write(workspace, Leave("e", TUESDAY))
    with pytest.raises(WfmError, match="Endo is on leave on 2026-12-01"):
        workspace.requests.enter_swap("a", TUESDAY, "e")


def test_the_same_swap_is_entered_once_whoever_tells_it(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", MONDAY, "c", SATURDAY)
    with pytest.raises(WfmError, match=r"The same swap is open already \(r0001\)"):
        workspace.requests.enter_swap("c", SATURDAY, "a", MONDAY)
    workspace.requests.withdraw("r0001")
    workspace.requests.enter_swap("c", SATURDAY, "a", MONDAY)
    assert [item.key for item in workspace.requests.all()] == ["r0002", "r0001"]


def test_leave_that_overlaps_another_request_is_refused(workspace: Workspace) -> None:
    workspace.requests.enter_leave("a", MONDAY, WEDNESDAY)
    with pytest.raises(WfmError, match="asked for already"):
        workspace.requests.enter_leave("a", WEDNESDAY, note="again")
    write(workspace, Leave("c", TUESDAY))
    with pytest.raises(WfmError, match="Chiba is on leave on 2026-12-01 already"):
        workspace.requests.enter_leave("c", TUESDAY)


# --- one policy for everybody --------------------------------------------------------------------


def test_a_swap_that_keeps_every_rule_is_proposed_for_approval(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d", note=" school visit ")
    card = card_of(workspace)
    assert proposal(workspace) == ("approve", ("fine",))
    assert told(card, "rules") == [("ok", "No rule is broken by it (15 rules checked)")]
    assert told(card, "coverage") == [("ok", "No interval becomes shorter of staff")]
    assert [tone for tone, _ in told(card, "hours")] == ["ok", "ok"]
    assert told(card, "fairness") == [
        ("ok", "Aoki: late shifts 0 → 1 in four weeks (everybody's mean 2.5)"),
        ("ok", "Doi: late shifts 5 → 4 in four weeks (everybody's mean 2.5)"),
    ]
    assert card.request.note == "school visit"
    assert card.request.entered_by == "planner"


def test_a_swap_that_breaks_the_rest_is_proposed_for_refusal_with_both_reasons(
    workspace: Workspace,
) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "b")
    card = card_of(workspace)
    assert proposal(workspace) == ("refuse", ("rules",))
    assert [tone for tone, _ in told(card, "rules")] == ["bad", "bad"]
    assert "Aoki: Only 10.0 h of rest before the shift of 2026-12-02" in told(card, "rules")[0][1]
    assert "Baba: Only 10.0 h of rest before the shift of 2026-12-01" in told(card, "rules")[1][1]
    assert str(card.reasons[0]).startswith("It would break 2 rules, first: Aoki: Only 10.0 h")


def test_a_shift_given_away_leaves_too_few_hours_and_says_so(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", MONDAY, "e")
    card = card_of(workspace)
    assert proposal(workspace)[0] == "refuse"
    assert "8.0 h below the contract's weekly minimum" in told(card, "rules")[0][1]
    assert told(card, "hours")[0] == (
        "warn", "Aoki: 40.0 → 32.0 h, 5 → 4 days in the week (contract 40.0–40.0 h, 5 days)",
    )  # fmt: skip


def test_a_swap_that_takes_a_skill_away_is_looked_at_closer(workspace: Workspace) -> None:
    write(workspace, replace(week_of("f", 720), duties=(duty("f", TUESDAY, 720),)))
    write(workspace, AgentWeek("d", MONDAY, week_of("d", 720).duties[2:]))
    write(workspace, AgentWeek("b", MONDAY, week_of("b", 780).duties[2:]))
    write(workspace, AgentWeek("c", MONDAY, week_of("c", 540, first=1).duties[1:]))
    workspace.requests.enter_swap("a", TUESDAY, "f")
    card = card_of(workspace)
    assert proposal(workspace)[0] == "look_closer"
    assert "shortage" in proposal(workspace)[1]
    (light,) = told(card, "coverage")
    assert light == (
        "bad",
        (
            "5.0 agent-hours become short of staff, most at 2026-12-01 08:00 for Phone: 0.0 → 1.0"
            " missing"
        ),
    )


def test_an_exchange_across_two_days_moves_each_shift_to_the_other(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", MONDAY, "c", SATURDAY)
    assert proposal(workspace) == ("approve", ("fine",))
    approve(workspace)
    now = roster(workspace)
    assert ("a", MONDAY) not in now
    assert ("c", SATURDAY) not in now
    assert now["c", MONDAY] == duty("c", MONDAY, 480, locked=True)
    assert now["a", SATURDAY] == duty("a", SATURDAY, 540, locked=True)


def test_a_late_sunday_is_checked_against_the_week_after(workspace: Workspace) -> None:
    monday = MONDAY + timedelta(days=7)
    late = replace(week_of("d", 720, first=2), duties=tuple(
        duty("d", day, 780 if day == SUNDAY else 720) for day in DAYS[2:]
    ))  # fmt: skip
    early = AgentWeek("e", monday, (duty("e", monday, 480),))
    write(workspace, late, early, AgentWeek("e", MONDAY))
    workspace.requests.enter_swap("d", SUNDAY, "e")
    told_rules = told(card_of(workspace), "rules")
    assert ("bad", "Endo: Only 10.0 h of rest before the shift of 2026-12-07 (at least 11.0 h)"
            ) in told_rules  # fmt: skip


def test_unknown_required_staff_is_looked_at_closer(tmp_path: Path) -> None:
    with shift_centre(tmp_path, needs=False) as workspace:
        workspace.requests.enter_swap("a", TUESDAY, "d")
        assert proposal(workspace) == ("look_closer", ("not_covered",))


def test_what_a_planner_has_locked_is_looked_at_closer_not_refused(workspace: Workspace) -> None:
    locked = replace(week_of("a", 480), duties=tuple(
        duty("a", day, 480, locked=day == TUESDAY) for day in DAYS[:5]
    ))  # fmt: skip
    write(workspace, locked)
    workspace.requests.enter_swap("a", TUESDAY, "d")
    assert proposal(workspace) == ("look_closer", ("locked",))


def test_more_leave_than_is_left_and_a_crowded_day_are_looked_at_closer(
    workspace: Workspace,
) -> None:
    write(workspace, Leave("a", date(2026, 11, 10), minutes=480))
    workspace.requests.enter_leave("a", MONDAY, TUESDAY)
    found = proposal(workspace)
    assert found[0] == "look_closer"
    assert set(found[1]) == {"shortage", "balance", "away"}
    assert ("bad", "Paid leave left: 1.0 days, -1.0 after this") in told(
        card_of(workspace), "leave"
    )


def test_leave_before_the_roster_is_built_keeps_the_days_free(workspace: Workspace) -> None:
    first = MONDAY + timedelta(days=7)
    write(workspace, *(colleague(key) for key in "ghijkl"))
    workspace.requests.enter_leave("c", first, first + timedelta(days=6))
    assert proposal(workspace) == ("approve", ("before_roster",))
    approve(workspace)
    assert [(item.day.weekday(), item.kind, item.minutes) for item in leaves(workspace)] == [
        *((place, "paid_leave", 480) for place in range(5)), (5, "day_off", 0), (6, "day_off", 0),
    ]  # fmt: skip


def colleague(key: str) -> object:
    """Return one more colleague, so that one on leave is no crowd."""
    return replace(PEOPLE[0], key=key, name=key)


# --- deciding ------------------------------------------------------------------------------------


def test_approving_exchanges_the_shifts_locks_them_and_closes_the_request_in_one_operation(
    workspace: Workspace,
) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    card = approve(workspace, reason="agreed with both")
    (entry,) = workspace.log.last(1)
    assert str(entry.text) == "Approve the swap of Aoki and Doi, 2026-12-01"
    assert sorted(change.kind for change in entry.changes) == [
        "agent_week", "agent_week", "request",
    ]  # fmt: skip
    now = roster(workspace)
    assert now["a", TUESDAY] == duty("a", TUESDAY, 720, locked=True)
    assert now["d", TUESDAY] == duty("d", TUESDAY, 480, locked=True)
    done = card_of(workspace)
    assert (done.request.state, done.request.decided_by) == ("approved", "planner")
    assert done.request.reason == "agreed with both"
    assert done.request.evidence == card.evidence
    assert done.lights == card.lights
    assert done.proposal == card.proposal


def test_undo_of_the_approval_brings_back_the_roster_and_the_open_request(
    workspace: Workspace,
) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    before = state(workspace._session.database)
    approve(workspace)
    workspace.log.undo(workspace.log.last(1)[0].id)
    assert state(workspace._session.database) == before
    assert card_of(workspace).request.is_open
    approve(workspace)
    workspace.requests.reopen("r0001")
    assert state(workspace._session.database) == before
    with pytest.raises(WfmError, match="Nothing has been decided"):
        workspace.requests.reopen("r0001")


def test_a_decision_is_not_taken_back_once_somebody_built_on_it(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    approve(workspace)
    write(workspace, week_of("a", 540))
    with pytest.raises(Conflict, match="other"):
        workspace.requests.reopen("r0001")
    assert card_of(workspace).request.state == "approved"


def test_a_roster_changed_since_the_figures_is_a_conflict_that_names_who(
    workspace: Workspace,
) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    seen = card_of(workspace).evidence
    assert seen is not None
    write(workspace, week_of("a", 510))
    before = state(workspace._session.database)
    with pytest.raises(Conflict, match="The roster of Aoki was changed by other since you looked"):
        workspace.requests.approve("r0001", seen)
    assert state(workspace._session.database) == before


def test_other_figures_than_those_seen_are_a_conflict_too(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    seen = card_of(workspace).evidence
    assert seen is not None
    write(workspace, AgentWeek("c", MONDAY, ()))
    with pytest.raises(Conflict, match="figures have changed"):
        workspace.requests.approve("r0001", seen)


def test_what_the_rules_would_refuse_is_approved_with_a_reason_only(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "b")
    with pytest.raises(WfmError, match="write down the reason"):
        approve(workspace)
    approve(workspace, reason="both asked for it, one day only")
    assert roster(workspace)["a", TUESDAY].start == 780


def test_what_breaks_the_law_is_not_approved_whatever_the_reason(workspace: Workspace) -> None:
    full_week = AgentWeek("e", MONDAY, tuple(duty("e", day, 480) for day in DAYS[:6]))
    write(workspace, full_week, AgentWeek("d", MONDAY, (duty("d", SUNDAY, 720),)))
    workspace.requests.enter_swap("e", SUNDAY, "d")
    with pytest.raises(WfmError, match="it would break the law: Endo: No free calendar day"):
        approve(workspace, reason="please")


def test_a_request_whose_shift_is_gone_is_not_carried_out(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    write(workspace, AgentWeek("a", MONDAY, ()), AgentWeek("d", MONDAY, ()))
    card = card_of(workspace)
    assert "both off" in str(card.faults[0])
    assert card.evidence is not None
    with pytest.raises(WfmError, match="both off"):
        workspace.requests.approve("r0001", card.evidence)


def test_refusing_needs_a_reason_and_keeps_the_figures(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "b")
    seen = card_of(workspace).evidence
    with pytest.raises(WfmError, match="Write down why"):
        workspace.requests.refuse("r0001", "  ", seen)
    workspace.requests.refuse("r0001", "too little rest", seen)
    done = card_of(workspace)
    assert (done.request.state, done.request.reason) == ("refused", "too little rest")
    assert done.evidence == seen
    assert roster(workspace)["a", TUESDAY].start == 480
    workspace.requests.reopen("r0001")
    assert card_of(workspace).request.is_open


def test_a_decided_request_is_not_decided_again(workspace: Workspace) -> None:
    workspace.requests.enter_swap("a", TUESDAY, "d")
    seen = card_of(workspace).evidence
    assert seen is not None
    workspace.requests.withdraw("r0001")
    for decide in (
        lambda: workspace.requests.approve("r0001", seen),
        lambda: workspace.requests.refuse("r0001", "late"),
        lambda: workspace.requests.withdraw("r0001"),
    ):
        with pytest.raises(Conflict, match="decided by planner already"):
            decide()
    with pytest.raises(WfmError, match="no request r0009"):
        workspace.requests.withdraw("r0009")


def test_approved_leave_frees_the_days_and_is_an_absence_of_its_kind(workspace: Workspace) -> None:
    workspace.requests.enter_leave("c", MONDAY, WEDNESDAY, "special_leave", note="wedding")
    approve(workspace)
    assert leaves(workspace) == (
        Leave("c", TUESDAY, "special_leave", 480, note="wedding"),
        Leave("c", WEDNESDAY, "special_leave", 480, note="wedding"),
    )
    assert ("c", TUESDAY) not in roster(workspace)
    assert ("c", DAYS[3]) in roster(workspace)


def test_requests_are_listed_open_ones_first_by_day_then_the_newest_decision(
    workspace: Workspace,
) -> None:
    workspace.requests.enter_swap("a", WEDNESDAY, "d")
    workspace.requests.enter_swap("a", TUESDAY, "d")
    workspace.requests.enter_leave("c", TUESDAY)
    workspace.requests.withdraw("r0003")
    assert [item.key for item in workspace.requests.all()] == ["r0002", "r0001", "r0003"]


def test_people_are_offered_by_name_without_those_who_left(workspace: Workspace) -> None:
    write(workspace, replace(PEOPLE[1], left=MONDAY))
    assert [item.name for item in workspace.requests.people()] == [
        "Aoki", "Chiba", "Doi", "Endo", "Fuji",
    ]  # fmt: skip
