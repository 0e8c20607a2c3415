"""The row of controls above curve and grid: measure, span, percent, back to the method."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.forecast.words import MEASURE_NAMES
from ui.translate import Render
from ui.widgets.choices import Choices
from ui.widgets.editors import ValueLine, number_editor
from wfm.errors import WfmError
from wfm.forecasting.editing import MEASURES, VOLUME
from wfm.messages import Message, message

WEEK, DAY = "week", "day"


class ForecastTools(QWidget):
    """Controls of the numbers shown; each tells what is wanted, none changes anything."""

    measure_chosen = Signal(str)
    span_chosen = Signal(str)
    percent_given = Signal(float)
    reset_wanted = Signal()
    told = Signal(object, str)

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language = render, language
        self.measure = Choices(
            [(key, render(MEASURE_NAMES[key])) for key in MEASURES],
            VOLUME,
            render(message("What is shown")),
        )
        self.span = Choices(
            [
                (WEEK, render(message("Week", context="span"))),
                (DAY, render(message("Day", context="span"))),
            ],
            WEEK,
            render(message("Span of the curve")),
        )
        self.percent: ValueLine = number_editor(whole=False, low=-100, high=1000, optional=True)
        self.percent.setFixedWidth(64)
        self.percent.setPlaceholderText("±%")
        self.percent.setAccessibleName(render(message("Change by percent")))
        self.apply = QPushButton()
        self.reset = QPushButton(render(message("Back to the method")))
        self.reset.setProperty("role", "quiet")
        self._arrange()
        self.measure.chosen.connect(self.measure_chosen)
        self.span.chosen.connect(self.span_chosen)
        self.percent.returnPressed.connect(self._apply)
        self.apply.clicked.connect(self._apply)
        self.reset.clicked.connect(self.reset_wanted)
        self.show_scope(0)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.measure)
        row.addSpacing(4)
        row.addWidget(self.span)
        row.addStretch(1)
        row.addWidget(self.percent)
        row.addWidget(self.apply)
        row.addWidget(self.reset)
        for button in (*self.measure.buttons.values(), *self.span.buttons.values()):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_scope(self, count: int) -> None:
        """Say what a percentage will change: the selected intervals, or the whole week (0)."""
        self.apply.setText(
            self._render(
                message(
                    "Apply to {count} interval", plural="Apply to {count} intervals", count=count
                )
                if count
                else message("Apply to the week")
            )
        )

    def show_own(self, *, some: bool) -> None:
        """Offer to go back to the method only where there are numbers of one's own."""
        self.reset.setEnabled(some)

    def _apply(self) -> None:
        try:
            percent = self.percent.value()
        except WfmError as error:
            self.told.emit(error.message, "bad")
            return
        if percent is None:
            self.told.emit(_NO_PERCENT, "warn")
            self.percent.setFocus()
            return
        self.percent.clear()
        self.percent_given.emit(float(percent))


_NO_PERCENT: Message = message("Enter by how many percent first: 10 is a tenth more, −5 less.")
