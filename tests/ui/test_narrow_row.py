"""The rows that narrow people down behave alike, on whichever screen they stand."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.people.filters import FilterRow as PeopleFilters
from ui.roster.filter_row import FilterRow as RosterFilters
from ui.translate import render_in
from ui.widgets.narrow_row import NarrowRow


@pytest.mark.parametrize("kind", [PeopleFilters, RosterFilters])
def test_typing_narrows_and_one_click_asks_for_everybody(
    qtbot: QtBot, kind: type[NarrowRow]
) -> None:
    row = kind(render_in("en"))  # type: ignore[call-arg]
    qtbot.addWidget(row)
    row.show()
    told: list[bool] = []
    row.changed.connect(lambda: told.append(row.narrowed))
    row.show_count(60, 60)
    assert row.count.text() == "60 / 60 people"
    assert not row.clear_button.isVisible()
    qtbot.keyClicks(row.search, "ai")
    row.show_count(1, 60)
    assert row.clear_button.isVisible()
    row.clear_button.click()
    assert row.search.text() == ""
    assert told == [True, True, False]


@pytest.mark.parametrize("kind", [PeopleFilters, RosterFilters])
def test_the_keyboard_goes_to_the_search_with_everything_marked(
    qtbot: QtBot, kind: type[NarrowRow]
) -> None:
    row = kind(render_in("ja"))  # type: ignore[call-arg]
    qtbot.addWidget(row)
    with qtbot.waitActive(row):
        row.show()
        row.activateWindow()
    row.search.setText("さとう")
    row.focus_search()
    assert row.search.hasFocus()
    assert row.search.selectedText() == "さとう"
