"""The board as a whole: edits on their way, explanations, previews, the table, the sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.analysis.draft_week import MONDAY, day, duty
from tests.services.small_centre import HORIZON, small_centre, write
from tests.services.small_centre import duty as small_duty
from tests.ui.roster.driving import ALT, CTRL, Driver, week_of
from ui.roster.board_week import load_board_week
from ui.roster.selection import RosterSelection
from wfm.analysis.draft import AgentChange, WeekDraft, edits
from wfm.messages import message
from wfm.model.people import Leave, Wish
from wfm.model.roster import AgentWeek

Key = Qt.Key


@pytest.fixture
def driver(qtbot: QtBot) -> Driver:
    return Driver(qtbot, week_of())


@pytest.fixture
def tired(qtbot: QtBot) -> Driver:
    """Somebody with ten hours of rest before the second shift."""
    return Driver(qtbot, week_of([duty("a", 0, 780, "late"), duty("a", 1, 480), duty("b", 3)]))


def test_edits_made_on_the_board_are_stored_one_after_the_other(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with small_centre(tmp_path) as workspace:
        write(workspace, AgentWeek("a", MONDAY, (small_duty("a", MONDAY),)))
        driver = Driver(qtbot, load_board_week(workspace, HORIZON))
        driver.drag(driver.box("a", 0).center(), driver.box("a", 0).center() + QPoint(60, 0))
        driver.key(Key.Key_L)
        driver.key(Key.Key_Down, ALT)
        for edit in driver.edits:
            workspace.rosters.change(edit)
            driver.board.committed(edit)
        stored = load_board_week(workspace, HORIZON)
        assert driver.board.draft is not None
        assert stored.draft.duties == driver.board.draft.duties
        assert stored.draft.broken == driver.board.draft.broken
        assert not driver.board.pending


def test_a_week_read_while_an_edit_is_on_its_way_is_asked_for_again(driver: Driver) -> None:
    asked: list[bool] = []
    driver.board.reload_wanted.connect(lambda: asked.append(True))
    driver.choose("a", 0)
    driver.key(Key.Key_Delete)
    driver.board.set_week(week_of())
    assert driver.of("a") == [(1, 540, 1080)]
    driver.board.committed(driver.edits[0])
    assert asked == [True]
    driver.board.set_week(week_of())
    assert len(driver.of("a")) == 2


def test_an_edit_that_was_not_stored_is_replaced_by_the_week_as_it_is(driver: Driver) -> None:
    driver.choose("a", 0)
    driver.key(Key.Key_Delete)
    driver.board.forget(driver.edits[0])
    driver.board.set_week(week_of())
    assert len(driver.of("a")) == 2


def test_a_week_read_again_keeps_cursor_zoom_and_filter(driver: Driver) -> None:
    driver.board.set_filter(["b", "a"])
    driver.board.focus_on("b", day(2))
    driver.board.show_day(day(2))
    driver.board.set_week(week_of())
    assert driver.timeline.keys == ("b", "a")
    assert driver.timeline.selection.cursor == ("b", day(2))
    assert driver.timeline.axis.shown_day == 2


def test_view_and_figures_follow_an_edit(driver: Driver) -> None:
    told: list[WeekDraft] = []
    driver.board.figures_changed.connect(told.append)
    driver.choose("a", 0)
    driver.key(Key.Key_Delete)
    assert told[-1] is driver.board.draft
    view = driver.board.view
    assert view is not None
    assert len(view.duties) == 4
    assert view.coverage is not None
    draft = driver.board.draft
    assert draft is not None
    assert draft.coverage is not None
    assert view.coverage.total.short.sum() == pytest.approx(draft.coverage.missing.sum())


def test_the_selection_is_told(driver: Driver) -> None:
    told: list[RosterSelection] = []
    driver.board.selection_changed.connect(told.append)
    driver.click(driver.grip("a", 0))
    assert told[-1] == RosterSelection(1, 1, 480, "a", day(0))


def test_the_day_that_fills_the_columns_is_told(driver: Driver) -> None:
    told: list[object] = []
    driver.board.zoomed_day.connect(told.append)
    driver.board.show_day(day(3))
    driver.board.run("zoom_week")
    assert told == [day(3), None]


# --- explanations --------------------------------------------------------------------------------


def test_a_broken_shift_explains_itself_and_offers_what_mends_it(tired: Driver) -> None:
    tired.click(tired.grip("a", 1))
    popover = tired.board.explainer.popover
    assert popover.text.startswith("Rest between shifts")
    assert "Only 10 h of rest" in popover.text
    assert popover.property("tone") == "bad"
    assert [link.text() for link in popover.links] == [
        "1 h later resolves it",
        "A day off on Tue 1 Dec 2026 resolves it",
        "See who could take it",
    ]
    tired.qtbot.mouseClick(popover.links[0], Qt.MouseButton.LeftButton)
    assert tired.of("a")[1] == (1, 540, 1080)
    assert popover.isHidden()


def test_pointing_at_a_broken_shift_explains_it_after_a_moment(tired: Driver) -> None:
    popover = tired.board.explainer.popover
    tired.hover(tired.grip("b", 3))
    tired.hover(tired.grip("a", 1))
    assert popover.isHidden()
    tired.qtbot.waitUntil(lambda: not popover.isHidden())
    tired.hover(tired.grip("b", 3))
    tired.qtbot.waitUntil(popover.isHidden)


def test_the_keyboard_reaches_the_links_of_an_explanation(tired: Driver) -> None:
    tired.choose("a", 1)
    tired.key(Key.Key_F8)
    links = tired.board.explainer.popover.links
    assert links[0].hasFocus()
    tired.qtbot.keyClick(links[0], Key.Key_Escape)
    assert tired.timeline.hasFocus()
    tired.key(Key.Key_F8)
    tired.qtbot.keyClick(tired.board.explainer.popover.links[0], Key.Key_Space)
    assert tired.of("a")[1] == (1, 540, 1080)


def test_somebody_else_takes_a_shift_over(tired: Driver) -> None:
    tired.choose("a", 1)
    tired.key(Key.Key_F8)
    takers = tired.board.explainer.takers
    tired.qtbot.keyClick(tired.board.explainer.popover.links[-1], Key.Key_Space)
    tired.qtbot.waitUntil(lambda: not takers.isHidden())
    assert [takers.list.item(n).text().split()[0] for n in range(takers.list.count())] == [
        "Doi",
        "Baba",
    ]
    tired.qtbot.keyClick(takers.list, Key.Key_Return)
    assert tired.of("d") == [(1, 480, 1020)]
    assert str(tired.edits[0].text) == "Give the shift of Aoki on 2026-12-01 to Doi"


def test_the_menu_of_a_shift_shows_fixes_and_commands_with_their_keys(tired: Driver) -> None:
    tired.choose("a", 1)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), tired.board.mapToGlobal(QPoint(-50, -50))
    )
    QApplication.sendEvent(tired.timeline, event)
    menu = tired.board.menus.menu
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert words[0] == "1 h later resolves it"
    assert "Lock or unlock\tL" in words
    next(action for action in menu.actions() if action.text() == words[0]).trigger()
    menu.close()
    assert tired.of("a")[1] == (1, 540, 1080)


def test_the_menu_of_a_free_cell_adds_a_shift(driver: Driver) -> None:
    point = driver.cell("a", 3).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse,
        point,
        driver.timeline.viewport().mapToGlobal(point),
    )
    QApplication.sendEvent(driver.timeline.viewport(), event)
    menu = driver.board.menus.menu
    assert menu is not None
    kinds = menu.actions()[0].menu()
    kinds.actions()[0].trigger()
    menu.close()
    assert driver.duty("a", 3).kind == "early"


def test_a_wish_explains_itself_only_when_asked(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of(wishes=(Wish("a", day(0)),)))
    popover = driver.board.explainer.popover
    driver.click(driver.grip("a", 0))
    assert popover.isHidden()
    driver.key(Key.Key_F8)
    assert popover.text.startswith("Wish")
    assert popover.property("tone") == "warn"


# --- the sentence --------------------------------------------------------------------------------


def test_the_sentence_names_the_worst_shortage_and_who_could_fill_it(driver: Driver) -> None:
    line = driver.board.shortage
    driver.qtbot.waitUntil(lambda: "(" in line.who.text())
    assert "agents are missing" in line.sentence.text()
    driver.qtbot.mouseClick(line.who, Qt.MouseButton.LeftButton)
    assert not line.people.isHidden()
    count = line.people.list.count()
    assert line.who.text() == f"See who could be placed ({count})"
    driver.qtbot.keyClick(line.people.list, Key.Key_Return)
    assert len(driver.edits) == 1
    assert str(driver.edits[0].text).startswith("Add a shift for")
    assert line.people.isHidden()


def test_where_nobody_could_be_placed_a_sentence_stands_in_place_of_a_link(qtbot: QtBot) -> None:
    away = [Leave(agent, day(place)) for agent in "abcd" for place in range(7)]
    driver = Driver(qtbot, week_of([], leaves=away))
    line = driver.board.shortage
    qtbot.mouseClick(line.who, Qt.MouseButton.LeftButton)
    words = "Nobody could be placed without breaking a rule"
    qtbot.waitUntil(lambda: line.who.text() == words)
    assert not line.who.isEnabled()
    assert line.people.isHidden()
    driver.board.set_week(week_of())
    qtbot.waitUntil(lambda: "(" in line.who.text())
    assert line.who.isEnabled()


def test_one_skill_alone_is_shown_and_its_shortage_told(driver: Driver) -> None:
    coverage, line = driver.board.coverage, driver.board.shortage
    everything = line._shortage
    coverage.skill.setCurrentIndex(coverage.skill.findData("mail"))
    assert line._shortage is not None
    assert line._shortage.skills == ("mail",)
    assert everything is not None
    assert line._shortage.missing < everything.missing
    driver.choose("b", 0)
    driver.key(Key.Key_Delete)
    assert coverage.chosen_skill == "mail"


def test_breaks_are_moved_out_of_a_shortage_or_the_reason_is_told(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of(required=1.0))
    qtbot.mouseClick(driver.board.shortage.breaks, Qt.MouseButton.LeftButton)
    assert driver.edits or driver.refused == ["No break can be moved out of it at a gain."]


def test_a_week_that_lacks_nobody_says_so(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of(required=0.0))
    assert (
        driver.board.shortage.sentence.text() == "Nobody is missing in any interval of this week."
    )
    assert driver.board.shortage.who.isHidden()


def test_a_week_without_required_staff_is_edited_without_coverage(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with small_centre(tmp_path, required=False) as workspace:
        driver = Driver(qtbot, load_board_week(workspace, HORIZON))
    assert driver.board.coverage.isHidden()
    driver.choose("a", 1)
    driver.key(Key.Key_F2)
    qtbot.keyClicks(driver.board.menus.editor, "8:00-12:00")
    qtbot.keyClick(driver.board.menus.editor, Key.Key_Return)
    assert driver.of("a") == [(1, 480, 720)]
    assert "no required staff" in driver.board.shortage.sentence.text()


# --- previews ------------------------------------------------------------------------------------


def test_a_preview_is_shown_with_marks_and_cannot_be_edited(driver: Driver) -> None:
    shown = driver.board.shown
    assert shown is not None
    plan = {"a": (duty("a", 0, 600),), "b": (duty("b", 4),)}
    after = shown.applied(
        [
            AgentChange(agent, shown.of(agent), duties, shown.off(agent), shown.off(agent))
            for agent, duties in plan.items()
        ]
    )
    marks = {("a", day(0)): "moved", ("b", day(4)): "added", ("b", day(2)): "removed"}
    driver.board.preview(after, marks)
    rows = driver.timeline.rows
    assert rows is not None
    assert rows.of("b").marks == {4: "added", 2: "removed"}
    shown = driver.board.shown
    assert shown is not None
    assert [item.start for item in shown.of("a")] == [600]
    assert len(driver.of("a")) == 2  # the week itself
    driver.choose("a", 0)
    driver.key(Key.Key_Delete)
    assert driver.refused == ["This is a preview; accept or discard it before editing."]
    driver.board.preview(None)
    driver.key(Key.Key_Delete)
    assert driver.of("a") == [(1, 540, 1080)]


# --- the table -----------------------------------------------------------------------------------


def test_the_table_lists_and_edits_the_same_shifts(driver: Driver) -> None:
    driver.choose("b", 2)
    driver.board.run("table")
    table = driver.board.table.table
    assert [line.duty.agent for line in table.shown] == ["a", "a", "b", "b", "c"]
    assert [(line.duty.agent, line.duty.day) for line in table.selected] == [("b", day(2))]
    column = [item.key for item in table.rows_model.columns].index("start")
    table.setCurrentIndex(table.rows_model.index(0, column))
    driver.qtbot.keyClick(table, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    driver.qtbot.keyClicks(field, "9:30")
    driver.qtbot.keyClick(field, Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.of("a")[0] == (0, 570, 1080))
    assert str(driver.edits[0].text) == "Change the shift of Aoki on 2026-11-30 to 09:30-18:00"
    table.setCurrentIndex(table.rows_model.index(4, 0))
    driver.qtbot.keyClick(table, Key.Key_Delete)
    assert driver.of("c") == []
    driver.board.run("table")
    assert driver.board.views.currentWidget() is driver.timeline


def test_the_table_refuses_times_in_words(driver: Driver) -> None:
    driver.board.show_table(True)
    table = driver.board.table
    table.table.edited.emit(table.table.shown[0], "end", "8:00")
    table.table.edited.emit(table.table.shown[0], "end", "noon")
    assert driver.refused == [
        "A shift must end after it starts.",
        "“noon” is not a time between 0:00 and 48:00.",
    ]


# --- state ---------------------------------------------------------------------------------------


def test_what_a_board_shows_survives_being_built_again(driver: Driver, qtbot: QtBot) -> None:
    driver.board.focus_on("b", day(2))
    driver.board.show_day(day(2))
    driver.board.coverage.choose_skill("mail")
    other = Driver(qtbot, week_of(), "ja")
    other.board.restore(driver.board.state())
    assert other.timeline.axis.shown_day == 2
    assert other.timeline.selection.cursor == ("b", day(2))
    assert other.board.coverage.chosen_skill == "mail"


def test_a_filter_that_hides_the_cursor_leaves_the_commands_without_a_shift(
    driver: Driver,
) -> None:
    driver.choose("a", 0)
    driver.board.set_filter(["b"])
    driver.key(Key.Key_C, CTRL)
    driver.key(Key.Key_Return)
    assert driver.refused
    assert driver.edits == []


def test_changes_from_outside_are_made_like_those_by_hand(driver: Driver) -> None:
    draft = driver.board.draft
    assert draft is not None
    driver.board.make(edits.lock(draft, draft.all_duties(), locked=True))
    assert len(driver.edits) == 1
    assert all(item.locked for item in driver.board.draft.all_duties())  # type: ignore[union-attr]
    driver.board.set_read_only(message("No."))
    driver.board.make(edits.lock(draft, draft.all_duties(), locked=False))
    assert driver.refused == ["No."]


def test_another_week_forgets_cursor_and_selection(driver: Driver) -> None:
    from dataclasses import replace

    week = week_of()
    later = replace(week.view.horizon, start=MONDAY + timedelta(days=7))
    driver.choose("a", 0)
    driver.timeline.set_week(
        replace(week.view, horizon=later, duties=(), absences=()),
        replace(week.draft, facts=replace(week.draft.facts, horizon=later), duties={}),
        replace(driver.timeline.axis.scale, horizon=later),  # type: ignore[type-var]
    )
    assert driver.timeline.selection.cursor is None
