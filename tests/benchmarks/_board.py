"""The roster board under a real mouse: a drag and scrolling at a thousand people, painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.roster.board import RosterBoard

DRAGS, SCROLLS = 300, 300
SIZE = (1744, 980)


def measure_board(centre: Path) -> dict[str, float]:
    """Open a board on a large centre, drag a shift to and fro, scroll; return the figures."""
    from tests.benchmarks.ui import memory_mb
    from ui.app import make_application
    from ui.roster.board_week import load_board_week
    from ui.theme import LIGHT, apply_theme, dress
    from ui.translate import render_in
    from wfm.workspace import Workspace

    app = make_application("ja")
    apply_theme(app, LIGHT)
    with Workspace.open(str(centre), "planner") as workspace:
        week = load_board_week(workspace, workspace.week_horizon("next"))
    board = RosterBoard("ja", render_in("ja"))
    dress(board, LIGHT)
    board.resize(*SIZE)
    board.show()
    board.set_week(week)
    _settle(app)
    drags = _drag(app, board)
    scrolls = _scroll(app, board)
    memory = memory_mb()
    board.close()
    return {
        "drag event → timeline and coverage painted, p95": float(np.percentile(drags, 95)),
        "drag event → timeline and coverage painted, median": float(np.median(drags)),
        "scroll → painted, p95": float(np.percentile(scrolls, 95)),
        "memory with 1,000 agents, after the drags": memory,
    }


def _settle(app: QApplication, seconds: float = 0.4) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()


def _timed(app: QApplication, act: Callable[[], object]) -> float:
    """Return the milliseconds from an event until everything it asked for is painted."""
    begun = time.perf_counter()
    act()
    for _ in range(3):  # the event, the timers of no delay it started, the painting
        app.processEvents()
    return (time.perf_counter() - begun) * 1000


def _mouse(target: QWidget, kind: QEvent.Type, at: QPoint, held: bool) -> None:
    buttons = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    place = QPointF(at)
    QApplication.sendEvent(
        target,
        QMouseEvent(
            kind, place, QPointF(target.mapToGlobal(at)), button, buttons,
            Qt.KeyboardModifier.NoModifier,
        ),
    )  # fmt: skip


def _grip(board: RosterBoard) -> QPoint:
    """Return a point in the middle of some shift of the third day."""
    timeline, axis = board.timeline, board.axis
    for y in range(10, timeline.viewport().height(), 10):
        for x in range(axis.pixel(2, 0), axis.edge(3), 4):
            if timeline.hit(QPoint(x, y)).part == "shift":
                return QPoint(x + 16, y)
    raise SystemExit("no shift was found to drag")


def _drag(app: QApplication, board: RosterBoard) -> list[float]:
    """Drag a shift to and fro by quarter hours; return ms per step."""
    viewport = board.timeline.viewport()
    start = _grip(board)
    quarter = (board.axis.edge(3) - board.axis.pixel(2, 0)) / (14 * 4)
    _mouse(viewport, QEvent.Type.MouseButtonPress, start, held=True)
    found, followed = [], 0
    for step in range(DRAGS):
        # a quarter hour further with every event: none of them leaves the picture as it was
        place = 4 + abs(step % 32 - 16)
        at = start + QPoint(round(quarter * place), 0)
        found.append(
            _timed(app, lambda at=at: _mouse(viewport, QEvent.Type.MouseMove, at, held=True))
        )
        followed += board.shown is not board.draft
    if followed < DRAGS // 2:
        raise SystemExit(f"only {followed} of {DRAGS} steps of the drag were followed")
    _mouse(viewport, QEvent.Type.MouseButtonRelease, start, held=False)
    _settle(app)
    return found


def _scroll(app: QApplication, board: RosterBoard) -> list[float]:
    """Turn the wheel by three rows a time, down and up; return ms per step."""
    viewport = board.timeline.viewport()
    centre = viewport.rect().center()
    found = []
    for step in range(SCROLLS):
        turn = -120 if step % 100 < 50 else 120
        event = QWheelEvent(
            QPointF(centre), QPointF(viewport.mapToGlobal(centre)), QPoint(), QPoint(0, turn),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        found.append(_timed(app, lambda event=event: QApplication.sendEvent(viewport, event)))
    return found
