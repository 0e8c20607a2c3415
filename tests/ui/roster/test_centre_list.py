"""Broken rules of the centre in the list of the side panel: a group of their own, above people."""

from __future__ import annotations

from tests.analysis.draft_week import day, duty
from tests.analysis.test_draft_together import draft
from ui.roster.lists import violation_lines
from ui.translate import render_in
from wfm.messages import Message
from wfm.rules.centre.pairs import Apart
from wfm.rules.centre.staffing import MinimumStaff

ENGLISH = render_in("en")


def test_broken_rules_of_the_centre_stand_above_those_of_people() -> None:
    made = draft(
        [duty("a", 0), duty("b", 0)],
        Apart(first="a", second="b"),
        MinimumStaff(count=3, queue="phone", start=720, end=780, days="0"),
    )
    groups = violation_lines(made, ENGLISH)
    assert not isinstance(groups, Message)
    first = groups[0]
    assert (first.agent, first.name, first.detail) == ("", "Whole centre", "2 soft")
    pair, floor = first.entries
    assert "Aoki and Baba work at the same time" in pair.text
    # the line of a pair leads to the first of the two, that of a floor to its day
    assert (pair.agent, pair.day) == ("a", day(0))
    assert (floor.agent, floor.day) == ("", day(0))
    assert all(group.agent for group in groups[1:])


def test_a_week_in_which_the_centre_is_in_order_has_no_such_group() -> None:
    groups = violation_lines(draft([duty("a", 0)], Apart(first="a", second="b")), ENGLISH)
    assert isinstance(groups, Message) or all(group.agent for group in groups)
