"""A wish that is not granted breaks no rule: both are counted, apart, the same on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle, shown
from tests.ui.roster.test_screen import click, duties, without_rest, write
from ui.desk import Desk
from ui.overview.screen import OverviewScreen
from ui.roster.screen import RosterScreen
from ui.roster.side_panel import VIOLATIONS
from wfm.model.people import Wish


@pytest.fixture
def desk(planned_centre: Path, desk_on: DeskOn) -> Desk:
    """A week in which three people work although they wished for a day off."""
    made = desk_on(planned_centre)
    agents = list(dict.fromkeys(item.agent for item in duties(made)))
    wishes = [
        next(Wish(item.agent, item.day) for item in duties(made) if item.agent == agent)
        for agent in agents
    ]
    write(made, *wishes[-3:])
    return made


def refused(desk: Desk) -> int:
    """Count the wishes that the duties of the week go against, without any rule."""
    centre = desk._workspace.week_state(desk.horizon).centre
    worked = {(duty.agent, duty.day): duty for duty in centre.roster.duties}
    count = 0
    for wish in centre.wishes:
        duty = worked.get((wish.agent, wish.day))
        count += duty is not None and not wish.grants((duty.start, duty.end))
    return count


def test_refused_wishes_are_told_beside_the_broken_rules_on_both_screens(
    desk: Desk, qtbot: QtBot
) -> None:
    roster, overview = RosterScreen(desk), OverviewScreen(desk)
    for screen in (roster, overview):
        shown(screen, qtbot)
    count = refused(desk)
    assert count >= 3
    words = f"{count} wishes not granted"
    card = roster.figures.cards["broken"]
    assert card.figure == "0 cases"
    assert words in card.accessibleName()
    assert overview.cards["roster"].state == "done"
    assert overview.cards["roster"].words[1] == f"No rule is broken; {words}"


def test_a_broken_rule_is_counted_without_the_wishes_on_both_screens(
    desk: Desk, qtbot: QtBot
) -> None:
    without_rest(desk)
    roster, overview = RosterScreen(desk), OverviewScreen(desk)
    for screen in (roster, overview):
        shown(screen, qtbot)
    found = desk._workspace.week_state(desk.horizon).violations
    broken = sum(item.rule.key not in ("wish", "fair_weekends") for item, _ in found)
    assert broken > 0
    figure = roster.figures.cards["broken"].figure
    assert figure == ("1 case" if broken == 1 else f"{broken} cases")
    card = overview.cards["roster"]
    assert card.words[0] == ("1 rule broken" if broken == 1 else f"{broken} rules broken")


def test_the_list_names_wishes_after_the_rules_and_the_filter_finds_rules_only(
    desk: Desk, qtbot: QtBot
) -> None:
    name, late = without_rest(desk)
    screen = RosterScreen(desk)
    shown(screen, qtbot)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    lines = screen.panel.lists[VIOLATIONS].list.lines()
    signs = [line[0] for line in lines if line[0] in "✗△☆"]
    assert signs.count("☆") == refused(desk)
    assert lines[0].startswith(name)
    assert signs[0] == "✗"
    assert signs[-1] == "☆"
    click(qtbot, screen.filters.broken)
    settle(desk, qtbot)
    people = {
        item.agent
        for item, _ in desk._workspace.week_state(desk.horizon).violations
        if item.rule.key not in ("wish", "fair_weekends")
    }
    assert late.agent in people
    assert screen.filters.count.text().startswith(f"{len(people)} /")
