"""Explains broken rules beside their shift, offers what mends them, and comments on drags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal

from ui.roster.candidate_list import CandidateList
from ui.roster.candidate_search import CandidateSearch
from ui.roster.drag import Dragged
from ui.roster.hits import Hit
from ui.roster.popover import Popover
from ui.roster.timeline_rows import DAY_RULE_DAYS
from ui.translate import Render, format_date, format_number
from wfm.analysis.draft import Broken, Candidate, DraftEffect, Fix, WeekDraft, fixes, takers
from wfm.messages import Message, message
from wfm.model.roster import Duty
from wfm.model.time import format_clock
from wfm.rules import RULES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.roster.selection import Cell
    from ui.roster.timeline import RosterTimeline

OPEN_MS, CLOSE_MS = 250, 350
MOST_RULES = 3
_LABELS = {rule.key: rule.label for rule in RULES}


class Explainer(QObject):
    """Owns the popover and the list of takers of one timeline."""

    mended = Signal(object)
    """The :class:`~wfm.analysis.draft.DraftChange` of a fix or of a taker that was chosen."""

    def __init__(
        self, timeline: RosterTimeline, board: QWidget, language: str, render: Render
    ) -> None:
        super().__init__(board)
        self._timeline, self._board = timeline, board
        self._language, self._render = language, render
        self.popover = Popover(board)
        self.takers = CandidateList(language, render, board)
        self._search = CandidateSearch(self, 0)
        self._cell: Cell | None = None
        self._duty: Duty | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._elapsed)
        self._wanted: Cell | None = None
        self.popover.chosen.connect(self._chosen)
        self.popover.entered.connect(self._timer.stop)
        self.popover.left.connect(lambda: self._later(None))
        self.popover.closed.connect(timeline.setFocus)
        self.takers.chosen.connect(lambda candidate: self.mended.emit(candidate.change))
        self.takers.closed.connect(timeline.setFocus)
        self._search.finished.connect(self._show_takers)

    def stop(self) -> None:
        """Close everything; nothing opens by itself any more."""
        self._timer.stop()
        self._search.stop()
        self.popover.hide()
        self.takers.hide()
        self._cell = None

    def point(self, hit: Hit | None) -> None:
        """Hear what is under the pointer: a broken shift explains itself after a moment."""
        broken = hit is not None and hit.day is not None and hit.duty is not None
        cell = (hit.agent, hit.day) if broken and hit is not None and hit.day is not None else None
        if cell is not None and not self._broken(cell):
            cell = None
        if cell != self._cell or self.popover.isHidden():
            self._later(cell)
        else:
            self._timer.stop()

    def explain(self, cell: Cell | None, *, keyboard: bool = False, unasked: bool = False) -> None:
        """Explain a cell now, or close where it has nothing to explain.

        With the keyboard rules about the whole week are explained too; unasked only hard ones.
        """
        self._timer.stop()
        draft = self._timeline.draft
        place = None if cell is None else self._timeline.cell_box(cell)
        broken = [] if cell is None else self._broken(cell, weekly=keyboard)
        if unasked:
            broken = [item for item in broken if item.hard]
        if draft is None or cell is None or place is None or not broken:
            self._cell = None
            self.popover.hide()
            return
        self._cell, self._duty = cell, draft.on(*cell)
        lines = [self._line(item) for item in broken[:MOST_RULES]]
        self.popover.show_beside(
            self._on_board(self._near(cell, place)), lines, self._links(draft, broken)
        )
        if keyboard:
            self.popover.take_focus()

    def comment(self, dragged: Dragged | None) -> None:
        """Say what a drag would do, beside the shift as it would be."""
        self._timer.stop()
        self._cell = None
        if dragged is None:
            self.popover.hide()
            return
        place = self._ghost_place(dragged)
        if place is None:
            self.popover.hide()
            return
        lines = self._drag_lines(dragged)
        self.popover.show_beside(self._on_board(place), lines)

    # --- words -----------------------------------------------------------------------------------

    def _line(self, item: Broken) -> tuple[str, str, str]:
        label = _LABELS.get(item.rule)
        title = self._render(label) if label is not None else self._render(item.text)
        detail = self._render(item.text) if label is not None else ""
        return title, detail, "bad" if item.hard else "warn"

    def _links(self, draft: WeekDraft, broken: list[Broken]) -> list[tuple[str, object]]:
        if self._timeline.read_only:
            return []
        links: list[tuple[str, object]] = []
        for item in broken:
            links += [(self._render(fix.text), fix) for fix in fixes(draft, item)]
            if links:
                break
        if self._duty is not None:
            links.append((self._render(message("See who could take it")), self._duty))
        return links

    def _drag_lines(self, dragged: Dragged) -> list[tuple[str, str, str]]:
        lines = []
        if dragged.duties:
            shown = dragged.duties[0]
            times = message(
                "{day}  {start}–{end}",
                day=format_date(shown.day, self._language, short=True),
                start=format_clock(shown.start),
                end=format_clock(shown.end),
            )
            text = message("Copy: {what}", what=times) if dragged.copied else times
            effect = "" if dragged.effect is None else self._coverage_words(dragged.effect)
            lines.append((self._render(text), effect, ""))
        if dragged.refusal is not None:
            lines.append((self._render(dragged.refusal), "", "bad"))
        if dragged.effect is not None:
            lines += [
                (self._render(item.text), "", "bad" if item.hard else "warn")
                for item in dragged.effect.new[:2]
            ]
            if not dragged.effect.new and dragged.effect.resolved:
                solved = message("Resolves: {what}", what=dragged.effect.resolved[0].text)
                lines.append((self._render(solved), "", ""))
        return lines

    def _coverage_words(self, effect: DraftEffect) -> str:
        missing, surplus = round(effect.missing_hours, 2), round(effect.surplus_hours, 2)
        parts: list[Message] = []
        if missing:
            parts.append(message("short {hours} h", hours=self._signed(missing)))
        if surplus:
            parts.append(message("surplus {hours} h", hours=self._signed(surplus)))
        if not parts:
            return self._render(message("Coverage stays the same"))
        return "   ".join(self._render(part) for part in parts)

    def _signed(self, hours: float) -> str:
        return f"{'+' if hours > 0 else '−'}{format_number(abs(hours), self._language, 2)}"

    # --- places ----------------------------------------------------------------------------------

    def _near(self, cell: Cell, place: QRect) -> QRect:
        """Return the box of the cell's shift, or the cell."""
        painter, rows = self._timeline.row_painter, self._timeline.rows
        if self._duty is None or painter is None or rows is None:
            return place
        line = self._timeline.line(rows.place(cell[0]))
        return painter.box(rows.view.horizon.day_index(self._duty.day), self._duty, line)

    def _ghost_place(self, dragged: Dragged) -> QRect | None:
        timeline, rows, painter = self._timeline, self._timeline.rows, self._timeline.row_painter
        shown = dragged.duties or dragged.lifted
        if rows is None or painter is None or not shown:
            return None
        duty = shown[0]
        place = rows.place(duty.agent)
        if place < 0:
            return None
        return painter.box(rows.view.horizon.day_index(duty.day), duty, timeline.line(place))

    def _on_board(self, place: QRect) -> QRect:
        corner = self._timeline.viewport().mapTo(self._board, QPoint(0, 0))
        return place.translated(corner)

    # --- pointer and choices ---------------------------------------------------------------------

    def _broken(self, cell: Cell, *, weekly: bool = False) -> list[Broken]:
        """Return what a cell breaks; rules about the whole week only where asked for."""
        draft = self._timeline.draft
        if draft is None:
            return []
        agent, day = cell
        most = len(draft.horizon.dates) if weekly else DAY_RULE_DAYS
        found = [
            item
            for item in draft.broken.get(agent, ())
            if item.shown and day in item.days and len(item.days) <= most
        ]
        return sorted(found, key=lambda item: (not item.hard, len(item.days)))

    def _later(self, cell: Cell | None) -> None:
        if cell is None and self.popover.isHidden():
            self._timer.stop()
            return
        if cell is None and any(link.hasFocus() for link in self.popover.links):
            return
        self._wanted = cell
        self._timer.start(CLOSE_MS if cell is None else OPEN_MS)

    def _elapsed(self) -> None:
        self.explain(self._wanted)

    def _chosen(self, meant: object) -> None:
        self.popover.hide()
        self._timeline.setFocus()
        if isinstance(meant, Fix):
            self.mended.emit(meant.change)
        elif isinstance(meant, Duty):
            self.look_for_takers(meant)

    def look_for_takers(self, duty: Duty) -> None:
        """Look for people who could take over a shift, and show them."""
        draft = self._timeline.draft
        if draft is not None:
            self._duty = duty
            self._search.begin(lambda: takers(draft, duty))

    def _show_takers(self, found: list[Candidate]) -> None:
        draft, duty = self._timeline.draft, self._duty
        place = None if duty is None else self._timeline.cell_box((duty.agent, duty.day))
        if draft is None or duty is None or place is None:
            return
        title = message(
            "Who could take the shift of {agent} on {day}",
            agent=draft.facts.name(duty.agent),
            day=duty.day,
        )
        self.takers.show_beside(self._on_board(place), self._render(title), found, draft)
