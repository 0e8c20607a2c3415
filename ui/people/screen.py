"""The people screen: a table of everybody, and a panel with everything about the one chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.people.bulk_bar import BulkBar
from ui.people.columns import EDITED, people_columns
from ui.people.edits import Edits
from ui.people.filters import FilterRow
from ui.people.nobody import Nobody
from ui.people.person_panel import PersonPanel
from ui.people.profile import NewPerson
from ui.people.removal_card import RemovalCard
from ui.people.terms_panel import TermsPanel
from ui.screen import ActionButton, Screen
from ui.widgets.cards import Card
from ui.widgets.drawer import Drawer
from ui.widgets.table import Table
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.people import Agent
from wfm.services.people import BulkEdit, Removal
from wfm.services.people_view import PeopleView, Person, PersonDays

PANEL_WIDTH = 440


class PeopleScreen(Screen):
    """Shows the people of the centre with the figures of the week shown."""

    key = "people"
    uses_week = True
    reads = frozenset(
        {
            "site", "agent", "contract", "team", "skill", "shift_kind", "availability", "leave",
            "wish", "balance", "agent_week", "queue",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view: PeopleView | None = None
        self._late: PeopleView | None = None
        self._asked = 0
        self._wanted: dict[str, Any] = {}
        self._new: NewPerson | None = None
        render = desk.render
        self.edits = Edits(desk)
        self.filters = FilterRow(render)
        self.bulk = BulkBar(render)
        self.removal = RemovalCard(render)
        self.table = Table(
            people_columns(self._shown_view, render, desk.language),
            key=lambda person: person.agent.key,
            name=render(message("People", context="screen")),
            theme=desk.theme,
            sticky=1,
            hint=render(message("Nobody is found. Show everybody, or look for another name.")),
        )
        self.person = PersonPanel(desk, self.edits)
        self.terms = TermsPanel(render, self.edits, desk.fail)
        self._panels = QStackedWidget()
        self._panels.addWidget(self.person)
        self._panels.addWidget(self.terms)
        self.drawer = Drawer(
            render, desk.preferences, "people", message("Person"), self._panels,
            width=PANEL_WIDTH, open_first=True,
        )  # fmt: skip
        self.drawer.give_way()
        self.nobody = Nobody(render)
        self.importing: QWidget | None = None
        self._pages = QStackedWidget()
        self._furnish()
        self._connect()

    def _furnish(self) -> None:
        desk = self.desk
        self.import_button = ActionButton(desk.action("people.import"))
        self.head.add_right(ActionButton(desk.action("people.terms")))
        self.head.add_right(self.import_button)
        self.add_button = ActionButton(desk.action("people.add"), role="primary")
        self.head.set_primary(self.add_button)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(card, 1)
        row.addWidget(self.drawer)
        normal = QWidget()
        column = QVBoxLayout(normal)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.filters, self.removal, self.bulk):
            column.addWidget(widget)
        column.addLayout(row, 1)
        self._pages.addWidget(normal)
        self._pages.addWidget(self.nobody)
        self.body.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _person: self._open_person())
        self.table.edited.connect(self._cell_edited)
        self.table.editing_ended.connect(self._show_late, Qt.ConnectionType.QueuedConnection)
        self.edits.refused.connect(self.refresh)
        self.bulk.wanted.connect(self._bulk_edit)
        self.bulk.removal_wanted.connect(self._ask_removal)
        self.bulk.dropped.connect(self.table.clearSelection)
        self.bulk.leave.leave_wanted.connect(self._bulk_leave)
        self.removal.agreed.connect(self._remove)
        self.removal.dropped.connect(self.table.setFocus)
        self.person.remove_wanted.connect(self._ask_removal)
        self.person.days_wanted.connect(self._ask_days)
        self.drawer.closed.connect(self._drawer_shut)
        self.nobody.add.clicked.connect(self._begin_new)
        self.nobody.bring.clicked.connect(self._show_import)

    def connect_actions(self) -> None:
        """Connect the screen's own actions."""
        act: dict[str, Callable[[], None]] = {
            "people.add": self._begin_new,
            "people.import": self._show_import,
            "people.search": self.filters.focus_search,
            "people.everybody": self.filters.clear,
            "people.terms": self._toggle_terms,
            "people.leave": self._begin_leave,
            "people.remove": self._ask_removal,
            "people.panel": self._toggle_panel,
        }
        for key, work in act.items():
            self.desk.action(key).triggered.connect(lambda _on=False, work=work: work())

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everybody again."""
        self._asked += 1
        number, horizon = self._asked, self.desk.horizon

        def then(view: PeopleView) -> None:
            if number == self._asked:
                self._show(view)

        self.desk.ask(lambda workspace: workspace.people.view(horizon), then)

    def _show_late(self) -> None:
        view, self._late = self._late, None
        if view is not None:
            self._show(view)

    def _show(self, view: PeopleView) -> None:
        if self.table.editing:
            self._late = view  # showing it now would lose what is typed in a cell
            return
        self.view = view
        self.edits.take(view)
        self.filters.offer(view)
        self.bulk.offer(view)
        self.terms.show_view(view)
        self.table.set_rows(view.people)
        self._take_wanted()
        self._narrow()
        self._chosen()
        if self._pages.currentWidget() is not self.importing:
            self._show_page()

    def _shown_view(self) -> PeopleView:
        if self.view is None:
            raise LookupError("no people are shown yet")
        return self.view

    def _show_page(self) -> None:
        empty = self.view is not None and not self.view.people and self._new is None
        self._pages.setCurrentIndex(1 if empty else 0)
        self.add_button.setVisible(not empty)
        self.import_button.setVisible(not empty)

    def _narrow(self) -> None:
        if self.view is None:
            return
        self.table.set_search(self.filters.search.text())
        self.table.set_filter(self.filters.keeps(self.view))
        day = self.view.horizon.start
        here = sum(item.agent.left is None or item.agent.left > day for item in self.view.people)
        everybody = len(self.view.people) if self.filters.gone.isChecked() else here
        self.filters.show_count(len(self.table.shown), everybody)

    # --- choosing --------------------------------------------------------------------------------

    @property
    def chosen_keys(self) -> list[str]:
        """Keys of the people chosen in the table."""
        return [person.agent.key for person in self.table.selected]

    def _chosen(self) -> None:
        people = self.table.selected
        self.bulk.show_count(len(people))
        if len(people) == 1 and self.view is not None:
            self.person.show_person(self.view, people[0].agent.key)
        else:
            self.person.show_nobody(len(people))
        self._show_title()
        self._place_drawer()
        count = len(people)
        chosen = message("{count} person chosen", plural="{count} people chosen", count=count)
        self.desk.set_status(chosen if count else None)

    def _show_title(self) -> None:
        shown = self._panels.currentWidget()
        if shown is self.terms:
            self.drawer.set_title(message("Contracts, skills and teams"))
        elif shown is self._new and shown is not None:
            self.drawer.set_title(message("New person"))
        elif self.person.key and len(self.table.selected) == 1:
            agent = self.table.selected[0].agent
            name = message("{name}", name=f"{agent.name}  {agent.number}".strip())
            self.drawer.set_title(name)
        else:
            self.drawer.set_title(message("Person"))

    def _ask_days(self, key: str) -> None:
        def then(days: PersonDays) -> None:
            self.person.show_days(days)

        self.desk.ask(lambda workspace: workspace.people.days(key), then)

    def focus_on(self, **where: Any) -> None:
        """Show a person (``agent``), a tab of the panel (``tab``), or the import."""
        if where.get("importing"):
            self._show_import()
            return
        self._wanted = {key: where[key] for key in ("agent", "tab", "terms") if key in where}
        if self.view is not None:
            self._take_wanted()

    def _take_wanted(self) -> None:
        """Show what was asked for before the people were there."""
        wanted, self._wanted = self._wanted, {}
        if "filters" in wanted:
            self.filters.restore(wanted["filters"])
        if "agent" in wanted:
            self._leave_import()
            if not self.table.choose(wanted["agent"]):
                self.filters.clear()
                self._narrow()
                self.table.choose(wanted["agent"])
            self._show_panel(self.person)
        if "chosen" in wanted:
            self.table.select_keys(wanted["chosen"])
        if "tab" in wanted:
            self.person.show_tab(wanted["tab"])
        if wanted.get("terms"):
            self._show_panel(self.terms)

    # --- the panel -------------------------------------------------------------------------------

    def _show_panel(self, panel: QWidget) -> None:
        self._panels.setCurrentWidget(panel)
        self._show_title()
        if self._is_panel_empty:
            self.drawer.give_way()
        else:
            self.drawer.open()

    @property
    def _is_panel_empty(self) -> bool:
        return self._panels.currentWidget() is self.person and not self.table.selected

    def _place_drawer(self) -> None:
        """Show the panel beside the table only while it has something to show."""
        if self._is_panel_empty:
            self.drawer.give_way()
        else:
            self.drawer.come_back()

    def _toggle_panel(self) -> None:
        if self.drawer.is_open and self._panels.currentWidget() is self.person:
            self.drawer.shut()
        elif not self.table.selected:
            self.desk.say(message("Choose a person in the table first."))
        else:
            self._show_panel(self.person)
            self.person.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle_terms(self) -> None:
        if self.drawer.is_open and self._panels.currentWidget() is self.terms:
            self._show_panel(self.person)
        else:
            self._show_panel(self.terms)
            self.terms.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_person(self) -> None:
        self._show_panel(self.person)
        self.person.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drawer_shut(self) -> None:
        self.person.commit()
        self._end_new()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Write what was typed before another screen is looked at."""
        self.person.commit()
        super().hideEvent(event)

    def unsaved(self) -> Message | None:
        """Return what would be lost if the centre was closed now."""
        if self._new is not None and self._new.form.differs:
            return message("A new person is typed but not added.")
        if self.terms.unsaved:
            return message("A contract was changed but not saved.")
        if self.person.unsaved:
            return message("Changes of a person are not saved yet.")
        return None

    # --- new people ------------------------------------------------------------------------------

    def _begin_new(self) -> None:
        if self.view is None:
            return
        self._leave_import()
        self._end_new()
        made = NewPerson(self.desk.render, self.view)
        made.wanted.connect(self._add)
        made.dropped.connect(self._end_new)
        self.desk.dress(made)
        self._new = made
        self._panels.addWidget(made)
        self._show_page()
        self._show_panel(made)
        made.form.editor("name").setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_new(self) -> None:
        if self._new is not None:
            made, self._new = self._new, None
            self._panels.setCurrentWidget(self.person)
            self._panels.removeWidget(made)
            made.deleteLater()
            self._show_title()
            self._place_drawer()
            self._show_page()

    def _add(self, agent: Agent) -> None:
        made = self._new

        def then(outcome: Outcome) -> None:
            self._wanted = {"agent": next(key for _, key in outcome.touched)}
            self._end_new()

        def failed(error: BaseException) -> None:
            if isinstance(error, WfmError) and made is self._new and made is not None:
                made.show_refusal(error)
            else:
                self.desk.fail(error)

        self.edits.do(lambda workspace: workspace.people.add(agent), then=then, failed=failed)

    # --- changing --------------------------------------------------------------------------------

    def _cell_edited(self, person: Person, column: str, value: Any) -> None:
        agent = self.edits.agent(person.agent.key)
        if agent is not None and column in EDITED:
            self.edits.put_agent(replace(agent, **{column: value}))

    def _bulk_edit(self, edit: BulkEdit) -> None:
        self.edits.put_many(self.chosen_keys, edit)

    def _bulk_leave(self, kind: str, first: Any, last: Any, note: str, clear: bool) -> None:
        def then(_outcome: Outcome) -> None:
            self.bulk.leave.done()
            self.bulk.fold()

        def failed(error: BaseException) -> None:
            if not self.bulk.leave.refuse(error):
                self.desk.fail(error)

        self.edits.add_leave(
            self.chosen_keys, (first, last), kind, note, clear_duties=clear, then=then,
            failed=failed,
        )  # fmt: skip

    def _begin_leave(self) -> None:
        if len(self.table.selected) > 1:
            self.bulk.open_leave()
        elif self.table.selected:
            self.person.show_tab("days")
            self._show_panel(self.person)
            self.person.days.form.first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.desk.say(message("Choose the people in the table first."))

    def _ask_removal(self) -> None:
        keys = self.chosen_keys
        if not keys:
            self.desk.say(message("Choose the people in the table first."))
            return

        def then(plan: Removal) -> None:
            self.removal.ask(plan)

        self.desk.ask(lambda workspace: workspace.people.removal(keys), then)

    def _remove(self, keys: list[str], day: Any) -> None:
        self.edits.do(lambda workspace: workspace.people.remove(keys, day))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- importing -------------------------------------------------------------------------------

    def _show_import(self) -> None:
        if self.importing is None:
            from ui.forecast.import_panel import ImportPanel

            panel = ImportPanel(self.desk, kind="people")
            panel.closed.connect(self._leave_import)
            self.desk.dress(panel)
            self.importing = panel
            self._pages.addWidget(panel)
        self._pages.setCurrentWidget(self.importing)
        self.add_button.hide()
        self.import_button.hide()

    def _leave_import(self) -> None:
        if self.importing is not None and self._pages.currentWidget() is self.importing:
            self._show_page()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keeping ---------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return filters, order, choice and tab."""
        shown: dict[str, Any] = {
            "filters": self.filters.state(),
            "table": self.table.arrangement(),
            "chosen": self.chosen_keys,
            "tab": self.person.tab,
            "terms": self._panels.currentWidget() is self.terms,
        }
        if self.importing is not None and self._pages.currentWidget() is self.importing:
            shown["import"] = self.importing.state()  # type: ignore[attr-defined]
        return shown

    def restore(self, state: dict[str, Any]) -> None:
        """Bring back filters, order, choice and tab."""
        self.table.arrange(dict(state.get("table", {})))
        self._wanted = {
            key: state[key] for key in ("filters", "chosen", "tab", "terms") if key in state
        }
        if "import" in state:
            self._show_import()
            if self.importing is not None:
                self.importing.restore(state["import"])  # type: ignore[attr-defined]
