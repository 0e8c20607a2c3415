"""A week while it is edited: where shifts may go, what follows them, what a change does."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.builders import random_duty, random_instance
from tests.analysis.draft_week import (
    EARLY,
    KINDS,
    LATE,
    MONDAY,
    SHORT,
    day,
    draft_of,
    duty,
    state_needs,
    state_of,
)
from tests.conftest import repetitions
from wfm.analysis import Coverage, coverage
from wfm.analysis.draft import (
    FINE_STEP,
    LiveCoverage,
    Move,
    WeekDraft,
    edits,
    format_span,
    is_usual,
    parse_span,
    snapped,
)
from wfm.errors import WfmError
from wfm.model.people import Availability, Leave
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.services.editing import week_draft
from wfm.services.rostering import make_problem
from wfm.services.week import judged


def moved(draft: WeekDraft, item: Duty, minutes: int = 0, days: int = 0, agent: str = "") -> Duty:
    change = edits.move(draft, [Move(item, minutes, days, agent)])
    return next(new for new in change.duties)


def refusal(draft: WeekDraft, *args: object, **kwargs: object) -> str:
    with pytest.raises(WfmError) as caught:
        moved(draft, *args, **kwargs)  # type: ignore[arg-type]
    return str(caught.value)


NEEDED = state_needs(1.0)


def same(one: Coverage, other: Coverage) -> bool:
    pairs = [(one.present, other.present), (one.surplus, other.surplus), (one.costs, other.costs)]
    for first, second in zip(one.skills, other.skills, strict=True):
        pairs += [
            (first.required, second.required),
            (first.supplied, second.supplied),
            (first.missing, second.missing),
            (first.surplus, second.surplus),
        ]
    return all(np.array_equal(first, second) for first, second in pairs)


# --- coverage follows ----------------------------------------------------------------------------


@given(st.integers(0, 10**9))
def test_coverage_that_follows_changes_equals_coverage_computed_anew(seed: int) -> None:
    rng = random.Random(seed)
    instance = random_instance(
        rng, rng.randint(1, 5), rng.randint(1, 8), rng.randint(1, 3), rng.choice([15, 30, 60])
    )
    duties = list(instance.duties)
    live = LiveCoverage.of(
        instance.horizon, instance.demands, instance.agents, duties, instance.over_cost
    )
    for _ in range(repetitions(6, 4)):
        removed = [item for item in duties if rng.random() < 0.3]
        added = [
            random_duty(
                rng, person.key, instance.horizon.start + timedelta(days=rng.randint(-1, 3))
            )
            for person in rng.sample(instance.agents, rng.randint(0, min(2, len(instance.agents))))
        ]
        duties = [item for item in duties if item not in removed] + added
        live = live.changed(removed, added)
        anew = coverage(
            instance.horizon, instance.demands, instance.agents, duties, instance.over_cost
        )
        assert same(live.coverage, anew)


def test_a_change_leaves_the_coverage_before_it_as_it_was() -> None:
    draft = draft_of([duty("a", 0), duty("b", 0)])
    before = draft.coverage
    assert before is not None
    figures = before.missing.copy()
    after = draft.applied(edits.remove(draft, draft.of("a")).changes).coverage
    assert after is not None
    assert np.array_equal(before.missing, figures)
    assert after.understaffed_agent_hours > before.understaffed_agent_hours


# --- what the draft says is what the stored week says --------------------------------------------


def random_week(rng: random.Random) -> list[Duty]:
    duties = []
    for agent, kinds in (
        ("a", (EARLY, LATE)),
        ("b", (EARLY, LATE)),
        ("c", (SHORT,)),
        ("d", (EARLY,)),
    ):
        for place in range(-4, 7):
            if rng.random() < 0.55 and (agent != "d" or place < 3):
                kind = rng.choice(kinds)
                start = rng.choice(kind.starts)
                duties.append(duty(agent, place, start, kind.key, locked=rng.random() < 0.1))
    return duties


def random_change(rng: random.Random, draft: WeekDraft) -> edits.DraftChange:
    """Return any edit of any shift; some of them cannot be."""
    duties = list(draft.all_duties())
    one, other = rng.choice(duties), rng.choice(duties)
    agent, at, fully = rng.choice("abcd"), day(rng.randint(0, 6)), rng.random() < 0.6
    step, minutes = rng.choice([15, 5]), rng.randint(-240, 200)
    to = Move(one, minutes, rng.randint(-2, 2), rng.choice(["", agent]))
    return rng.choice([
        lambda: edits.move(draft, [to], step),
        lambda: edits.resize(draft, one, end=one.end + minutes, step=step),
        lambda: edits.move_break(draft, one, 0, minutes, step),
        lambda: edits.place(draft, agent, at, rng.choice([*KINDS.values()])),
        lambda: edits.place_times(draft, agent, at, 500 + minutes, 1100),
        lambda: edits.remove(draft, [one]),
        lambda: edits.swap(draft, one, other),
        lambda: edits.lock(draft, [one, other], fully),
        lambda: edits.lock_off(draft, [(agent, at)], fully),
        lambda: edits.settle_breaks(draft, duties),
        lambda: edits.put(draft, [(agent, at, one)]),
    ])()  # fmt: skip


@given(st.integers(0, 10**9))
def test_rules_weeks_and_cost_of_a_draft_are_those_of_the_week_it_stores(seed: int) -> None:
    rng = random.Random(seed)
    leaves = (Leave("b", day(1), "paid_leave", 480), Leave("a", day(5), "half_leave", 240))
    windows = Availability("b", {4: ((480, 1080),)})
    duties = [item for item in random_week(rng) if (item.agent, item.day) != ("b", day(1))]
    state = state_of(duties, leaves=leaves, availabilities=(windows,))
    draft = week_draft(state)
    stored = dict(draft.weeks)
    for _ in range(6):
        if not draft.planned:
            break
        try:
            change = random_change(rng, draft)
        except WfmError:
            continue
        edit = draft.edit(change)
        for seen, wanted in zip(edit.seen, edit.wanted, strict=True):
            assert stored.get((wanted.agent, wanted.start)) == seen
            stored[wanted.agent, wanted.start] = wanted
        draft = draft.applied(change.changes)
    centre = replace(state.centre, weeks=tuple(stored.values()))
    reloaded = week_draft(judged(centre, make_problem(centre, NEEDED)))
    assert draft.duties == reloaded.duties
    assert {key: off for key, off in draft.locked_off.items() if off} == reloaded.locked_off
    assert draft.broken == reloaded.broken
    assert draft.cost == pytest.approx(reloaded.cost)
    assert dict(draft.weeks) == dict(reloaded.weeks)
    assert draft.coverage is not None
    assert reloaded.coverage is not None
    assert same(draft.coverage, reloaded.coverage)


# --- moving --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minute", "step", "expected"),
    [(547, 15, 540), (548, 15, 555), (542, 5, 540), (543, 5, 545), (-7, 15, 0), (-8, 15, -15)],
)
def test_times_snap_to_the_nearest_step(minute: int, step: int, expected: int) -> None:
    assert snapped(minute, step) == expected


def test_a_moved_shift_takes_its_breaks_along() -> None:
    draft = draft_of([duty("a", 0, 540)])
    new = moved(draft, draft.of("a")[0], 62)
    assert (new.start, new.end) == (600, 1140)
    assert [item.start for item in new.breaks] == [675, 780]
    assert new.kind == "early"
    assert not new.locked


def test_breaks_stay_in_their_windows_on_the_grid_when_a_shift_moves_by_five_minutes() -> None:
    draft = draft_of([duty("a", 0, 540)])
    change = edits.move(draft, [Move(draft.of("a")[0], 6)], FINE_STEP)
    new = change.duties[0]
    assert new.start == 545
    assert [item.start % 15 for item in new.breaks] == [0, 0]
    assert 545 + 75 <= new.breaks[0].start <= 545 + 150
    assert 545 + 180 <= new.breaks[1].start <= 545 + 300


def test_a_shift_that_no_kind_describes_is_locked_so_that_a_build_keeps_it() -> None:
    draft = draft_of([duty("a", 0, 540)])
    new = moved(draft, draft.of("a")[0], 15)
    assert new.start == 555
    assert new.locked
    assert not is_usual(draft.facts, new)
    assert "shift_kind" not in {
        item.rule
        for item in draft.effect(edits.move(draft, [Move(draft.of("a")[0], 15)]).changes).new
    }


def test_a_shift_becomes_of_the_kind_that_has_its_time() -> None:
    draft = draft_of([duty("a", 0, 540)])
    new = moved(draft, draft.of("a")[0], 180)
    assert (new.kind, new.letter, new.locked) == ("late", "L", False)


def test_a_shift_given_to_somebody_else_keeps_its_time_and_lock_only_if_unusual() -> None:
    draft = draft_of([duty("a", 0, 540)])
    assert moved(draft, draft.of("a")[0], agent="b") == replace(draft.of("a")[0], agent="b")
    given = moved(draft, draft.of("a")[0], agent="c")
    assert given.locked  # the part-time contract has no such shift


@pytest.mark.parametrize(
    ("agent", "days", "words"),
    [
        ("", 1, "Aoki has Annual paid leave on 2026-12-01."),
        ("", 2, "2026-12-02 is locked as a day off of Aoki. Unlock the day first."),
        ("", -1, "2026-11-29 is outside the week shown."),
        ("", 7, "2026-12-07 is outside the week shown."),
        ("b", 0, "Baba already has a shift on 2026-11-30 (12:00-21:00)."),
        ("d", 3, "Doi is not employed on 2026-12-03."),
        ("nobody", 0, "nobody is not in this week's roster."),
    ],
)
def test_what_cannot_be_is_refused_in_words(agent: str, days: int, words: str) -> None:
    draft = draft_of(
        [duty("a", 0), duty("b", 0, 720, "late")],
        leaves=(Leave("a", day(1)),),
        locked_off=(("a", day(2)),),
    )
    assert refusal(draft, draft.of("a")[0], days=days, agent=agent) == words


def test_leave_that_is_only_asked_for_and_half_days_do_not_refuse() -> None:
    leaves = (Leave("a", day(1), approved=False), Leave("a", day(2), "half_leave"))
    draft = draft_of([duty("a", 0)], leaves=leaves)
    assert moved(draft, draft.of("a")[0], days=1).day == day(1)
    assert moved(draft, draft.of("a")[0], days=2).day == day(2)


def test_a_night_shift_may_not_overlap_the_morning_after_nor_the_night_before() -> None:
    night = duty("a", 0, 1320, end=1320 + 540, breaks=())
    draft = draft_of([night, duty("a", 1, 720, "late"), duty("b", -1, 1320, end=1980, breaks=())])
    words = refusal(draft, draft.of("a")[1], -315)
    assert words == "The shift of Aoki on 2026-12-01 would overlap the one on 2026-11-30."
    with pytest.raises(WfmError, match="would overlap"):
        edits.place(draft, "b", day(0), EARLY, (480, 1020))


def test_a_shift_cannot_start_before_its_day_nor_have_no_length() -> None:
    draft = draft_of([duty("a", 0, 480)])
    assert refusal(draft, draft.of("a")[0], -600) == (
        "A shift starts between 0:00 and 24:00 of its day and ends by 48:00, not -02:00-07:00."
    )
    with pytest.raises(WfmError, match="must end after it starts"):
        edits.resize(draft, draft.of("a")[0], end=480)


def test_several_shifts_move_together_even_onto_each_others_days() -> None:
    draft = draft_of([duty("a", place) for place in range(3)])
    change = edits.move(draft, [Move(item, days=1) for item in draft.of("a")])
    assert [item.day for item in change.changes[0].after] == [day(1), day(2), day(3)]
    assert str(change.text) == "Move 3 shifts"


def test_a_copy_leaves_the_shift_where_it_is_and_is_not_locked() -> None:
    draft = draft_of([duty("a", 0, locked=True)])
    change = edits.move(draft, [Move(draft.of("a")[0], days=2)], copy=True)
    assert [(item.day, item.locked) for item in change.changes[0].after] == [
        (day(0), True),
        (day(2), False),
    ]


# --- ends and breaks -----------------------------------------------------------------------------


def test_breaks_stay_where_they_are_when_one_end_moves() -> None:
    draft = draft_of([duty("a", 0, 540)])
    change = edits.resize(draft, draft.of("a")[0], end=1140 - 8)
    new = change.duties[0]
    assert (new.start, new.end) == (540, 1140 - 15)
    assert new.breaks == draft.of("a")[0].breaks
    assert new.locked
    later = edits.resize(draft, draft.of("a")[0], start=600).duties[0]
    assert [item.start for item in later.breaks] == [675, 780]  # the first places still allowed


def test_a_shift_shorter_than_its_breaks_is_refused() -> None:
    draft = draft_of([duty("a", 0, 540)])
    with pytest.raises(WfmError) as caught:
        edits.resize(draft, draft.of("a")[0], end=615)
    assert str(caught.value) == "The shift is too short for its breaks of 75 minutes."


def test_a_moved_break_stays_between_its_neighbours() -> None:
    draft = draft_of([duty("a", 0, 540)])
    first = draft.of("a")[0]
    assert edits.move_break(draft, first, 1, 61).duties[0].breaks[1].start == 780
    pushed = edits.move_break(draft, first, 1, -500).duties[0]
    assert pushed.breaks[1].start == pushed.breaks[0].end
    assert pushed.locked  # outside its window, so no build could place it
    last = edits.move_break(draft, first, 1, 900).duties[0].breaks[1]
    assert last.end == first.end - 1


def test_breaks_are_settled_where_nobody_is_missing() -> None:
    draft = draft_of([duty("a", 0, 540), duty("b", 0, 540)], required=2.0)
    change = edits.settle_breaks(draft, draft.all_duties())
    effect = draft.effect(change.changes)
    assert effect.after.cost <= effect.before.cost
    assert all(is_usual(draft.facts, item) for item in change.duties)


# --- adding, swapping, locking -------------------------------------------------------------------


def test_a_new_shift_is_placed_where_the_day_lacks_most() -> None:
    draft = draft_of([duty("a", 0, 480), duty("b", 0, 480)])
    new = edits.place(draft, "b", day(2), LATE).duties[0]
    assert new.start in LATE.starts
    assert is_usual(draft.facts, new)
    chosen = edits.place(draft, "c", day(0), SHORT).duties[0]
    assert chosen.end == 1140  # both others leave at 17:00: as late as this kind goes


def test_times_typed_for_a_free_day_make_a_shift_of_the_kind_that_has_them() -> None:
    draft = draft_of([duty("a", 0)])
    usual = edits.place_times(draft, "a", day(1), 750, 1290).duties[0]
    assert (usual.kind, usual.locked, len(usual.breaks)) == ("late", False, 2)
    unusual = edits.place_times(draft, "a", day(1), 735, 1200).duties[0]
    assert (unusual.kind, unusual.locked) == ("late", True)


def test_a_pasted_shift_replaces_what_stands_there() -> None:
    draft = draft_of([duty("a", 0, 540), duty("b", 0, 720, "late")])
    change = edits.put(draft, [("b", day(0), draft.of("a")[0])])
    assert [item.start for item in change.changes[0].after] == [540]


def test_a_swap_exchanges_two_shifts_in_one_change() -> None:
    draft = draft_of([duty("a", 0, 540), duty("b", 0, 720, "late")])
    change = edits.swap(draft, draft.of("a")[0], draft.of("b")[0])
    after = {item.agent: item.after[0].start for item in change.changes}
    assert after == {"a": 720, "b": 540}
    assert str(change.text) == "Swap the shifts of Aoki and Baba"


def test_locks_are_kept_and_released() -> None:
    draft = draft_of([duty("a", 0)])
    locked = draft.applied(edits.lock(draft, draft.of("a"), locked=True).changes)
    assert locked.of("a")[0].locked
    assert edits.lock(locked, locked.of("a"), locked=True).empty
    off = draft.applied(edits.lock_off(draft, [("a", day(0)), ("a", day(1))], locked=True).changes)
    assert off.off("a") == {day(1)}  # a day with a shift is no day off
    edit = draft.edit(edits.lock_off(draft, [("a", day(1))], locked=True))
    assert edit.wanted[0].locked_off == (day(1),)


def test_an_edit_keeps_what_was_published_and_names_what_was_seen() -> None:
    draft = draft_of([duty("a", 0)])
    shown = replace(draft.weeks["a", MONDAY], published=draft.of("a"))
    draft = replace(draft, weeks={**draft.weeks, ("a", MONDAY): shown})
    edit = draft.edit(edits.move(draft, [Move(draft.of("a")[0], agent="b")]))
    assert [(week.agent, len(week.duties)) for week in edit.wanted] == [("a", 0), ("b", 1)]
    assert edit.wanted[0].published == draft.of("a")
    assert edit.seen == (shown, None)
    assert edit.wanted[1] == AgentWeek("b", MONDAY, edit.wanted[1].duties)


# --- rules ---------------------------------------------------------------------------------------


def test_the_effect_names_rules_newly_broken_and_mended() -> None:
    draft = draft_of([duty("a", 0, 720, "late"), duty("a", 1, 720, "late")])
    change = edits.move(draft, [Move(draft.of("a")[1], -240)])
    effect = draft.effect(change.changes)
    assert effect.new == ()
    early = edits.set_times(draft, draft.of("a")[1], 450, 990)
    broken = draft.effect(early.changes)
    assert [item.rule for item in broken.new] == ["rest"]
    assert broken.new[0].days == (day(1),)
    back = broken.after.effect(
        edits.set_times(broken.after, broken.after.of("a")[1], 720, 1260).changes
    )
    assert [item.rule for item in back.resolved] == ["rest"]
    assert back.new == ()


def test_the_head_room_is_what_the_weekly_limit_leaves() -> None:
    draft = draft_of(
        [duty("a", place) for place in range(4)], leaves=(Leave("b", day(0), "paid_leave", 480),)
    )
    assert draft.headroom("a") == 2400 - 4 * 480
    assert draft.headroom("b") == 2400 - 480
    assert draft.headroom("c") == 1200


# --- times as text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("9:00-18:00", (540, 1080)),
        ("9-18", (540, 1080)),
        ("0930-1815", (570, 1095)),
        ("９：３０〜１８：００", (570, 1080)),
        ("22:00～31:00", (1320, 1860)),
        (" 9:00 – 18:00 ", (540, 1080)),
    ],
)
def test_times_are_read_as_planners_type_them(text: str, span: tuple[int, int]) -> None:
    assert parse_span(text) == span
    assert parse_span(format_span(*span)) == span


@pytest.mark.parametrize("text", ["", "9:00", "9:75-18:00", "9:00-", "abc", "9:00-18:00-20:00"])
def test_text_that_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(WfmError, match=r"is not a shift's time such as 9:00-18:00"):
        parse_span(text)


def test_a_span_that_ends_before_it_starts_tells_how_to_write_the_next_morning() -> None:
    with pytest.raises(WfmError) as caught:
        parse_span("22:00-7:00")
    assert str(caught.value) == (
        "22:00-07:00 ends before it starts. Write the next morning past 24:00: 22:00-31:00."
    )


def test_a_hand_made_break_is_pushed_back_into_a_shorter_shift() -> None:
    own = duty("a", 0, 540, breaks=(PlacedBreak(900, 45), PlacedBreak(1000, 20)))
    draft = draft_of([own])
    new = edits.resize(draft, own, end=960).duties[0]
    assert [(item.start, item.length) for item in new.breaks] == [(894, 45), (939, 20)]
