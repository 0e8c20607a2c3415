"""What a draft suggests: the worst shortage, who could help, what mends a broken rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.analysis.draft_week import HORIZON, day, draft_of, duty
from wfm.analysis import Coverage, SkillCoverage
from wfm.analysis.draft import (
    Candidate,
    Shortage,
    WeekDraft,
    best_first,
    edits,
    fillers,
    fixes,
    resting,
    takers,
    worst_shortage,
)
from wfm.model.people import Availability, Leave
from wfm.model.roster import PlacedBreak


def lacking(**missing: dict[int, float]) -> Coverage:
    """Return a coverage of which only what is missing matters: skill → slot → agents."""
    zeros = np.zeros(HORIZON.slots)
    skills = []
    for skill, places in missing.items():
        short = zeros.copy()
        for slot, amount in places.items():
            short[slot] = amount
        skills.append(SkillCoverage(skill, short, zeros, short, zeros))
    return Coverage(HORIZON, tuple(skills), zeros, zeros, zeros)


def found(candidates: object) -> dict[str, Candidate]:
    return {item.agent: item for item in candidates if item is not None}  # type: ignore[attr-defined]


def test_the_worst_shortage_reaches_as_far_as_half_as_many_are_missing() -> None:
    covered = lacking(phone={140: 2, 141: 5, 142: 3, 143: 2.4, 150: 4})
    assert worst_shortage(covered) == Shortage(day(1), 45 * 15, 47 * 15, 5, ("phone",))


def test_shortages_of_all_skills_add_up_and_one_skill_can_be_asked_for() -> None:
    covered = lacking(phone={40: 2}, mail={40: 1, 41: 2, 300: 2.5})
    assert worst_shortage(covered) == Shortage(day(0), 600, 630, 3, ("phone", "mail"))
    assert worst_shortage(covered, "mail") == Shortage(day(3), 180, 195, 2.5, ("mail",))
    assert worst_shortage(lacking(phone={})) is None
    assert worst_shortage(lacking(), "phone") is None


def test_a_shortage_ends_with_its_day() -> None:
    covered = lacking(phone=dict.fromkeys(range(90, 100), 1.0))
    assert worst_shortage(covered) == Shortage(day(0), 90 * 15, 96 * 15, 1, ("phone",))


def test_who_can_fill_a_shortage_is_free_skilled_and_breaks_no_hard_rule() -> None:
    late_before = duty("b", 0, 780, "late")
    draft = draft_of(
        [duty("a", 1, 480), late_before],
        leaves=(Leave("d", day(1)),),
        availabilities=(Availability("b", {1: ((480, 1020),)}),),
    )
    shortage = Shortage(day(1), 1080, 1140, 1, ("phone", "mail"))
    helpers = found(fillers(draft, shortage))
    # a works already, b is home by 17:00 (and rests until 9:00), d is on leave
    assert set(helpers) == {"c"}
    given = helpers["c"].duty
    assert (given.start <= 1080, given.end >= 1140, given.locked) == (True, True, False)
    assert helpers["c"].cost < 0
    assert helpers["c"].headroom == 1200 - given.worked_minutes


def test_nobody_without_the_skill_that_lacks_is_asked() -> None:
    draft = draft_of([duty("a", 0)])
    helpers = found(fillers(draft, Shortage(day(1), 720, 780, 1, ("phone",))))
    assert set(helpers) == {"a", "b", "d"}


def test_a_shift_can_be_taken_by_those_whose_contract_and_rules_allow_it() -> None:
    draft = draft_of([duty("a", 1, 480), duty("b", 0, 780, "late"), duty("d", 1, 600)])
    helpers = found(takers(draft, draft.of("a")[0]))
    assert helpers == {}  # b would rest 10 h only, c has no such shift, d works already
    later = draft_of([duty("a", 1, 600), duty("b", 0, 780, "late")])
    assert set(found(takers(later, later.of("a")[0]))) == {"b", "d"}


def test_candidates_come_by_what_they_save_then_by_the_hours_left() -> None:
    change = edits.lock(draft_of([duty("a", 0)]), [], locked=True)
    ordered = best_first([
        Candidate("x", change, -5.2, 10), Candidate("y", change, -5.0, 90),
        Candidate("z", change, -30.0, 0),
    ])  # fmt: skip
    assert [item.agent for item in ordered] == ["z", "y", "x"]


@pytest.fixture
def tired() -> WeekDraft:
    """Somebody with ten hours of rest before the second shift."""
    return draft_of([duty("a", 0, 780, "late"), duty("a", 1, 480)])


def test_a_short_rest_is_mended_by_the_nearest_later_start(tired: WeekDraft) -> None:
    broken = next(item for item in tired.violations() if item.rule == "rest")
    first, second = fixes(tired, broken)
    assert str(first.text) == "1 h later resolves it"
    assert first.change.duties[0].start == 540
    assert str(second.text) == "A day off on 2026-12-01 resolves it"
    assert tired.effect(first.change.changes).resolved == (broken,)


def test_half_an_hour_is_told_in_minutes() -> None:
    draft = draft_of([duty("a", 0, 750, "late"), duty("a", 1, 480)])
    broken = next(item for item in draft.violations() if item.rule == "rest")
    assert str(fixes(draft, broken)[0].text) == "30 min later resolves it"


def test_too_many_days_in_a_row_are_mended_by_the_cheapest_day_off() -> None:
    draft = draft_of([duty("a", place) for place in range(-3, 4)])
    broken = [item for item in draft.violations() if item.rule == "consecutive_days"]
    assert broken
    assert str(fixes(draft, broken[0])[0].text) == f"A day off on {broken[0].days[0]} resolves it"


def test_breaks_outside_their_windows_are_put_in_order() -> None:
    wrong = duty("a", 0, 540)
    wrong = replace(wrong, breaks=(wrong.breaks[0], PlacedBreak(945, 60)))
    draft = draft_of([wrong])
    broken = next(item for item in draft.violations() if item.rule == "breaks")
    assert str(fixes(draft, broken)[0].text) == "Put its breaks in order"


def test_who_rests_in_a_shortage_is_found_by_break_and_skill() -> None:
    draft = draft_of([duty("a", 0, 540), duty("b", 0, 720, "late"), duty("c", 0, 540, "short")])
    lunch = Shortage(day(0), 720, 780, 1, ("phone",))
    assert resting(draft, lunch) == draft.of("a")
    assert resting(draft, Shortage(day(0), 795, 900, 1, ("phone",))) == draft.of("b")
    assert resting(draft, Shortage(day(1), 720, 780, 1, ("phone",))) == ()
