"""The roster timeline with hands: mouse and keys on the surface become wishes of the user.

It shows a draft of the week and says what is wanted; who owns it decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from ui.centre_view import WeekView
from ui.plots.time_axis import TimeScale
from ui.roster.axis import WeekAxis
from ui.roster.ghost import NO_GHOST, Ghost, paint_ghost
from ui.roster.hits import Hit, hit_at
from ui.roster.row_painter import ROW_HEIGHT, RowPainter, RowState
from ui.roster.selection import Cell, CellSelection
from ui.roster.timeline_keys import command_of, moved_cell
from ui.roster.timeline_mouse import TimelineMouse
from ui.roster.timeline_surface import TimelineSurface
from ui.roster.tips import tip
from ui.translate import Render
from wfm.analysis.draft import WeekDraft

WHEEL_NOTCH = 120
ZOOM_STEP = 1.25


class RosterTimeline(TimelineSurface):
    """Shows one state of a week; its mouse and keys make wishes of the user signals."""

    edited = Signal(object)
    """A :class:`~wfm.analysis.draft.DraftChange` made with the mouse."""
    dragging = Signal(object)
    """A :class:`~ui.roster.drag.Dragged`: what would be, ``None`` when nothing is dragged."""
    refused = Signal(object)
    """A message: what cannot be, and why."""
    commanded = Signal(str)
    """A command wanted by key (see :mod:`ui.roster.timeline_keys`)."""
    menu_wanted = Signal(object)
    """Global position at which the menu of the chosen shifts is wanted."""
    pointed = Signal(object)
    """The hit under the pointer, ``None`` when it left."""

    def __init__(self, language: str, render: Render, axis: WeekAxis) -> None:
        self.selection = CellSelection()
        self.ghost = NO_GHOST
        self.read_only = False
        self._hovered: Cell | None = None
        super().__init__(language, render, axis)
        self.mouse = TimelineMouse(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.selection.setParent(self)
        self.selection.changed.connect(self.repaint_people)

    def set_week(
        self,
        view: WeekView,
        draft: WeekDraft,
        scale: TimeScale,
        marks: Mapping[tuple[str, date], str] | None = None,
    ) -> None:
        """Show another week; of the same one reloaded cursor and selection stay."""
        self.mouse.cancel()
        if self.rows is None or self.rows.view.horizon != view.horizon:
            self.selection.put(None, ())
        super().set_week(view, draft, scale, marks)

    def hit(self, point: QPoint) -> Hit:
        """Return what is at a point of the viewport."""
        return hit_at(self, point)

    def show_ghost(self, ghost: Ghost) -> None:
        """Show shifts where they would be."""
        touched = self.ghost.people | ghost.people
        self.ghost = ghost
        self.repaint_people(touched)

    def hover(self, cell: Cell | None) -> None:
        """Show which shift is under the pointer."""
        if cell != self._hovered:
            touched = {each[0] for each in (cell, self._hovered) if each is not None}
            self._hovered = cell
            self.repaint_people(touched)

    def _state(self, key: str) -> RowState:
        assert self.rows is not None
        index, chosen = self.rows.view.horizon.day_index, self.selection
        cursor = chosen.cursor
        own = cursor is not None and cursor[0] == key
        hovered = self._hovered
        return RowState(
            cursor=index(cursor[1]) if own and cursor is not None else -1,
            chosen=own,
            selected=frozenset(index(day) for day in chosen.days_of(key)),
            lifted=frozenset(index(d.day) for d in self.ghost.lifted if d.agent == key),
            hovered=index(hovered[1]) if hovered is not None and hovered[0] == key else -1,
            focused=self.hasFocus(),
        )

    def _paint_over(self, painter: QPainter, rows: RowPainter) -> None:
        paint_ghost(self, painter, rows, self._brushes)
        if self.mouse.band is not None:
            painter.setPen(self._brushes.pen("accent", dashed=True))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.mouse.band.adjusted(0, 0, -1, -1))

    def _pointer_lost(self) -> None:
        self.hover(None)
        self.pointed.emit(None)

    def _floating(self) -> bool:
        return self.mouse.busy

    # --- mouse and keys --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose what is under the pointer, and take hold of it."""
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag what was taken hold of, or show what could be."""
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Edit the times of a shift, or add one to a free cell."""
        self.mouse.open(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu of what is under the pointer."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.mouse.choose_for_menu(event.pos())
        self.menu_wanted.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom around the pointer with Ctrl, scroll sideways with Shift."""
        notches = event.angleDelta().y() / WHEEL_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(notches, event.position().toPoint().x())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round(notches * 3 * bar.singleStep()))
            event.accept()
        else:
            super().wheelEvent(event)

    def zoom_by(self, notches: float, around: int | None = None) -> None:
        """Zoom by steps around a pixel of the viewport, or around the middle."""
        self.axis.zoom_to(self.axis.zoom * ZOOM_STEP**notches, around)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the cursor, or say which command is wanted."""
        if event.key() == Qt.Key.Key_Escape and self.mouse.busy:
            self.mouse.cancel()
            return
        command = command_of(event)
        if command:
            self.commanded.emit(command)
        elif not self._move_cursor(event):
            super().keyPressEvent(event)

    def _move_cursor(self, event: QKeyEvent) -> bool:
        if self.rows is None or not self.keys:
            return False
        page = max(self.viewport().height() // ROW_HEIGHT - 1, 1)
        days = self.rows.view.horizon.dates
        target = moved_cell(event, self.selection.cursor, self.keys, days, page)
        if target is None:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.selection.extend(target, self.keys, days)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.selection.put(target)
        else:
            self.selection.choose_only(target)
        self.reveal(target)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the timeline understands from being taken as shortcuts."""
        wanted = event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and command_of(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Show tool tips; forget the pointer when it leaves."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(event.pos()), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._pointer_lost()
        return super().viewportEvent(event)

    def tip(self, point: QPoint) -> str:
        """Return what the pointer at a point of the viewport reads, empty for nothing."""
        if self.rows is None:
            return ""
        return tip(self.hit(point), self.rows, self._language, self._render)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the cursor; the first cell where there was none."""
        super().focusInEvent(event)
        if self.selection.cursor is None and self.rows is not None and self.keys:
            self.selection.put((self.keys[0], self.rows.view.horizon.start))
        self._cursor_line()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the cursor as one that keys do not reach."""
        super().focusOutEvent(event)
        self._cursor_line()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of everything."""
        self.mouse.cancel()
        super().hideEvent(event)

    def _cursor_line(self) -> None:
        if self.selection.cursor is not None:
            self.repaint_people({self.selection.cursor[0]})
