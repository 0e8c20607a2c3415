"""What the roster screen is made of, and where each part stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.roster.actions import MENU
from ui.roster.board import RosterBoard
from ui.roster.build import RosterBuild
from ui.roster.build_panel import BuildPanel
from ui.roster.export_bar import ExportBar
from ui.roster.figures import RosterFigureRow
from ui.roster.filter_row import FilterRow
from ui.roster.hint_bar import HintBar
from ui.roster.proposal_bar import ProposalBar
from ui.roster.publish_bar import PublishBar
from ui.roster.questions import RosterQuestions
from ui.roster.side_panel import BUILD, Lines, SidePanel
from ui.screen import ActionButton, ScreenHead
from ui.widgets.choices import Choices
from ui.widgets.states import EmptyState
from wfm.messages import message

DAY, WEEK = "day", "week"


class RosterParts:
    """The widgets of the screen in their places; nothing is connected yet."""

    def __init__(
        self,
        desk: Desk,
        build: RosterBuild,
        lines_of: Callable[[str], Lines],
        people_of: Callable[[str], Sequence[str]],
    ) -> None:
        self._desk = desk
        render, language = desk.render, desk.language
        self.board = RosterBoard(language, render)
        self.figures = RosterFigureRow(render, language)
        self.filters = FilterRow(render)
        self.proposal_bar = ProposalBar(render, language)
        self.publish_bar = PublishBar(render, language)
        self.export_bar = ExportBar(render, desk.preferences)
        self.hint = HintBar(render)
        self.build_panel = BuildPanel(build, language, render, people_of)
        self.questions = RosterQuestions(desk, build, self.board, people_of)
        pages = {BUILD: self.build_panel, **self.questions.pages}
        self.panel = SidePanel(render, desk.preferences, pages, lines_of)
        self.nobody = EmptyState(
            render,
            message("This centre has no people yet. Import them, or add them by hand."),
            message("Go to the people"),
        )
        words = [
            (DAY, render(message("Day", context="zoom"))),
            (WEEK, render(message("Week", context="zoom"))),
        ]
        self.zoom = Choices(words, WEEK, render(message("Zoom")))
        self.more = QPushButton("⋯")
        self.stack = QStackedWidget()
        self._content = self._lay_out()
        for page in (QWidget(), self._content, self.nobody):
            self.stack.addWidget(page)

    def furnish(self, head: ScreenHead) -> ActionButton:
        """Put the controls into the head; returns the button that publishes, the primary one."""
        desk = self._desk
        head.add_left(self.zoom)
        more = desk.render(message("More"))
        self.more.setProperty("role", "step")
        self.more.setAccessibleName(more)
        self.more.setToolTip(more)
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        menu = QMenu(self.more)
        for key in MENU:
            if key:
                menu.addAction(desk.action(f"roster.{key}"))
            else:
                menu.addSeparator()
        self.more.setMenu(menu)
        for part in (
            ActionButton(desk.action("undo"), text=False),
            ActionButton(desk.action("redo"), text=False),
            ActionButton(desk.action("roster.violations"), text=False),
            self.more,
            ActionButton(desk.action("roster.build")),
        ):
            head.add_right(part)
        publish = ActionButton(desk.action("roster.publish"))
        head.set_primary(publish)
        publish.setIcon(QIcon())
        return publish

    def show_people(self, *, there: bool) -> None:
        """Show the roster, or that there is nobody to roster."""
        self.stack.setCurrentWidget(self._content if there else self.nobody)

    def _lay_out(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (
            self.proposal_bar,
            self.publish_bar,
            self.export_bar,
            self.figures,
            self.filters,
            self.hint,
        ):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.board, 1)
        row.addWidget(self.panel)
        column.addLayout(row, 1)
        return content
