"""The screen “forecast”: queues, curve and grid of a week's contacts and handling times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.forecast.method_card import MethodCard
from ui.forecast.picture import Speech
from ui.forecast.rows import forecast_rows, notes_text, selection_words
from ui.forecast.sheet import ForecastSheet
from ui.forecast.tools import DAY, WEEK, ForecastTools
from ui.forecast.writing import ForecastWriting
from ui.screen import ActionButton, Screen
from ui.translate import format_list
from ui.widgets.cards import Card, ElidedLabel, Notice
from ui.widgets.queue_list import QueueList
from ui.widgets.states import EmptyState
from wfm.forecasting import Accuracy
from wfm.forecasting.editing import AHT, VOLUME
from wfm.messages import message
from wfm.services.forecast_state import ForecastWeek

if TYPE_CHECKING:
    from ui.forecast.import_panel import ImportPanel

JUDGED_BY = frozenset({"history_day", "special_day", "queue", "site"})
"""Kinds whose change asks anew how good methods are and whether forecasts are up to date."""
LIST_WIDTH = 268


class ForecastScreen(Screen):
    """Shows and changes a week's forecasts; numbers appear at once and are stored behind them."""

    key = "forecast"
    reads = frozenset({"forecast", "history_day", "special_day", "queue", "site"})
    uses_week = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.work = ForecastWriting(desk)
        self._accuracies: dict[str, tuple[Accuracy, ...]] = {}
        self._outdated: frozenset[str] = frozenset()
        self._judged: object = None
        self._missed = False
        self._focus: dict[str, Any] = {}
        self._panel: ImportPanel | None = None
        self._speech = Speech(desk.language, desk.render)
        self._make_parts()
        self._arrange()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        render = self.desk.render
        self.import_button = ActionButton(self.desk.action("forecast.import"))
        self.head.add_right(self.import_button)
        self.make_button = ActionButton(self.desk.action("forecast.make"), role="primary")
        self.head.set_primary(self.make_button)
        self.banner = Notice(render(message("Close the message")))
        self.queues = QueueList(render(message("Queues")))
        self.methods = MethodCard(render, self.desk.language)
        self.tools = ForecastTools(render, self.desk.language)
        self.sheet = ForecastSheet(self._speech)
        self.notes = ElidedLabel("caption")
        self.notes.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.missing = EmptyState(
            render,
            message("This week has no forecast yet."),
            message("Forecast this week"),
        )
        self.nothing = EmptyState(
            render,
            message(
                "There is no contact history yet. Import intervals from your phone system, or enter"
                " the expected contacts by hand."
            ),
            message("Import contact history…"),
        )
        self.by_hand = [self._by_hand_below(self.missing), self._by_hand_below(self.nothing)]

    def _by_hand_below(self, empty: EmptyState) -> QPushButton:
        """Offer a second way out of an empty state, below its button."""
        button = QPushButton(self.desk.render(message("Enter the numbers by hand")))
        button.setProperty("role", "link")
        button.clicked.connect(self.work.start_by_hand)
        layout = empty.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def _arrange(self) -> None:
        queues = Card()
        inner = QVBoxLayout(queues)
        inner.setContentsMargins(1, 6, 1, 6)
        inner.addWidget(self.queues)
        left = QWidget()
        left.setFixedWidth(LIST_WIDTH)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(queues, 1)
        beside.addWidget(self.methods)
        self.queues.setStyleSheet("QListView { border: none; border-radius: 0; }")
        numbers = QWidget()
        column = QVBoxLayout(numbers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tools)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.notes)
        self.centre = QStackedWidget()
        self.centre.addWidget(numbers)
        self.centre.addWidget(self.missing)
        self.numbers = numbers
        self.main = QWidget()
        row = QHBoxLayout(self.main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self.centre, 1)
        split = self.desk.preferences.get("forecast.split", [])
        if split:
            self.sheet.splitter.setSizes(split)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.main)
        self.pages.addWidget(self.nothing)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.pages, 1)
        self.setFocusProxy(self.sheet)

    def _connect(self) -> None:
        desk, sheet, tools, work = self.desk, self.sheet, self.tools, self.work
        desk.changed.connect(self._judge_anew)
        self.queues.chosen.connect(self.show_queue)
        sheet.entered.connect(work.enter)
        sheet.cleared.connect(work.clear)
        sheet.total_entered.connect(work.enter_total)
        sheet.chosen.connect(self._show_selection)
        sheet.let_go.connect(self._read_missed)
        tools.measure_chosen.connect(self.show_measure)
        tools.span_chosen.connect(self.show_span)
        self.methods.chosen.connect(work.use_method)
        tools.percent_given.connect(lambda percent: work.change_by(percent, self._several()))
        tools.reset_wanted.connect(lambda: work.put_back(self._several()))
        for part in (sheet, tools):
            part.told.connect(desk.say)
        sheet.splitter.splitterMoved.connect(
            lambda *_: desk.preferences.set("forecast.split", sheet.splitter.sizes())
        )
        work.shown.connect(self._show)
        work.refused.connect(self._show_entry)
        work.lost.connect(self.refresh)
        self.missing.button.clicked.connect(desk.action("forecast.make").trigger)
        self.nothing.button.clicked.connect(desk.action("forecast.import").trigger)

    def connect_actions(self) -> None:
        """Connect the screen's own actions."""
        action = self.desk.action
        action("forecast.make").triggered.connect(self.work.make)
        action("forecast.import").triggered.connect(self.open_import)
        action("forecast.volume").triggered.connect(lambda: self.show_measure(VOLUME))
        action("forecast.aht").triggered.connect(lambda: self.show_measure(AHT))
        action("forecast.day").triggered.connect(lambda: self.show_span(DAY))
        action("forecast.week").triggered.connect(lambda: self.show_span(WEEK))
        action("forecast.percent").triggered.connect(self.tools.percent.setFocus)
        action("forecast.reset").triggered.connect(lambda: self.work.put_back(self._several()))

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the week; what costs more is asked when it may have changed."""
        horizon = self.desk.horizon
        self.desk.ask(lambda workspace: workspace.demand.forecast_state(horizon), self._show_week)

    def _show_week(self, week: ForecastWeek) -> None:
        if week.horizon != self.desk.horizon or self.work.busy:
            return  # older than what is shown; the write under way makes the screen read again
        if self.sheet.curve.busy:
            self._missed = True
            return
        self.work.week = week
        self._show()
        self._ask_judgement(week)
        if self._focus:
            where, self._focus = self._focus, {}
            self.focus_on(**where)

    def _read_missed(self) -> None:
        """Read what could not be shown while a point was pulled."""
        if self._missed:
            self._missed = False
            self.refresh()

    def _judge_anew(self, kinds: frozenset[str]) -> None:
        if kinds & JUDGED_BY:
            self._judged = None

    def _ask_judgement(self, week: ForecastWeek) -> None:
        """Ask how good the methods are and what is outdated, unless nothing can have changed."""
        made = tuple((item.queue.key, item.made_mark) for item in week.queues)
        if self._judged == (week.horizon, made):
            return
        self._judged, horizon = (week.horizon, made), week.horizon
        self.desk.ask(
            lambda workspace: (
                workspace.demand.outdated_forecasts(horizon),
                workspace.demand.accuracies(horizon),
            ),
            self._show_judgement,
        )

    def _show_judgement(
        self, answer: tuple[frozenset[str], dict[str, tuple[Accuracy, ...]]]
    ) -> None:
        self._outdated, self._accuracies = answer
        self._show_banner()
        self._show_rows()
        self._show_methods()

    # --- showing ---------------------------------------------------------------------------------

    @property
    def importing(self) -> bool:
        """Whether the panel that imports history is shown."""
        return self._panel is not None and self.pages.currentWidget() is self._panel

    def _show(self) -> None:
        week = self.work.week
        if week is None:
            return
        keys = [item.queue.key for item in week.queues]
        if self.work.queue not in keys:
            self.work.queue = keys[0] if keys else ""
        self._show_rows()
        empty = not week.has_history and not week.has_forecast
        self.by_hand[1].setVisible(bool(week.queues))
        if not self.importing:
            self.pages.setCurrentWidget(self.nothing if empty else self.main)
        self._enable()
        self._show_entry()
        self._show_banner()

    def _show_entry(self) -> None:
        entry = self.work.entry
        there = entry is not None and entry.forecast is not None
        self.centre.setCurrentWidget(self.numbers if there else self.missing)
        if entry is None or entry.forecast is None or self.work.week is None:
            self.desk.set_status(None)
            self.methods.hide()
            self._say_missing(has_history=entry is None or entry.has_history)
            return
        self.sheet.show_entry(entry, self.work.week.holidays)
        self.notes.show_whole(notes_text(entry, self.desk.render, self.desk.language))
        self._show_methods()
        self._show_selection()

    def _say_missing(self, *, has_history: bool) -> None:
        """Say why the queue has no forecast, and what to do about it."""
        self.missing.sentence.setText(
            self.desk.render(
                message("This week has no forecast yet.")
                if has_history
                else message("This queue has no contact history to forecast from.")
            )
        )
        self.missing.button.setVisible(has_history)
        self.by_hand[0].setVisible(not has_history)

    def _show_rows(self) -> None:
        if self.work.week is not None:
            rows = forecast_rows(
                self.work.week,
                self._accuracies,
                self._outdated,
                self.desk.render,
                self.desk.language,
            )
            self.queues.show_rows(rows, self.work.queue)

    def _show_methods(self) -> None:
        entry = self.work.entry
        if entry is not None and entry.forecast is not None:
            known = self._accuracies.get(self.work.queue, ())
            self.methods.show_methods(entry.forecast.method, known)
            self.methods.show()

    def _show_selection(self) -> None:
        entry = self.work.entry
        if entry is None or entry.forecast is None:
            return
        slots = self.sheet.selected()
        self.tools.show_scope(len(self._several()))
        self.tools.show_own(some=bool(entry.own(self.sheet.measure).any()))
        self.desk.set_status(selection_words(entry, slots, self.desk.language))

    def _several(self) -> list[int]:
        """Return the selected intervals where more than one is: a single one is just a cursor."""
        slots = self.sheet.selected()
        return slots if len(slots) > 1 else []

    def _show_banner(self) -> None:
        names = [
            item.queue.name or item.queue.key
            for item in (self.work.week.queues if self.work.week is not None else ())
            if item.queue.key in self._outdated
        ]
        if not names:
            self.banner.hide()
            return
        render = self.desk.render
        text = message(
            "History, opening hours or special days changed after this forecast: {queues}.",
            queues=format_list(names, self.desk.language),
        )
        update = (render(message("Update")), self.desk.action("forecast.make").trigger)
        self.banner.show_text(render(text), "warn", update)

    def _enable(self) -> None:
        week = self.work.week
        shown = not self.importing
        possible = week is not None and week.has_history
        self.desk.action("forecast.make").setEnabled(shown and possible)
        self.make_button.setVisible(shown)
        self.import_button.setVisible(shown)
        for key in ("volume", "aht", "day", "week", "percent", "reset"):
            there = self.work.forecast is not None
            self.desk.action(f"forecast.{key}").setEnabled(shown and there)

    def show_queue(self, key: str) -> None:
        """Show another queue."""
        self.work.queue = key
        self._show_entry()
        self._enable()

    def show_measure(self, measure: str) -> None:
        """Show contacts or handling times."""
        self.work.measure = measure
        self.tools.measure.choose(measure)
        self.sheet.show_measure(measure)
        self._show_selection()

    def show_span(self, span: str) -> None:
        """Draw the whole week, or the day of the current cell."""
        self.tools.span.choose(span)
        self.sheet.show_day(self.sheet.current_day() if span == DAY else None)

    # --- going somewhere -------------------------------------------------------------------------

    def focus_on(self, **where: Any) -> None:
        """Show a ``queue``, a ``slot`` of the week, or the import panel (``importing=True``)."""
        if where.get("importing"):
            self.open_import()
            return
        if self.work.week is None or self.work.busy:
            self._focus = where
            return
        queue = str(where.get("queue", ""))
        if queue:
            self.queues.choose(queue)
        slot = where.get("slot")
        if isinstance(slot, int):
            self.sheet.select([slot])
            self.sheet.setFocus()

    def open_import(self) -> None:
        """Show the panel that imports contact history."""
        from ui.forecast.import_panel import ImportPanel

        if self._panel is None:
            self._panel = ImportPanel(self.desk, kind="acd")
            self._panel.closed.connect(self.close_import)
            self.pages.addWidget(self._panel)
            self.desk.dress(self._panel)
        self.pages.setCurrentWidget(self._panel)
        self.banner.hide()
        self._enable()

    def close_import(self) -> None:
        """Show the forecast again."""
        self.pages.setCurrentWidget(self.main)
        self._show()
        self._enable()
        self.sheet.setFocus()

    def state(self) -> dict[str, Any]:
        """Return what survives a change of the language."""
        kept: dict[str, Any] = {
            "queue": self.work.queue,
            "measure": self.sheet.measure,
            "span": self.tools.span.current,
        }
        if self._panel is not None:
            kept |= {"import": self._panel.state(), "importing": self.importing}
        return kept

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what the screen before showed."""
        self.work.queue = str(state.get("queue", ""))
        self.show_measure(str(state.get("measure", VOLUME)))
        self.show_span(str(state.get("span", WEEK)))
        if state.get("import") is not None:
            self.open_import()
            assert self._panel is not None
            self._panel.restore(state["import"])
            if not state.get("importing"):
                self.pages.setCurrentWidget(self.main)
