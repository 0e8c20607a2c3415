"""The screen “staffing”: goals of queues, and the agents they ask for."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.forecast.picture import Speech
from ui.screen import ActionButton, Screen
from ui.staffing.goals import GoalsCard
from ui.staffing.picture import ALL, figure_words, place_words, shares, staffing_rows
from ui.staffing.pictures import HEAT, TABLE, WITH, StaffingPictures
from ui.staffing.reason import ReasonPanel
from ui.translate import format_list
from ui.widgets.cards import Card, Notice
from ui.widgets.drawer import Drawer
from ui.widgets.queue_list import QueueList
from ui.widgets.states import EmptyState
from wfm.errors import ProblemsError
from wfm.messages import Message, message
from wfm.model.workload import Queue
from wfm.services.staffing_state import StaffingWeek
from wfm.staffing.goal_sheet import GoalSheet

LEFT_WIDTH = 330
_OUTDATED = message(
    "The number above is out of date; the steps below follow from today's forecast and goals."
)


class StaffingScreen(Screen):
    """Shows required staff by interval and lets goals be changed."""

    key = "staffing"
    reads = frozenset({"forecast", "requirement", "special_day", "queue", "site"})
    uses_week = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._speech = Speech(desk.language, desk.render)
        self._week: StaffingWeek | None = None
        self._queue = ALL
        self._focus: dict[str, Any] = {}
        self._make_parts()
        self._arrange()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        desk, render = self.desk, self.desk.render
        self.compute_button = ActionButton(desk.action("staffing.compute"), role="primary")
        self.head.add_right(ActionButton(desk.action("staffing.reason")))
        self.head.set_primary(self.compute_button)
        self.banner = Notice(render(message("Close the message")))
        self.queues = QueueList(render(message("Queues")))
        self.goals = GoalsCard(render, desk.language)
        self.pictures = StaffingPictures(self._speech)
        self.reason = ReasonPanel(render)
        self.drawer = Drawer(
            render, desk.preferences, "staffing", message("Reason for this number"), self.reason
        )
        self.no_forecast = EmptyState(
            render,
            message("This week has no forecast to staff for."),
            message("Go to the forecast"),
        )
        self.missing = EmptyState(
            render,
            message("The required staff of this week has not been computed yet."),
            message("Compute required staff"),
        )

    def _arrange(self) -> None:
        queues = Card()
        inner = QVBoxLayout(queues)
        inner.setContentsMargins(1, 6, 1, 6)
        inner.addWidget(self.queues)
        self.queues.setStyleSheet("QListView { border: none; border-radius: 0; }")
        left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(queues, 2)
        beside.addWidget(self.goals, 3)
        self.centre = QStackedWidget()
        for page in (self.pictures, self.missing, self.no_forecast):
            self.centre.addWidget(page)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self.centre, 1)
        row.addWidget(self.drawer)
        self.body.addWidget(self.banner)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.pictures)

    def _connect(self) -> None:
        desk = self.desk
        self.queues.chosen.connect(self.show_queue)
        self.goals.saved.connect(self._save_goals)
        self.pictures.chosen.connect(lambda _slot: self._explain())
        self.pictures.opened.connect(self.show_reason)
        self.reason.forecast_wanted.connect(self._go_to_forecast)
        self.missing.button.clicked.connect(desk.action("staffing.compute").trigger)
        self.no_forecast.button.clicked.connect(lambda: desk.go("forecast"))

    def connect_actions(self) -> None:
        """Connect the screen's own actions."""
        action, pictures = self.desk.action, self.pictures
        self._offer_reason()
        action("staffing.compute").triggered.connect(self._compute)
        action("staffing.reason").triggered.connect(self._toggle_reason)
        action("staffing.heat").triggered.connect(lambda: pictures.show_view(HEAT))
        action("staffing.table").triggered.connect(lambda: pictures.show_view(TABLE))
        action("staffing.shrinkage").triggered.connect(pictures.switch_shrinkage)
        action("staffing.goals").triggered.connect(self.goals.take_focus)

    # --- reading and showing ---------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the week."""
        horizon = self.desk.horizon
        self.desk.ask(lambda workspace: workspace.demand.staffing_state(horizon), self._show_week)

    def _show_week(self, week: StaffingWeek) -> None:
        if week.horizon != self.desk.horizon:
            return
        self._week = week
        rows = staffing_rows(week, self._speech)
        if self._queue not in {row.key for row in rows}:
            self._queue = rows[0].key if rows else ALL
        self.queues.show_rows(rows, self._queue)
        self._show_queue()
        self._show_banner()
        self.desk.action("staffing.compute").setEnabled(week.has_forecast)
        if self._focus:
            where, self._focus = self._focus, {}
            self.focus_on(**where)

    def show_queue(self, key: str) -> None:
        """Show another queue, or all."""
        self._queue = key
        self._show_queue()

    def _show_queue(self) -> None:
        week = self._week
        if week is None:
            return
        item = week.of(self._queue)
        self.goals.setVisible(item is not None)
        self.desk.action("staffing.goals").setEnabled(item is not None)
        if item is not None:
            self.goals.show_queue(item.queue)
        forecast = week.has_forecast if item is None else item.forecast is not None
        page = self.missing if forecast else self.no_forecast
        self.centre.setCurrentWidget(self.pictures if self._computed else page)
        self._offer_reason()
        self.pictures.show_week(week, self._queue)
        self._explain()

    @property
    def _computed(self) -> bool:
        """Whether there is required staff of what is shown."""
        if self._week is None:
            return False
        item = self._week.of(self._queue)
        return self._week.has_requirement if item is None else item.requirement is not None

    def _show_banner(self) -> None:
        week = self._week
        if week is None or not week.has_requirement or not week.stale:
            self.banner.hide()
            return
        render = self.desk.render
        stale = (item.queue.name or item.queue.key for item in week.stale)
        names = format_list(stale, self.desk.language)
        text = message(
            "Forecast, goals or opening hours changed after the required staff was computed:"
            " {queues}.",
            queues=names,
        )
        update = (render(message("Update")), self.desk.action("staffing.compute").trigger)
        self.banner.show_text(render(text), "warn", update)

    # --- one number ------------------------------------------------------------------------------

    def _offer_reason(self) -> None:
        """Let a reason be asked for, and its drawer stand open, only where there are numbers."""
        self.desk.action("staffing.reason").setEnabled(self._computed)
        if self._computed:
            self.drawer.come_back()
        else:
            self.drawer.give_way()

    def show_reason(self) -> None:
        """Open the drawer that says how the chosen number came about."""
        if not self._computed:
            return
        if not self.drawer.is_open:
            self.drawer.open()
        self._explain()

    def _toggle_reason(self) -> None:
        self.drawer.toggle()
        self._explain()

    def _explain(self) -> None:
        """Ask how the chosen number came about, if anybody looks."""
        week, slot = self._week, self.pictures.slot
        if week is None or not self.drawer.is_open:
            return
        if slot is None or not self._computed:
            self.reason.clear()
            return
        if self._queue == ALL:
            self._show_sentences(slot, tuple(shares(week, slot, self._speech)))
            return
        horizon, queue, render = week.horizon, self._queue, self.desk.render
        item = week.of(queue)
        outdated = [render(_OUTDATED)] if item is not None and item.stale else []
        self.desk.ask(
            lambda workspace: workspace.demand.explain_number(horizon, queue, slot),
            lambda words: self._show_words(queue, slot, (*outdated, *map(render, words))),
        )

    def _show_words(self, queue: str, slot: int, sentences: tuple[str, ...]) -> None:
        if queue == self._queue and slot == self.pictures.slot:
            self._show_sentences(slot, sentences)

    def _show_sentences(self, slot: int, sentences: tuple[str, ...]) -> None:
        week = self._week
        if week is None:
            return
        place = place_words(week.horizon, slot, self._speech)
        rostered = float(week.agents(self._queue)[slot])
        agents = float(week.agents(self._queue, shrinkage=False)[slot])
        figure = figure_words(rostered, agents, self._speech)
        self.reason.show_reason(place, figure, sentences, one_queue=self._queue != ALL)

    def _go_to_forecast(self) -> None:
        self.desk.go("forecast", queue=self._queue, slot=self.pictures.slot)

    # --- changing --------------------------------------------------------------------------------

    def _compute(self) -> None:
        horizon = self.desk.horizon
        self.desk.do(
            lambda workspace: workspace.demand.make_requirement(horizon),
            done=message("The required staff is computed."),
        )

    def _save_goals(self, seen: Queue, sheet: GoalSheet) -> None:
        self.desk.do(
            lambda workspace: workspace.demand.set_goals(seen, sheet), failed=self._not_saved
        )

    def _not_saved(self, error: BaseException) -> None:
        if isinstance(error, ProblemsError):
            self.goals.show_problems(error.problems)
        else:
            self.desk.fail(error)
            self.refresh()

    # --- going somewhere -------------------------------------------------------------------------

    def focus_on(self, **where: Any) -> None:
        """Show a ``queue`` and a ``slot`` of the week."""
        if self._week is None or self._week.horizon != self.desk.horizon or self.stale:
            self._focus = where
            return
        if "queue" in where:
            self.queues.choose(str(where["queue"]))
        slot = where.get("slot")
        if isinstance(slot, int):
            self.pictures.go_to(slot)
            self.show_reason()

    def unsaved(self) -> Message | None:
        """Say that goals were typed and not saved."""
        if not self.goals.differs:
            return None
        return message("Goals were changed and not saved.")

    def state(self) -> dict[str, Any]:
        """Return what survives a change of the language."""
        return {
            "queue": self._queue,
            "slot": self.pictures.slot,
            "view": self.pictures.view.current,
            "shrinkage": self.pictures.shrinkage.current,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what the screen before showed."""
        self._queue = str(state.get("queue", ALL))
        self.pictures.slot = state.get("slot")
        self.pictures.restore(str(state.get("view", HEAT)), str(state.get("shrinkage", WITH)))
