"""What opens on the board: the field for times, the menu of shift kinds, the menu of shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QMenu

from ui.roster.commands import NO_SHIFT, typed
from ui.roster.menus import (
    CELL_ENTRIES,
    SHIFT_ENTRIES,
    add_commands,
    add_kinds,
    add_questions,
    kind_entries,
    pop_up,
    why_entries,
)
from ui.roster.selection import Cell
from ui.roster.time_editor import TimeEditor
from ui.translate import Render
from wfm.analysis.draft import Broken, WeekDraft, fixes, format_span
from wfm.errors import WfmError
from wfm.messages import message

if TYPE_CHECKING:
    from ui.roster.board import RosterBoard


class BoardMenus(QObject):
    """Opens menus and the field for times on one board, and makes what is chosen in them."""

    def __init__(self, board: RosterBoard, render: Render) -> None:
        super().__init__(board)
        self._board, self._render = board, render
        self._timeline = board.timeline
        self.menu: QMenu | None = None
        self.editor = TimeEditor(board.timeline.viewport(), render(message("Times of the shift")))
        self.editor.entered.connect(self._entered)
        self.editor.left.connect(board.timeline.setFocus)

    def open_editor(self, cell: Cell) -> None:
        """Open the field over a cell."""
        draft, box = self._timeline.draft, self._box(cell)
        if draft is None or box is None:
            return
        duty = draft.on(*cell)
        text = "" if duty is None else format_span(duty.start, duty.end)
        self._board.explainer.stop()
        self.editor.open_on(cell, box.adjusted(2, 2, -2, -3), text)

    def show_kinds(self, cell: Cell) -> None:
        """Show the shift kinds that a cell can get."""
        draft, box = self._timeline.draft, self._box(cell)
        if draft is None or box is None:
            return
        if draft.on(*cell) is not None:
            self._board.refused.emit(
                message(
                    "{agent} already has a shift on {day}. Move or remove it first.",
                    agent=draft.facts.name(cell[0]),
                    day=cell[1],
                )
            )
            return
        menu = self._new_menu()
        add_kinds(menu, kind_entries(draft, *cell, self._render), self._board.make)
        menu.addSeparator()
        add_commands(menu, CELL_ENTRIES[:1], self._render, self._board.run)
        pop_up(menu, self._timeline, self._timeline.viewport().mapToGlobal(box.bottomLeft()))

    def show_shift_menu(self, place: QPoint) -> None:
        """Show what can be done with the chosen shifts, or with the cursor's free cell."""
        draft, cursor = self._timeline.draft, self._timeline.selection.cursor
        if draft is None or cursor is None:
            return
        menu = self._new_menu()
        duty = draft.on(*cursor)
        if duty is None and not self._board.commands.duties:
            self._add_free_cell(menu, draft, cursor)
        else:
            if duty is not None:
                self._add_fixes(menu, draft, cursor)
                who = menu.addAction(self._render(message("See who could take it")))
                who.triggered.connect(lambda: self._board.explainer.look_for_takers(duty))
                menu.addSeparator()
            add_commands(menu, SHIFT_ENTRIES, self._render, self._board.run)
        if self._board.commands.read_only is None:
            menu.addSeparator()
            questions = menu.addMenu(self._render(message("Why not?", context="panel")))
            entries = why_entries(draft, *cursor, self._render)
            add_questions(questions, entries, self._board.why_wanted.emit)
        pop_up(menu, self._timeline, self._place(cursor, place))

    def _add_free_cell(self, menu: QMenu, draft: WeekDraft, cell: Cell) -> None:
        kinds = menu.addMenu(self._render(message("Add a shift")))
        entries = kind_entries(draft, *cell, self._render)
        add_kinds(kinds, entries, self._board.make)
        kinds.setEnabled(bool(entries))
        add_commands(menu, CELL_ENTRIES, self._render, self._board.run)

    def _add_fixes(self, menu: QMenu, draft: WeekDraft, cell: Cell) -> None:
        agent, day = cell
        broken: list[Broken] = [
            item for item in draft.broken.get(agent, ()) if item.shown and day in item.days
        ]
        for item in broken[:2]:
            for fix in fixes(draft, item):
                action = menu.addAction(self._render(fix.text))
                action.setToolTip(self._render(item.text))
                action.triggered.connect(lambda _=False, fix=fix: self._board.make(fix.change))
        if broken:
            menu.addSeparator()

    def _place(self, cursor: Cell, place: QPoint) -> QPoint:
        """Return where a menu opens: at the pointer, or by keyboard at the cursor's cell."""
        viewport, box = self._timeline.viewport(), self._box(cursor)
        if viewport.rect().contains(viewport.mapFromGlobal(place)) or box is None:
            return place
        return viewport.mapToGlobal(box.bottomLeft())

    def _entered(self, cell: Cell, text: str) -> None:
        draft = self._timeline.draft
        if draft is None:
            return
        try:
            change = typed(draft, cell, text)
        except WfmError as error:
            self.editor.mark(wrong=True)
            self._board.refused.emit(error.message)
            return
        self.editor.shut()
        self._timeline.setFocus()
        self._board.make(change)

    def _new_menu(self) -> QMenu:
        self._board.explainer.stop()
        menu = self.menu = QMenu(self._board)
        menu.destroyed.connect(self._menu_gone)
        return menu

    def _menu_gone(self, gone: QObject) -> None:
        if self.menu is gone:
            self.menu = None

    def _box(self, cell: Cell) -> QRect | None:
        if cell[0] not in self._timeline.keys:
            self._board.refused.emit(NO_SHIFT)
            return None
        self._timeline.reveal(cell)
        return self._timeline.cell_box(cell)
