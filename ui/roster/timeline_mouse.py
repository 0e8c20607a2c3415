"""The mouse on the timeline: choosing, rubber band, dragging shifts, their ends and breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from ui.roster.drag import Drag, Dragged, Target
from ui.roster.ghost import NO_GHOST, Ghost
from ui.roster.hits import OUTSIDE, Hit
from ui.roster.row_painter import ROW_HEIGHT

if TYPE_CHECKING:
    from ui.roster.timeline import RosterTimeline

LEAST_DRAG = 4
"""Pixels from which on a press is a drag."""
SCROLL_EDGE, SCROLL_MS = 18, 40
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SHAPES = {
    "start": Qt.CursorShape.SizeHorCursor,
    "end": Qt.CursorShape.SizeHorCursor,
    "break": Qt.CursorShape.SplitHCursor,
    "shift": Qt.CursorShape.OpenHandCursor,
}


class TimelineMouse(QObject):
    """Turns presses and moves on one timeline into selections and changes."""

    def __init__(self, timeline: RosterTimeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._pressed: tuple[QPoint, Hit] | None = None
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._drag: Drag | None = None
        self._target: Target | None = None
        self._latest: Dragged | None = None
        self._last = QPoint()
        self.band: QRect | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def busy(self) -> bool:
        """Whether something is being dragged."""
        return self._drag is not None or self.band is not None

    def press(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer, and take hold of it."""
        if event.button() != Qt.MouseButton.LeftButton or self.busy:
            return
        point = event.position().toPoint()
        hit = self._timeline.hit(point)
        self._pressed, self._modifiers = (point, hit), event.modifiers()
        self._last = point
        self._choose(hit, event.modifiers())

    def move(self, event: QMouseEvent) -> None:
        """Drag what was taken hold of, or show what could be."""
        point = event.position().toPoint()
        self._last = point
        if self._pressed is None:
            self._point(self._timeline.hit(point))
            return
        start, hit = self._pressed
        far = (point - start).manhattanLength() >= LEAST_DRAG
        if not self.busy and far:
            self._begin(start, hit)
        if self.busy:
            self._follow(point, event.modifiers())
            self._scroll_near_edges(point)

    def release(self, event: QMouseEvent) -> None:
        """Let go: the change is made, or the sentence said why not."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        (_, hit), latest, dragged = self._pressed, self._latest, self._drag is not None
        if dragged:
            self._follow(event.position().toPoint(), event.modifiers())
            latest = self._latest
        banded = self.band is not None
        self.cancel()
        if dragged and latest is not None:
            if latest.refusal is not None:
                self._timeline.refused.emit(latest.refusal)
            elif latest.does_something:
                self._timeline.edited.emit(latest.change)
        elif not banded and hit.duty is not None:
            self._clicked(hit)

    def cancel(self) -> None:
        """Let go of everything without a change."""
        was_busy, band = self.busy, self.band
        self._pressed = self._drag = self._target = self._latest = self.band = None
        self._scroll.stop()
        if band is not None:
            self._timeline.viewport().update(band)
        if was_busy:
            self._timeline.show_ghost(NO_GHOST)
            self._timeline.dragging.emit(None)

    def open(self, event: QMouseEvent) -> None:
        """Ask for the editor of a shift, for a new one in a free cell, or choose a whole line."""
        timeline = self._timeline
        if event.button() != Qt.MouseButton.LeftButton or timeline.rows is None:
            return
        hit = timeline.hit(event.position().toPoint())
        self._pressed = None
        if hit.part == "name":
            days = timeline.rows.view.horizon.dates
            timeline.selection.put((hit.agent, days[0]), {(hit.agent, day) for day in days})
        elif hit.day is not None:
            timeline.selection.choose_only((hit.agent, hit.day))
            timeline.commanded.emit("edit" if hit.duty is not None else "add")

    def choose_for_menu(self, point: QPoint) -> None:
        """Choose what a menu is wanted for, unless it is chosen already."""
        hit = self._timeline.hit(point)
        if hit.day is not None and (hit.agent, hit.day) not in self._timeline.selection.chosen:
            self._timeline.selection.choose_only((hit.agent, hit.day))

    # --- choosing --------------------------------------------------------------------------------

    def _choose(self, hit: Hit, modifiers: Qt.KeyboardModifier) -> None:
        timeline, selection = self._timeline, self._timeline.selection
        if timeline.rows is None or not hit.agent:
            return
        days = timeline.rows.view.horizon.dates
        if hit.day is None:
            cursor = selection.cursor
            selection.put((hit.agent, cursor[1] if cursor is not None else days[0]), ())
            return
        cell = hit.agent, hit.day
        if modifiers & _SHIFT:
            selection.extend(cell, timeline.keys, days)
        elif modifiers & _CTRL:
            # a press with Ctrl may become a copy: whether it is a choice shows when it ends
            if hit.duty is None:
                selection.put(cell)
        elif hit.duty is None or cell not in selection.chosen:
            selection.choose_only(cell)
        else:
            selection.put(cell)

    def _clicked(self, hit: Hit) -> None:
        assert hit.day is not None
        cell = hit.agent, hit.day
        if self._modifiers & _CTRL:
            self._timeline.selection.toggle(cell)
        elif not self._modifiers & _SHIFT:
            self._timeline.selection.choose_only(cell)

    def _point(self, hit: Hit) -> None:
        timeline = self._timeline
        part = "" if timeline.read_only else hit.part
        shape = _SHAPES.get(part, Qt.CursorShape.ArrowCursor)
        if timeline.viewport().cursor().shape() != shape:
            timeline.viewport().setCursor(shape)
        shift = hit.duty is not None and hit.day is not None
        timeline.hover((hit.agent, hit.day) if shift and hit.day is not None else None)
        timeline.pointed.emit(hit if hit is not OUTSIDE else None)

    # --- dragging --------------------------------------------------------------------------------

    def _begin(self, start: QPoint, hit: Hit) -> None:
        timeline, draft = self._timeline, self._timeline.draft
        if hit.duty is None or draft is None:
            if hit.part in ("cell", "outside"):
                self.band = QRect(start, start)
            return
        if timeline.read_only:
            return
        cell = hit.agent, hit.duty.day
        if cell not in timeline.selection.chosen:
            timeline.selection.choose_only(cell)
        duties = timeline.selection.duties(draft, timeline.keys)
        self._drag = Drag(timeline, draft, hit, start, duties)
        timeline.pointed.emit(None)

    def _follow(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if self.band is not None:
            self._stretch(point)
            return
        if self._drag is None:
            return
        target = self._drag.target(
            point, fine=bool(modifiers & _ALT), copied=bool(modifiers & _CTRL)
        )
        if target == self._target:
            return
        self._target = target
        self._latest = latest = self._drag.dragged(target)
        bad = latest.refusal is not None
        if latest.effect is not None:
            bad = any(item.hard for item in latest.effect.new)
        self._timeline.show_ghost(Ghost(latest.duties, latest.lifted, "bad" if bad else "accent"))
        self._timeline.dragging.emit(latest)

    def _stretch(self, point: QPoint) -> None:
        assert self._pressed is not None
        timeline, before = self._timeline, self.band or QRect()
        self.band = band = QRect(self._pressed[0], point).normalized()
        timeline.viewport().update(before.united(band).adjusted(-1, -1, 1, 1))
        rows, painter = timeline.rows, timeline.row_painter
        if rows is None or painter is None:
            return
        first = max(timeline.place_at(band.top()), 0)
        last = min(timeline.place_at(band.bottom()), len(rows) - 1)
        cells = {
            (rows.keys[place], duty.day)
            for place in range(first, last + 1)
            for day, duty in rows.row(place).duties
            if painter.box(day, duty, timeline.line(place)).intersects(band)
        }
        kept = timeline.selection.chosen if self._modifiers & _CTRL else frozenset()
        timeline.selection.put(timeline.selection.cursor, cells | kept)

    # --- scrolling while dragging ----------------------------------------------------------------

    def _scroll_near_edges(self, point: QPoint) -> None:
        height = self._timeline.viewport().height()
        near = point.y() < SCROLL_EDGE or point.y() > height - SCROLL_EDGE
        if near and not self._scroll.isActive():
            self._scroll.start()
        elif not near:
            self._scroll.stop()

    def _scroll_on(self) -> None:
        bar = self._timeline.verticalScrollBar()
        step = -ROW_HEIGHT if self._last.y() < SCROLL_EDGE else ROW_HEIGHT
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() == before:
            self._scroll.stop()
            return
        if self.band is not None and self._pressed is not None:
            start, hit = self._pressed
            self._pressed = start - QPoint(0, bar.value() - before), hit
        self._follow(self._last, QGuiApplication.keyboardModifiers())
