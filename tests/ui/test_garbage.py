"""Where unreachable cycles are found: in the GUI thread, and when it disturbs nobody."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import garbage
from ui.garbage import IDLE_TICKS, Collector
from ui.jobs import Jobs
from wfm.services.source_files import collection_paused, is_collection_paused


class Loop:
    """A cycle that holds one of Qt's objects and notes the thread in which it dies."""

    def __init__(self, deaths: list[int]) -> None:
        self.me, self.deaths = self, deaths
        self.held = QObject()

    def __del__(self) -> None:
        self.deaths.append(threading.get_ident())


def allocate() -> None:
    """Make what would let the interpreter search through every generation, many times."""
    _ = [[[number] for number in range(3000)] for _ in range(100)]


@pytest.fixture
def automatic() -> Iterator[None]:
    """The interpreter searches by itself, as at the start of the program."""
    was = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was else gc.disable)()


@pytest.fixture
def collector(automatic: None, qapp: QApplication) -> Iterator[Collector]:
    made = Collector(lambda: True)
    made.begin()
    yield made
    made.end()


def test_a_cycle_that_is_let_go_of_during_a_work_dies_in_the_gui_thread(
    collector: Collector, qtbot: QtBot
) -> None:
    deaths: list[int] = []
    jobs, done = Jobs(), threading.Event()

    def work(_progress: object, _stop: object) -> object:
        Loop(deaths)
        allocate()
        done.set()
        return kept

    kept = [[number] for number in range(3000)]  # enough that a search is due

    jobs.run(work, finished=lambda _value: None, failed=lambda _error: None)
    assert done.wait(20)
    assert deaths == []
    qtbot.waitUntil(lambda: bool(deaths), timeout=20_000)
    assert deaths == [threading.get_ident()]
    assert jobs.shut_down()


def test_the_interpreter_alone_would_kill_such_a_cycle_in_the_worker(automatic: None) -> None:
    deaths: list[int] = []

    def work() -> None:
        Loop(deaths)
        allocate()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert deaths
    assert deaths != [threading.get_ident()]


def test_a_widget_that_only_a_work_still_holds_dies_in_the_gui_thread(qtbot: QtBot) -> None:
    deaths: list[int] = []

    class Told(QObject):
        def __del__(self) -> None:
            deaths.append(threading.get_ident())

    jobs, told, results = Jobs(), Told(), []
    held = [told]
    jobs.run(
        lambda _progress, _stop, held=held: len(held),
        finished=results.append,
        failed=lambda _error: None,
    )
    del told, held
    qtbot.waitUntil(lambda: bool(results) and bool(deaths))
    assert deaths == [threading.get_ident()]
    assert jobs.shut_down()


def searched(monkeypatch: pytest.MonkeyPatch, counts: tuple[int, int, int]) -> list[int]:
    """Pretend these counts of the generations; return the list of those searched."""
    found: list[int] = []
    monkeypatch.setattr(garbage.gc, "get_count", lambda: counts)
    monkeypatch.setattr(garbage.gc, "collect", lambda generation=2: found.append(generation))
    return found


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((10, 0, 0), []), ((5000, 0, 0), [0]), ((5000, 11, 0), [1]), ((5000, 11, 11), [1])],
)
def test_while_the_user_is_at_work_only_what_is_young_is_searched(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, counts: Any, expected: list[int]
) -> None:
    found = searched(monkeypatch, counts)
    collector.tick()
    assert found == expected


def test_everything_is_searched_once_the_user_rests_and_no_work_runs(
    automatic: None, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = searched(monkeypatch, (5000, 11, 11))
    at_rest = [False]
    collector = Collector(lambda: at_rest[0])
    for _ in range(IDLE_TICKS):
        collector.tick()
    assert 2 not in found
    at_rest[0] = True
    collector.tick()
    assert found[-1] == 2


def test_a_movement_of_the_pointer_is_noticed_as_work(
    collector: Collector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 200)
    window.show()
    handle = window.windowHandle()
    assert handle is not None
    collector.watch(handle)
    found = searched(monkeypatch, (5000, 11, 11))
    for _ in range(IDLE_TICKS - 1):
        collector.tick()
    qtbot.mouseMove(handle, QPoint(20, 20))
    collector.tick()
    assert 2 not in found
    qtbot.keyClick(handle, Qt.Key.Key_A)
    for _ in range(IDLE_TICKS - 1):
        collector.tick()
    assert 2 not in found
    collector.tick()
    assert found[-1] == 2


def test_nothing_is_searched_while_a_table_of_many_cells_is_held(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = searched(monkeypatch, (5000, 11, 11))
    with collection_paused():
        assert is_collection_paused()
        collector.tick()
    assert found == []
    collector.tick()
    assert found == [1]


def test_a_pause_leaves_the_search_off_where_the_window_switched_it_off(
    collector: Collector,
) -> None:
    with collection_paused():
        pass
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
    with collection_paused():
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
