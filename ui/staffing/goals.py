"""The goals of one queue: a form, usual goals to start from, save and revert."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.forecast.words import opening_words
from ui.form import Form, form_for
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.editors import Editor
from wfm.errors import Problem
from wfm.messages import message
from wfm.model.workload import Queue
from wfm.staffing.goal_sheet import (
    CHANNEL_FIELDS,
    PRESETS,
    GoalSheet,
    goal_sheet,
    sheet_problems,
)

_LABEL_WIDTH, _CHOICE_WIDTH, _POPUP_WIDTH = 116, 140, 360


class GoalsCard(Card):
    """Shows a queue's goals; ``saved`` carries the queue that was shown and its new sheet."""

    saved = Signal(object, object)
    edited = Signal()

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language = render, language
        self._queue: Queue | None = None
        self.title = styled_label(render(message("Goals")), "section")
        self.presets = ChoiceBox()
        self.presets.setAccessibleName(render(message("Usual goals")))
        self.presets.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.presets.addItem(render(message("Usual goals …")), "")
        for preset in PRESETS:
            self.presets.addItem(render(preset.name), preset.key)
        self.forms = {
            channel: form_for(GoalSheet, render, only=names)
            for channel, names in CHANNEL_FIELDS.items()
        }
        self.stack = QStackedWidget()
        self.opening = styled_label(role="caption")
        self.opening.setWordWrap(True)
        self.save = QPushButton(render(message("Save the goals")))
        self.revert = QPushButton(render(message("Revert")))
        self.revert.setProperty("role", "quiet")
        self._arrange()
        self._connect()
        self._show_buttons()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 4, 10)
        column.setSpacing(8)
        column.addWidget(self.title)
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        inner = QVBoxLayout(scrolled)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(8)
        inner.addWidget(self.opening)
        inner.addWidget(self.presets)
        for form in self.forms.values():
            self._fit(form)
            self.stack.addWidget(form)
        inner.addWidget(self.stack)
        inner.addStretch(1)
        area = self.area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(scrolled)
        column.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 8, 0)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.revert)
        buttons.addWidget(self.save)
        column.addLayout(buttons)

    @staticmethod
    def _fit(form: Form) -> None:
        """Let a form fit the narrow column beside the pictures."""
        grid = form.layout()
        assert isinstance(grid, QGridLayout)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setHorizontalSpacing(8)
        if "definition" in form.names:
            choice = form.editor("definition")
            assert isinstance(choice, ChoiceBox)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.setMinimumWidth(_CHOICE_WIDTH)
            choice.view().setMinimumWidth(_POPUP_WIDTH)

    def _connect(self) -> None:
        self.presets.activated.connect(self._take_preset)
        self.save.clicked.connect(self._save)
        self.revert.clicked.connect(self.give_up)
        for form in self.forms.values():
            form.edited.connect(self._form_edited)

    # --- showing ---------------------------------------------------------------------------------

    @property
    def form(self) -> Form | None:
        """The form of the queue's channel."""
        return None if self._queue is None else self.forms[self._queue.channel]

    @property
    def differs(self) -> bool:
        """Whether something was changed and not saved."""
        return self.form is not None and self.form.differs

    def show_queue(self, queue: Queue) -> None:
        """Show a queue's goals; what is being typed for the same queue stays."""
        same = self._queue is not None and self._queue.key == queue.key
        if same and self.differs and queue == self._queue:
            return
        self._queue = queue
        form = self.forms[queue.channel]
        form.show_value(goal_sheet(queue))
        self.stack.setCurrentWidget(form)
        for each in self.forms.values():
            policy = QSizePolicy.Policy.Preferred if each is form else QSizePolicy.Policy.Ignored
            each.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.opening.setText(opening_words(queue, self._render, self._language))
        live = "service_level" in CHANNEL_FIELDS[queue.channel]
        self.presets.setVisible(live)
        self.presets.setCurrentIndex(0)
        name = queue.name or queue.key
        self.title.setText(self._render(message("Goals of {queue}", queue=name)))
        self._show_buttons()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what is wrong beside the fields."""
        if self.form is not None:
            for problem in problems:
                self.form.show_error(problem.reason, problem.column)
            self._go_to_error()

    def _go_to_error(self) -> None:
        """Bring the first wrong field into view."""
        wrong = [name for name in self.form.errors if name] if self.form is not None else []
        if wrong and self.form is not None:
            self.form.editor(wrong[0]).setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.form.editor(wrong[0]), 0, 60)

    def give_up(self) -> None:
        """Show the stored goals again."""
        if self.form is not None:
            self.form.revert()
        self.presets.setCurrentIndex(0)
        self._show_buttons()

    def take_focus(self) -> None:
        """Go to the first field."""
        if self.form is not None:
            self.form.editor(self.form.names[0]).setFocus()

    # --- changing --------------------------------------------------------------------------------

    def _take_preset(self, place: int) -> None:
        """Fill in usual goals, to be looked at and saved."""
        chosen = [preset for preset in PRESETS if preset.key == self.presets.itemData(place)]
        if self._queue is None or not chosen or self.form is None:
            return
        typed = self.form.value() or goal_sheet(self._queue)
        filled = chosen[0].applied(typed)
        for name in self.form.names:
            editor = cast("Editor", self.form.editor(name))
            editor.show_value(getattr(filled, name))
        self._form_edited()

    def _form_edited(self) -> None:
        self._show_buttons()
        self.edited.emit()

    def _show_buttons(self) -> None:
        for button in (self.save, self.revert):
            button.setVisible(self.differs)

    def _save(self) -> None:
        if self._queue is None or self.form is None:
            return
        sheet = self.form.value()
        if sheet is None:
            self._go_to_error()
            return
        problems = sheet_problems(sheet, self._queue.channel)
        if problems:
            self.show_problems(problems)
            return
        self.saved.emit(self._queue, sheet)
