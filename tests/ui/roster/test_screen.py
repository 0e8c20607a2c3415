"""The roster screen around its board: figures, filters, broken rules, publishing, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle, shown
from ui.desk import Desk
from ui.roster.screen import RosterScreen
from ui.roster.side_panel import PUBLISHED, VIOLATIONS
from ui.theme import DARK, LIGHT, dress
from wfm.messages import message
from wfm.model.roster import AgentWeek, Duty
from wfm.workspace import Workspace


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def duties(desk: Desk) -> tuple[Duty, ...]:
    return desk._workspace.week_state(desk.horizon).centre.roster.duties


def heard(desk: Desk) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    desk.said.connect(lambda text, tone, _action: said.append((str(text), tone)))
    return said


def write(desk: Desk, *values: object) -> None:
    """Store values as another window would, and let this one notice."""
    session = desk._workspace._session
    with session.database.write("colleague", session.clock) as unit:
        unit.put_all(values)
        unit.commit(message("Write"))
    desk.changed.emit(frozenset({"agent_week"}))


def without_rest(desk: Desk) -> tuple[str, Duty]:
    """Give somebody a shift that begins far too soon after the one before it."""
    centre = desk._workspace.week_state(desk.horizon).centre
    for week in centre.weeks:
        if week.start != desk.horizon.start:
            continue
        for first in week.duties:
            following = first.day + timedelta(days=1)
            late = replace(first, start=first.start + 480, end=first.end + 480, breaks=())
            if any(duty.day == following for duty in week.duties):
                write(desk, week.with_days({first.day}, [late]))
                name = next(item.name for item in centre.agents if item.key == week.agent)
                return name, late
    raise AssertionError("nobody works on two days in a row")


@pytest.fixture
def screen(planned_centre: Path, desk_on: DeskOn, qtbot: QtBot) -> RosterScreen:
    made = RosterScreen(desk_on(planned_centre))
    shown(made, qtbot)
    return made


# --- figures --------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_week(screen: RosterScreen) -> None:
    state = screen.desk._workspace.week_state(screen.desk.horizon)
    assert state.coverage is not None
    cards = screen.figures.cards
    assert cards["short"].figure == f"{state.coverage.understaffed_agent_hours:,.1f} h"
    assert cards["surplus"].figure == f"{state.coverage.overstaffed_agent_hours:,.1f} h"
    assert cards["gap"].figure.startswith("at most")
    assert screen.desk.action("roster.publish").isEnabled()


def test_a_week_without_required_staff_shows_its_roster_and_offers_to_compute_it(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    screen.desk.action("week.earlier").trigger()
    settle(screen.desk, qtbot)
    assert screen.draft is not None
    assert screen.draft.planned
    assert screen.figures.cards["short"].figure == "–"
    click(qtbot, screen.hint.act)
    settle(screen.desk, qtbot)
    assert screen.figures.cards["short"].figure != "–"
    assert not screen.hint.is_open


# --- filters --------------------------------------------------------------------------------------


def test_typing_narrows_down_to_names_teams_and_skills(screen: RosterScreen, qtbot: QtBot) -> None:
    centre = screen.desk._workspace.week_state(screen.desk.horizon).centre
    agent = centre.agents[3]
    qtbot.keyClick(screen, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.filters.search.hasFocus()
    screen.filters.search.setText(agent.name.split()[0])
    same = [item for item in centre.agents if agent.name.split()[0] in item.name]
    assert screen.filters.count.text() == f"{len(same)} / {len(centre.agents)} people"
    skill = centre.skills[0]
    screen.filters.search.setText(skill.name)
    able = [item for item in centre.agents if skill.key in item.skills]
    assert screen.filters.count.text() == f"{len(able)} / {len(centre.agents)} people"
    click(qtbot, screen.filters.clear_button)
    assert screen.filters.count.text() == f"{len(centre.agents)} / {len(centre.agents)} people"
    assert not screen.filters.clear_button.isVisible()


def test_a_team_becomes_a_chip_that_can_be_taken_away(screen: RosterScreen, qtbot: QtBot) -> None:
    centre = screen.desk._workspace.week_state(screen.desk.horizon).centre
    team = centre.teams[1]
    entry = next(item for item in screen.filters.team_menu.actions() if item.data() == team.key)
    entry.trigger()
    members = sum(item.team == team.key for item in centre.agents)
    assert screen.filters.count.text() == f"{members} / {len(centre.agents)} people"
    chip = screen.filters.team_chips[team.key]
    assert chip.text() == team.name
    click(qtbot, chip)
    assert screen.filters.team_chips == {}
    assert screen.filters.count.text().startswith(f"{len(centre.agents)} /")


def test_many_teams_become_one_chip_that_takes_all_away(screen: RosterScreen, qtbot: QtBot) -> None:
    entries = screen.filters.team_menu.actions()
    for entry in entries[:3]:
        entry.trigger()
    (chip,) = screen.filters.team_chips.values()
    assert chip.text() == "3 teams"
    assert [entry.isChecked() for entry in entries[:4]] == [True, True, True, False]
    click(qtbot, chip)
    assert screen.filters.team_chips == {}
    assert screen.filters.count.text() == "60 / 60 people"


def test_a_shift_kind_of_the_legend_shows_who_has_such_a_shift(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    legend = screen.filters.legend
    used = {duty.kind for duty in duties(screen.desk)}
    assert set(legend.buttons) == used
    kind = min(used)
    qtbot.mouseClick(legend.buttons[kind], Qt.MouseButton.LeftButton)
    people = {duty.agent for duty in duties(screen.desk) if duty.kind == kind}
    assert screen.filters.count.text().startswith(f"{len(people)} /")
    qtbot.keyClick(legend.buttons[kind], Qt.Key.Key_Space)
    assert not screen.filters.clear_button.isVisible()


def test_filters_survive_another_language(
    screen: RosterScreen, planned_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    screen.filters.search.setText("1")
    screen.filters.broken.click()
    kind = next(iter(screen.filters.legend.buttons))
    screen.filters.legend.buttons[kind].click()
    again = RosterScreen(desk_on(planned_centre, "ja"))
    again.restore(screen.state())
    shown(again, qtbot)
    assert again.filters.state() == screen.filters.state()
    assert again.filters.broken.text() == "違反あり"


# --- broken rules ---------------------------------------------------------------------------------


def test_broken_rules_are_listed_by_person_hard_ones_first(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    name, late = without_rest(screen.desk)
    settle(screen.desk, qtbot)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    page = screen.panel.lists[VIOLATIONS]
    assert screen.panel.is_open
    assert screen.panel.page == VIOLATIONS
    lines = page.list.lines()
    assert lines[0].startswith(name)
    assert lines[1].startswith("✗")
    assert screen.figures.cards["broken"].figure != "0 cases"
    screen.filters.search.setText("nobody at all")
    page.list.setCurrentRow(1)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert screen.filters.search.text() == ""
    assert screen.board.selection.agent == late.agent
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert not screen.panel.is_open


def test_a_week_whose_rules_cannot_be_checked_does_not_claim_that_none_is_broken(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    screen.panel.open_page(VIOLATIONS)
    screen.desk.action("week.earlier").trigger()
    settle(screen.desk, qtbot)
    said = screen.panel.lists[VIOLATIONS].nothing.text()
    assert said == "The rules of this week are checked once its required staff is known."


def test_with_violations_shows_only_those_people(screen: RosterScreen, qtbot: QtBot) -> None:
    without_rest(screen.desk)
    settle(screen.desk, qtbot)
    click(qtbot, screen.filters.broken)
    assert screen.draft is not None
    people = {item.agent for item in screen.draft.violations() if item.rule != "wish"}
    assert screen.filters.count.text().startswith(f"{len(people)} /")


# --- publishing -----------------------------------------------------------------------------------


def test_publishing_asks_first_and_then_everybody_knows(screen: RosterScreen, qtbot: QtBot) -> None:
    desk, status = screen.desk, []
    desk.status_changed.connect(lambda text: status.append(str(text)))
    click(qtbot, screen.publish_button)
    bar = screen.publish_bar
    count = len(duties(desk))
    assert bar.is_open
    assert f"{count} shifts" in bar.summary.text()
    assert bar.publish.hasFocus()
    assert screen.publish_button.property("role") == ""
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.is_open
    assert not desk._workspace.week_state(desk.horizon).centre.roster.published
    click(qtbot, screen.publish_button)
    click(qtbot, bar.publish)
    settle(desk, qtbot)
    assert desk._workspace.week_state(desk.horizon).centre.roster.published
    assert status[-1] == "Published — nothing changed since"
    assert not screen.publish_button.isEnabled()
    assert screen.publish_button.property("role") == "primary"


def test_changes_since_the_publication_are_counted_and_named(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    desk, status = screen.desk, []
    desk._workspace.files.publish(desk.horizon)
    desk.status_changed.connect(lambda text: status.append(str(text)))
    name, _late = without_rest(desk)
    settle(desk, qtbot)
    assert status[-1] == "Draft — 1 change since publication"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(screen, Qt.Key.Key_P, both)
    bar = screen.publish_bar
    assert name in bar.summary.text()
    assert "hard rule" in bar.broken.text()
    click(qtbot, bar.changes)
    assert screen.panel.page == PUBLISHED
    assert screen.panel.lists[PUBLISHED].list.lines()[0].startswith(name)
    click(qtbot, bar.violations)
    assert screen.panel.page == VIOLATIONS


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", ["xlsx", "csv", "ics", "pdf"])
def test_the_roster_is_written_to_a_file(
    screen: RosterScreen, qtbot: QtBot, tmp_path: Path, format_name: str
) -> None:
    said = heard(screen.desk)
    qtbot.keyClick(screen, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    bar = screen.export_bar
    click(qtbot, bar.formats.buttons[format_name])
    assert bar.path.text().endswith(f"roster-2026-W49.{format_name}")
    target = tmp_path / f"week.{format_name}"
    bar.path.setText(str(target))
    qtbot.keyClick(bar.path, Qt.Key.Key_Return)
    settle(screen.desk, qtbot)
    assert target.stat().st_size > 500
    assert said == [(f"1 file was written: {target}", "ok")]
    assert not bar.is_open


def test_a_file_that_cannot_be_written_is_a_sentence(
    screen: RosterScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    said = heard(screen.desk)
    (tmp_path / "taken").write_text("x")
    screen.desk.action("roster.export").trigger()
    for format_name in ("csv", "pdf"):
        click(qtbot, screen.export_bar.formats.buttons[format_name])
        screen.export_bar.path.setText(str(tmp_path / "taken" / f"week.{format_name}"))
        click(qtbot, screen.export_bar.write)
        settle(screen.desk, qtbot)
    assert [tone for _, tone in said] == ["bad", "bad"]
    assert screen.export_bar.is_open


def test_a_file_that_is_there_is_replaced_only_after_a_warning(
    screen: RosterScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.desk.action("roster.export").trigger()
    screen.export_bar.path.setText(str(tmp_path / "new.csv"))
    assert not screen.export_bar.warning.isVisible()
    (tmp_path / "old.csv").write_text("x")
    screen.export_bar.path.setText(str(tmp_path / "old.csv"))
    assert screen.export_bar.warning.isVisible()
    qtbot.keyClick(screen.export_bar.path, Qt.Key.Key_Escape)
    assert not screen.export_bar.is_open


# --- whole weeks ----------------------------------------------------------------------------------


def test_clearing_asks_inline_and_undo_brings_everything_back(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    desk, offered = screen.desk, []
    desk.said.connect(lambda text, _tone, action: offered.append((str(text), action)))
    before = duties(desk)
    desk.action("roster.clear_week").trigger()
    assert duties(desk) == before
    text, action = offered[0]
    assert text == f"{len(before)} shifts that are not locked would be taken away."
    action[1]()
    settle(desk, qtbot)
    assert duties(desk) == ()
    assert screen.hint.is_open
    assert screen.hint.act.text() == "Build the roster"
    desk.action("undo").trigger()
    settle(desk, qtbot)
    assert set(duties(desk)) == set(before)


def test_an_empty_week_takes_over_the_week_before_at_once(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    desk = screen.desk
    desk.action("week.later").trigger()
    settle(desk, qtbot)
    assert duties(desk) == ()
    desk.action("roster.copy_week").trigger()
    settle(desk, qtbot)
    assert len(duties(desk)) > 100
    assert screen.draft is not None
    assert screen.draft.planned


def test_a_week_can_be_locked_and_unlocked(screen: RosterScreen, qtbot: QtBot) -> None:
    for key, locked in (("lock_week", True), ("unlock_week", False)):
        screen.desk.action(f"roster.{key}").trigger()
        settle(screen.desk, qtbot)
        assert {duty.locked for duty in duties(screen.desk)} == {locked}


# --- edits by hand --------------------------------------------------------------------------------


def at_a_duty(screen: RosterScreen, place: int = 0) -> Duty:
    duty = duties(screen.desk)[place]
    screen.board.focus_on(duty.agent, duty.day)
    return duty


def test_an_edit_is_shown_at_once_stored_once_and_not_read_again(
    screen: RosterScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[object] = []
    monkeypatch.setattr(screen, "refresh", lambda: reads.append(1))
    duty, number = at_a_duty(screen), screen.desk._workspace.log.head()[0]
    before = screen.figures.cards["short"].figure
    qtbot.keyClick(screen.board.timeline, Qt.Key.Key_Delete)
    assert screen.draft is not None
    assert duty not in screen.draft.all_duties()
    settle(screen.desk, qtbot)
    assert duty not in duties(screen.desk)
    assert screen.desk._workspace.log.head()[0] == number + 1
    assert reads == []
    qtbot.waitUntil(lambda: screen.figures.cards["short"].figure != before)


def test_an_edit_of_a_week_that_somebody_else_changed_is_refused_and_read_again(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    said = heard(screen.desk)
    duty = at_a_duty(screen)
    session = screen.desk._workspace._session
    with session.database.write("colleague", session.clock) as unit:
        unit.put(AgentWeek(duty.agent, screen.desk.horizon.start))
        unit.commit(message("Write"))
    qtbot.keyClick(screen.board.timeline, Qt.Key.Key_Delete)
    settle(screen.desk, qtbot)
    assert said[0][1] == "bad"
    assert "colleague" in said[0][0]
    assert screen.draft is not None
    assert screen.draft.of(duty.agent) == ()


def test_a_lock_changes_what_is_proven_and_is_counted(screen: RosterScreen, qtbot: QtBot) -> None:
    at_a_duty(screen)
    screen.desk.action("roster.lock").trigger()
    settle(screen.desk, qtbot)
    assert sum(duty.locked for duty in duties(screen.desk)) == 1
    assert screen.build_panel.locks.text() == "1 locked shift stays."
    assert screen.figures.cards["gap"].figure == "–"


# --- the screen itself ----------------------------------------------------------------------------


def test_a_centre_without_people_says_where_to_go(
    tmp_path: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    path = tmp_path / "empty.toban"
    Workspace.create(str(path), "planner").close()
    screen = RosterScreen(desk_on(path))
    wanted: list[str] = []
    screen.desk.wanted.connect(lambda key, _where: wanted.append(key))
    shown(screen, qtbot)
    assert screen.parts.nobody.isVisible()
    assert not screen.desk.action("roster.build").isEnabled()
    click(qtbot, screen.parts.nobody.button)
    assert wanted == ["people"]


def test_day_and_week_zoom_through_the_board(screen: RosterScreen, qtbot: QtBot) -> None:
    click(qtbot, screen.zoom.buttons["day"])
    assert screen.zoom.current == "day"
    click(qtbot, screen.zoom.buttons["week"])
    assert screen.zoom.current == "week"


def test_another_screen_can_lead_to_a_person_and_to_the_broken_rules(
    screen: RosterScreen, qtbot: QtBot
) -> None:
    duty = duties(screen.desk)[40]
    screen.focus_on(agent=duty.agent, day=duty.day)
    assert screen.board.selection.agent == duty.agent
    screen.focus_on(panel=VIOLATIONS)
    assert screen.panel.is_open


def test_every_control_has_a_name_for_screen_readers(screen: RosterScreen) -> None:
    nameless = [
        (type(item).__name__, item.objectName())
        for item in screen.findChildren(QWidget)
        if isinstance(item, (QAbstractButton, QLineEdit))
        and not item.accessibleName()
        and not (isinstance(item, QAbstractButton) and item.text())
        and not item.objectName().startswith("qt_")
        and type(item).__name__ != "QToolButton"
    ]
    assert nameless == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_screen_is_shown_in_both_themes_and_languages(
    planned_centre: Path, desk_on: DeskOn, qtbot: QtBot, theme: object
) -> None:
    for language in ("ja", "en"):
        screen = RosterScreen(desk_on(planned_centre, language))
        shown(screen, qtbot)
        dress(screen, theme)  # type: ignore[arg-type]
        screen.panel.open_page(VIOLATIONS)
        assert not screen.grab().isNull()


def test_an_edit_by_another_window_is_shown(screen: RosterScreen, qtbot: QtBot) -> None:
    first = duties(screen.desk)[0]
    write(screen.desk, AgentWeek(first.agent, screen.desk.horizon.start))
    settle(screen.desk, qtbot)
    assert screen.draft is not None
    assert screen.draft.of(first.agent) == ()
