"""The payroll screen with real events: months, checks, a person's days, the file and its record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.centre import settle, shown
from ui.desk import Desk
from ui.payroll.screen import PayrollScreen
from wfm.messages import message
from wfm.model.people import Agent

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(sample_centre: Path, desk_on: Callable[..., Desk], qtbot: QtBot) -> PayrollScreen:
    made = PayrollScreen(desk_on(sample_centre))
    shown(made, qtbot)
    return made


def edited(desk: Desk, *values: object) -> None:
    """Write values as another window would."""
    session = desk._workspace._session
    with session.database.write("other", session.clock) as unit:
        unit.put_all(values)
        unit.commit(message("Write"))


def agent_of(desk: Desk, key: str) -> Agent:
    with desk._workspace._session.database.read() as store:
        found = store.get(Agent, key)
    assert found is not None
    return found


def click_row(screen: PayrollScreen, qtbot: QtBot, line: int) -> None:
    table = screen.figures.table
    place = table.visualRect(table.rows_model.index(line, 3)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=QPoint(place))


def test_the_present_wage_month_is_shown_with_its_people_and_sums(screen: PayrollScreen) -> None:
    assert screen.month == date(2026, 11, 1)
    assert screen.month_name.text() == "November 2026"
    assert len(screen.figures.table.shown) == 60
    assert screen.figures.totals.texts[:2] == ("Total", "60 people")
    assert screen.head.subtitle.text() == "Sun 1 Nov – Mon 30 Nov 2026"


def test_the_arrows_and_their_keys_step_through_the_months(
    screen: PayrollScreen, qtbot: QtBot
) -> None:
    qtbot.keyClick(screen.figures.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(screen.desk, qtbot)
    assert screen.month == date(2026, 10, 1)
    qtbot.keyClick(screen.figures.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(screen.desk, qtbot)
    assert screen.month == date(2026, 11, 1)


def test_a_month_without_rosters_is_a_sentence_and_a_way_to_the_roster(
    screen: PayrollScreen, qtbot: QtBot
) -> None:
    screen.show_month(date(2027, 8, 1))
    settle(screen.desk, qtbot)
    assert screen.nothing.isVisible()
    assert "No duty is rostered in August 2027." in screen.nothing.sentence.text()
    assert not screen.desk.action("payroll.export").isEnabled()
    with qtbot.waitSignal(screen.desk.wanted) as went:
        qtbot.mouseClick(screen.nothing.button, LEFT)
    assert went.args == ["roster", {"week": date(2027, 7, 26)}]
    assert screen.desk.horizon.start == date(2027, 7, 26)


def test_a_person_s_days_open_beside_the_table_with_the_sum_of_the_row(
    screen: PayrollScreen, qtbot: QtBot
) -> None:
    click_row(screen, qtbot, 0)
    settle(screen.desk, qtbot)
    (row,) = screen.figures.table.selected
    assert screen.drawer.isVisible()
    assert screen.drawer.title.text() == row.agent.name
    worked = sum(1 for entry in screen.person.days if entry.accessibleName())
    assert worked == len(screen.person.days) > 10
    with qtbot.waitSignal(screen.desk.wanted) as went:
        qtbot.mouseClick(screen.person.edit, LEFT)
    assert went.args == ["people", {"agent": row.agent.key}]


def test_searching_shows_only_the_people_found(screen: PayrollScreen, qtbot: QtBot) -> None:
    number = screen.figures.table.rows[3].agent.number
    qtbot.keyClicks(screen.search, number)
    assert [row.agent.number for row in screen.figures.table.shown] == [number]


def test_a_check_leads_to_where_it_is_cleared_and_goes_when_it_is(
    screen: PayrollScreen, qtbot: QtBot
) -> None:
    desk = screen.desk
    key = screen.figures.table.rows[0].agent.key
    agent = agent_of(desk, key)
    edited(desk, Agent(**{**_fields(agent), "number": ""}))
    screen.refresh()
    settle(desk, qtbot)
    row = next(item for item in screen.checks.rows if item.check.key == "number")
    with qtbot.waitSignal(desk.wanted) as went:
        qtbot.mouseClick(row.links[0], LEFT)
    assert went.args == ["people", {"agent": key}]
    edited(desk, agent)
    screen.refresh()
    settle(desk, qtbot)
    assert "number" not in [item.check.key for item in screen.checks.rows]


def _fields(agent: Agent) -> dict[str, object]:
    return {name: getattr(agent, name) for name in agent.__dataclass_fields__}


def test_the_checks_fold_away_and_stay_so(screen: PayrollScreen, qtbot: QtBot) -> None:
    assert screen.checks.rows[0].isVisible()
    qtbot.mouseClick(screen.checks.fold, LEFT)
    assert not screen.checks.rows[0].isVisible()
    assert screen.desk.preferences.get("payroll.checks", default=True) is False


# --- the file ------------------------------------------------------------------------------------


def to_file(screen: PayrollScreen, qtbot: QtBot, path: Path) -> None:
    """Go to the file by the primary button, and type its place."""
    qtbot.mouseClick(screen.primary, LEFT)
    settle(screen.desk, qtbot)
    screen.file.path.selectAll()
    qtbot.keyClicks(screen.file.path, str(path))


def write(screen: PayrollScreen, qtbot: QtBot) -> None:
    qtbot.mouseClick(screen.primary, LEFT)
    settle(screen.desk, qtbot)


def test_the_file_is_shown_before_it_is_written_and_recorded_afterwards(
    screen: PayrollScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "november.csv"
    to_file(screen, qtbot, out)
    assert len(screen.file.preview.rows) == 30
    assert screen.file.preview.rows_model.columns[0].title == "Employee number"
    write(screen, qtbot)
    text = out.read_bytes().decode("utf-8-sig").split("\r\n")
    assert text[1] == ",".join(screen.file.preview.rows[0])
    assert str(out) in screen.file.result.text()
    assert "60 rows" in screen.file.result.text()
    (export,) = screen.file.exports.rows
    assert export.record.sha256 in screen.file.result.text()
    assert "exported" in [row.check.key for row in screen.checks.rows]


def test_a_second_export_asks_first_and_the_careful_answer_has_the_focus(
    screen: PayrollScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    to_file(screen, qtbot, first)
    write(screen, qtbot)
    screen.file.path.selectAll()
    qtbot.keyClicks(screen.file.path, str(second))
    write(screen, qtbot)
    question = screen.file.confirmation
    assert question.isVisible()
    assert "exported before, by planner as first.csv" in question.words.text()
    assert QGuiApplication.focusObject() is question.cancel
    qtbot.keyClick(question.cancel, Qt.Key.Key_Space)
    settle(screen.desk, qtbot)
    assert not question.isVisible()
    assert not second.exists()
    write(screen, qtbot)
    qtbot.mouseClick(question.go_on, LEFT)
    settle(screen.desk, qtbot)
    assert second.exists()
    assert len(screen.file.exports.rows) == 2


def test_replacing_a_file_asks_first(screen: PayrollScreen, qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "there.csv"
    out.write_text("precious")
    to_file(screen, qtbot, out)
    write(screen, qtbot)
    assert "would be replaced" in screen.file.confirmation.words.text()
    assert out.read_text() == "precious"


def test_another_layout_shows_other_rows_and_is_remembered(
    screen: PayrollScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    to_file(screen, qtbot, tmp_path / "x.csv")
    choice = screen.file.layout_choice
    qtbot.keyClick(choice, Qt.Key.Key_End)
    choice.activated.emit(choice.currentIndex())
    settle(screen.desk, qtbot)
    assert screen.file.preview.rows_model.columns[2].title == "Date"
    assert screen.desk.preferences.get("payroll.format", "") == "generic-daily"


def test_what_forbids_the_file_is_said_where_it_would_be_written(
    screen: PayrollScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    key = screen.figures.table.rows[0].agent.key
    agent = agent_of(screen.desk, key)
    edited(screen.desk, Agent(**{**_fields(agent), "number": ""}))
    to_file(screen, qtbot, tmp_path / "x.csv")
    write(screen, qtbot)
    assert f"{agent.name} has no employee number" in screen.file.error.text()
    assert not (tmp_path / "x.csv").exists()
    assert screen.file.preview.rows == ()


def test_a_folder_that_is_not_there_is_a_sentence(
    screen: PayrollScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    to_file(screen, qtbot, tmp_path / "nowhere" / "x.csv")
    write(screen, qtbot)
    assert "cannot be written" in screen.file.error.text()
    screen.file.path.clear()
    write(screen, qtbot)
    assert screen.file.error.text() == "Name the file to write."


def test_month_page_and_person_survive_another_language(
    sample_centre: Path, desk_on: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = desk_on(sample_centre)
    first = PayrollScreen(desk)
    shown(first, qtbot)
    first.show_month(date(2026, 10, 1))
    settle(desk, qtbot)
    click_row(first, qtbot, 2)
    settle(desk, qtbot)
    chosen = first.figures.chosen_agent()
    first.show_page("file")
    settle(desk, qtbot)
    state = first.state()
    second = PayrollScreen(desk)
    second.restore(state)
    shown(second, qtbot)
    assert second.month == date(2026, 10, 1)
    assert second.pages.current == "file"
    assert second.file.isVisible()
    assert second.figures.chosen_agent() == chosen


def test_a_person_of_a_month_can_be_asked_for(screen: PayrollScreen, qtbot: QtBot) -> None:
    key = screen.figures.table.rows[5].agent.key
    screen.focus_on(month=date(2026, 10, 1), agent=key)
    settle(screen.desk, qtbot)
    assert screen.month == date(2026, 10, 1)
    assert screen.figures.chosen_agent() == key
    assert screen.drawer.isVisible()
