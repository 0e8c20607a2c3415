"""The editable roster: timeline and coverage on one axis, and the sentence about what is missing.

The board shows every edit at once and asks for it to be stored; the screen stores it and says so.
How a screen uses it stands at the top of :class:`RosterBoard`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.centre_view import WeekView
from ui.roster.axis import WeekAxis
from ui.roster.board_edits import BoardEdits
from ui.roster.board_menus import BoardMenus
from ui.roster.board_week import BoardWeek, patched, week_scale
from ui.roster.commands import RosterCommands
from ui.roster.coverage_band import CoverageBand
from ui.roster.drag import Dragged
from ui.roster.explainer import Explainer
from ui.roster.selection import Cell, RosterSelection
from ui.roster.shortage_line import ShortageLine
from ui.roster.table_twin import ShiftTable
from ui.roster.timeline import RosterTimeline
from ui.translate import Render
from ui.widgets.cards import Card
from wfm.analysis.draft import DraftChange, RosterEdit, WeekDraft
from wfm.messages import Message, message

COVERAGE_HEIGHT, LEAST_COVERAGE, LEAST_TIMELINE = 186, 140, 150
FIGURES_MS = 80
"""How often figures follow a drag at most."""


class RosterBoard(QWidget):
    """Edits one week.

    ``set_week`` shows a week, ``edit_wanted`` asks for an edit to be stored; the screen answers
    with ``committed`` or ``forget`` (and loads the week anew).  A drag is followed live:
    ``shown`` is the draft on screen, ``draft`` the one that edits start from.
    """

    edit_wanted = Signal(object)
    """A :class:`~wfm.analysis.draft.RosterEdit`, shown already."""
    refused = Signal(object)
    """A message: what could not be done; nothing changed."""
    selection_changed = Signal(object)
    """A :class:`~ui.roster.selection.RosterSelection`."""
    figures_changed = Signal(object)
    """The :class:`~wfm.analysis.draft.WeekDraft` on screen, in a drag what would be."""
    zoomed_day = Signal(object)
    """The day that fills the columns, ``None`` for the week or something between."""
    reload_wanted = Signal()
    """A week came while an edit was on its way and was not shown: it has to be read again."""

    why_wanted = Signal(object)
    """The :class:`~wfm.model.run.WishedDay` about which somebody asks why it is not so."""

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week: BoardWeek | None = None
        self._names: dict[str, str] = {}
        self._preview: WeekDraft | None = None
        self._dragged: WeekDraft | None = None
        self._reason: Message | None = None
        self._missed = False
        self._day: date | None = None
        self.axis = WeekAxis(self)
        self.edits = BoardEdits(self)
        self.timeline = RosterTimeline(language, render, self.axis)
        self.table = ShiftTable(language, render)
        self.coverage = CoverageBand(language, render, self.axis)
        self.shortage = ShortageLine(language, render, self)
        self.commands = RosterCommands(self.timeline)
        self.explainer = Explainer(self.timeline, self, language, render)
        self.menus = BoardMenus(self, render)
        self.views = QStackedWidget()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._follow_coverage)
        self._figures = QTimer(self)
        self._figures.setSingleShot(True)
        self._figures.timeout.connect(self._tell_figures)
        self._arrange()
        self._connect()

    # --- weeks -----------------------------------------------------------------------------------

    @property
    def draft(self) -> WeekDraft | None:
        """The week with all edits, stored or on their way."""
        return self.edits.draft

    @property
    def shown(self) -> WeekDraft | None:
        """What is on screen: a drag's outcome, a preview, or the draft."""
        return self._dragged or self._preview or self.draft

    @property
    def view(self) -> WeekView | None:
        """The week as it is now, edits included."""
        if self._week is None or self.draft is None:
            return None
        return patched(self._week.view, self.draft, self._names)

    @property
    def pending(self) -> bool:
        """Whether an edit is shown that is not stored yet."""
        return self.edits.pending

    @property
    def selection(self) -> RosterSelection:
        """What is chosen."""
        draft = self.draft
        return RosterSelection() if draft is None else self.timeline.selection.summary(draft)

    def set_week(self, week: BoardWeek) -> None:
        """Show a week; of the same one read again place, zoom, selection and filter stay."""
        if self.edits.pending:
            self._missed = True
            return
        self._missed = False
        self._week, self._preview, self._dragged = week, None, None
        self._names = {skill.key: skill.name for skill in week.state.centre.skills}
        self.explainer.stop()
        self.edits.load(week.draft)
        self._show(week.draft)

    def set_filter(self, keys: Iterable[str] | None) -> None:
        """Show these people in this order, or everybody."""
        self.explainer.stop()
        self.timeline.show_people(keys)
        self._fill_table()
        self._tell_selection()

    def set_read_only(self, reason: Message | None) -> None:
        """Refuse edits with this reason, or allow them."""
        self._reason = reason
        self._settle_editing()

    def preview(
        self,
        other: WeekDraft | None,
        marks: Mapping[tuple[str, date], str] | None = None,
    ) -> None:
        """Show another roster without editing, with marks of what differs, or the week again."""
        if self._week is None or self.draft is None:
            return
        self._dragged = None
        self._preview = other
        self.explainer.stop()
        self._settle_editing()
        self._show(self._preview or self.draft, marks)

    # --- places ----------------------------------------------------------------------------------

    def show_table(self, on: bool) -> None:
        """Show the list of shifts instead of the timeline."""
        self.explainer.stop()
        wanted: QWidget = self.table if on else self.timeline
        self.views.setCurrentWidget(wanted)
        self._fill_table()
        if on:
            self.table.choose(self.timeline.selection.cursor)
        self.setFocusProxy(wanted)
        wanted.setFocus()

    def show_day(self, day: date | None) -> None:
        """Let one day fill the columns, or show the whole week."""
        draft = self.draft
        if draft is not None:
            self.axis.show_day(None if day is None else draft.horizon.day_index(day))

    def focus_on(self, agent: str, day: date | None = None) -> None:
        """Put the cursor on a person's day and show it."""
        draft = self.draft
        if draft is None or agent not in draft.facts.people:
            return
        cell = agent, day if day is not None and day in draft.horizon.dates else draft.horizon.start
        self.timeline.selection.choose_only(cell)
        self.timeline.reveal(cell)
        self.timeline.setFocus()

    def run(self, command: str) -> None:
        """Run a command of :mod:`ui.roster.commands` on what is chosen."""
        self.commands.run(command)

    def state(self) -> dict[str, Any]:
        """Return what must survive when the board is built again."""
        cursor = self.timeline.selection.cursor
        return {
            "zoom": self.axis.zoom,
            "offset": self.axis.offset,
            "top": self.timeline.verticalScrollBar().value(),
            "cursor": None if cursor is None else [cursor[0], cursor[1].isoformat()],
            "skill": self.coverage.chosen_skill,
            "heights": self.splitter.sizes(),
            "table": self.views.currentWidget() is self.table,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Bring back what :meth:`state` returned; places once the week is there."""
        self.coverage.choose_skill(str(state.get("skill", "")))
        if state.get("heights"):
            self.splitter.setSizes(state["heights"])
        if state.get("table"):
            self.views.setCurrentWidget(self.table)
        self.axis.zoom_to(float(state.get("zoom", 1.0)))
        self.axis.scroll_to(int(state.get("offset", 0)))
        self.timeline.verticalScrollBar().setValue(int(state.get("top", 0)))
        cursor = state.get("cursor")
        if cursor and self.draft is not None and cursor[0] in self.draft.facts.people:
            self.timeline.selection.choose_only((cursor[0], date.fromisoformat(cursor[1])))

    # --- edits -----------------------------------------------------------------------------------

    def committed(self, edit: RosterEdit) -> None:
        """Hear that an edit is stored."""
        self.edits.committed(edit)
        if self._missed and not self.edits.pending:
            self._missed = False
            self.reload_wanted.emit()

    def forget(self, edit: RosterEdit) -> None:  # noqa: ARG002 - the screen says which
        """Hear that an edit was not stored: the next week set is shown whatever was edited."""
        self.edits.forget()

    def make(self, change: DraftChange) -> None:
        """Make a change by hand as if the user had."""
        if self._reason is not None or self._preview is not None:
            self.refused.emit(self.commands.read_only)
            return
        self.explainer.stop()
        self.edits.make(change)
        self._reveal(change)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Store what is on its way; nothing opens while nobody looks."""
        self.edits.flush()
        self.explainer.stop()
        self._soon.stop()
        self._figures.stop()
        super().hideEvent(event)

    # --- inside ----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        self.views.addWidget(self.timeline)
        self.views.addWidget(self.table)
        inside.addWidget(self.views)
        self.coverage.setMinimumHeight(LEAST_COVERAGE)
        card.setMinimumHeight(LEAST_TIMELINE)
        self.splitter.addWidget(card)
        self.splitter.addWidget(self.coverage)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setHandleWidth(10)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([1000, COVERAGE_HEIGHT])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.shortage)
        self.setFocusProxy(self.timeline)

    def _connect(self) -> None:
        timeline, commands = self.timeline, self.commands
        timeline.placed.connect(self.coverage.align)
        timeline.edited.connect(self.make)
        timeline.dragging.connect(self._drag)
        timeline.commanded.connect(self.run)
        timeline.pointed.connect(self.explainer.point)
        timeline.menu_wanted.connect(self.menus.show_shift_menu)
        timeline.selection.changed.connect(self._selected)
        commands.edited.connect(self.make)
        commands.nudged.connect(self._nudge)
        commands.editor_wanted.connect(self.menus.open_editor)
        commands.kinds_wanted.connect(self.menus.show_kinds)
        commands.explained.connect(self._explain)
        commands.why_wanted.connect(self.why_wanted)
        commands.table_wanted.connect(
            lambda: self.show_table(self.views.currentWidget() is not self.table)
        )
        self.table.edited.connect(self.make)
        self.table.chosen.connect(self._chosen_in_table)
        self.table.commanded.connect(self.run)
        self.explainer.mended.connect(self.make)
        self.shortage.edited.connect(self.make)
        self.edits.changed.connect(self._follow)
        self.edits.edit_wanted.connect(self.edit_wanted)
        self.coverage.skill_changed.connect(lambda _: self._show_shortage())
        self.axis.changed.connect(self._axis_changed)
        for source in (timeline, commands, self.table, self.shortage):
            source.refused.connect(self.refused)

    def _show(self, draft: WeekDraft, marks: Mapping[tuple[str, date], str] | None = None) -> None:
        assert self._week is not None
        view = self._week.view
        scale = week_scale(view, draft)
        self.timeline.set_week(view, draft, scale, marks)
        self.coverage.setVisible(draft.coverage is not None)
        if draft.coverage is not None:
            shown = patched(view, draft, self._names).coverage
            assert shown is not None
            self.coverage.set_week(shown, draft.coverage, scale)
        self._fill_table()
        self._show_shortage()
        self._tell_figures()
        self._tell_selection()

    def _follow(self, draft: WeekDraft) -> None:
        """Show the draft after an edit."""
        self._dragged = None
        self.timeline.follow(draft)
        self._fill_table()
        self._show_shortage()
        self._soon.start(0)
        self._tell_figures()
        self._tell_selection()

    def _drag(self, dragged: Dragged | None) -> None:
        """Follow a drag: coverage in the next frame, figures a little later."""
        effect = None if dragged is None else dragged.effect
        self._dragged = None if effect is None else effect.after
        self.explainer.comment(dragged)
        self.shortage.pause()
        self._soon.start(0)
        if not self._figures.isActive():
            self._figures.start(FIGURES_MS)

    def _follow_coverage(self) -> None:
        shown = self.shown
        if shown is not None and shown.coverage is not None:
            self.coverage.follow(shown.coverage)

    def _nudge(self, change: DraftChange) -> None:
        self.edits.nudge(change)
        self._reveal(change)

    def _reveal(self, change: DraftChange) -> None:
        """Let the cursor go with a shift that went elsewhere, and explain what it breaks."""
        selection = self.timeline.selection
        cells = [(duty.agent, duty.day) for duty in change.duties]
        if cells and selection.cursor not in cells:
            selection.put(cells[0], cells)
            selection.anchor = cells[0]
        self._explain_cursor()

    def _selected(self, _people: object) -> None:
        if not self.timeline.mouse.busy:
            self._explain_cursor()
        self._describe_cursor()
        self._tell_selection()

    def _explain_cursor(self) -> None:
        cursor = self.timeline.selection.cursor if self._on_timeline else None
        self.explainer.explain(cursor, unasked=True)

    def _explain(self) -> None:
        self.explainer.explain(self.timeline.selection.cursor, keyboard=True)

    def _chosen_in_table(self, cells: tuple[Cell, ...]) -> None:
        if cells and not self._on_timeline:
            self.timeline.selection.put(cells[0], cells)

    @property
    def _on_timeline(self) -> bool:
        return self.views.currentWidget() is self.timeline

    def _fill_table(self) -> None:
        shown = self._preview or self.draft
        if shown is not None and not self._on_timeline:
            self.table.show_draft(shown, self.timeline.keys)

    def _show_shortage(self) -> None:
        editable = self._reason is None and self._preview is None
        shown = self._preview or self.draft
        self.shortage.show_draft(shown, self.coverage.chosen_skill, editable=editable)

    def _settle_editing(self) -> None:
        reason = self._reason
        if reason is None and self._preview is not None:
            reason = message("This is a preview; accept or discard it before editing.")
        self.commands.read_only = reason
        self.timeline.read_only = reason is not None
        self._show_shortage()

    def _axis_changed(self) -> None:
        day, draft = self.axis.shown_day, self.draft
        shown = None if day is None or draft is None else draft.horizon.dates[day]
        if shown != self._day:
            self._day = shown
            self.zoomed_day.emit(shown)

    def _describe_cursor(self) -> None:
        """Tell screen readers what the cursor is on."""
        box = self.timeline.cell_box(self.timeline.selection.cursor or ("", date.min))
        if box is not None:
            words = self.timeline.tip(QPoint(box.center().x(), box.center().y()))
            self.timeline.setAccessibleDescription(words.replace("\n", ", "))

    def _tell_figures(self) -> None:
        if self.shown is not None:
            self.figures_changed.emit(self.shown)

    def _tell_selection(self) -> None:
        self.selection_changed.emit(self.selection)
