"""The section about the opening hours of each queue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ui.desk import Desk
from ui.settings.hours import WeekHours
from ui.settings.section import MEND, Section
from ui.widgets.cards import styled_label
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.page_stack import PageStack
from wfm.calendars.day_windows import Windows
from wfm.errors import Problem
from wfm.messages import Message, message
from wfm.services.settings import DAY_NAMES, SettingsView

NO_QUEUE = message("There is no queue yet; import contact history first.")


class OpeningSection(Section):
    """Hours by weekday and on public holidays, one queue at a time; each keeps its edits."""

    key = "opening"
    title = message("Opening hours")
    about = message(
        "When each queue takes contacts. Past midnight the clock goes on: 25:00 is 1:00 of the"
        " next day."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.queue = ChoiceBox()
        self.queue.setMinimumWidth(260)
        self.queue.setAccessibleName(desk.render(message("Queue")))
        self.queue.activated.connect(lambda _row: self._show_queue())
        self.weeks: dict[str, WeekHours] = {}
        self._names: dict[str, str] = {}
        self._stack = PageStack()
        self._empty = styled_label(desk.render(NO_QUEUE), "subtitle")
        self._empty.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(styled_label(desk.render(message("Queue"))))
        row.addWidget(self.queue)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self._stack)
        self.column.addWidget(self._empty)

    def fill(self, view: SettingsView) -> None:
        """Show the stored hours of every queue."""
        self._fill(view, keep_edits=False)

    def show_view(self, view: SettingsView) -> None:
        """Show the stored hours; a queue whose hours are being edited keeps what is typed."""
        if self.view is not None and not self._fresh:
            self.view = view
            self._fill(view, keep_edits=True)
            self.show_bar()
            return
        super().show_view(view)

    def _fill(self, view: SettingsView, *, keep_edits: bool) -> None:
        chosen = self.current
        known = {queue.key for queue in view.queues}
        for key in [key for key in self.weeks if key not in known]:
            week = self.weeks.pop(key)
            self._stack.drop(week)
        for queue in view.queues:
            if queue.key not in self.weeks:
                week = WeekHours(self.desk)
                week.edited.connect(self.show_bar)
                self.desk.dress(week)
                self._stack.add(week)
                self.weeks[queue.key] = week
                week.show_hours(queue.opening)
            elif not (keep_edits and self.weeks[queue.key].differs):
                self.weeks[queue.key].show_hours(queue.opening)
        self._names = {queue.key: queue.name or queue.key for queue in view.queues}
        self.queue.clear()
        for key, name in self._names.items():
            self.queue.addItem(name, key)
        self.choose(chosen if chosen in known else next(iter(self._names), ""))
        for part, there in ((self._stack, bool(known)), (self._empty, not known)):
            part.setVisible(there)
        self.queue.setEnabled(bool(known))

    @property
    def current(self) -> str:
        """Key of the queue shown."""
        return str(self.queue.currentData() or "")

    def choose(self, queue: str) -> None:
        """Show a queue's hours."""
        place = self.queue.findData(queue)
        if place >= 0:
            self.queue.setCurrentIndex(place)
        self._show_queue()

    def _show_queue(self) -> None:
        if self.current in self.weeks:
            self._stack.choose(self.weeks[self.current])
        self.show_bar()

    def show_bar(self) -> None:
        """Mark the queues with hours that are not saved, and show the bar."""
        for place in range(self.queue.count()):
            key = str(self.queue.itemData(place))
            mark = " •" if key in self.weeks and self.weeks[key].differs else ""
            self.queue.setItemText(place, f"{self._names[key]}{mark}")
        super().show_bar()

    @property
    def differs(self) -> bool:
        """Whether the hours of any queue differ."""
        return any(week.differs for week in self.weeks.values())

    def save(self) -> None:
        """Store the hours of every queue where they differ."""
        self.show_error("")
        for key, week in self.weeks.items():
            if not week.differs:
                continue
            hours = week.value()
            if hours is None:
                self.choose(key)
                self.show_error(self.text_of(MEND))
                return
            self._store(key, week, hours)

    def _store(self, queue: str, week: WeekHours, hours: dict[int, Windows]) -> None:
        """Store one queue's hours; what is typed for others stays."""
        seen = week.seen

        def stored() -> None:
            week.seen = hours
            self.show_bar()

        self.perform(
            lambda workspace: workspace.settings.change_opening(queue, hours, seen=seen), stored
        )

    def show_problem(self, problem: Problem) -> bool:
        """Show what is wrong below its day."""
        week = self.weeks.get(self.current)
        if week is None or not problem.column.isdecimal():
            return False
        week.days[int(problem.column)].show_error(problem.reason)
        return True

    def draft(self) -> Any:
        """Return what is typed, and for which queue."""
        typed = {key: week.raw() for key, week in self.weeks.items() if week.differs}
        return {"queue": self.current, "typed": typed}

    def take_draft(self, draft: Any) -> None:
        """Show what was typed."""
        for key, raw in draft["typed"].items():
            if key in self.weeks:
                self.weeks[key].take_raw(raw)
        self.choose(draft["queue"])

    def texts(self) -> Iterable[Message | str]:
        """Return the names of days and queues."""
        return (*DAY_NAMES, *self._names.values())
