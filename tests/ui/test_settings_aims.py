"""The aims of the roster as an ordered list: moved, weighed, saved as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle, shown
from ui.settings.aims import AimsSection
from ui.settings.screen import SettingsScreen
from wfm.model.aims import AIMS, Aims

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(sample_centre: Path, desk_on: DeskOn, qtbot: QtBot) -> SettingsScreen:
    made = SettingsScreen(desk_on(sample_centre))
    shown(made, qtbot)
    made.desk.action("settings.aims").trigger()
    return made


def aims_of(screen: SettingsScreen) -> AimsSection:
    found = screen.sections[AimsSection.key]
    assert isinstance(found, AimsSection)
    return found


def test_an_aim_moved_up_and_made_strong_is_saved_and_undone_as_one_step(
    screen: SettingsScreen, qtbot: QtBot
) -> None:
    section, desk = aims_of(screen), screen.desk
    assert section.isVisible()
    line = section.lines["wishes"]
    qtbot.mouseClick(line.up, LEFT)
    qtbot.mouseClick(line.strength.buttons["strong"], LEFT)
    assert line.place.text() == "2"
    assert desk._workspace.site.aims == Aims()
    number = desk._workspace.log.head()[0]
    qtbot.mouseClick(section.bar.save, LEFT)
    settle(desk, qtbot)
    assert desk._workspace.site.aims == Aims().moved("wishes", 1).with_strength("wishes", "strong")
    assert desk._workspace.log.head()[0] == number + 1
    assert not section.differs
    desk.action("undo").trigger()
    settle(desk, qtbot)
    assert desk._workspace.site.aims == Aims()
    assert line.place.text() == "3"


def test_alt_and_arrows_move_the_aim_that_has_the_keyboard(
    screen: SettingsScreen, qtbot: QtBot
) -> None:
    section = aims_of(screen)
    down = section.lines[AIMS[0]].down
    down.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(down, Qt.Key.Key_Down, alt)
    assert section.aims.keys[1] == AIMS[0]
    qtbot.keyClick(section.lines[AIMS[0]].down, Qt.Key.Key_Up, alt)
    assert section.aims == Aims()
    assert not section.lines[AIMS[0]].up.isEnabled()
    assert not section.lines[AIMS[-1]].down.isEnabled()


def test_the_usual_order_comes_back_by_one_press(screen: SettingsScreen, qtbot: QtBot) -> None:
    section = aims_of(screen)
    assert not section.usual.isVisible()
    qtbot.mouseClick(section.lines["surplus"].up, LEFT)
    assert section.usual.isVisible()
    qtbot.mouseClick(section.usual, LEFT)
    assert section.aims == Aims()
    assert not section.differs
