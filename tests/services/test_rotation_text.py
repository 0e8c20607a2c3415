"""Rotations are typed as planners speak of them, and shown one sign a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.builders import EARLY, NIGHT
from wfm.errors import WfmError
from wfm.services.rotation_text import rotation_of, rotation_text

KINDS = {kind.key: kind for kind in (EARLY, NIGHT)}


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ()),
        ("4勤2休", ("work",) * 4 + ("off",) * 2),
        ("４勤２休", ("work",) * 4 + ("off",) * 2),
        ("2 on 1 off 3 on 1 off", ("work", "work", "off", "work", "work", "work", "off")),
        ("○ ○ – –", ("work", "work", "off", "off")),
        ("E、E、N、休、休", ("early", "early", "night", "off", "off")),
    ],
)
def test_a_round_of_days_is_read(text, steps):
    assert rotation_of(text, KINDS) == steps


@pytest.mark.parametrize("text", ["4勤", "X", "E E ?", "4勤2", "勤休"])
def test_what_is_no_day_of_a_rotation_is_named(text):
    with pytest.raises(WfmError, match="is no day of a rotation"):
        rotation_of(text, KINDS)


def test_a_round_of_more_than_twelve_weeks_is_refused():
    with pytest.raises(WfmError, match="at most 84 days"):
        rotation_of("60勤30休", KINDS)


@given(st.lists(st.sampled_from(["off", "work", "early", "night"]), max_size=84).map(tuple))
def test_what_is_shown_is_read_again_as_it_was(steps):
    assert rotation_of(rotation_text(steps, KINDS), KINDS) == steps
