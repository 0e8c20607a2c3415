"""The frame: start page, opening and leaving a centre, navigation, messages, undo, likes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.centre import MONDAY, WHO, settle
from ui import app
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sample import new_centre_location
from ui.screens import SCREENS
from ui.shell import Shell
from ui.theme import DARK, LIGHT, apply_theme
from wfm.errors import WfmError
from wfm.messages import message
from wfm.workspace import Workspace

Open = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    apply_theme(qapp, LIGHT)
    made: list[MainWindow] = []

    def open_on(
        path: Path | None = None, language: str = "en", preferences: Preferences | None = None
    ) -> MainWindow:
        window = MainWindow(who=WHO, language=language, preferences=preferences)
        made.append(window)
        window.resize(1366, 768)
        window.show()
        if path is not None:
            with qtbot.waitSignal(window.opened, timeout=20_000):
                window.open_location(str(path))
            settle_window(window, qtbot)
        return window

    yield open_on
    for window in made:
        window.close_now()
        window.deleteLater()
    apply_theme(qapp, LIGHT)


def settle_window(window: MainWindow, qtbot: QtBot) -> None:
    assert window.desk is not None
    settle(window.desk, qtbot)


def inside(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, LEFT)


def test_without_a_centre_the_start_page_offers_every_way_in(open_window: Open) -> None:
    window = open_window()
    page = window.start_page
    assert page is not None
    assert page.sample_button.text() == "Open the sample centre"
    assert page.create_button.isVisible()
    assert page.open_button.isVisible()


def test_the_sample_centre_opens_by_one_click(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    assert window.start_page is not None
    with qtbot.waitSignal(window.opened, timeout=30_000):
        click(qtbot, window.start_page.sample_button)
    settle_window(window, qtbot)
    assert window.windowTitle().endswith("– Toban")
    assert inside(window).current is not None


def test_an_empty_centre_needs_a_name_and_is_then_open(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ui.main_window.new_centre_location", lambda name: tmp_path / f"{name}.toban"
    )
    window = open_window()
    page = window.start_page
    assert page is not None
    click(qtbot, page.create_button)
    assert page.notice.text == "Give the new centre a name first."
    assert window.focusWidget() is page.name
    qtbot.keyClicks(page.name, "North")
    with qtbot.waitSignal(window.opened, timeout=20_000):
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
    settle_window(window, qtbot)
    assert window.windowTitle() == "North – Toban"
    assert (tmp_path / "North.toban").is_file()


def test_a_file_that_is_no_centre_is_refused_in_words_and_another_can_be_opened(
    open_window: Open, qtbot: QtBot, tmp_path: Path, sample_centre: Path
) -> None:
    wrong = tmp_path / "wrong.toban"
    wrong.write_text("hello")
    window = open_window()
    assert window.start_page is not None
    qtbot.keyClicks(window.start_page.location, str(wrong))
    qtbot.keyClick(window.start_page.location, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: window.start_page is not None and "wrong.toban" in window.start_page.notice.text
    )
    assert window.shell is None
    with qtbot.waitSignal(window.opened, timeout=20_000):
        window.open_location(str(sample_centre))
    settle_window(window, qtbot)


def test_recent_centres_are_offered_and_vanished_ones_are_forgotten(
    open_window: Open, qtbot: QtBot, tmp_path: Path, sample_centre: Path
) -> None:
    likes = Preferences(tmp_path / "likes.json")
    likes.add_recent(str(tmp_path / "gone.toban"))
    window = open_window(sample_centre, preferences=likes)
    assert likes.recent[0] == str(sample_centre)
    click(qtbot, inside(window).nav.centre)
    page = window.start_page
    assert page is not None
    assert [button.text() for button in page.recent_buttons] == ["sample", "gone"]
    click(qtbot, page.recent_buttons[1])
    qtbot.waitUntil(lambda: window.start_page is not None and window.start_page is not page)
    assert likes.recent == (str(sample_centre),)


def test_every_screen_is_reached_by_a_click_and_by_a_key(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    shell = inside(window)
    for spec in SCREENS:
        click(qtbot, shell.nav.items[spec.key])
        settle_window(window, qtbot)
        assert shell.current is not None
        assert shell.current.key == spec.key
    for place, spec in enumerate(SCREENS, start=1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + place), CTRL)
        settle_window(window, qtbot)
        assert shell.current.key == spec.key
        assert shell.nav.items[spec.key].isChecked()


def test_a_solver_is_made_ready_once_somebody_looks_at_the_roster(
    open_window: Open, sample_centre: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(app.SPARE, "keep", lambda: started.append("ready"))
    monkeypatch.setattr(app, "READY_MS", 0)
    window = open_window(sample_centre)
    window.screen_changed.connect(app._keep_solver_ready)
    inside(window).show_screen("people")
    settle_window(window, qtbot)
    assert started == []
    inside(window).show_screen("roster")
    qtbot.waitUntil(lambda: started == ["ready"])
    settle_window(window, qtbot)


def test_the_command_palette_finds_actions_in_both_languages(
    open_window: Open, qtbot: QtBot, sample_centre: Path
) -> None:
    window = open_window(sample_centre)
    shell = inside(window)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert shell.commands.isVisible()
    shell.commands.search.insert("給与")
    assert any("Payroll" in words for words in shell.commands.found)
    shell.commands.search.clear()
    qtbot.keyClicks(shell.commands.search, "payroll")
    qtbot.keyClick(shell.commands.search, Qt.Key.Key_Return)
    settle_window(window, qtbot)
    assert shell.current is not None
    assert shell.current.key == "payroll"
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClick(shell.commands.search, Qt.Key.Key_Escape)
    assert not shell.commands.isVisible()


def test_the_command_palette_says_that_it_found_nothing(
    open_window: Open, qtbot: QtBot, sample_centre: Path
) -> None:
    window = open_window(sample_centre)
    commands = inside(window).commands
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(commands.search, "make coffee")
    assert commands.found == ()
    sentence = commands.list.item(0)
    assert sentence.text() == "No command that is possible now is called “make coffee”."
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(commands.search, key)
    qtbot.mouseClick(
        commands.list.viewport(), LEFT, pos=commands.list.visualItemRect(sentence).center()
    )
    assert commands.isVisible()
    commands.search.clear()
    assert commands.found


def test_undo_and_redo_walk_over_what_this_user_did(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    desk = window.desk
    assert desk is not None
    undo, redo = desk.action("undo"), desk.action("redo")
    assert "Accept the roster of 2026-W49" in undo.toolTip()
    assert not redo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle_window(window, qtbot)
    assert inside(window).notice.text == "Undo: Accept the roster of 2026-W49"
    assert redo.isEnabled()
    assert "Required staff" in undo.toolTip()
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    settle_window(window, qtbot)
    assert inside(window).notice.text == "Redo: Accept the roster of 2026-W49"
    assert not redo.isEnabled()


def test_undo_pressed_quickly_takes_one_step_after_the_other(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    desk = window.desk
    assert desk is not None
    tones: list[str] = []
    desk.said.connect(lambda _text, tone, _action: tones.append(tone))
    for _ in range(2):
        desk.action("undo").trigger()
    settle_window(window, qtbot)
    assert "Required staff" in inside(window).notice.text
    for _ in range(5):
        desk.action("redo").trigger()
    settle_window(window, qtbot)
    assert "bad" not in tones
    assert not desk.action("redo").isEnabled()
    assert "Accept the roster of 2026-W49" in desk.action("undo").toolTip()


def test_undo_stops_before_the_centre_itself(
    open_window: Open, qtbot: QtBot, sample_centre: Path
) -> None:
    window = open_window(sample_centre)
    assert window.desk is not None
    assert not window.desk.action("undo").isEnabled()


def test_the_week_steps_on_every_screen_and_ends_where_the_weeks_end(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    desk = window.desk
    assert desk is not None
    assert desk.horizon.start == MONDAY
    desk.action("week.later").trigger()
    settle_window(window, qtbot)
    assert desk.horizon.start == MONDAY + timedelta(weeks=1)
    desk.show_week(desk.weeks[-1])
    assert not desk.action("week.later").isEnabled()
    desk.step(1)
    assert desk.horizon.start == desk.weeks[-1]
    settle_window(window, qtbot)


def test_the_language_changes_at_once_and_is_remembered(
    open_window: Open, qtbot: QtBot, planned_centre: Path, tmp_path: Path
) -> None:
    likes = Preferences(tmp_path / "likes.json")
    window = open_window(planned_centre, preferences=likes)
    assert window.desk is not None
    later = MONDAY + timedelta(weeks=1)
    window.desk.show_week(later)
    inside(window).show_screen("people")
    settle_window(window, qtbot)
    window.desk.set_language("ja")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.language == "ja")
    settle_window(window, qtbot)
    assert window.desk.horizon.start == later
    shell = inside(window)
    assert shell.current is not None
    assert shell.current.key == "people"
    assert shell.nav.items["people"].accessibleName() == "要員"
    assert json.loads((tmp_path / "likes.json").read_text("utf-8"))["language"] == "ja"


def test_another_language_asks_before_what_is_typed_is_lost(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    shell, desk = inside(window), window.desk
    assert desk is not None
    shell.show_screen("requests")
    settle_window(window, qtbot)
    desk.action("requests.new").trigger()
    note = shell.screen_of("requests").form.note  # type: ignore[attr-defined]
    note.setText("school visit")
    desk.set_language("ja")
    settle_window(window, qtbot)
    assert inside(window) is shell
    assert note.text() == "school visit"
    assert shell.notice.action.text() == "Change the language all the same"
    click(qtbot, shell.notice.action)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.language == "ja")
    settle_window(window, qtbot)


def test_a_language_chosen_during_a_long_work_is_announced_and_comes_after_it(
    open_window: Open, qtbot: QtBot, sample_centre: Path
) -> None:
    window = open_window(sample_centre)
    desk = window.desk
    assert desk is not None
    go = threading.Event()
    desk.run_long(lambda _progress, _stop: go.wait(10), then=lambda _done: None)
    desk.set_language("ja")
    assert "as soon as" in inside(window).notice.text
    go.set()
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.language == "ja")
    settle_window(window, qtbot)


def test_the_theme_changes_at_once_and_is_remembered(
    open_window: Open, qtbot: QtBot, sample_centre: Path, tmp_path: Path
) -> None:
    likes = Preferences(tmp_path / "likes.json")
    window = open_window(sample_centre, preferences=likes)
    assert window.desk is not None
    window.desk.action("theme").trigger()
    place = QPoint(5, window.height() - 60)
    assert window.grab().toImage().pixelColor(place).name().upper() == DARK.panel
    assert likes.get("theme") == "dark"
    window.desk.action("theme").trigger()
    assert window.grab().toImage().pixelColor(place).name().upper() == LIGHT.panel


def test_a_servers_password_is_never_written_into_the_preferences(tmp_path: Path) -> None:
    likes = Preferences(tmp_path / "likes.json")
    likes.add_recent("postgresql://anna:secret@server:5433/north?sslmode=require&password=secret")
    assert likes.recent == ("postgresql://anna@server:5433/north?sslmode=require",)
    assert "secret" not in (tmp_path / "likes.json").read_text("utf-8")


def test_preferences_that_cannot_be_read_are_no_reason_to_stop(tmp_path: Path) -> None:
    for content in ("{", "[1]", '{"recent": 5, "theme": 7}', ""):
        (tmp_path / "likes.json").write_text(content)
        likes = Preferences(tmp_path / "likes.json")
        assert likes.recent == ()
        assert likes.get("theme", "light") == "light"
        likes.set("theme", "dark")
        assert Preferences(tmp_path / "likes.json").get("theme", "light") == "dark"


def test_a_refusal_is_a_sentence_in_the_window(
    open_window: Open, qtbot: QtBot, sample_centre: Path
) -> None:
    window = open_window(sample_centre)
    desk = window.desk
    assert desk is not None

    def refuse(_workspace: Workspace) -> None:
        raise WfmError(message("There is no file {file}.", file="x.csv"))

    desk.ask(refuse, lambda _answer: None)
    settle_window(window, qtbot)
    assert inside(window).notice.text == "There is no file x.csv."
    desk.action("close_message").trigger()
    assert inside(window).notice.text == ""


def test_a_bug_opens_the_report_and_the_window_lives_on(
    open_window: Open, qtbot: QtBot, sample_centre: Path, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_window(sample_centre)
    desk = window.desk
    assert desk is not None
    desk.ask(lambda _workspace: 1 // 0, lambda _answer: None)
    qtbot.waitUntil(lambda: window.errors._dialog is not None)
    assert window.errors._dialog is not None
    assert "ZeroDivisionError" in window.errors._dialog.text
    window.errors._dialog.accept()
    desk.ask(lambda workspace: workspace.site.name, lambda _name: desk.say(message("ok")))
    settle_window(window, qtbot)
    assert inside(window).notice.text == "ok"
    caplog.clear()


def test_what_somebody_else_changed_arrives_without_a_click(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    desk = window.desk
    assert desk is not None
    heard: list[frozenset[str]] = []
    desk.changed.connect(heard.append)
    with Workspace.open(str(planned_centre), "somebody else") as other:
        other.demand.forecast_week(other.week_horizon("2026-W50"))
    desk._look_for_news()
    settle_window(window, qtbot)
    assert heard == [frozenset({"forecast"})]
    assert "Accept the roster" in desk.action("undo").toolTip()


def test_f1_opens_the_help_of_the_screen_and_closes_it_again(
    open_window: Open, qtbot: QtBot, sample_centre: Path
) -> None:
    window = open_window(sample_centre)
    shell = inside(window)
    shell.show_screen("people")
    settle_window(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert shell.help.isVisible()
    assert "Availability is painted" in shell.help.page.toPlainText()
    shell.show_screen("payroll")
    settle_window(window, qtbot)
    assert "Before you export" in shell.help.page.toPlainText()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not shell.help.isVisible()


def test_a_centre_whose_file_was_deleted_is_saved_as_a_copy_and_opened_there(
    open_window: Open, qtbot: QtBot, planned_centre: Path, tmp_path: Path
) -> None:
    window = open_window(planned_centre)
    desk = window.desk
    assert desk is not None
    planned_centre.unlink()
    desk.do(lambda workspace: workspace.log.undo(5))
    settle_window(window, qtbot)
    notice = inside(window).notice
    assert "planned.toban" in notice.text
    assert notice.action.text() == "Save a copy…"
    click(qtbot, notice.action)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    copy = tmp_path / "rescued.toban"
    dialog.selectFile(str(copy))
    with qtbot.waitSignal(window.opened, timeout=20_000):
        dialog.accept()
    settle_window(window, qtbot)
    assert window.desk is not None
    assert window.desk.location == str(copy)
    with Workspace.open(str(copy), WHO) as rescued:
        assert rescued.counts()["agents"] == 60


def test_the_poll_tells_that_the_file_is_gone_before_anything_is_typed(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    assert window.desk is not None
    planned_centre.rename(planned_centre.with_name("moved.toban"))
    window.desk._look_for_news()
    settle_window(window, qtbot)
    assert "planned.toban" in inside(window).notice.text
    assert inside(window).notice.action.isVisible()


def test_closing_leaves_no_work_and_one_complete_file(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    window.close()
    assert not window.jobs.busy
    assert not list(planned_centre.parent.glob("*-wal"))


def test_a_centre_that_opens_while_the_window_is_closed_is_closed_with_it(
    open_window: Open, planned_centre: Path
) -> None:
    window = open_window()
    window.open_location(str(planned_centre))
    window.close()
    assert not window.jobs.busy
    assert not list(planned_centre.parent.glob("*-wal"))


def test_of_two_centres_opened_at_once_only_the_last_stays_open(
    open_window: Open, qtbot: QtBot, planned_centre: Path, sample_centre: Path
) -> None:
    window = open_window()
    window.open_location(str(planned_centre))
    with qtbot.waitSignal(window.opened, timeout=20_000):
        window.open_location(str(sample_centre))
    settle_window(window, qtbot)
    assert window.desk is not None
    assert window.desk.location == str(sample_centre)
    assert not list(planned_centre.parent.glob("planned.toban-wal"))


@pytest.mark.parametrize("location", ["x" * 300, "postgresql://u:secret@127.0.0.1:1/x?bogus=1"])
def test_a_location_that_cannot_be_is_a_sentence_without_its_password(
    open_window: Open, qtbot: QtBot, location: str
) -> None:
    window = open_window()
    window.open_location(location)
    qtbot.waitUntil(lambda: window.start_page is not None and bool(window.start_page.notice.text))
    assert window.start_page is not None
    assert "secret" not in window.start_page.notice.text
    assert window.errors._dialog is None


def test_the_start_page_hides_the_passwords_of_servers(open_window: Open, tmp_path: Path) -> None:
    likes = Preferences(tmp_path / "likes.json")
    likes.add_recent("postgresql://anna:secret@server/north?password=secret")
    page = open_window(preferences=likes).start_page
    assert page is not None
    assert page.recent_buttons[0].text() == "postgresql://anna@server/north"
    texts = " ".join(label.text() + label.toolTip() for label in page.findChildren(QLabel))
    assert "secret" not in texts


def test_a_long_name_still_makes_a_file_name(tmp_path: Path) -> None:
    path = new_centre_location("あ" * 80, tmp_path)
    path.touch()
    assert new_centre_location("あ" * 80, tmp_path) != path


class WindowsShown(QObject):
    """Notes every window that is shown beside the main one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and not isinstance(watched, MainWindow):
            self.found.append(repr(watched))
        return False


def test_no_screen_flashes_a_window_of_its_own(
    open_window: Open, qtbot: QtBot, qapp: QApplication, planned_centre: Path
) -> None:
    shown = WindowsShown()
    qapp.installEventFilter(shown)
    window = open_window(planned_centre)
    for spec in SCREENS:
        inside(window).show_screen(spec.key)
        settle_window(window, qtbot)
    qapp.removeEventFilter(shown)
    assert not shown.found


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_no_text_is_cut_off_on_any_screen(
    open_window: Open, qtbot: QtBot, planned_centre: Path, language: str, size: tuple[int, int]
) -> None:
    window = open_window(planned_centre, language)
    window.resize(*size)
    cut = []
    for spec in SCREENS:
        inside(window).show_screen(spec.key)
        settle_window(window, qtbot)
        assert (window.width(), window.height()) == size, spec.key
        cut += [f"{spec.key}: {text}" for text in cut_texts(window)]
    assert not cut


def cut_texts(window: MainWindow) -> list[str]:
    """Return the texts of visible labels and buttons that have less room than they need."""
    found = []
    for label in window.findChildren(QLabel):
        seen = label.isVisible() and label.text() and not label.visibleRegion().isEmpty()
        if seen and label.height() < label.fontMetrics().height() - 1:
            found.append(label.text())
    for button in window.findChildren(QAbstractButton):
        needed = button.fontMetrics().horizontalAdvance(button.text())
        if button.isVisible() and button.width() < needed:
            found.append(button.text())
    return found


def test_every_control_has_a_name_for_screen_readers(
    open_window: Open, qtbot: QtBot, planned_centre: Path
) -> None:
    window = open_window(planned_centre)
    nameless = []
    for spec in SCREENS:
        inside(window).show_screen(spec.key)
        settle_window(window, qtbot)
        screen = inside(window).current
        assert screen is not None
        for kind in (QAbstractButton, QComboBox, QLineEdit):
            for item in screen.findChildren(kind):
                text = item.text() if isinstance(item, QAbstractButton) else ""
                inner = item.objectName().startswith("qt_") or isinstance(item.parent(), QLineEdit)
                if item.isVisible() and not inner and not item.accessibleName() and len(text) < 2:
                    nameless.append(f"{spec.key}: {type(item).__name__} {item.objectName()}")
    assert not nameless
