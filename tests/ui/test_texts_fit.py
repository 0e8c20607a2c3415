"""Texts have the room they need, or a shorter form, or are told whole by a tip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle, shown
from ui.people.screen import PeopleScreen
from ui.requests.timeline import BeforeAfter, Strip
from ui.settings.screen import SettingsScreen
from ui.theme import LIGHT, TEXT_PX, font, style_sheet
from ui.translate import render_in
from ui.widgets.cards import ElidedLabel
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.fields import SearchBox


def is_whole(box: ChoiceBox) -> bool:
    return not box._is_cut()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_statutory_day_off_can_be_read_whole(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot, language: str
) -> None:
    desk = desk_on(sample_centre, language)
    screen = SettingsScreen(desk)
    shown(screen, qtbot)
    boxes = [item for item in screen.findChildren(ChoiceBox) if item.isVisible()]
    assert any("7" in box.currentText() or "all worked" in box.currentText() for box in boxes)
    assert all(map(is_whole, boxes))


def test_a_box_that_has_to_cut_its_text_tells_it_by_a_tip(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    text = "Answered in time ÷ offered, and more words"
    box.addItems([text, "x"])
    box.setFixedWidth(120)
    box.show()
    place = box.mapToGlobal(QPoint(5, 5))
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), place))
    assert QToolTip.text() == text
    QToolTip.hideText()
    box.setCurrentIndex(1)
    assert is_whole(box)


@pytest.mark.parametrize("hint", ["Name, number, team or skill", "名前・番号・チーム・スキル"])
def test_a_search_box_asks_for_room_for_its_hint(qtbot: QtBot, hint: str) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    row.setStyleSheet(style_sheet(LIGHT))
    box = SearchBox(hint)
    lay = QHBoxLayout(row)
    lay.addWidget(box)
    lay.addStretch(1)
    row.resize(800, 60)
    row.show()
    signs = 2 * 36  # glass and cross stand in so much
    assert box.width() >= QFontMetrics(font()).horizontalAdvance(hint) + signs
    assert box.accessibleName() == hint


def test_a_label_takes_the_longest_of_its_texts_that_fits(qtbot: QtBot) -> None:
    label = ElidedLabel("")
    qtbot.addWidget(label)
    label.show()
    texts = ("Week: 968.1 agent-hours (week before 950.0)", "Week: 968.1", "968.1")
    metrics = label.fontMetrics()
    for width, expected in (
        (metrics.horizontalAdvance(texts[0]), texts[0]),
        (metrics.horizontalAdvance(texts[0]) - 1, texts[1]),
        (metrics.horizontalAdvance(texts[2]), texts[2]),
    ):
        label.resize(width, 20)
        label.show_whole(*texts)
        assert label.text() == expected
        assert label.toolTip() == texts[0]


def test_long_names_of_a_request_are_painted_whole(qtbot: QtBot) -> None:
    name = "Yumiko Takahashi-Nakamura"
    view = BeforeAfter(render_in("en"), "en")
    qtbot.addWidget(view)
    view._strips = (Strip("a", after=False, duties={}, absences={}),)
    view._names = {"a": name}
    assert view._names_width() >= QFontMetrics(font(TEXT_PX)).horizontalAdvance(name) + 8
    assert view._names_width() <= 200


@pytest.mark.parametrize(("language", "comma"), [("ja", "、"), ("en", ", ")])
def test_skills_are_listed_with_the_commas_of_the_language(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot, language: str, comma: str
) -> None:
    desk = desk_on(sample_centre, language)
    screen = PeopleScreen(desk)
    shown(screen, qtbot)
    settle(desk, qtbot)
    column = next(item for item in screen.table.rows_model.columns if item.key == "skills")
    several = next(row for row in screen.table.rows if len(row.agent.skills) > 1)
    text = column.text(several)
    assert text.count(comma) >= len(several.agent.skills) - 1
    if language == "ja":
        assert ", " not in text
