"""Why a number is what it is: the interval, its agents, and a sentence per step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.translate import Render
from ui.widgets.cards import styled_label
from wfm.messages import message

_STEP_WIDTH = 20


class ReasonPanel(QWidget):
    """The content of the drawer; ``forecast_wanted`` asks for the number's forecast."""

    forecast_wanted = Signal()

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self.place = styled_label(role="subtitle")
        self.place.setWordWrap(True)
        self.figure = styled_label(role="figure")
        self.figure.setWordWrap(True)
        self.hint = styled_label(
            render(message("Click a number of the heat map to see how it came about."))
        )
        self.hint.setWordWrap(True)
        self.forecast = QPushButton(render(message("Show its forecast")))
        self.forecast.setProperty("role", "link")
        self.forecast.clicked.connect(self.forecast_wanted)
        self._steps = QWidget()
        self._steps.setObjectName("scrolled")
        self._column = QVBoxLayout(self._steps)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(10)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.hint, self.place, self.figure):
            column.addWidget(widget)
        column.addWidget(area, 1)
        column.addWidget(self.forecast, 0, Qt.AlignmentFlag.AlignLeft)
        self.sentences: tuple[str, ...] = ()
        self.clear()

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._show_steps(())
        self.place.hide()
        self.figure.hide()
        self.forecast.hide()
        self.hint.show()

    def show_reason(
        self, place: str, figure: str, sentences: Sequence[str], *, one_queue: bool
    ) -> None:
        """Show the steps to a number; ``one_queue``: its forecast can be gone to."""
        self.hint.hide()
        self.place.setText(place)
        self.figure.setText(figure)
        self.place.show()
        self.figure.show()
        self.forecast.setVisible(one_queue)
        self._show_steps(sentences)

    def _show_steps(self, sentences: Sequence[str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.deleteLater()
        self.sentences = tuple(sentences)
        for number, sentence in enumerate(sentences, start=1):
            step = QWidget()
            row = QHBoxLayout(step)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            count = styled_label(str(number), "subtitle")
            count.setFixedWidth(_STEP_WIDTH)
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            words = styled_label(sentence)
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            self._column.addWidget(step)
        self._column.addStretch(1)
