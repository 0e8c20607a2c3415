"""One door for errors: sentences inline, bugs in a log and one dialog."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.errors import ErrorDoor, details, places
from ui.translate import render_in
from wfm.errors import WfmError
from wfm.messages import Message, message


@pytest.fixture
def shown() -> list[Message]:
    return []


@pytest.fixture
def door(
    qapp: QApplication, tmp_path: Path, shown: list[Message], caplog: pytest.LogCaptureFixture
) -> Iterator[ErrorDoor]:
    made = ErrorDoor(render_in("en"), shown.append)
    made.install(tmp_path / "logs")
    yield made
    made.uninstall()
    if made._dialog is not None:
        made._dialog.accept()
    caplog.clear()


def bug() -> BaseException:
    people: dict[str, str] = {}
    try:
        people["佐々木 遥"]
    except KeyError as error:
        return error
    raise AssertionError


def test_what_the_user_can_act_on_is_a_sentence(door: ErrorDoor, shown: list[Message]) -> None:
    door.report(WfmError(message("There is no file {file}.", file="x")))
    assert [str(item) for item in shown] == ["There is no file x."]
    assert door._dialog is None


def test_bugs_open_one_dialog_that_collects_them(
    door: ErrorDoor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    door.report(bug())
    dialog = door._dialog
    assert dialog is not None
    assert dialog.isVisible()
    door.report(ValueError("second"))
    assert door._dialog is dialog
    assert "KeyError" in dialog.text
    assert "ValueError: second" in dialog.text
    copy = next(item for item in dialog.findChildren(QPushButton) if item.text() == "Copy details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.text
    dialog.accept()
    assert door._dialog is None
    caplog.clear()


def test_the_log_says_where_but_quotes_no_names(
    door: ErrorDoor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    door.report(bug())
    text = (tmp_path / "logs" / "toban.log").read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "test_errors.py" in text
    assert "佐々木" not in text
    assert "佐々木" in details(bug())
    assert "佐々木" not in places(bug())
    caplog.clear()


def test_an_error_of_any_thread_reaches_the_dialog(
    door: ErrorDoor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: door._dialog is not None)
    assert door._dialog is not None
    assert "ZeroDivisionError" in door._dialog.text
    caplog.clear()


def test_an_uncaught_error_of_the_window_reaches_the_dialog(
    door: ErrorDoor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    error = bug()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: door._dialog is not None)
    caplog.clear()


def test_taking_the_door_away_restores_the_hooks(qapp: QApplication, tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, len(logging.getLogger("toban.window").handlers))
    made = ErrorDoor(render_in("en"), lambda _text: None)
    made.install(tmp_path)
    assert sys.excepthook is not before[0]
    made.uninstall()
    made.uninstall()
    handlers = len(logging.getLogger("toban.window").handlers)
    assert (sys.excepthook, threading.excepthook, handlers) == before
