"""Lists of wrapped entries: high enough at every width, and Enter goes where a click goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.overview.line_list import Line, LineList
from ui.roster.grouped_list import Entry, Group, GroupedList
from ui.theme import TEXT_PX, font
from ui.widgets.wrapped_list import WrappedList, wrapped_height

LONG = "よく読まないと分からないほど長い文が、狭いところでは何行にも折り返されます。" * 3


def overview() -> LineList:
    made = LineList("Gaps")
    made.set_lines([Line("heading", heading=True), Line("plain"), Line(LONG, "−3", leads=True)])
    return made


def roster() -> GroupedList:
    made = GroupedList("Broken rules")
    made.set_groups([Group("a", "Aoki", "1 hard", (Entry(LONG, "✗", "bad", "a"),))])
    return made


@pytest.mark.parametrize("make", [overview, roster])
def test_an_entry_is_as_high_as_its_text_at_the_width_there_is(
    qtbot: QtBot, make: type[WrappedList]
) -> None:
    shown = make()
    qtbot.addWidget(shown)
    last = shown.count() - 1
    heights = []
    for width in (700, 250):
        shown.resize(width, 400)
        shown.show()
        qtbot.waitUntil(lambda width=width: shown.visualItemRect(shown.item(last)).width() <= width)
        shown.doItemsLayout()
        heights.append(shown.visualItemRect(shown.item(last)).height())
        assert heights[-1] >= wrapped_height(LONG, font(TEXT_PX), width)
    assert heights[0] < heights[1]


@pytest.mark.parametrize("make", [overview, roster])
def test_enter_goes_where_a_click_goes(qtbot: QtBot, make: type[WrappedList]) -> None:
    shown = make()
    qtbot.addWidget(shown)
    shown.resize(400, 400)
    shown.show()
    went: list[tuple[object, ...]] = []
    shown.chosen.connect(lambda *where: went.append(where))  # type: ignore[attr-defined]
    item = shown.item(shown.count() - 1)
    qtbot.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(item).center()
    )
    shown.setCurrentItem(item)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert len(went) == 2
    assert went[0] == went[1]


def test_a_line_that_leads_nowhere_stays(qtbot: QtBot) -> None:
    shown = overview()
    qtbot.addWidget(shown)
    went: list[int] = []
    shown.chosen.connect(went.append)
    shown.setCurrentRow(1)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert went == []
    assert shown.lines()[:2] == ["heading", "plain"]
