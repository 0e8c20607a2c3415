from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.builders import EARLY, KINDS, NIGHT, PART, day, duty
from wfm.errors import WfmError
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.problem import BASE_MEASURES, Option
from wfm.model.roster import Duty, PlacedBreak
from wfm.rules import break_faults, night_minutes, option_table
from wfm.rules.options import has_room_for_breaks


def test_a_shift_kind_becomes_an_option_per_start_and_length():
    options, _ = option_table((PART,))
    spans = {(item.start, item.end - item.start) for item in options}
    assert spans == {(start, length) for start in range(540, 1021, 60) for length in (240, 300)}
    assert {item.breaks for item in options} == {PART.breaks}


def test_keys_are_readable_and_unique():
    options, _ = option_table(KINDS, [duty(0), duty(1, 545)])
    assert options[0].key == "early-0800-0900h"
    assert len({item.key for item in options}) == len(options)


def test_measures_describe_each_option():
    options, measures = option_table((EARLY, NIGHT))
    assert set(BASE_MEASURES) <= set(measures)
    assert all(len(column) == len(options) for column in measures.values())
    assert measures["duties"] == (1, 1, 1, 1)
    assert measures["worked_minutes"] == (480, 480, 480, 480)
    assert measures["night_minutes"] == (0, 0, 0, 420)
    assert measures["start"] == (480, 510, 540, 1320)
    assert measures["duty_class"] == (1, 1, 1, 2)


def test_a_locked_duty_becomes_an_option_of_its_own_with_its_breaks_where_they_are():
    locked = duty(1, 545, breaks=(PlacedBreak(733, 60),))
    options, _ = option_table(KINDS, [locked])
    own = options[-1]
    assert (own.start, own.end, own.kind) == (545, 1085, "early")
    assert [(rule.earliest, rule.latest) for rule in own.breaks] == [(188, 188)]


def test_two_locked_duties_of_the_same_shape_share_an_option():
    options, _ = option_table(KINDS, [duty(1, 545), duty(4, 545, agent="b")])
    assert len(options) == len(option_table(KINDS)[0]) + 1


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [(240, 780, 60), (540, 1320, 0), (840, 1380, 60), (1320, 1860, 420), (1500, 2880, 360)],
)
def test_night_is_from_22_to_5_of_every_night(start, end, minutes):
    assert night_minutes(start, end) == minutes


@given(st.integers(0, 1440), st.integers(1, 1440))
def test_night_minutes_are_the_minutes_whose_hour_is_22_to_4(start, length):
    hours = [minute // 60 % 24 for minute in range(start, start + length)]
    assert night_minutes(start, start + length) == sum(hour >= 22 or hour < 5 for hour in hours)


@pytest.mark.parametrize("step", [5, 15, 30])
def test_starts_come_every_5_15_or_30_minutes(step):
    kind = ShiftKind("k", "K", "K", 540, 600, step, (480,))
    starts = [item.start for item in option_table((kind,))[0]]
    assert starts == list(range(540, 601, step))


def test_a_kind_that_stands_for_too_many_shifts_is_a_sentence():
    lengths = tuple(range(240, 541, 15))
    kind = ShiftKind("k", "Flexible", "K", 420, 1080, 5, lengths)
    with pytest.raises(WfmError, match="Flexible stands for 2793 shifts, too many"):
        option_table((kind,))


def test_an_overnight_shift_lies_on_the_day_on_which_it_starts():
    (option,), measures = option_table((NIGHT,))
    assert (option.start, option.end) == (1320, 1860)
    assert (measures["nights"], measures["night_class"]) == ((1,), (3,))


SPLIT = ShiftKind(
    "split", "Split", "S", 540, 540, 30, (720,),
    (BreakRule(180, 240, 300, split=True), BreakRule(45, 90, 150)),
)  # fmt: skip


def test_the_hours_between_the_parts_of_a_split_shift_are_neither_work_nor_break():
    _, measures = option_table((SPLIT,))
    assert measures["worked_minutes"] == (720 - 180 - 45,)
    breaks = (PlacedBreak(660, 45), PlacedBreak(780, 180, split=True))
    # 8 h 15 of work need 60 minutes of break, the three free hours are none
    assert [str(item) for item in break_faults(540, 1260, breaks)] == [
        "495 min of work need 60 min of break, there are 45"
    ]
    assert break_faults(540, 1260, (PlacedBreak(660, 60), breaks[1])) == ()


def test_a_locked_split_shift_keeps_its_free_hours_apart_from_breaks():
    kept = Duty("a", day(0), 540, 1260, (PlacedBreak(780, 180, split=True),), "split", "S")
    (option,), _ = option_table((), [kept])
    assert option.breaks == (BreakRule(180, 240, 240, split=True),)
    whole = Duty("a", day(1), 540, 1260, (PlacedBreak(780, 180),), "split", "S")
    assert len(option_table((), [kept, whole])[0]) == 2


def test_the_free_hours_of_a_split_shift_are_not_paid():
    with pytest.raises(WfmError, match="not paid"):
        BreakRule(180, 240, 300, paid=True, split=True)


@pytest.mark.parametrize(("gap", "room"), [(0, True), (45, True), (60, False)])
def test_breaks_have_room_as_far_apart_as_the_kind_asks(gap, room):
    kind = ShiftKind(
        "k", "K", "K", 540, 540, 30, (480,),
        (BreakRule(15, 60, 180), BreakRule(60, 120, 120), BreakRule(15, 60, 240)), break_gap=gap,
    )  # fmt: skip
    (option,), _ = option_table((kind,))
    assert option.break_gap == gap
    assert has_room_for_breaks(option, 15) is room


@given(st.data())
def test_room_for_breaks_is_what_trying_every_place_finds(data):
    minutes = st.integers(30, 240)
    rules = []
    for _ in range(data.draw(st.integers(1, 3))):
        low, high = sorted((data.draw(minutes), data.draw(minutes)))
        rules.append(BreakRule(data.draw(st.sampled_from([15, 30, 60])), low, high))
    option = Option("k", 540, 900, tuple(rules), break_gap=data.draw(st.sampled_from([0, 30, 90])))
    places = [
        [540 + at for at in range(rule.earliest, min(rule.latest, 360 - rule.length) + 1)
         if (540 + at) % 15 == 0] or [540 + rule.earliest]
        for rule in rules
    ]  # fmt: skip
    ways = (
        sorted((start, start + rule.length) for start, rule in zip(starts, rules, strict=True))
        for starts in product(*places)
    )
    expected = any(
        all(two[0] - one[1] >= option.break_gap for one, two in pairwise(way)) for way in ways
    )
    assert has_room_for_breaks(option, 15) is expected
