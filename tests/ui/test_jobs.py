"""Background work: progress, stop, result and error, and nothing left behind."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.centre_view import OnProgress, Progress, ShouldStop
from ui.jobs import Jobs
from wfm.errors import WfmError
from wfm.messages import message


class Heard:
    """Collects what a job delivers, and in which thread."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.errors: list[BaseException] = []
        self.progress: list[Progress] = []
        self.threads: set[bool] = set()

    def finished(self, value: Any) -> None:
        self._note_thread()
        self.results.append(value)

    def failed(self, error: BaseException) -> None:
        self._note_thread()
        self.errors.append(error)

    def progressed(self, progress: Progress) -> None:
        self._note_thread()
        self.progress.append(progress)

    def _note_thread(self) -> None:
        self.threads.add(QThread.currentThread() is QApplication.instance().thread())


@pytest.fixture
def jobs(qapp: QApplication) -> Any:
    made = Jobs()
    yield made
    assert made.shut_down()


def run(jobs: Jobs, work: Any) -> tuple[Heard, Any]:
    heard = Heard()
    job = jobs.run(work, finished=heard.finished, failed=heard.failed, progressed=heard.progressed)
    return heard, job


def test_a_result_arrives_in_the_gui_thread_from_another_one(jobs: Jobs, qtbot: QtBot) -> None:
    heard, _ = run(jobs, lambda _progress, _stop: threading.get_ident())
    qtbot.waitUntil(lambda: bool(heard.results))
    assert heard.results != [threading.get_ident()]
    assert heard.threads == {True}
    assert not jobs.busy


@pytest.mark.parametrize("error", [ValueError("x"), WfmError(message("x")), KeyboardInterrupt()])
def test_an_error_arrives_as_a_value(jobs: Jobs, qtbot: QtBot, error: BaseException) -> None:
    def work(_progress: OnProgress, _stop: ShouldStop) -> None:
        raise error

    heard, _ = run(jobs, work)
    qtbot.waitUntil(lambda: bool(heard.errors))
    assert heard.errors == [error]
    assert not heard.results


def test_ten_thousand_reports_do_not_flood_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    def work(progress: OnProgress, _stop: ShouldStop) -> str:
        for step in range(10_000):
            progress(Progress(step, 10_000, message("Step {step}", step=step)))
        return "done"

    heard, _ = run(jobs, work)
    time.sleep(0.1)  # the window is busy meanwhile
    qtbot.waitUntil(lambda: bool(heard.results))
    assert len(heard.progress) < 10_000
    assert heard.progress[-1].done == 9_999


def test_stopping_lets_the_work_return_what_it_has(jobs: Jobs, qtbot: QtBot) -> None:
    started = threading.Event()

    def work(_progress: OnProgress, stop: ShouldStop) -> str:
        started.set()
        while not stop():
            time.sleep(0.001)
        return "best so far"

    heard, job = run(jobs, work)
    assert started.wait(5)
    job.stop()
    assert job.stopping
    qtbot.waitUntil(lambda: bool(heard.results))
    assert heard.results == ["best so far"]


def test_works_run_one_after_the_other(jobs: Jobs, qtbot: QtBot) -> None:
    running: list[int] = []
    most: list[int] = []

    def work(_progress: OnProgress, _stop: ShouldStop) -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.005)
        running.pop()

    heard = [run(jobs, work)[0] for _ in range(8)]
    qtbot.waitUntil(lambda: all(item.results for item in heard))
    assert max(most) == 1


def test_shutting_down_stops_everything_and_delivers_nothing(qapp: QApplication) -> None:
    jobs = Jobs()
    started = threading.Event()

    def work(_progress: OnProgress, stop: ShouldStop) -> str:
        started.set()
        while not stop():
            time.sleep(0.001)
        return "too late"

    heard, _ = run(jobs, work)
    waiting, _ = run(jobs, work)
    assert started.wait(5)
    assert jobs.shut_down()
    qapp.processEvents()
    assert not heard.results
    assert not waiting.results
    assert not jobs.busy
