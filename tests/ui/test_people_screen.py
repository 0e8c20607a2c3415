"""The people screen on the sample centre, worked with mouse and keys; the file tells what is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.centre import WHO, settle, shown
from ui.desk import Desk
from ui.people.screen import PeopleScreen
from ui.widgets.week_hours import CELLS
from wfm.model.change import Outcome
from wfm.model.people import Agent, Availability
from wfm.model.time import Horizon
from wfm.services.people_view import PeopleView, PersonDays
from wfm.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORKED = date(2026, 11, 16)
"""A week with duties in the sample."""


class Stage:
    """The screen on a private copy of the sample, and what is stored behind it."""

    def __init__(self, desk: Desk, screen: PeopleScreen, path: Path, qtbot: QtBot) -> None:
        self.desk, self.screen, self.path, self.qtbot = desk, screen, path, qtbot

    def settle(self) -> None:
        settle(self.desk, self.qtbot)

    def wake(self) -> None:
        """Make the screen the active window, also after an earlier test's window has gone."""
        QApplication.processEvents()
        self.screen.activateWindow()
        self.qtbot.waitUntil(self.screen.isActiveWindow)

    def focus(self, widget: QWidget) -> None:
        if not self.screen.isActiveWindow():
            self.wake()
        widget.setFocus()
        self.qtbot.waitUntil(widget.hasFocus)

    def keys(self, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key of the screen's own."""
        if not self.screen.isActiveWindow():
            self.wake()
        self.qtbot.keyClick(self.screen, key, modifier)

    def read(self, work: Callable[[Workspace], Any]) -> Any:
        with Workspace.open(str(self.path), WHO, read_only=True) as workspace:
            return work(workspace)

    def view(self) -> PeopleView:
        found: PeopleView = self.read(lambda w: w.people.view(Horizon(WORKED, 7)))
        return found

    def agent(self, key: str) -> Agent:
        person = self.view().person(key)
        assert person is not None
        return person.agent

    def days(self, key: str) -> PersonDays:
        found: PersonDays = self.read(lambda w: w.people.days(key))
        return found

    def last(self) -> str:
        return str(self.read(lambda w: w.log.last(1)[0].text))

    def choose(self, key: str, tab: str = "") -> None:
        assert self.screen.table.choose(key)
        if tab:
            self.screen.person.show_tab(tab)
        self.settle()

    def click_row(self, line: int, column: int = 1, keys: Any = None) -> None:
        table = self.screen.table
        point = table.visualRect(table.rows_model.index(line, column)).center()
        keys = keys or Qt.KeyboardModifier.NoModifier
        self.qtbot.mouseClick(table.viewport(), LEFT, keys, point)

    def press(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, LEFT)
        self.settle()

    def retype(self, field: QWidget, text: str, key: Any = Qt.Key.Key_Return) -> None:
        assert isinstance(field, QLineEdit)
        self.focus(field)
        field.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(field, text)
        else:  # as an input method commits it
            field.insert(text)
        self.qtbot.keyClick(field, key)
        self.settle()

    def undo(self) -> None:
        self.desk.action("undo").trigger()
        self.settle()


@pytest.fixture
def stage(desk_on: Callable[..., Desk], sample_centre: Path, qtbot: QtBot) -> Stage:
    desk = desk_on(sample_centre)
    desk.show_week(WORKED)
    screen = PeopleScreen(desk)
    shown(screen, qtbot)
    stage = Stage(desk, screen, sample_centre, qtbot)
    stage.wake()
    return stage


def said(stage: Stage) -> list[tuple[str, str]]:
    """Collect what the desk says from now on."""
    heard: list[tuple[str, str]] = []
    stage.desk.said.connect(lambda text, tone, _action: heard.append((str(text), tone)))
    return heard


# --- looking ---------------------------------------------------------------------------------


def test_everybody_is_shown_with_the_hours_of_the_week(stage: Stage) -> None:
    table = stage.screen.table
    assert len(table.shown) == 60
    assert stage.screen.filters.count.text() == "60 / 60 people"
    texts = {column.key: column.text(table.shown[0]) for column in table.rows_model.columns}
    assert texts["hours"] == "40"
    assert texts["worked"] == "40.0"
    assert "3" in texts["skills"]


def test_search_and_chips_narrow_down_and_one_click_shows_everybody_again(stage: Stage) -> None:
    screen, filters = stage.screen, stage.screen.filters
    stage.keys(Qt.Key.Key_F, CONTROL)
    stage.qtbot.keyClicks(filters.search, "1308")
    assert [person.agent.number for person in screen.table.shown] == ["1308"]
    assert filters.count.text() == "1 / 60 people"
    stage.press(filters.clear_button)
    assert len(screen.table.shown) == 60
    filters.facets["team"].menu_shown.actions()[0].trigger()
    filters.facets["role"].toggle_value("supervisor")
    assert {person.agent.role for person in screen.table.shown} == {"supervisor"}
    assert len(screen.table.shown) == 1
    assert filters.facets["team"].isChecked()
    stage.press(filters.clear_button)
    stage.press(filters.without)
    assert all(person.availability is None for person in screen.table.shown)
    assert 0 < len(screen.table.shown) < 60


def test_a_facet_opens_its_menu_by_key(stage: Stage) -> None:
    facet = stage.screen.filters.facets["skill"]
    stage.focus(facet)
    stage.qtbot.keyClick(facet, Qt.Key.Key_Down)
    stage.qtbot.waitUntil(facet.menu_shown.isVisible)
    stage.qtbot.keyClick(facet.menu_shown, Qt.Key.Key_Down)
    stage.qtbot.keyClick(facet.menu_shown, Qt.Key.Key_Return)
    assert len(facet.chosen) == 1
    assert len(stage.screen.table.shown) < 60


# --- editing in the table --------------------------------------------------------------------


def test_a_name_is_changed_by_keys_and_undone(stage: Stage) -> None:
    table, key = stage.screen.table, stage.screen.table.shown[2].agent.key
    before = stage.agent(key).name
    stage.choose(key)
    stage.focus(table)
    stage.qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    for _ in range(2):
        stage.qtbot.keyClick(table, Qt.Key.Key_Down)
    stage.qtbot.keyClick(table, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    stage.qtbot.keyClicks(field, "Nishi Rina")
    stage.qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: stage.desk.jobs.busy)
    stage.settle()
    assert stage.agent(key).name == "Nishi Rina"
    assert stage.last() == f"Rename {before} to Nishi Rina"
    assert stage.screen.drawer.title.text().startswith("Nishi Rina")
    stage.undo()
    assert stage.agent(key).name == before
    assert stage.screen.table.shown[2].agent.name == before


def test_a_number_that_somebody_has_is_refused_in_words_and_not_shown(stage: Stage) -> None:
    heard = said(stage)
    first, second = stage.screen.table.shown[:2]
    stage.screen.table.edited.emit(first, "number", second.agent.number)
    stage.settle()
    assert heard == [
        (f"Number {second.agent.number} already belongs to {second.agent.name}.", "bad")
    ]
    assert stage.screen.table.shown[0].agent.number == first.agent.number


def test_news_from_elsewhere_wait_until_a_cell_is_left(stage: Stage) -> None:
    table = stage.screen.table
    stage.choose("a53")
    stage.focus(table)
    stage.qtbot.keyClick(table, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    stage.qtbot.keyClicks(field, "Takeuchi Y")
    stage.desk.do(lambda w: w.people.change([(stage.agent("a54"), renamed(stage.agent("a54")))]))
    stage.settle()
    assert QApplication.focusWidget() is field
    stage.qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: stage.agent("a53").name == "Takeuchi Y")
    stage.settle()
    names = {person.agent.key: person.agent.name for person in table.shown}
    assert (names["a53"], names["a54"]) == ("Takeuchi Y", "Another")


def renamed(agent: Agent) -> Agent:
    return replace(agent, name="Another")


# --- many at once ----------------------------------------------------------------------------


def test_three_people_change_team_by_mouse_in_one_operation(stage: Stage) -> None:
    screen = stage.screen
    stage.click_row(0)
    assert not screen.bulk.isVisible()
    for line in (1, 2):
        stage.click_row(line, keys=CONTROL)
    assert screen.bulk.isVisible()
    assert screen.bulk.count.text() == "3 people chosen"
    keys = screen.chosen_keys
    count = stage.read(lambda w: w.log.head()[0])
    stage.qtbot.mouseClick(screen.bulk.team, LEFT)
    menu = screen.bulk.team.menu_shown
    stage.qtbot.waitUntil(menu.isVisible)
    entry = next(item for item in menu.actions() if "テクニカル" in item.text())
    stage.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    stage.settle()
    assert {stage.agent(key).team for key in keys} == {"technical"}
    assert stage.read(lambda w: w.log.head()[0]) == count + 1
    assert stage.last() == "Put 3 people into team テクニカル班"
    assert set(screen.chosen_keys) == set(keys)
    stage.undo()
    assert {stage.agent(key).team for key in keys} == {"digital"}


def test_a_skill_and_a_speed_are_given_to_many(stage: Stage) -> None:
    screen = stage.screen
    stage.click_row(4)
    stage.click_row(6, keys=SHIFT)
    keys = screen.chosen_keys
    skills = screen.bulk.skill.menu_shown.actions()
    technical = next(item for item in skills if item.text() == "電話・技術").menu()
    technical.actions()[2].trigger()  # type: ignore[union-attr]
    stage.settle()
    assert {stage.agent(key).skills["phone_technical"] for key in keys} == {3}
    stage.press(screen.bulk.speed_button)
    stage.retype(screen.bulk.speed, "900")
    assert "200" in screen.bulk.speed_error.text()
    stage.retype(screen.bulk.speed, "120")
    assert {stage.agent(key).speed_percent for key in keys} == {120}


def test_leave_of_many_asks_before_duties_go(stage: Stage) -> None:
    screen, form = stage.screen, stage.screen.bulk.leave
    stage.click_row(2)
    stage.click_row(3, keys=CONTROL)
    keys = screen.chosen_keys
    stage.keys(Qt.Key.Key_L, CONTROL)
    assert form.isVisible()
    for field in (form.first, form.last):
        stage.retype(field, "2026-11-17", Qt.Key.Key_Tab)
    stage.press(form.add)
    assert (
        "duties stand against the leave" in form.error.text() or "has a duty" in form.error.text()
    )
    assert form.clear.isVisible()
    assert not any(leave.day == date(2026, 11, 17) for leave in stage.days(keys[0]).leaves)
    stage.press(form.clear)
    for key in keys:
        days = stage.days(key)
        assert any(leave.day == date(2026, 11, 17) for leave in days.leaves)
        assert date(2026, 11, 17) not in days.duty_days
    assert not form.isVisible()


# --- profile and skills ----------------------------------------------------------------------


def test_an_impossible_date_is_a_sentence_and_stays_to_be_mended(stage: Stage) -> None:
    stage.choose("a53", "profile")
    before = stage.agent("a53").hired
    profile = stage.screen.person.profile
    assert profile.form is not None
    hired = profile.form.editor("hired")
    stage.retype(hired, "2026-02-30", Qt.Key.Key_Tab)
    assert "“2026-02-30” is not a date" in profile.form.errors["hired"]
    assert stage.agent("a53").hired == before
    stage.retype(hired, "２０２６/２/２８", Qt.Key.Key_Tab)
    assert not profile.form.errors
    assert stage.agent("a53").hired == date(2026, 2, 28)


def test_what_the_centre_refuses_is_said_beside_its_field(stage: Stage) -> None:
    stage.choose("a53", "profile")
    profile = stage.screen.person.profile
    assert profile.form is not None
    other = stage.agent("a54")
    stage.retype(profile.form.editor("number"), other.number, Qt.Key.Key_Tab)
    assert profile.form.errors == {
        "number": f"Number {other.number} already belongs to {other.name}."
    }
    field = profile.form.editor("number")
    assert isinstance(field, QLineEdit)
    assert field.text() == other.number
    stage.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == stage.agent("a53").number
    assert stage.screen.drawer.is_open


def test_two_quick_edits_of_one_person_are_no_conflict_with_oneself(stage: Stage) -> None:
    heard = said(stage)
    stage.choose("a53", "profile")
    form = stage.screen.person.profile.form
    assert form is not None
    for name, text in (("name", "Take Yu"), ("speed_percent", "95")):
        field = form.editor(name)
        assert isinstance(field, QLineEdit)
        stage.focus(field)
        field.selectAll()
        stage.qtbot.keyClicks(field, text)
        stage.qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.settle()
    assert (stage.agent("a53").name, stage.agent("a53").speed_percent) == ("Take Yu", 95)
    assert not [text for text, tone in heard if tone == "bad"]


def test_what_is_typed_is_written_when_another_person_is_chosen(stage: Stage) -> None:
    stage.choose("a53", "profile")
    form = stage.screen.person.profile.form
    assert form is not None
    field = form.editor("reading")
    assert isinstance(field, QLineEdit)
    stage.focus(field)
    field.selectAll()
    stage.qtbot.keyClicks(field, "abc")
    stage.choose("a54")
    assert stage.agent("a53").reading == "abc"
    assert form.shown.key == "a54"


def test_somebody_elses_change_is_shown_and_a_stale_edit_is_refused(stage: Stage) -> None:
    stage.choose("a53", "profile")
    form = stage.screen.person.profile.form
    assert form is not None
    seen = stage.agent("a53")
    with Workspace.open(str(stage.path), "somebody else") as other:
        other.people.change([(seen, replace(seen, team="technical"))])
    stage.retype(form.editor("name"), "Stale Name", Qt.Key.Key_Tab)
    assert stage.agent("a53").name == seen.name
    assert "was changed by somebody else" in form.errors[""]
    assert stage.screen.table.shown != ()
    assert form.shown.team == "technical"


def test_a_level_is_given_by_one_click(stage: Stage) -> None:
    stage.choose("a53", "skills")
    levels = stage.screen.person.skills.levels["chat"]
    stage.press(levels.buttons["3"])
    assert stage.agent("a53").skills["chat"] == 3
    assert stage.last().startswith("Give ")
    stage.press(levels.buttons["0"])
    assert "chat" not in stage.agent("a53").skills


# --- availability ----------------------------------------------------------------------------


def stored(stage: Stage, key: str) -> Availability | None:
    person = stage.view().person(key)
    assert person is not None
    return person.availability


def test_availability_is_painted_by_mouse_saved_and_undone(stage: Stage) -> None:
    stage.choose("a53", "availability")
    tab = stage.screen.person.availability
    grid = tab.grid
    assert stored(stage, "a53") is None
    grid.set_days(range(7), ())
    stage.qtbot.mousePress(grid, LEFT, pos=grid.cell_rect(0, 18).center())
    stage.qtbot.mouseMove(grid, grid.cell_rect(0, 35).center())
    stage.qtbot.mouseRelease(grid, LEFT, pos=grid.cell_rect(0, 35).center())
    assert stage.screen.unsaved() is not None
    stage.press(tab.save)
    week = {0: ((540, 1080),), **dict.fromkeys(range(1, 7), ())}
    assert stored(stage, "a53") == Availability("a53", week)
    assert stage.last().startswith("Change the availability of")
    assert not tab.save.isEnabled()
    assert stage.screen.unsaved() is None
    stage.undo()
    assert stored(stage, "a53") is None
    assert grid.value() == {}


def test_availability_is_painted_by_keys_and_written_when_the_person_is_left(
    stage: Stage,
) -> None:
    stage.choose("a53", "availability")
    grid = stage.screen.person.availability.grid
    stage.focus(grid)
    stage.qtbot.keyClick(grid, Qt.Key.Key_Home)
    for _ in range(17):
        stage.qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    stage.qtbot.keyClick(grid, Qt.Key.Key_Delete)
    stage.qtbot.keyClick(grid, Qt.Key.Key_End, SHIFT)
    count = stage.read(lambda w: w.log.head()[0])
    stage.choose("a54")
    assert stored(stage, "a53") == Availability("a53", {0: ((540, 2880),)})
    assert stage.read(lambda w: w.log.head()[0]) == count + 1
    assert CELLS == 58


def test_hours_are_typed_past_midnight_and_dates_that_differ_are_kept(stage: Stage) -> None:
    stage.choose("a53", "availability")
    tab = stage.screen.person.availability
    stage.retype(tab.day_text, "22-25")
    assert tab.grid.value() == {0: ((1320, 1500),)}
    stage.retype(tab.day_text, "half past")
    assert "half past" in tab.error.text()
    stage.retype(tab.day_text, "22-25")
    stage.retype(tab.new_date, "2026-13-01", Qt.Key.Key_Tab)
    stage.retype(tab.new_hours, "×")
    assert "“2026-13-01” is not a date" in tab.error.text()
    stage.retype(tab.new_date, "2026-12-31", Qt.Key.Key_Tab)
    stage.retype(tab.new_hours, "×")
    stage.qtbot.keyClick(tab.grid, Qt.Key.Key_Return)
    stage.settle()
    assert stored(stage, "a53") == Availability(
        "a53", {0: ((1320, 1500),)}, {date(2026, 12, 31): ()}
    )


def test_buttons_open_and_close_the_days_chosen(stage: Stage) -> None:
    stage.choose("a53", "availability")
    tab = stage.screen.person.availability
    stage.press(tab.closed)
    assert tab.grid.value() == {0: ()}
    stage.press(tab.all_day)
    assert tab.grid.value() == {}
    assert not tab.unsaved


# --- leave and wishes ------------------------------------------------------------------------


def test_leave_on_a_rostered_day_offers_to_take_the_duty_off(stage: Stage) -> None:
    stage.choose("a53", "days")
    tab = stage.screen.person.days
    day = next(d for d in sorted(stage.days("a53").duty_days) if d >= WORKED)
    square = tab.month.days
    stage.qtbot.mouseClick(square, LEFT, pos=square.rect_of(day).center())
    assert tab.form.first.value() == tab.form.last.value() == day
    stage.press(tab.form.add)
    assert "has a duty on" in tab.form.error.text()
    stage.press(tab.form.clear)
    days = stage.days("a53")
    assert day not in days.duty_days
    assert any(leave.day == day and leave.kind == "paid_leave" for leave in days.leaves)
    assert not tab.form.clear.isVisible()
    assert any(mark.letter == "AL" for d, mark in square.marks.items() if d == day)
    stage.undo()
    assert day in stage.days("a53").duty_days


def test_a_row_of_days_is_chosen_by_drag_and_by_keys(stage: Stage) -> None:
    stage.choose("a53", "days")
    tab = stage.screen.person.days
    square = tab.month.days
    first, last = date(2026, 11, 10), date(2026, 11, 12)
    stage.qtbot.mousePress(square, LEFT, pos=square.rect_of(first).center())
    stage.qtbot.mouseMove(square, square.rect_of(last).center())
    stage.qtbot.mouseRelease(square, LEFT, pos=square.rect_of(last).center())
    assert tab.month.span == (first, last)
    assert (tab.form.first.value(), tab.form.last.value()) == (first, last)
    stage.qtbot.keyClick(square, Qt.Key.Key_Down, SHIFT)
    assert tab.month.span == (first, date(2026, 11, 19))
    stage.qtbot.keyClick(square, Qt.Key.Key_PageDown)
    assert tab.month.month == date(2026, 12, 1)
    assert tab.month.title.text() == "December 2026"


def test_a_wish_is_entered_by_typing_and_removed_by_its_button(stage: Stage) -> None:
    stage.choose("a53", "days")
    tab = stage.screen.person.days
    tab.form.kind.show_value("wish:window")
    tab.form.kind.edited.emit()
    for field in (tab.form.first, tab.form.last):
        stage.retype(field, "2027-01-20", Qt.Key.Key_Tab)
    stage.retype(tab.form.start, "9:00", Qt.Key.Key_Tab)
    stage.retype(tab.form.end, "15:00")
    wish = next(item for item in stage.days("a53").wishes if item.day == date(2027, 1, 20))
    assert (wish.kind, wish.start, wish.end) == ("window", 540, 900)
    assert tab.month.month == date(2027, 1, 1)
    assert len(tab.drop_buttons) == 1
    stage.press(tab.drop_buttons[0])
    assert not [item for item in stage.days("a53").wishes if item.day == date(2027, 1, 20)]


def test_a_balance_is_written_when_it_is_left(stage: Stage) -> None:
    stage.choose("a53", "days")
    tab = stage.screen.person.days
    stage.retype(tab.balance.editor("paid_leave_days"), "12.5", Qt.Key.Key_Tab)
    balance = stage.days("a53").balance
    assert balance is not None
    assert balance.paid_leave_days == 12.5
    assert stage.last().startswith("Change the balance of")


# --- adding and removing ---------------------------------------------------------------------


def test_a_person_is_added_and_chosen(stage: Stage) -> None:
    screen = stage.screen
    stage.keys(Qt.Key.Key_N, CONTROL)
    new = screen._new
    assert new is not None
    stage.press(new.add_button)
    assert "name" in new.form.errors
    stage.retype(new.form.editor("name"), "Mori Ren", Qt.Key.Key_Tab)
    stage.retype(new.form.editor("number"), "9001")
    assert stage.agent("9001").name == "Mori Ren"
    assert screen.chosen_keys == ["9001"]
    assert screen._new is None
    assert screen.filters.count.text() == "61 / 61 people"


def test_escape_and_cancel_leave_nobody_behind(stage: Stage) -> None:
    stage.keys(Qt.Key.Key_N, CONTROL)
    new = stage.screen._new
    assert new is not None
    stage.press(new.cancel_button)
    assert stage.screen._new is None
    assert len(stage.view().people) == 60


def test_removal_says_who_leaves_and_asks_for_the_day(stage: Stage) -> None:
    card = stage.screen.removal
    stage.choose("a53")
    stage.keys(Qt.Key.Key_Delete, CONTROL)
    stage.settle()
    assert card.isVisible()
    assert "will leave, keeping the past" in card.text.text()
    stage.retype(card.day, "nonsense")
    assert "is not a date" in card.error.text()
    assert card.isVisible()
    stage.retype(card.day, "2026-11-18")
    assert not card.isVisible()
    assert stage.agent("a53").left == date(2026, 11, 18)
    assert max(stage.days("a53").duty_days) < date(2026, 11, 18)
    stage.undo()
    assert stage.agent("a53").left is None


def test_people_who_left_are_hidden_until_asked_for(stage: Stage) -> None:
    filters = stage.screen.filters
    assert not filters.gone.isVisible()
    stage.choose("a53")
    stage.desk.do(lambda w: w.people.remove(["a53"], WORKED))
    stage.settle()
    assert filters.count.text() == "59 / 59 people"
    stage.press(filters.gone)
    assert filters.count.text() == "60 / 60 people"


# --- contracts, skills and teams -------------------------------------------------------------


def test_a_contract_is_changed_in_its_small_editor(stage: Stage) -> None:
    page = stage.screen.terms.contracts
    stage.keys(Qt.Key.Key_T, CONTROL)
    assert page.isVisible()
    page.choose("part20")
    stage.retype(page.form.editor("week_minutes_max"), "1:00", Qt.Key.Key_Tab)
    stage.press(page.save)
    assert "asks for more time per week than it allows" in page.form.errors[""]
    stage.retype(page.form.editor("week_minutes_max"), "18:30", Qt.Key.Key_Tab)
    page.kinds["part_close"].click()
    stage.press(page.save)
    contract = stage.view().contracts["part20"]
    assert contract.week_minutes_max == 1110
    assert "part_close" not in contract.shift_kinds
    stage.press(page.remove)
    assert "is still the contract of" in page.error.text()


def test_a_rotation_is_typed_as_it_is_spoken_and_shown_day_by_day(stage: Stage) -> None:
    page = stage.screen.terms.contracts
    stage.keys(Qt.Key.Key_T, CONTROL)
    page.choose("part20")
    stage.retype(page.rotation, "4勤2交", Qt.Key.Key_Tab)
    stage.press(page.save)
    assert "“4勤2交” is no day of a rotation" in page.error.text()
    stage.retype(page.rotation, "２勤１休", Qt.Key.Key_Tab)
    stage.press(page.save)
    assert "day on which its first day lies" in page.form.errors["rotation_start"]
    stage.retype(page.form.editor("rotation_start"), "2026-12-07", Qt.Key.Key_Tab)
    stage.retype(page.form.editor("month_minutes_max"), "80:00", Qt.Key.Key_Tab)
    stage.press(page.save)
    contract = stage.view().contracts["part20"]
    assert contract.rotation == ("work", "work", "off")
    assert (contract.rotation_start, contract.month_minutes_max) == (date(2026, 12, 7), 4800)
    assert page.rotation.text() == "○ ○ –"
    assert not page.unsaved


def test_a_contract_without_shift_kinds_is_refused_and_a_new_one_is_added(stage: Stage) -> None:
    page = stage.screen.terms.contracts
    stage.screen.focus_on(terms=True)
    stage.press(page.add)
    stage.retype(page.form.editor("name"), "Night", Qt.Key.Key_Tab)
    for box in page.kinds.values():
        box.setChecked(False)
    stage.press(page.save)
    assert "at least one shift kind" in page.error.text()
    page.kinds["late"].click()
    stage.press(page.save)
    assert [item.name for item in stage.view().contracts.values()].count("Night") == 1
    assert page.current == "contract-1"


def test_skills_and_teams_are_added_renamed_and_removed(stage: Stage) -> None:
    terms = stage.screen.terms
    stage.screen.focus_on(terms=True)
    terms.tabs.setCurrentWidget(terms.skills)
    stage.retype(terms.skills.new_name, "Fax")
    assert "skill-1" in stage.view().skills
    stage.retype(terms.skills.names["skill-1"], "Telex")
    assert stage.view().skills["skill-1"].name == "Telex"
    stage.press(terms.skills.drops["skill-1"])
    assert "skill-1" not in stage.view().skills
    stage.press(terms.skills.drops["chat"])
    assert "is asked for by the queue" in terms.skills.error.text()
    terms.tabs.setCurrentWidget(terms.teams)
    stage.retype(terms.teams.new_name, "New team of six")
    leaders = terms.teams.leaders["team-1"]
    leaders.show_value("a51")
    leaders.edited.emit()
    stage.settle()
    assert stage.view().teams["team-1"].supervisor == "a51"


# --- around it -------------------------------------------------------------------------------


def test_the_panel_opens_and_closes_with_one_key(stage: Stage) -> None:
    stage.choose("a53")
    for opened in (False, True):
        stage.keys(Qt.Key.Key_F4)
        assert stage.screen.drawer.is_open is opened


def test_the_panel_stands_open_only_beside_somebody_chosen(stage: Stage) -> None:
    drawer, said = stage.screen.drawer, []
    stage.desk.said.connect(lambda text, _tone, _action: said.append(str(text)))
    stage.screen.table.clearSelection()
    assert not drawer.is_open
    stage.keys(Qt.Key.Key_F4)
    assert not drawer.is_open
    assert said == ["Choose a person in the table first."]
    stage.click_row(2)
    assert drawer.is_open
    stage.screen.filters.search.setText("nobody is called so")
    assert not drawer.is_open
    stage.desk.action("people.terms").trigger()
    assert drawer.is_open
    stage.desk.action("people.terms").trigger()
    assert not drawer.is_open
    stage.desk.action("people.add").trigger()
    assert drawer.is_open
    assert stage.screen._new is not None
    stage.screen._new.dropped.emit()
    assert not drawer.is_open


def test_a_panel_that_was_shut_stays_shut_whoever_is_chosen(stage: Stage) -> None:
    stage.choose("a53")
    stage.keys(Qt.Key.Key_F4)
    stage.screen.table.clearSelection()
    stage.choose("a54")
    assert not stage.screen.drawer.is_open
    stage.keys(Qt.Key.Key_F4)
    assert stage.screen.drawer.is_open


def test_another_screen_can_show_a_person_that_a_filter_hides(stage: Stage) -> None:
    stage.screen.filters.search.setText("1308")
    stage.screen.focus_on(agent="a53", tab="days")
    stage.settle()
    assert stage.screen.chosen_keys == ["a53"]
    assert stage.screen.person.tab == "days"
    assert stage.screen.person.days.agent == "a53"


def test_what_is_chosen_survives_building_the_screen_again(stage: Stage, qtbot: QtBot) -> None:
    stage.screen.filters.facets["team"].toggle_value("evening")
    stage.screen.table.sort_by("name", descending=True)
    stage.choose("a53", "skills")
    state = stage.screen.state()
    again = PeopleScreen(stage.desk)
    again.restore(state)
    shown(again, qtbot)
    assert again.chosen_keys == ["a53"]
    assert again.person.tab == "skills"
    assert [p.agent.key for p in again.table.shown] == [
        p.agent.key for p in stage.screen.table.shown
    ]


def test_an_empty_centre_offers_two_ways_in(
    desk_on: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "empty.toban"
    Workspace.create(str(path), WHO, language="en").close()
    desk = desk_on(path)
    screen = PeopleScreen(desk)
    shown(screen, qtbot)
    assert screen.nobody.isVisible()
    qtbot.mouseClick(screen.nobody.add, LEFT)
    assert screen._new is not None
    field = screen._new.form.editor("name")
    qtbot.keyClicks(field, "Mori Ren")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert [person.agent.name for person in screen.table.shown] == ["Mori Ren"]


def test_the_import_takes_the_screen_and_gives_it_back(stage: Stage, qtbot: QtBot) -> None:
    screen = stage.screen
    screen.focus_on(importing=True)
    stage.settle()
    assert screen.importing is not None
    assert screen.importing.isVisible()
    assert not screen.add_button.isVisible()
    again = PeopleScreen(stage.desk)
    again.restore(screen.state())
    shown(again, qtbot)
    assert again.importing is not None
    assert again.importing.isVisible()
    screen.importing.closed.emit()  # type: ignore[attr-defined]
    assert screen.table.isVisible()
    assert screen.add_button.isVisible()


def test_imported_people_are_shown_when_the_import_is_left(stage: Stage, tmp_path: Path) -> None:
    screen = stage.screen
    file = tmp_path / "people.csv"
    file.write_text("社員番号,氏名,契約\n7001,新井 花,フルタイム（8時間）\n", encoding="utf-8")
    stage.keys(Qt.Key.Key_I, CONTROL)
    stage.desk.do(lambda w: _imported(w, file))
    stage.settle()
    assert screen.importing is not None
    assert screen.importing.isVisible()
    screen.importing.closed.emit()  # type: ignore[attr-defined]
    assert screen.filters.count.text() == "61 / 61 people"


def _imported(workspace: Workspace, file: Path) -> Outcome:
    return Outcome(workspace.imports.people(file).operation)


def test_every_control_has_a_name_for_screen_readers(stage: Stage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

    stage.choose("a53")
    stage.keys(Qt.Key.Key_N, CONTROL)
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in stage.screen.findChildren(kind)
        if not widget.accessibleName()
        and not getattr(widget, "text", lambda: "")()
        and not isinstance(widget.parent(), (QAbstractItemView, QLineEdit, QComboBox))
        and widget.isEnabled()
        and not widget.objectName().startswith("qt_")
    ]
    assert not nameless
