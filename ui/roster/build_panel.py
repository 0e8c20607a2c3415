"""The panel of a build: time limit, start and stop, the course of the search, the gap in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.roster.build import LIMITS, SOLVING, RosterBuild
from ui.roster.course_plot import CoursePlot
from ui.roster.scope_fields import PeopleOf, ScopeFields
from ui.translate import Render, format_hours, format_number
from ui.widgets.cards import styled_label
from ui.widgets.choices import Choices
from wfm.analysis.draft import WeekDraft
from wfm.messages import Message, message

TICK_MS = 500
PLOT_HEIGHT = 180


def limit_words(seconds: int) -> Message:
    """Return a time limit as the choice names it."""
    if seconds < 60:
        return message("{seconds} s", seconds=seconds)
    return message("{minutes} min", minutes=seconds // 60)


class BuildPanel(QWidget):
    """Shows a :class:`~ui.roster.build.RosterBuild` and carries its buttons."""

    start_wanted = Signal()

    def __init__(
        self, build: RosterBuild, language: str, render: Render, people_of: PeopleOf
    ) -> None:
        super().__init__()
        self._build, self._language, self._render = build, language, render
        self.limits = Choices(
            [(str(item), render(limit_words(item))) for item in LIMITS],
            str(build.limit),
            render(message("Time limit")),
        )
        self.limits.chosen.connect(lambda key: build.set_limit(int(key)))
        self.scope = ScopeFields(language, render, people_of)
        self.start = QPushButton(render(message("Start")))
        self.start.clicked.connect(self.start_wanted)
        self.stop = QPushButton(render(message("Stop and keep the best")))
        self.stop.clicked.connect(build.stop)
        self.plot = CoursePlot(language, render)
        self.plot.setFixedHeight(PLOT_HEIGHT)
        self.what, self.gap, self.locks = (
            styled_label(),
            styled_label(),
            styled_label(role="subtitle"),
        )
        self.seconds = styled_label(role="caption")
        for label in (self.what, self.gap, self.locks):
            label.setWordWrap(True)
        self.gap.setProperty("role", "section")
        self._lay_out()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_seconds)
        build.phase_changed.connect(self.show_build)
        build.progressed.connect(self.show_build)
        self.show_build()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(styled_label(self._render(message("Time limit")), "caption"))
        column.addWidget(self.limits, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(styled_label(self._render(message("What may change")), "caption"))
        column.addWidget(self.scope)
        column.addWidget(self.locks)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.start)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.seconds, 1)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self.what)
        column.addWidget(self.plot)
        column.addWidget(self.gap)
        column.addStretch(1)

    def show_week(self, draft: WeekDraft) -> None:
        """Say what a build of this week will keep."""
        self.scope.show_week(draft.horizon)
        shifts = sum(duty.locked for duty in draft.all_duties())
        off = sum(len(days) for days in draft.locked_off.values())
        self.locks.setText(self._render(_locks(shifts, off)))

    def show_build(self) -> None:
        """Show where the build stands."""
        build = self._build
        running = build.running
        self.start.setVisible(not running)
        self.stop.setVisible(running)
        self.stop.setEnabled(not build.stopping)
        self.limits.setEnabled(not running)
        self.scope.setEnabled(not running)
        for button in self.limits.buttons.values():
            button.setEnabled(not running)
        if running and not self._tick.isActive():
            self._tick.start()
        elif not running:
            self._tick.stop()
        self._show_seconds()
        self._show_words()
        shown = bool(build.course)
        self.plot.setVisible(shown)
        if shown:
            self.plot.set_course(build.course, max(float(build.allowed), build.course[-1].seconds))

    def _show_words(self) -> None:
        build = self._build
        if build.stopping:
            text: Message | None = message("Stopping; the best roster so far is kept …")
        elif build.running:
            text = build.stage
        elif build.proposal is not None:
            text = message("A roster is proposed; nothing was changed yet.")
        else:
            text = message(
                "Forecast and required staff are made first where they are missing. The result is"
                " a proposal that you accept or discard."
            )
        self.what.setText("" if text is None else self._render(text))
        self.gap.setText(self._render(self._gap_words()) if build.course else "")

    def _gap_words(self) -> Message:
        build, last = self._build, self._build.course[-1]
        if last.objective is None:
            return message("No complete roster yet")
        distance = build.distance
        if distance is None:
            return message("Not proven yet how good it is")
        if distance <= 0:
            return message("This is the best possible roster (proven)")
        return message(
            "At most {hours} agent-hours from the best possible",
            hours=format_hours(distance, self._language),
        )

    def _show_seconds(self) -> None:
        build = self._build
        text = ""
        if build.running:
            elapsed = format_number(build.seconds, self._language)
            text = self._render(message("{seconds} s elapsed", seconds=elapsed))
        elif build.course:
            took = format_number(build.course[-1].seconds, self._language)
            text = self._render(message("searched for {seconds} s", seconds=took))
        self.seconds.setText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard to the button."""
        super().focusInEvent(event)
        self.show_start()

    def show_start(self) -> None:
        """Give the keyboard to the button that is possible now."""
        button = self.stop if self._build.phase == SOLVING else self.start
        button.setFocus(Qt.FocusReason.OtherFocusReason)


def _locks(shifts: int, off: int) -> Message:
    """Return how much is locked and therefore kept."""
    locked = message("{count} shift", context="roster", plural="{count} shifts", count=shifts)
    days = message("{count} day off", plural="{count} days off", count=off)
    if shifts and off:
        return message("{shifts} and {days} are locked and stay.", shifts=locked, days=days)
    if shifts:
        return message(
            "{count} locked shift stays.", plural="{count} locked shifts stay.", count=shifts
        )
    if off:
        return message(
            "{count} locked day off stays.", plural="{count} locked days off stay.", count=off
        )
    return message("Nothing is locked: every shift may move.")
