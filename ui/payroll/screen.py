"""The payroll screen: a wage month by person, what to clear, why, and the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.payroll.checks import ChecksCard
from ui.payroll.exporting import Exporting
from ui.payroll.figures import FiguresCard
from ui.payroll.file_page import FilePage
from ui.payroll.person_panel import PersonPanel
from ui.screen import ActionButton, Screen
from ui.translate import format_days, format_month
from ui.widgets.cards import styled_label
from ui.widgets.choices import Choices
from ui.widgets.drawer import Drawer
from ui.widgets.fields import SearchBox
from ui.widgets.states import EmptyState
from wfm.calendars import week_of
from wfm.messages import message
from wfm.model.time import month_before, next_month
from wfm.services.payroll_month import PayrollView, PersonMonth


class PayrollScreen(Screen):
    """Shows one wage month at a time."""

    key = "payroll"
    reads = frozenset(
        {"site", "agent", "contract", "team", "agent_week", "leave", "request", "export_record"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.month: date | None = None
        self.view: PayrollView | None = None
        self._asked = 0
        self._wanted = ""
        self.month_name = styled_label(role="section")
        self.search = SearchBox(desk.render(message("Name, number or team")))
        self.pages = Choices(
            (
                ("figures", desk.render(message("Figures", context="payroll"))),
                ("file", desk.render(message("File", context="payroll"))),
            ),
            "figures",
            desk.render(message("Part of payroll")),
        )
        self.checks = ChecksCard(desk)
        self.figures = FiguresCard(desk)
        self.person = PersonPanel(desk)
        self.drawer = Drawer(
            desk.render, desk.preferences, "payroll", message("Days of the person"), self.person,
            width=372,
        )  # fmt: skip
        self.file = FilePage(desk)
        self.exporting = Exporting(desk, self.file, self._view_of_file)
        self.nothing = EmptyState(
            desk.render, message("Nothing is rostered."), message("Go to the roster")
        )
        self._stack = QStackedWidget()
        self._furnish()

    def _furnish(self) -> None:
        desk = self.desk
        self.head.add_left(ActionButton(desk.action("payroll.earlier"), text=False))
        self.month_name.setMinimumWidth(112)
        self.month_name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.head.add_left(self.month_name)
        self.head.add_left(ActionButton(desk.action("payroll.later"), text=False))
        self.head.add_right(self.search)
        self.head.add_right(self.pages)
        self.primary = ActionButton(desk.action("payroll.export"), role="primary")
        self.head.set_primary(self.primary)
        figures = QWidget()
        row = QHBoxLayout(figures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.figures, 1)
        row.addWidget(self.drawer)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.checks)
        column.addWidget(figures, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self.file)
        self._stack.addWidget(self.nothing)
        self.body.addWidget(self._stack, 1)
        self.pages.chosen.connect(self.show_page)
        self.search.textChanged.connect(self.figures.table.set_search)
        self.figures.on_chosen(self._person_chosen)
        self.figures.table.opened.connect(lambda _row: self._open_drawer())
        self.person.edit.clicked.connect(self._open_person)
        self.file.changed.connect(self._preview)
        self.nothing.button.clicked.connect(self._go_to_roster)

    def connect_actions(self) -> None:
        """Connect the screen's own actions."""
        act: dict[str, Callable[[], None]] = {
            "payroll.earlier": lambda: self._step(month_before),
            "payroll.later": lambda: self._step(next_month),
            "payroll.export": self._export,
            "payroll.figures": lambda: self.show_page("figures"),
            "payroll.days": self._toggle_drawer,
        }
        for key, work in act.items():
            self.desk.action(key).triggered.connect(lambda _on=False, work=work: work())

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the month shown, at first the present one."""
        self._asked += 1
        number, month = self._asked, self.month

        def then(view: PayrollView) -> None:
            if number == self._asked:
                self._show(view)

        self.desk.ask(
            lambda workspace: workspace.payroll.month(month or workspace.payroll.present_month()),
            then,
        )

    def _show(self, view: PayrollView) -> None:
        self.view, self.month = view, view.month
        language = self.desk.language
        self.month_name.setText(format_month(view.month, language))
        days = (view.last - view.first).days + 1
        self.head.subtitle.setText(format_days(view.first, days, language))
        self.checks.show_checks(view.checks)
        self.figures.show_month(view)
        self.file.set_month(view.month)
        self.desk.action("payroll.export").setEnabled(view.nothing is None)
        if view.nothing is not None:
            text = message("No duty is rostered in {month}.", month=self.month_name.text())
            self.nothing.sentence.setText(self.desk.render(text))
        self._show_page()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.figures.table.choose(wanted)
        self._ask_for_person()

    def show_month(self, month: date) -> None:
        """Show another wage month."""
        self.month = month.replace(day=1)
        self.refresh()

    def _step(self, neighbour: Callable[[date], date]) -> None:
        if self.month is not None:
            self.show_month(neighbour(self.month))

    # --- pages -----------------------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Show the figures or the file."""
        self.pages.choose(key)
        self._show_page()

    def _show_page(self) -> None:
        if self.view is None:
            return
        key = "nothing" if self.view.nothing is not None else self.pages.current
        self._stack.setCurrentIndex(("figures", "file", "nothing").index(key))
        self.search.setVisible(key == "figures")
        self.pages.setVisible(key != "nothing")
        text = message("Write the file") if key == "file" else message("Export…")
        self.desk.action("payroll.export").setText(self.desk.render(text))
        if key == "file":
            self._preview()

    def _preview(self) -> None:
        if self.view is not None and self.view.nothing is None:
            self.exporting.preview()

    def _export(self) -> None:
        """Show the file first; from there, write it."""
        if self.pages.current != "file":
            self.show_page("file")
            self.file.path.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.view is not None and self.view.nothing is None:
            self.exporting.start()

    def _view_of_file(self) -> PayrollView | None:
        return self.view

    # --- one person ------------------------------------------------------------------------------

    def _person_chosen(self) -> None:
        if self.figures.chosen_agent() is not None and not self.drawer.is_open:
            self.drawer.open()
        self._ask_for_person()

    def _open_drawer(self) -> None:
        self.drawer.open()
        self._ask_for_person()

    def _toggle_drawer(self) -> None:
        self.drawer.toggle()
        self._ask_for_person()

    def _ask_for_person(self) -> None:
        agent, month = self.figures.chosen_agent(), self.month
        if not self.drawer.is_open or month is None:
            return
        if agent is None:
            self.drawer.set_title(message("Days of the person"))
            self.person.show_hint(
                message("Choose a person to see their days and why they count so.")
            )
            return

        def then(found: PersonMonth) -> None:
            if self.figures.chosen_agent() == agent and self.month == month:
                self.drawer.title.setText(found.row.agent.name or agent)
                self.person.show_person(found)

        self.desk.ask(lambda workspace: workspace.payroll.person(month, agent), then)

    def _open_person(self) -> None:
        agent = self.figures.chosen_agent()
        if agent is not None:
            self.desk.go("people", agent=agent)

    def _go_to_roster(self) -> None:
        if self.view is not None:
            week = week_of(self.view.first)
            self.desk.show_week(week)
            self.desk.go("roster", week=week)

    # --- places and states -----------------------------------------------------------------------

    def focus_on(self, **where: Any) -> None:
        """Show a month (``month``), or a person's days in it (``agent``)."""
        month, agent = where.get("month"), where.get("agent")
        if isinstance(month, date):
            self.show_month(month)
        if isinstance(agent, str):
            self.show_page("figures")
            if isinstance(month, date) or not self.figures.table.choose(agent):
                self._wanted = agent

    def state(self) -> dict[str, Any]:
        """Keep the month, the page and the person chosen."""
        return {
            "month": self.month,
            "page": self.pages.current,
            "agent": self.figures.chosen_agent(),
            "search": self.search.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what the screen in the other language showed."""
        self.month = state.get("month")
        self.pages.choose(state.get("page", "figures"))
        self.search.setText(state.get("search", ""))
        self._wanted = state.get("agent") or ""
