"""The requests screen: choose, decide with mouse and keys, enter new ones checked while typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.services.shift_centre import (
    DAYS,
    MONDAY,
    SATURDAY,
    TUESDAY,
    duty,
    leaves,
    roster,
    shift_centre,
    week_of,
    write,
)
from tests.ui.centre import DeskOn, settle, shown
from ui.desk import Desk
from ui.requests.fields import CalendarPopup
from ui.requests.screen import RequestsScreen
from ui.requests.timeline import shown_days, strips
from ui.theme import DARK
from wfm.model.request import Request
from wfm.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A centre with a swap that is fine, one that breaks the rest, and a leave."""
    with shift_centre(tmp_path) as workspace:
        workspace.requests.enter_swap("a", TUESDAY, "d", note="school visit")
        workspace.requests.enter_swap("a", DAYS[2], "b")
        workspace.requests.enter_leave("c", DAYS[3])
    return tmp_path / "shifts.toban"


@pytest.fixture
def desk(path: Path, desk_on: DeskOn) -> Desk:
    return desk_on(path)


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot) -> RequestsScreen:
    made = RequestsScreen(desk)
    shown(made, qtbot)
    return made


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, str]]:
    """What the desk told the user, as (tone, sentence)."""
    heard: list[tuple[str, str]] = []
    desk.said.connect(lambda text, tone, _action: heard.append((tone, desk.render(text))))
    return heard


def outside(desk: Desk, qtbot: QtBot) -> Workspace:
    """Open the same centre as another program."""
    settle(desk, qtbot)
    return Workspace.open(desk.location, "reader")


def stored(desk: Desk, qtbot: QtBot, key: str) -> Request:
    with outside(desk, qtbot) as workspace:
        return next(item for item in workspace.requests.all() if item.key == key)


def choose(screen: RequestsScreen, key: str, qtbot: QtBot) -> None:
    """Click on a request in the list."""
    view = screen.list.view
    place = [row.request.key for row in screen.list.model.rows].index(key)
    spot = view.visualRect(screen.list.model.index(place, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)
    settle(screen.desk, qtbot)


def keys(screen: RequestsScreen) -> list[str]:
    return [row.request.key for row in screen.list.model.rows]


def retype(field: QLineEdit, text: str) -> None:
    """Type into a field as somebody does, and take the offer away."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    completer = field.completer()
    if completer is not None and completer.popup().isVisible():
        QTest.keyClick(completer.popup(), Qt.Key.Key_Escape)


def test_the_list_shows_open_requests_by_day_with_counts_and_the_first_is_shown(
    screen: RequestsScreen, desk: Desk
) -> None:
    assert keys(screen) == ["r0001", "r0002", "r0003"]
    assert screen.list.chips["open"].text() == "Open 3"
    assert screen.list.chips["approved"].text() == "Approved 0"
    assert desk.badges["requests"] == 3
    assert screen.decision.title.text() == "Aoki ⇄ Doi"
    assert screen.decision.banner.head.text() == "Proposal: Approve"
    assert "school visit" in screen.decision.note.text()


def test_search_and_filters_narrow_the_list_and_say_when_nothing_fits(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    QTest.keyClicks(screen.list.search, "baba")
    settle(desk, qtbot)
    assert keys(screen) == ["r0002"]
    QTest.keyClick(screen.list.search, Qt.Key.Key_Escape)
    qtbot.mouseClick(screen.list.chips["approved"], LEFT)
    settle(desk, qtbot)
    assert keys(screen) == []
    assert screen.list.nothing.isVisible()
    assert "No request fits" in screen.list.nothing.text()
    qtbot.mouseClick(screen.list.chips["approved"], LEFT)
    settle(desk, qtbot)
    assert len(keys(screen)) == 3


def test_approving_with_the_mouse_changes_the_roster_and_can_be_taken_back(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot, said: list[tuple[str, str]]
) -> None:
    assert "Aoki, Tue 1 Dec: E 08:00–17:00 → L 12:00–21:00" in screen.decision.timeline.spoken()
    qtbot.mouseClick(screen.decision.buttons["approve"], LEFT)
    with outside(desk, qtbot) as workspace:
        assert roster(workspace)["a", TUESDAY] == duty("a", TUESDAY, 720, locked=True)
        assert roster(workspace)["d", TUESDAY] == duty("d", TUESDAY, 480, locked=True)
    assert said == [
        ("ok", "Approved and entered in the roster: Aoki ⇄ Doi, Tue 1 Dec"),
    ]  # fmt: skip
    assert screen.decision.state.text() == "Approved"
    assert desk.badges["requests"] == 2
    assert not screen.decision.buttons["approve"].isVisible()
    qtbot.mouseClick(screen.decision.buttons["reopen"], LEFT)
    assert stored(desk, qtbot, "r0001").is_open
    with outside(desk, qtbot) as workspace:
        assert roster(workspace)["a", TUESDAY] == duty("a", TUESDAY, 480)
    assert screen.decision.state.text() == "Open"
    assert desk.badges["requests"] == 3


def test_approving_and_undoing_with_keys(screen: RequestsScreen, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(screen, Qt.Key.Key_Return, CTRL)
    assert stored(desk, qtbot, "r0001").state == "approved"
    QTest.keyClick(screen, Qt.Key.Key_Z, CTRL)
    assert stored(desk, qtbot, "r0001").is_open
    settle(desk, qtbot)
    assert screen.decision.buttons["approve"].isVisible()


def test_refusing_asks_for_a_reason_in_place_and_keeps_it(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    choose(screen, "r0002", qtbot)
    assert screen.decision.banner.head.text() == "Proposal: Refuse"
    assert {tone for tone, _ in screen.decision.lights.lines} >= {"bad"}
    bar = screen.decision.reason
    qtbot.mouseClick(screen.decision.buttons["refuse"], LEFT)
    assert bar.isVisible()
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.error.isVisible()
    QTest.keyClicks(bar.line, "too little rest")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    done = stored(desk, qtbot, "r0002")
    assert (done.state, done.reason) == ("refused", "too little rest")
    assert done.evidence is not None
    assert not bar.isVisible()
    assert "too little rest" in screen.decision.banner.reasons.text()
    assert "The proposal was: Refuse" in screen.decision.banner.reasons.text()


def test_escape_asks_for_no_reason_any_more(screen: RequestsScreen, qtbot: QtBot) -> None:
    qtbot.mouseClick(screen.decision.buttons["refuse"], LEFT)
    QTest.keyClick(screen.decision.reason.line, Qt.Key.Key_Escape)
    assert not screen.decision.reason.isVisible()


def test_approving_against_the_proposal_needs_a_reason(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    choose(screen, "r0002", qtbot)
    qtbot.mouseClick(screen.decision.buttons["approve"], LEFT)
    settle(desk, qtbot)
    assert stored(desk, qtbot, "r0002").is_open
    bar = screen.decision.reason
    assert "rules would refuse" in bar.question.text()
    QTest.keyClicks(bar.line, "both asked for it")
    qtbot.mouseClick(bar.go, LEFT)
    assert stored(desk, qtbot, "r0002").reason == "both asked for it"


def test_withdrawing_closes_the_request_without_touching_the_roster(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(screen.decision.buttons["withdraw"], LEFT)
    assert stored(desk, qtbot, "r0001").state == "withdrawn"
    with outside(desk, qtbot) as workspace:
        assert roster(workspace)["a", TUESDAY].start == 480


def test_a_leave_is_approved_from_its_card(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    choose(screen, "r0003", qtbot)
    assert screen.decision.title.text() == "Chiba: Annual paid leave"
    qtbot.mouseClick(screen.decision.buttons["approve"], LEFT)
    with outside(desk, qtbot) as workspace:
        assert [(item.agent, item.day) for item in leaves(workspace)] == [("c", DAYS[3])]


def test_a_roster_changed_by_somebody_else_is_told_and_the_new_figures_are_shown(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot, said: list[tuple[str, str]]
) -> None:
    with outside(desk, qtbot) as workspace:
        write(workspace, week_of("a", 510))
    qtbot.mouseClick(screen.decision.buttons["approve"], LEFT)
    settle(desk, qtbot)
    assert said[0][0] == "bad"
    assert "The roster of Aoki was changed by other since you looked" in said[0][1]
    assert stored(desk, qtbot, "r0001").is_open
    assert any("08:30" in line for line in screen.decision.timeline.spoken())
    qtbot.mouseClick(screen.decision.buttons["approve"], LEFT)
    assert stored(desk, qtbot, "r0001").state == "approved"


def test_a_request_that_cannot_be_carried_out_says_why_and_is_not_approved(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    with outside(desk, qtbot) as workspace:
        write(workspace, replace(week_of("a", 480), duties=()))
        write(workspace, replace(week_of("d", 720), duties=()))
    screen.refresh()
    settle(desk, qtbot)
    assert "both off" in screen.decision.fault.text()
    assert not screen.decision.buttons["approve"].isEnabled()
    assert screen.decision.buttons["withdraw"].isEnabled()


# --- new requests --------------------------------------------------------------------------------


def look(screen: RequestsScreen, qtbot: QtBot) -> None:
    """Wait until what was typed has been looked at."""
    form = screen.form
    qtbot.waitUntil(lambda: not form._soon.isActive(), timeout=5000)
    settle(screen.desk, qtbot)


def test_a_swap_is_entered_by_typing_and_is_weighed_before_it_is_saved(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    form = screen.form
    assert screen.drawer.isVisible()
    assert not form.save.isEnabled()
    retype(form.agent, "Aoki")
    retype(form.day.line, "2026-11-30")
    retype(form.other, "chi")
    qtbot.mouseClick(form.apart, LEFT)
    retype(form.other_day.line, "2026/12/5")
    look(screen, qtbot)
    assert form.verdict.text() == "Proposal: Approve"
    assert form.timeline.isVisible()
    assert screen.unsaved() is not None
    QTest.keyClicks(form.note, "agreed")
    qtbot.mouseClick(form.save, LEFT)
    entered = stored(desk, qtbot, "r0004")
    assert (entered.agent, entered.day, entered.other, entered.other_day, entered.note) == (
        "a", MONDAY, "c", SATURDAY, "agreed",
    )  # fmt: skip
    assert not screen.drawer.isVisible()
    assert screen.list.current == "r0004"
    assert screen.unsaved() is None
    assert screen.decision.title.text() == "Aoki ⇄ Chiba"


@pytest.mark.parametrize(
    ("other", "day", "words"),
    [
        ("Aoki", "2026-12-01", "Aoki cannot swap with themselves"),
        ("Doi", "2026-11-20", "is past"),
        ("Doi", "2026-12-06", "both off"),
        ("Doi", "2026-12-01", r"The same swap is open already (r0001)"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_words_and_not_saved(
    screen: RequestsScreen, qtbot: QtBot, other: str, day: str, words: str
) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_N, CTRL)
    retype(screen.form.agent, "Aoki")
    retype(screen.form.day.line, day)
    retype(screen.form.other, other)
    look(screen, qtbot)
    assert words in screen.form.faults.text()
    assert not screen.form.save.isEnabled()
    QTest.keyClick(screen.form.note, Qt.Key.Key_Return)
    look(screen, qtbot)
    assert len(screen.list.model.rows) == 3


def test_a_half_written_request_says_what_is_missing(screen: RequestsScreen, qtbot: QtBot) -> None:
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    form = screen.form
    assert "Choose two people and a day" in form.hint.text()
    retype(form.agent, "o")
    assert "fits nobody, or several people" in form.hint.text()
    retype(form.agent, "Aoki")
    retype(form.day.line, "someday")
    assert "is not a date" in form.hint.text()
    QTest.keyClick(screen.drawer, Qt.Key.Key_Escape)
    assert not screen.drawer.isVisible()


def test_a_leave_is_entered_with_its_kind(screen: RequestsScreen, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    form = screen.form
    qtbot.mouseClick(form.kind.buttons["leave"], LEFT)
    retype(form.agent, "Doi")
    retype(form.first.line, "2026-12-01")
    retype(form.last.line, "2026-12-02")
    form.absence.show_value("special_leave")
    form.absence.edited.emit()
    look(screen, qtbot)
    assert form.save.isEnabled()
    QTest.keyClick(form.note, Qt.Key.Key_Return)
    entered = stored(desk, qtbot, "r0004")
    assert (entered.kind, entered.absence, entered.last_day) == (
        "leave", "special_leave", date(2026, 12, 2),
    )  # fmt: skip


def test_a_day_is_chosen_in_the_calendar(screen: RequestsScreen, qtbot: QtBot) -> None:
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    field = screen.form.day
    retype(field.line, "2026-12-01")
    qtbot.mouseClick(field.button, LEFT)
    popup = field.popup
    assert isinstance(popup, CalendarPopup)
    assert popup.isVisible()
    QTest.keyClick(popup.calendar.findChildren(object, "qt_calendar_calendarview")[0],  # type: ignore[arg-type]
                   Qt.Key.Key_Right)  # fmt: skip
    QTest.keyClick(popup.calendar.findChildren(object, "qt_calendar_calendarview")[0],  # type: ignore[arg-type]
                   Qt.Key.Key_Return)  # fmt: skip
    assert field.day() == date(2026, 12, 2)
    assert QApplication.activePopupWidget() is None


# --- the screen as a whole -----------------------------------------------------------------------


def test_an_empty_list_says_what_to_do_and_offers_it(
    tmp_path: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    shift_centre(tmp_path).close()
    desk = desk_on(tmp_path / "shifts.toban")
    screen = RequestsScreen(desk)
    shown(screen, qtbot)
    assert screen.nothing.isVisible()
    assert not desk.action("requests.approve").isEnabled()
    qtbot.mouseClick(screen.nothing.button, LEFT)
    assert screen.drawer.isVisible()


def test_another_screen_can_begin_a_request_or_show_one(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.focus_on(request="r0003")
    settle(desk, qtbot)
    assert screen.decision.title.text().startswith("Chiba")
    screen.focus_on(new="swap", agent="d", day=TUESDAY)
    look(screen, qtbot)
    draft: Any = screen.form.agent.person()
    assert draft.key == "d"
    assert screen.form.day.day() == TUESDAY


def test_choice_and_filters_survive_a_change_of_language(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot, path: Path, desk_on: DeskOn
) -> None:
    choose(screen, "r0002", qtbot)
    qtbot.mouseClick(screen.list.chips["open"], LEFT)
    state = screen.state()
    japanese = desk_on(path, "ja")
    again = RequestsScreen(japanese)
    again.restore(state)
    shown(again, qtbot)
    assert again.list.current == "r0002"
    assert again.list.states == ["open"]
    assert again.decision.banner.head.text() == "提案: 却下"


def test_the_card_leads_to_the_roster_and_to_the_required_staff(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot, tmp_path: Path, desk_on: DeskOn
) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    desk.wanted.connect(lambda name, where: went.append((name, where)))
    qtbot.mouseClick(screen.decision.see_roster, LEFT)
    assert went == [("roster", {"agent": "a", "day": TUESDAY})]
    folder = tmp_path / "other"
    folder.mkdir()
    with shift_centre(folder, needs=False) as workspace:
        workspace.requests.enter_swap("a", TUESDAY, "d")
    other = desk_on(folder / "shifts.toban")
    there = RequestsScreen(other)
    shown(there, qtbot)
    other.wanted.connect(lambda name, where: went.append((name, where)))
    qtbot.mouseClick(there.decision.compute, LEFT)
    settle(other, qtbot)
    assert went[-1][0] == "staffing"
    assert other.horizon.start == MONDAY


def test_the_timeline_shows_the_changed_days_and_their_neighbours_only(
    screen: RequestsScreen, desk: Desk, qtbot: QtBot
) -> None:
    card = screen.card
    assert card is not None
    assert card.evidence is not None
    assert shown_days(card.evidence) == DAYS[:3]
    lines = strips(card.evidence, card.request.agents)
    assert [(line.agent, line.after) for line in lines] == [
        ("a", False), ("a", True), ("d", False), ("d", True),
    ]  # fmt: skip
    desk.dress(screen)
    screen.decision.timeline.set_theme(DARK)
    picture = screen.decision.timeline.grab().toImage()
    assert picture.pixelColor(2, 2).name() == DARK.panel.lower()


def test_every_control_has_a_name_for_screen_readers(screen: RequestsScreen) -> None:
    from PySide6.QtWidgets import QAbstractButton

    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    widgets = [*screen.findChildren(QAbstractButton), *screen.findChildren(QLineEdit)]
    nameless = [
        widget
        for widget in widgets
        if widget.isVisible()
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
        and type(widget).__name__ != "QLineEditIconButton"
        and type(widget).__name__ != "QToolButton"
    ]
    assert not nameless


def test_a_second_click_while_a_decision_is_carried_out_decides_nothing(
    screen: RequestsScreen, desk: Desk, said: list[tuple[str, str]], qtbot: QtBot
) -> None:
    for key in ("withdraw", "withdraw", "approve", "refuse"):
        desk.action(f"requests.{key}").trigger()
    settle(desk, qtbot)
    assert [tone for tone, _ in said] == ["ok"]
    assert stored(desk, qtbot, "r0001").state == "withdrawn"
