"""Which method made a queue's numbers, how good each would have been, and choosing another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from ui.forecast.words import error_tip
from ui.translate import Render, format_percent
from ui.widgets.cards import Card, styled_label
from ui.widgets.choice_box import ChoiceBox
from wfm.forecasting import METHODS, Accuracy
from wfm.messages import message

_POPUP_WIDTH = 400


class MethodCard(Card):
    """Compares the methods for one queue."""

    chosen = Signal(str)

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language = render, language
        title = styled_label(render(message("Forecast method")), "section")
        self.box = ChoiceBox()
        self.box.setAccessibleName(title.text())
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.view().setMinimumWidth(_POPUP_WIDTH)
        title.setBuddy(self.box)
        self.error = styled_label(role="caption")
        self.error.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for widget in (title, self.box, self.error):
            column.addWidget(widget)
        self.box.activated.connect(lambda place: self.chosen.emit(self.box.itemData(place)))

    def show_methods(self, current: str, accuracies: Sequence[Accuracy]) -> None:
        """Offer the methods with the error each would have made; ``current`` made the numbers."""
        errors = {item.method: item for item in accuracies}
        self.box.clear()
        if not current:
            self.box.addItem(self._render(message("Entered by hand")), "")
        for method in METHODS:
            name = self._render(method.name)
            if method.key in errors:
                error = format_percent(errors[method.key].day_wape, self._language)
                name = self._render(
                    message("{method}  (error {percent})", method=name, percent=error)
                )
            self.box.addItem(name, method.key)
        self.box.setCurrentIndex(max(self.box.findData(current), 0))
        self.box.setToolTip(self.box.currentText())
        known = errors.get(current)
        self.error.setText("" if known is None else self._render(error_tip(known, self._language)))
        self.error.setVisible(known is not None)
