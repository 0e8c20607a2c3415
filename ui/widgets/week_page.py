"""The page of one week: figures, timeline and coverage plot on one axis, and the status line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ui.centre_view import WeekView
from ui.plots.legend import legend_entry
from ui.plots.time_axis import TimeScale, scale_around
from ui.theme import THEMES, Theme, Themed
from ui.translate import Render, format_days, render_in
from ui.widgets.cards import Card, Notice, styled_label
from ui.widgets.coverage_card import CoverageCard
from ui.widgets.figure_row import FigureRow
from ui.widgets.states import EmptyState, ProgressStrip
from ui.widgets.timeline import RosterTimeline
from ui.widgets.week_head import WeekHead
from wfm.messages import message

COVERAGE_HEIGHT = 196


class WeekPage(QWidget):
    """Everything the window shows, in one language; another language builds another page."""

    def __init__(self, language: str, theme: Theme) -> None:
        super().__init__()
        render: Render = render_in(language)
        self._render, self._language = render, language
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = WeekHead(render, language, theme.name)
        self.notice = Notice(render(message("Close")))
        self.progress = ProgressStrip(render)
        self.figures = FigureRow(render, language)
        self.timeline = RosterTimeline(language, render)
        self.coverage = CoverageCard(language, render)
        self.empty = EmptyState(
            render,
            message("This centre has no week to show yet. Import history and people first."),
            message("Look again"),
        )
        self.loading = styled_label(render(message("Opening the centre …")), "subtitle")
        self.loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._legend = QHBoxLayout()
        self._legend.setSpacing(16)
        self._state = styled_label(role="caption")
        self._note = styled_label()
        self._people = styled_label(role="caption")
        self.stack = QStackedWidget()
        self.body = self._week_body()
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.loading)
        self._arrange()
        self.timeline.columns_resized.connect(self._align)
        for widget in self.findChildren(QWidget):
            if isinstance(widget, Themed):
                widget.set_theme(theme)

    def show_week(self, week: WeekView) -> None:
        """Show ``week``."""
        self.stack.setCurrentWidget(self.body)
        self.head.centre.setText(week.centre)
        horizon = week.horizon
        self.head.days.setText(format_days(horizon.start, horizon.days, self._language))
        self.figures.show_week(week)
        scale = week_scale(week)
        self.timeline.set_week(week, scale)
        self.coverage.setVisible(week.coverage is not None)
        if week.coverage is not None:
            self.coverage.set_coverage(week.coverage, scale)
        self._show_legend(week)
        self._show_status(week)

    def show_empty(self, centre: str) -> None:
        """Say that there is no week."""
        self.head.centre.setText(centre)
        self.stack.setCurrentWidget(self.empty)

    def show_loading(self, centre: str) -> None:
        """Say that the first week is on its way."""
        self.head.centre.setText(centre)
        self.stack.setCurrentWidget(self.loading)

    def _week_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.figures)
        line = QHBoxLayout()
        line.addWidget(self._note, 1)
        line.addLayout(self._legend)
        column.addLayout(line)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.timeline)
        column.addWidget(card, 1)
        self.coverage.setFixedHeight(COVERAGE_HEIGHT)
        column.addWidget(self.coverage)
        return body

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        content = QVBoxLayout()
        content.setContentsMargins(24, 12, 24, 12)
        content.setSpacing(12)
        for widget in (self.head, self.notice, self.progress):
            content.addWidget(widget)
        content.addWidget(self.stack, 1)
        column.addLayout(content, 1)
        status = QFrame()
        status.setObjectName("statusLine")
        status.setFixedHeight(28)
        row = QHBoxLayout(status)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self._state)
        row.addStretch(1)
        row.addWidget(self._people)
        column.addWidget(status)

    def _align(self, left: int, width: int) -> None:
        self.coverage.align(left, width)

    def _show_legend(self, week: WeekView) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        used = {duty.kind for duty in week.duties}
        theme = THEMES[self.theme_name]
        for kind in week.kinds:
            if kind.key in used:
                token = kind.colour if hasattr(theme, kind.colour) else "leave"
                entry = legend_entry(token, 12, f"{kind.letter}  {kind.name}", 12)
                for widget in entry.findChildren(QWidget):
                    if isinstance(widget, Themed):
                        widget.set_theme(theme)
                self._legend.addWidget(entry)

    @property
    def theme_name(self) -> str:
        """The theme chosen in the head."""
        buttons = self.head.theme.buttons
        return next(key for key, button in buttons.items() if button.isChecked())

    def _show_status(self, week: WeekView) -> None:
        if not week.planned:
            state = message("No roster yet", context="roster state")
        elif week.published:
            state = message("Published", context="roster state")
        else:
            state = message("Draft", context="roster state")
        self._state.setText(self._render(state))
        self._note.setText(self._render(week.note) if week.note is not None else "")
        working = len({duty.agent for duty in week.duties})
        people = message(
            "{working} of {people} people rostered · {minutes}-minute intervals · {zone}",
            working=working,
            people=len(week.agents),
            minutes=week.horizon.slot_minutes,
            zone=week.horizon.zone,
        )
        self._people.setText(self._render(people))

    def status_labels(self) -> tuple[QLabel, QLabel]:
        """Return the labels of the status line: state on the left, people on the right."""
        return self._state, self._people


def week_scale(week: WeekView) -> TimeScale:
    """Return the columns of a week: opening hours, and whatever its duties reach beyond them."""
    import numpy as np

    spans = {(duty.start, duty.end) for duty in week.duties}
    if week.coverage is not None:
        return scale_around(week.horizon, week.coverage.active, spans)
    return scale_around(week.horizon, np.zeros(week.horizon.slots, dtype=bool), spans)
