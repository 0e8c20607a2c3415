"""A roster edited without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.analysis.draft_week import day
from tests.ui.roster.driving import ALT, CTRL, SHIFT, Driver, week_of
from ui.roster.board_edits import NUDGE_MS
from ui.roster.timeline_keys import COMMANDS
from wfm.model.people import Leave

Key = Qt.Key


@pytest.fixture
def driver(qtbot: QtBot) -> Driver:
    made = Driver(qtbot, week_of(leaves=(Leave("a", day(4)),)))
    made.choose("a", 0)
    return made


def test_every_key_names_a_command_there_is(driver: Driver) -> None:
    assert set(COMMANDS.values()) <= driver.board.commands.names


def test_arrows_choose_people_and_days_and_stay_inside(driver: Driver) -> None:
    cursor = driver.timeline.selection
    for key, expected in (
        (Key.Key_Right, ("a", day(1))),
        (Key.Key_Down, ("b", day(1))),
        (Key.Key_End, ("b", day(6))),
        (Key.Key_Right, ("b", day(6))),
        (Key.Key_Home, ("b", day(0))),
        (Key.Key_PageDown, ("d", day(0))),
        (Key.Key_Down, ("d", day(0))),
        (Key.Key_Up, ("c", day(0))),
        (Key.Key_PageUp, ("a", day(0))),
        (Key.Key_Left, ("a", day(0))),
    ):
        driver.key(key)
        assert cursor.cursor == expected
        assert cursor.chosen == {expected}
    driver.key(Key.Key_End, CTRL)
    assert cursor.cursor == ("d", day(0))


def test_shift_and_arrows_choose_a_range_and_space_toggles(driver: Driver) -> None:
    driver.key(Key.Key_Right, SHIFT)
    driver.key(Key.Key_Down, SHIFT)
    assert driver.board.selection.shifts == 3
    driver.key(Key.Key_Space)
    assert ("b", day(1)) not in driver.timeline.selection.chosen
    driver.key(Key.Key_Escape)
    assert driver.timeline.selection.chosen == frozenset()
    driver.key(Key.Key_A, CTRL)
    assert driver.board.selection.shifts == 5


def test_alt_and_arrows_move_a_shift_and_repeated_keys_become_one_edit(driver: Driver) -> None:
    driver.key(Key.Key_Right, ALT)
    driver.key(Key.Key_Right, ALT)
    driver.key(Key.Key_Left, ALT | SHIFT)
    assert driver.of("a")[0] == (0, 565, 1105)
    assert driver.edits == []
    assert driver.board.pending
    driver.qtbot.waitUntil(lambda: len(driver.edits) == 1, timeout=NUDGE_MS * 4)
    edit = driver.edits[0]
    assert edit.wanted[0].duties[0].start == 565
    assert edit.seen[0] is not None
    assert edit.seen[0].duties[0].start == 540
    driver.board.committed(edit)
    assert not driver.board.pending


def test_moves_by_key_of_another_shift_begin_another_edit(driver: Driver) -> None:
    driver.key(Key.Key_Right, ALT)
    driver.choose("b", 2)
    driver.key(Key.Key_Right, ALT)
    assert [edit.wanted[0].agent for edit in driver.edits] == ["a"]
    driver.board.hide()
    assert [edit.wanted[0].agent for edit in driver.edits] == ["a", "b"]


def test_ctrl_alt_and_arrows_move_the_end_and_with_shift_the_start(driver: Driver) -> None:
    driver.key(Key.Key_Right, CTRL | ALT)
    assert driver.of("a")[0] == (0, 540, 1095)
    driver.key(Key.Key_Left, CTRL | ALT | SHIFT)
    assert driver.of("a")[0] == (0, 525, 1095)
    driver.key(Key.Key_Right, CTRL | ALT | SHIFT)
    driver.key(Key.Key_Left, CTRL | ALT)
    assert driver.of("a")[0] == (0, 540, 1080)
    driver.board.hide()
    assert all(edit.wanted for edit in driver.edits)


def test_a_shift_goes_to_another_day_or_person_and_the_cursor_with_it(driver: Driver) -> None:
    driver.choose("b", 2)
    driver.key(Key.Key_Right, CTRL | SHIFT)
    assert driver.of("b")[1][0] == 3
    assert driver.timeline.selection.cursor == ("b", day(3))
    driver.key(Key.Key_Up, ALT)
    assert driver.of("a")[2][0] == 3
    assert driver.timeline.selection.cursor == ("a", day(3))
    driver.key(Key.Key_Right, CTRL | SHIFT)
    assert driver.refused == ["Aoki has Annual paid leave on 2026-12-04."]
    driver.key(Key.Key_Up, ALT)
    assert driver.refused[1] == "There is nobody above or below to give the shift to."


@pytest.mark.parametrize("opener", [Key.Key_Return, Key.Key_F2])
def test_times_are_typed_into_the_cell(driver: Driver, opener: Qt.Key) -> None:
    driver.key(opener)
    editor = driver.board.menus.editor
    assert editor.is_open
    assert editor.text() == "09:00-18:00"
    driver.qtbot.keyClicks(editor, "9:30-18:30")
    driver.qtbot.keyClick(editor, Key.Key_Return)
    assert not editor.is_open
    assert driver.of("a")[0] == (0, 570, 1110)
    assert driver.timeline.hasFocus()


def test_times_that_cannot_be_are_refused_in_words_and_stay_to_be_mended(driver: Driver) -> None:
    driver.key(Key.Key_Return)
    editor = driver.board.menus.editor
    driver.qtbot.keyClicks(editor, "22:00-7:00")
    driver.qtbot.keyClick(editor, Key.Key_Return)
    assert editor.is_open
    assert editor.property("tone") == "bad"
    assert driver.refused[0].startswith("22:00-07:00 ends before it starts.")
    driver.qtbot.keyClick(editor, Key.Key_Escape)
    assert not editor.is_open
    assert driver.edits == []
    driver.choose("a", 4)
    driver.key(Key.Key_Return)
    driver.qtbot.keyClicks(editor, "9-18")
    driver.qtbot.keyClick(editor, Key.Key_Return)
    assert driver.refused[1] == "Aoki has Annual paid leave on 2026-12-04."
    driver.qtbot.keyClick(editor, Key.Key_Escape)


def test_a_night_is_typed_past_twenty_four(driver: Driver) -> None:
    driver.choose("a", 2)
    driver.key(Key.Key_F2)
    driver.qtbot.keyClicks(driver.board.menus.editor, "16:00-25:00")
    driver.qtbot.keyClick(driver.board.menus.editor, Key.Key_Return)
    assert driver.of("a")[2] == (2, 960, 1500)
    assert driver.duty("a", 2).locked


@pytest.mark.parametrize("key", [Key.Key_Insert, Key.Key_N])
def test_a_new_shift_is_chosen_from_the_kinds_of_the_contract(driver: Driver, key: Qt.Key) -> None:
    driver.choose("a", 2)
    driver.key(key)
    menu = driver.board.menus.menu
    assert menu is not None
    words = [action.text() for action in menu.actions() if action.text()]
    assert [text.split("  ")[1] for text in words[:2]] == ["Early", "Late"]
    driver.qtbot.keyClick(menu, Key.Key_Down)
    driver.qtbot.keyClick(menu, Key.Key_Down)
    driver.qtbot.keyClick(menu, Key.Key_Return)
    assert driver.duty("a", 2).kind == "late"
    assert str(driver.edits[0].text) == "Add a shift for Aoki on 2026-12-02"


def test_adding_where_a_shift_stands_says_what_to_do(driver: Driver) -> None:
    driver.key(Key.Key_N)
    assert driver.refused == ["Aoki already has a shift on 2026-11-30. Move or remove it first."]


def test_delete_takes_the_chosen_shifts_away(driver: Driver) -> None:
    driver.key(Key.Key_Right, SHIFT)
    driver.key(Key.Key_Delete)
    assert driver.of("a") == []
    assert str(driver.edits[0].text) == "Remove 2 shifts"
    driver.key(Key.Key_Delete)
    assert driver.refused == ["There is no shift here. Add one with N or a double click."]


def test_l_locks_shifts_and_days_off(driver: Driver) -> None:
    driver.key(Key.Key_L)
    assert driver.duty("a", 0).locked
    driver.key(Key.Key_L)
    assert not driver.duty("a", 0).locked
    driver.choose("a", 2)
    driver.key(Key.Key_L)
    assert driver.board.draft is not None
    assert driver.board.draft.off("a") == {day(2)}
    assert driver.edits[2].wanted[0].locked_off == (day(2),)


def test_shifts_are_copied_cut_and_pasted(driver: Driver) -> None:
    driver.key(Key.Key_Right, SHIFT)
    driver.key(Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0] == "Aoki\t2026-11-30\tE\t09:00-18:00"
    driver.choose("d", 1)
    driver.key(Key.Key_V, CTRL)
    assert [at for at, _, _ in driver.of("d")] == [1, 2]
    assert str(driver.edits[0].text) == "Paste 2 shifts"
    driver.choose("b", 2)
    driver.key(Key.Key_X, CTRL)
    assert len(driver.of("b")) == 1
    driver.choose("b", 5)
    driver.key(Key.Key_Right, SHIFT)
    driver.key(Key.Key_V, CTRL)
    assert [at for at, _, _ in driver.of("b")] == [0, 5, 6]


def test_what_cannot_be_pasted_is_told(driver: Driver) -> None:
    QGuiApplication.clipboard().setText("nothing of ours")
    driver.key(Key.Key_V, CTRL)
    driver.key(Key.Key_Right, SHIFT)
    driver.key(Key.Key_C, CTRL)
    driver.choose("a", 6)
    driver.key(Key.Key_V, CTRL)
    assert driver.refused == [
        "There is no shift on the clipboard. Copy one first (Ctrl+C).",
        "The copied shifts do not fit there. Choose a cell further up or left.",
    ]
    assert driver.edits == []


def test_two_chosen_shifts_are_swapped_by_key(driver: Driver) -> None:
    driver.key(Key.Key_S)
    assert driver.refused == ["Choose two shifts of different people to swap them."]
    driver.key(Key.Key_Down, SHIFT)
    driver.key(Key.Key_S)
    assert driver.of("a")[0] == (0, 720, 1260)
    assert driver.of("b")[0] == (0, 540, 1080)


def test_breaks_are_settled_by_key(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of(required=2.0))
    driver.key(Key.Key_A, CTRL)
    before = driver.board.draft
    driver.key(Key.Key_B)
    assert before is not None
    assert driver.board.draft is not None
    assert driver.refused or driver.board.draft.cost < before.cost


def test_the_timelines_keys_are_not_taken_as_shortcuts_of_the_window(driver: Driver) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_V, CTRL)
    event.ignore()
    QApplication.sendEvent(driver.timeline, event)
    assert event.isAccepted()
    other = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_K, CTRL)
    other.ignore()
    QApplication.sendEvent(driver.timeline, other)
    assert not other.isAccepted()


def test_a_whole_day_is_rostered_by_keys_alone(qtbot: QtBot) -> None:
    driver = Driver(qtbot, week_of([]))
    for agent in "abc":
        driver.choose(agent, 1)
        driver.key(Key.Key_N)
        menu = driver.board.menus.menu
        assert menu is not None
        qtbot.keyClick(menu, Key.Key_Down)
        qtbot.keyClick(menu, Key.Key_Return)
    driver.key(Key.Key_Return)
    qtbot.keyClicks(driver.board.menus.editor, "10:00-14:00")
    qtbot.keyClick(driver.board.menus.editor, Key.Key_Return)
    driver.choose("a", 1)
    driver.key(Key.Key_L)
    driver.key(Key.Key_Down)
    driver.key(Key.Key_Right, ALT)
    driver.board.edits.flush()
    assert [len(driver.of(agent)) for agent in "abcd"] == [1, 1, 1, 0]
    assert driver.of("c")[0] == (1, 600, 840)
    assert driver.duty("a", 1).locked
    assert len(driver.edits) == 6
    assert driver.refused == []
