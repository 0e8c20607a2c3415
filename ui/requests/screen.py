"""The screen “requests”: choose a request at the left, decide on it beside, enter new ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from ui.desk import Desk
from ui.requests.decision import DecisionCard
from ui.requests.form import RequestForm
from ui.requests.request_list import RequestList
from ui.requests.words import days_of, title
from ui.screen import ActionButton, Screen
from ui.widgets.drawer import Drawer
from ui.widgets.states import EmptyState
from wfm.calendars import week_of
from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.request import Evidence, Request
from wfm.services.requests import Person, RequestCard, RequestRow
from wfm.workspace import Workspace

ROOMY = 1360
"""Width from which list, card and form stand beside each other."""
Read = tuple[tuple[RequestRow, ...], tuple[Person, ...]]


def scrolled(content: QWidget) -> QScrollArea:
    """Return an area in which a tall widget scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


class RequestsScreen(Screen):
    """Lists requests and decides them on the figures of now."""

    key = "requests"
    reads = frozenset(
        ("request", "agent_week", "agent", "leave", "requirement", "contract", "shift_kind",
         "site", "skill", "team", "availability", "wish", "balance")
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._awaited = ""
        self._begin: dict[str, Any] | None = None
        self.list = RequestList(desk.render, desk.language)
        self.decision = DecisionCard(desk)
        self.nothing = EmptyState(
            desk.render,
            message(
                "No request is waiting. When somebody asks to swap a shift or for leave, enter it"
                " here: it is checked against the rules, coverage and hours at once."
            ),
            message("New request…"),
        )
        self.nothing.button.clicked.connect(desk.action("requests.new").trigger)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.area = scrolled(self.decision)
        self.stack.addWidget(self.area)
        self.form = RequestForm(desk)
        self.drawer = Drawer(
            desk.render, desk.preferences, "requests.new", message("New request"),
            scrolled(self.form), width=376,
        )  # fmt: skip
        self.drawer.shut()
        self.head.add_right(ActionButton(desk.action("requests.new")))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        row.addWidget(self.drawer)
        self.body.addLayout(row, 1)
        self._connect()
        self._enable(None)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.drawer.closed.connect(self._make_room)
        self.form.looked.connect(self._look_at)
        self.form.wanted.connect(self._enter)
        self.decision.reason.given.connect(self._reason_given)
        self.decision.staffing_wanted.connect(self._to_staffing)
        self.decision.roster_wanted.connect(self._to_roster)

    def connect_actions(self) -> None:
        """Connect the actions of the screen."""
        for key, slot in (
            ("new", self._new), ("approve", self._approve), ("refuse", self._refuse),
            ("withdraw", self._withdraw), ("reopen", self._reopen),
        ):  # fmt: skip
            self.desk.action(f"requests.{key}").triggered.connect(slot)

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list again, then the request shown."""

        def read(workspace: Workspace) -> Read:
            return workspace.requests.rows(), workspace.requests.people()

        self.desk.ask(read, self._show_rows)

    def _show_rows(self, answer: Read) -> None:
        rows, people = answer
        self.form.set_people(people)
        count = sum(row.request.is_open for row in rows)
        self.desk.set_badge("requests", count)
        self.head.subtitle.setText(
            self.desk.render(message("{count} open", context="requests", count=count))
        )
        before = self.list.current
        self.list.set_rows(rows)
        wanted, self._wanted = self._wanted, ""
        if not (wanted and self.list.choose(wanted)) and not self.list.current:
            self.list.choose_first()
        if self.list.current == before or not self.list.current:
            self._choose(self.list.current)
        if self._begin is not None:
            self.form.begin(**self._begin)
            self._begin = None

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._awaited = key
        if not key:
            self.stack.setCurrentIndex(0)
            self._enable(None)
            return
        self.desk.ask(
            lambda workspace: workspace.requests.card(key), self._show_card, failed=self._no_card
        )

    def _show_card(self, card: RequestCard) -> None:
        if card.request.key != self._awaited:
            return
        before = self.decision.card
        other = before is None or (before.request.key, before.request.state) != (
            card.request.key,
            card.request.state,
        )
        focused = QApplication.focusWidget()
        if other and focused is not None and self.decision.isAncestorOf(focused):
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.decision.show_card(card)
        self.desk.dress(self.decision)
        self.stack.setCurrentIndex(1)
        if other:
            self.area.verticalScrollBar().setValue(0)
        self._enable(card)

    def _no_card(self, error: BaseException) -> None:
        self.stack.setCurrentIndex(0)
        self._enable(None)
        self.desk.fail(error)

    def _enable(self, card: RequestCard | None) -> None:
        is_open = card is not None and card.request.is_open
        can_do = is_open and card is not None and not card.faults and card.evidence is not None
        for key, on in (
            ("approve", can_do), ("refuse", is_open), ("withdraw", is_open),
            ("reopen", card is not None and not is_open),
        ):  # fmt: skip
            self.desk.action(f"requests.{key}").setEnabled(bool(on))

    # --- deciding --------------------------------------------------------------------------------

    @property
    def card(self) -> RequestCard | None:
        """The request shown."""
        return self.decision.card if self.stack.currentIndex() == 1 else None

    @Slot()
    def _approve(self) -> None:
        card = self.card
        if card is None or card.evidence is None:
            return
        if card.evidence.proposal == "refuse":
            self.decision.reason.ask(
                "approve",
                message("The rules would refuse this. Why is it approved all the same?"),
                message("Approve all the same"),
                danger=True,
            )
            return
        self._carry_out(card.request.key, card.evidence, "")

    @Slot()
    def _refuse(self) -> None:
        if self.card is not None:
            self.decision.reason.ask(
                "refuse",
                message("Why is it refused?"),
                message("Refuse", context="request"),
                danger=True,
            )

    @Slot(str, str)
    def _reason_given(self, what: str, reason: str) -> None:
        card = self.card
        if card is None:
            return
        key, found = card.request.key, card.evidence
        if what == "approve" and found is not None:
            self._carry_out(key, found, reason)
        elif what == "refuse":
            self._decide(
                lambda workspace: workspace.requests.refuse(key, reason, found),
                message("Refused: {what}", what=self._what(card)),
            )

    def _carry_out(self, key: str, found: Evidence, reason: str) -> None:
        card = self.card
        if card is None:
            return
        self._decide(
            lambda workspace: workspace.requests.approve(key, found, reason),
            message("Approved and entered in the roster: {what}", what=self._what(card)),
        )

    @Slot()
    def _withdraw(self) -> None:
        card = self.card
        if card is not None:
            self._decide(
                lambda workspace: workspace.requests.withdraw(card.request.key),
                message("Withdrawn: {what}", what=self._what(card)),
            )

    @Slot()
    def _reopen(self) -> None:
        card = self.card
        if card is not None:
            self._decide(
                lambda workspace: workspace.requests.reopen(card.request.key),
                message(
                    "Open again, with the roster as it was before: {what}", what=self._what(card)
                ),
            )

    def _decide(self, work: Callable[[Workspace], Outcome], done: Message) -> None:
        """Carry out one decision; a second click finds nothing to decide until it is shown."""
        self._enable(None)
        self.desk.do(work, self._decided, done=done, failed=self._not_decided)

    def _what(self, card: RequestCard) -> Message:
        request = card.request
        name, other = card.names[request.agent], card.names.get(request.other, "")
        days = days_of(request, self.desk.render, self.desk.language)
        return message("{what}, {days}", what=title(request, name, other), days=days)

    def _decided(self, _outcome: Outcome) -> None:
        self.decision.reason.dismiss()

    def _not_decided(self, error: BaseException) -> None:
        self.desk.fail(error)
        if isinstance(error, Conflict):
            self.refresh()
        else:
            self._enable(self.card)

    # --- entering --------------------------------------------------------------------------------

    @Slot()
    def _new(self) -> None:
        self._open_drawer()
        self.form.begin()

    def _open_drawer(self) -> None:
        self.drawer.open()
        self._make_room()

    def _make_room(self) -> None:
        """Hide the list while the form needs its room."""
        self.list.setVisible(not self.drawer.is_open or self.width() >= ROOMY)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show or hide the list beside the form."""
        super().resizeEvent(event)
        self._make_room()

    @Slot(object)
    def _look_at(self, draft: Request) -> None:
        self.desk.ask(
            lambda workspace: workspace.requests.draft_card(draft),
            self.form.show_card,
            failed=self._not_looked,
        )

    def _not_looked(self, error: BaseException) -> None:
        if isinstance(error, WfmError):
            self.form.show_problem(self.desk.render(error.message))
        else:
            self.desk.fail(error)

    @Slot(object)
    def _enter(self, draft: Request) -> None:
        self.form.save.setEnabled(False)
        self.desk.do(
            lambda workspace: workspace.requests.enter(draft),
            self._entered,
            done=message("The request is entered. Decide on it now or later."),
        )

    def _entered(self, outcome: Outcome) -> None:
        if outcome.operation is not None:
            self._wanted = outcome.operation.changes[0].key
        self.form.clear()
        self.drawer.shut()

    # --- going -----------------------------------------------------------------------------------

    def _to_roster(self, agent: str, day: date) -> None:
        self.desk.show_week(week_of(day))
        self.desk.go("roster", agent=agent, day=day)

    def _to_staffing(self, day: date) -> None:
        self.desk.show_week(week_of(day))
        self.desk.go("staffing")

    def focus_on(self, **where: Any) -> None:
        """Show a request (``request``), or begin one (``new``: its kind; agent, other, day)."""
        key, new = str(where.get("request", "")), where.get("new")
        if key and not self.list.choose(key):
            self._wanted = key
        if new is not None:
            begin: dict[str, Any] = {"kind": str(new)}
            begin |= {name: where[name] for name in where if name in ("agent", "other", "day")}
            self._begin = begin
            self._open_drawer()
            self.form.begin(**begin)

    def state(self) -> dict[str, Any]:
        """Return what was chosen and filtered for."""
        return {
            "request": self.list.current,
            "states": self.list.states,
            "search": self.list.search.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Choose and filter as before."""
        self._wanted = str(state.get("request", ""))
        self.list.set_states(list(state.get("states", ())))
        self.list.search.setText(str(state.get("search", "")))

    def unsaved(self) -> Message | None:
        """Return that a request is being written."""
        if self.drawer.is_open and self.form.is_touched:
            return message("A request that is being written has not been entered.")
        return None
