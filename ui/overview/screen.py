"""The screen “overview”: how far the week's work is, where it lacks people, what changed lately."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.overview.line_list import LineList
from ui.overview.lines import OverviewLines, with_short_dates
from ui.overview.step_card import StepCard
from ui.overview.welcome import Welcome
from ui.screen import Screen
from ui.widgets.cards import Card, styled_label
from wfm.analysis.work_steps import WorkStep, first_call
from wfm.messages import Message, message
from wfm.services.overview import Overview

STEP_NAMES = {
    "imports": message("History", context="step"),
    "forecast": message("Forecast", context="screen"),
    "staffing": message("Required staff", context="screen"),
    "roster": message("Roster", context="screen"),
    "requests": message("Requests", context="screen"),
    "publishing": message("Publishing", context="step"),
    "payroll": message("Payroll", context="screen"),
}
STATE_WORDS = {
    "done": message("done", context="step"),
    "todo": message("to do", context="step"),
    "stale": message("out of date", context="step"),
    "attention": message("wants a look", context="step"),
    "waiting": message("not yet", context="step"),
}


class OverviewScreen(Screen):
    """Shows the steps of the week as cards, and below them gaps and changes."""

    key = "overview"
    uses_week = True
    reads = frozenset(
        ("site", "skill", "team", "queue", "contract", "shift_kind", "agent", "availability",
         "leave", "wish", "balance", "special_day", "history_day", "forecast", "requirement",
         "agent_week", "request", "run_record", "export_record")
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        render = desk.render
        self.overview: Overview | None = None
        self._next: WorkStep | None = None
        self._lines = OverviewLines(render, desk.language, desk.site.zone)
        self.next_button = QPushButton()
        self.next_button.clicked.connect(desk.action("overview.next").trigger)
        self.next_button.hide()
        self.head.set_primary(self.next_button)
        self.cards = {key: StepCard(render(name)) for key, name in STEP_NAMES.items()}
        self.gaps = LineList(render(message("Where people are missing most")))
        self.changes = LineList(render(message("What changed lately")))
        self.no_gaps = styled_label(render(message("Reading the week …")), "subtitle")
        self.no_gaps.setWordWrap(True)
        self.no_gaps.setContentsMargins(16, 4, 16, 12)
        self.welcome = Welcome(render)
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for card in self.cards.values():
            row.addWidget(card)
        self.body.addLayout(row)
        lists = QWidget()
        below = QHBoxLayout(lists)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(12)
        left = self._part(message("Where people are missing most"), self.no_gaps, self.gaps)
        self.changes_title = styled_label(role="section")
        right = Card()
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 12, 1, 1)
        column.setSpacing(6)
        self.changes_title.setContentsMargins(15, 0, 15, 0)
        column.addWidget(self.changes_title)
        column.addWidget(self.changes, 1)
        below.addWidget(left, 1)
        below.addWidget(right, 1)
        self.pages.addWidget(lists)
        self.pages.addWidget(self.welcome)
        self.body.addWidget(self.pages, 1)

    def _part(self, name: Message, *content: QWidget) -> Card:
        part = Card()
        column = QVBoxLayout(part)
        column.setContentsMargins(1, 12, 1, 1)
        column.setSpacing(6)
        label = styled_label(self.desk.render(name), "section")
        label.setContentsMargins(15, 0, 15, 0)
        column.addWidget(label)
        for widget in content:
            column.addWidget(widget, 1 if isinstance(widget, LineList) else 0)
        return part

    def _connect(self) -> None:
        for key, card in self.cards.items():
            card.clicked.connect(lambda _on=False, key=key: self._open_step(key))
        self.gaps.chosen.connect(self._open_gap)
        self.changes.chosen.connect(self._open_change)
        self.welcome.wanted.connect(self._open_first)

    def connect_actions(self) -> None:
        """Connect the action of the screen."""
        self.desk.action("overview.next").triggered.connect(self._open_next)

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read how far the week is."""
        horizon = self.desk.horizon
        self.desk.ask(lambda workspace: workspace.log.overview(horizon), self.show_overview)

    def show_overview(self, seen: Overview) -> None:
        """Show a week's work, if it is still the week shown."""
        if seen.horizon != self.desk.horizon:
            return
        self.overview = seen
        self.desk.set_badge("requests", seen.facts.open_requests)
        self._next = first_call(seen.steps)
        for step in seen.steps:
            self._show_step(step)
        render = self.desk.render
        self.next_button.setVisible(self._next is not None and not seen.is_empty)
        if self._next is not None:
            self.next_button.setText(
                render(
                    message("{step}: {what}", step=STEP_NAMES[self._next.key], what=self._next.next)
                )
            )
        self.desk.action("overview.next").setEnabled(self._next is not None)
        self.pages.setCurrentIndex(1 if seen.is_empty else 0)
        self._show_gaps(seen)
        self._show_changes(seen)

    def _show_step(self, step: WorkStep) -> None:
        render, language = self.desk.render, self.desk.language
        figure = "" if step.figure is None else render(with_short_dates(step.figure, language))
        self.cards[step.key].show_step(
            step.state,
            render(STATE_WORDS[step.state]),
            figure,
            render(with_short_dates(step.next, language)),
            is_next=self._next is not None and step.key == self._next.key,
        )

    def _show_gaps(self, seen: Overview) -> None:
        self.gaps.set_lines(self._lines.gaps(seen.gaps, seen.skills or {}))
        words = None
        if not seen.facts.rostered:
            words = message(
                "This week has no roster yet. Once it is built, the hours in which people are"
                " missing stand here."
            )
        elif seen.facts.requirement == "missing":
            words = message(
                "The required staff of this week has not been computed, so nobody knows where"
                " people are missing."
            )
        elif not seen.gaps:
            words = message("Nobody is missing in this week.")
        self.no_gaps.setVisible(words is not None)
        self.gaps.setVisible(words is None)
        if words is not None:
            self.no_gaps.setText(self.desk.render(words))

    def _show_changes(self, seen: Overview) -> None:
        lines = self._lines.changed(seen.changed)
        title = message("What changed lately")
        if lines:
            title = message("What changed since the roster was published")
            lines.append(self._lines.heading(message("Latest entries of the log")))
        lines += self._lines.operations(seen.operations)
        self.changes_title.setText(self.desk.render(title))
        self.changes.set_lines(lines)

    # --- going -----------------------------------------------------------------------------------

    @Slot()
    def _open_next(self) -> None:
        if self._next is not None:
            self._open_step(self._next.key)

    def _open_step(self, key: str) -> None:
        seen = self.overview
        if seen is None:
            return
        step = next(item for item in seen.steps if item.key == key)
        where: dict[str, Any] = {}
        if key == "imports":
            where["importing"] = True
        elif key == "payroll" and seen.facts.month is not None:
            where["month"] = seen.facts.month
        elif key == "publishing":
            where["publishing"] = True
        self.desk.go(step.screen, **where)

    def _open_gap(self, place: int) -> None:
        if self.overview is not None:
            gap = self.overview.gaps[place]
            self.desk.go("roster", day=gap.shortage.day, minute=gap.peak)

    def _open_change(self, place: int) -> None:
        if self.overview is not None and place < len(self.overview.changed):
            week = self.overview.changed[place]
            self.desk.go("roster", agent=week.agent, day=week.changes[0].day)

    @Slot(str)
    def _open_first(self, screen: str) -> None:
        where = {"importing": True} if screen in ("people", "forecast") else {}
        self.desk.go(screen, **where)
