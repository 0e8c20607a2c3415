"""Boards on small weeks in memory, driven by real mouse and key events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.analysis.draft_week import day, duty, state_of
from ui.roster.board import RosterBoard
from ui.roster.board_week import BoardWeek
from ui.roster.timeline import RosterTimeline
from ui.translate import render_in
from ui.workspace_view import week_view
from wfm.analysis.draft import RosterEdit
from wfm.messages import Message
from wfm.model.roster import Duty
from wfm.services.editing import week_draft

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

WEEK = (
    duty("a", 0, 540), duty("a", 1, 540), duty("b", 0, 720, "late"), duty("b", 2, 540),
    duty("c", 0, 600, "short"),
)  # fmt: skip


def week_of(duties: Sequence[Duty] = WEEK, **facts: Any) -> BoardWeek:
    """Return a week of the four people of :mod:`tests.analysis.draft_week`."""
    state = state_of(duties, **facts)
    return BoardWeek(week_view(state), week_draft(state), state)


class Driver:
    """A board with ears: what it asked for, refused and told, and hands to drive it."""

    def __init__(self, qtbot: QtBot, week: BoardWeek, language: str = "en") -> None:
        self.board = RosterBoard(language, render_in(language))
        qtbot.addWidget(self.board)
        self.qtbot = qtbot
        self.edits: list[RosterEdit] = []
        self.refused: list[str] = []
        self.board.edit_wanted.connect(self.edits.append)
        self.board.refused.connect(self._refuse)
        self.board.resize(1180, 520)
        self.board.set_week(week)
        with qtbot.waitActive(self.board):
            self.board.show()
            self.board.activateWindow()
        self.board.timeline.setFocus()

    def _refuse(self, text: Message) -> None:
        self.refused.append(str(text))

    @property
    def timeline(self) -> RosterTimeline:
        return self.board.timeline

    def of(self, agent: str) -> list[tuple[int, int, int]]:
        """Return (day, start, end) of a person's shifts as the board has them."""
        draft = self.board.draft
        assert draft is not None
        index = draft.horizon.day_index
        return [(index(d.day), d.start, d.end) for d in draft.of(agent)]

    def duty(self, agent: str, place: int) -> Duty:
        draft = self.board.draft
        assert draft is not None
        found = draft.on(agent, day(place))
        assert found is not None
        return found

    # --- places ----------------------------------------------------------------------------------

    def box(self, agent: str, place: int) -> QRect:
        """Return the rectangle of a shift."""
        rows, painter = self.timeline.rows, self.timeline.row_painter
        assert rows is not None
        assert painter is not None
        return painter.box(place, self.duty(agent, place), self.timeline.line(rows.place(agent)))

    def cell(self, agent: str, place: int) -> QRect:
        box = self.timeline.cell_box((agent, day(place)))
        assert box is not None
        return box

    def grip(self, agent: str, place: int) -> QPoint:
        """Return a point of a shift that is neither an end nor a break."""
        return self.box(agent, place).center() + QPoint(12, 0)

    def at(self, agent: str, place: int, minute: int) -> QPoint:
        """Return the point of a minute on a person's line."""
        return QPoint(self.timeline.axis.pixel(place, minute), self.cell(agent, place).center().y())

    def wide(self, minutes: int) -> QPoint:
        """Return how far so many minutes are."""
        axis = self.timeline.axis
        return QPoint(axis.pixel(0, 600 + minutes) - axis.pixel(0, 600), 0)

    # --- hands -----------------------------------------------------------------------------------

    def mouse(
        self, kind: QEvent.Type, point: QPoint, modifiers: Qt.KeyboardModifier = NONE,
        *, down: bool = True,
    ) -> None:  # fmt: skip
        """Send one mouse event with the left button."""
        viewport = self.timeline.viewport()
        moving = kind == QEvent.Type.MouseMove
        button = Qt.MouseButton.NoButton if moving else LEFT
        buttons = LEFT if down else Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind, QPointF(point), QPointF(viewport.mapToGlobal(point)), button, buttons, modifiers
        )
        QApplication.sendEvent(viewport, event)

    def press(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, point, modifiers)

    def move(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.mouse(QEvent.Type.MouseMove, point, modifiers)

    def release(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, point, modifiers, down=False)

    def hover(self, point: QPoint) -> None:
        self.mouse(QEvent.Type.MouseMove, point, down=False)

    def click(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(point, modifiers)
        self.release(point, modifiers)

    def double_click(self, point: QPoint) -> None:
        self.click(point)
        self.mouse(QEvent.Type.MouseButtonDblClick, point)
        self.release(point)

    def drag(self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Drag from one point to another in a few steps."""
        self.press(start, modifiers)
        for part in (0.3, 0.7, 1.0):
            self.move(start + (end - start) * part, modifiers)
        self.release(end, modifiers)

    def wheel(self, point: QPoint, notches: int, modifiers: Qt.KeyboardModifier) -> None:
        viewport = self.timeline.viewport()
        QApplication.sendEvent(
            viewport,
            QWheelEvent(
                QPointF(point), QPointF(viewport.mapToGlobal(point)), QPoint(),
                QPoint(0, notches * 120), Qt.MouseButton.NoButton, modifiers,
                Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.timeline, key, modifiers)

    def choose(self, agent: str, place: int) -> None:
        """Put the cursor on a cell."""
        self.timeline.selection.choose_only((agent, day(place)))

    def picture(self) -> QImage:
        """Return what the viewport shows."""
        return self.timeline.viewport().grab().toImage()
