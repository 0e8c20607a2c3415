"""Shares of lates, nights, weekends, hours and wishes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.analysis.builders import START
from wfm.analysis import AgentShare, fairness
from wfm.model.people import Agent, Wish
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import Horizon

WEEK = Horizon(START, 7)
AGENTS = (Agent("a", "1", "A", "t", "c"), Agent("b", "2", "B", "t", "c"))
SATURDAY = START + timedelta(days=5)


def test_each_agent_s_share_of_the_week_is_counted() -> None:
    duties = [
        Duty("a", START, 540, 1080, (PlacedBreak(720, 60),)),
        Duty("a", SATURDAY, 780, 1320, (PlacedBreak(1000, 60),)),
        Duty("a", SATURDAY + timedelta(days=1), 1320, 1860, (PlacedBreak(1560, 60),)),
        Duty("a", START + timedelta(days=7), 540, 1080),
        Duty("stranger", START, 540, 1080),
    ]
    assert fairness(WEEK, AGENTS, duties) == (
        AgentShare("a", 3, 1440, 2, 1, 360, 2, 0, 0),
        AgentShare("b", 0, 0, 0, 0, 0, 0, 0, 0),
    )


def test_when_a_duty_is_late_is_for_the_caller_to_say() -> None:
    duties = [Duty("a", START, 540, 1080)]
    assert fairness(WEEK, AGENTS, duties)[0].lates == 0
    assert fairness(WEEK, AGENTS, duties, late_end=1079)[0].lates == 1


@pytest.mark.parametrize(
    ("wish", "granted"),
    [
        (Wish("a", START, "off"), 0),
        (Wish("a", SATURDAY, "off"), 1),
        (Wish("a", START, "work", 540, 1080), 1),
        (Wish("a", START, "work", 600, 1080), 0),
        (Wish("a", START, "work", 540, 1020), 0),
        (Wish("a", SATURDAY, "work", 540, 1020), 1),
        (Wish("a", START, "want", 540, 1080), 1),
        (Wish("a", SATURDAY, "want"), 0),
        (Wish("a", START, "rather_not", 1080, 1200), 1),
        (Wish("a", START, "cannot", 1020, 1200), 0),
    ],
)
def test_a_wish_is_granted_when_no_duty_goes_against_it(wish: Wish, granted: int) -> None:
    (share, _) = fairness(WEEK, AGENTS, [Duty("a", START, 540, 1080)], [wish])
    assert (share.wishes, share.wishes_granted) == (1, granted)


def test_wishes_outside_the_horizon_or_of_strangers_do_not_count() -> None:
    wishes = [Wish("a", START - timedelta(days=1)), Wish("stranger", START)]
    assert [share.wishes for share in fairness(WEEK, AGENTS, [], wishes)] == [0, 0]
