"""Real centres for tests of the window: the sample, unplanned or with next week's roster.

Building them takes seconds, so each is built once per run, by whichever worker comes first, and
copied for every test.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLockFile
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from solver import solve
from solver.settings import SolveSettings
from ui.desk import Desk, read_facts
from ui.preferences import Preferences
from ui.theme import LIGHT, apply_theme, style_sheet
from wfm.workspace import Workspace

AS_OF = date(2026, 11, 23)
MONDAY = date(2026, 11, 30)
"""First day of the week that the sample is planned for."""
WHO = "planner"
SETTLE_MS = 20_000

DeskOn = Callable[..., Desk]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder with the finished centres, shared by the workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "centres"
    folder.mkdir(exist_ok=True)
    lock = QLockFile(str(folder / "lock"))
    assert lock.lock()
    try:
        if not (folder / "planned.toban").exists():
            _build(folder)
    finally:
        lock.unlock()
    return folder


def _build(folder: Path) -> None:
    sample = folder / "sample.toban"
    Workspace.create(str(sample), WHO, language="ja", sample_as_of=AS_OF).close()
    part = folder / "part.toban"
    shutil.copy(sample, part)
    with Workspace.open(str(part), WHO) as workspace:
        horizon = workspace.week_horizon("next")
        workspace.demand.forecast_week(horizon)
        workspace.demand.staff_week(horizon)
        problem = workspace.rosters.build_problem(horizon)
        plan = solve(problem, SolveSettings(workers=1, iterations=60))
        workspace.rosters.accept_plan(problem, plan)
    part.rename(folder / "planned.toban")


@pytest.fixture
def sample_centre(built: Path, tmp_path: Path) -> Path:
    """A private copy of the sample centre: half a year of history, nothing planned yet."""
    return Path(shutil.copy(built / "sample.toban", tmp_path / "sample.toban"))


@pytest.fixture
def planned_centre(built: Path, tmp_path: Path) -> Path:
    """A private copy of the sample centre with the week of :data:`MONDAY` planned."""
    return Path(shutil.copy(built / "planned.toban", tmp_path / "planned.toban"))


@pytest.fixture
def desk_on(qapp: QApplication) -> Iterator[DeskOn]:
    """Opens a centre's file as a desk; closed when the test ends."""
    made: list[tuple[Desk, Workspace]] = []

    def open_on(path: Path, language: str = "en") -> Desk:
        apply_theme(qapp, LIGHT)
        workspace = Workspace.open(str(path), WHO)
        desk = Desk(
            workspace, read_facts(workspace), location=str(path), language=language,
            preferences=Preferences(),
        )  # fmt: skip
        made.append((desk, workspace))
        return desk

    yield open_on
    for desk, workspace in made:
        desk.rest()
        desk.jobs.shut_down()
        workspace.close()
        desk.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(desk: Desk, qtbot: QtBot) -> None:
    """Wait until nothing runs any more and every answer was shown."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=SETTLE_MS)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=SETTLE_MS)


def shown(screen: QWidget, qtbot: QtBot, size: tuple[int, int] = (1190, 768)) -> None:
    """Show a screen alone, as large as it is in a window of 1366 × 768, and let it read.

    Its actions work by their keys, as in the window.
    """
    from ui.screen import Screen

    assert isinstance(screen, Screen)
    qtbot.addWidget(screen)
    screen.setStyleSheet(style_sheet(screen.desk.theme))
    screen.connect_actions()
    for action in screen.desk.actions.values():
        owner = action.property("screen")
        action.setVisible(not owner or owner == screen.key)
        screen.addAction(action)
    screen.resize(*size)
    screen.show()
    screen.activate()
    settle(screen.desk, qtbot)
