"""Who somebody is and by which terms they work; each field is written when it is left."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.form import Ask, Form, form_for
from ui.people.scrolled import scrolled
from ui.people.words import NO_TEAM
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.editors import TextEditor
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Agent
from wfm.services.people_checks import (
    LEAST_SPEED,
    MOST_SPEED,
    MOST_WAGE,
    ROLE_NAMES,
    FieldError,
)
from wfm.services.people_view import PeopleView

FIELDS = (
    "name", "number", "reading", "team", "role", "contract", "speed_percent",
    "hired", "left", "birth_date", "hourly_wage", "mentor", "first_percent", "full_speed_on",
    "rotation_start",
)  # fmt: skip
MENTORS = ("senior", "supervisor")
NAME_WIDTH = 176
NEW_FIELDS = ("name", "number", "reading", "team", "role", "contract", "hired")


def agent_form(view: PeopleView, render: Render, only: tuple[str, ...]) -> Form:
    """Return the form of a person with the centre's teams and contracts to choose from."""
    teams: list[tuple[str, Message | str]] = [("", NO_TEAM)]
    teams += [(item.key, item.name) for item in view.teams.values()]
    contracts = [(item.key, item.name) for item in view.contracts.values()]
    mentors: list[tuple[str, Message | str]] = [("", message("nobody", context="mentor"))]
    mentors += [(agent.key, agent.name) for agent in possible_mentors(view)]
    asks = {
        "name": Ask(message("Name"), needed=True),
        "number": Ask(message("Employee number")),
        "reading": Ask(message("Reading"), help=message("Names are sorted by it.")),
        "team": Ask(message("Team"), choices=teams),
        "role": Ask(message("Role"), choices=list(ROLE_NAMES.items())),
        "contract": Ask(message("Contract"), choices=contracts),
        "speed_percent": Ask(
            message("Speed"), unit="%", low=LEAST_SPEED,
            high=MOST_SPEED, help=message("A standard agent has 100 %."),
        ),
        "hired": Ask(message("Day of entry")),
        "left": Ask(
            message("Leaving date"), help=message("The first day without employment.")
        ),
        "birth_date": Ask(
            message("Date of birth"), help=message("Work at night needs an age of 18.")
        ),
        "hourly_wage": Ask(
            message("Hourly wage"), unit=message("yen"), low=0, high=MOST_WAGE
        ),
        "mentor": Ask(
            message("Mentor"), choices=mentors,
            help=message("Somebody senior beside whom this person learns."),
        ),
        "first_percent": Ask(message("Speed at first"), unit="%", low=0, high=MOST_SPEED),
        "full_speed_on": Ask(
            message("Full speed from"),
            help=message("From the day of entry until then the speed grows evenly."),
        ),
        "rotation_start": Ask(
            message("Own rotation from"),
            help=message("Replaces the contract's day, for crews that rotate after each other."),
        ),
    }  # fmt: skip
    form = form_for(Agent, render, only=only, asks={name: asks[name] for name in only})
    fit_panel(form)
    return form


def possible_mentors(view: PeopleView) -> list[Agent]:
    """Return the seniors and supervisors of the centre, and who is a mentor already."""
    people = [person.agent for person in view.people]
    named = {agent.mentor for agent in people}
    return [agent for agent in people if agent.role in MENTORS or agent.key in named]


def fit_panel(form: Form) -> None:
    """Let names and choices be narrow: a long one must not make a form wider than its panel."""
    for name in form.names:
        editor = form.editor(name)
        if isinstance(editor, QComboBox):
            editor.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        if isinstance(editor, QComboBox | TextEditor):
            editor.setMinimumWidth(NAME_WIDTH)


class ProfileTab(QWidget):
    """The profile of the person shown; ``changed`` carries the person as wanted."""

    changed = Signal(object)
    remove_wanted = Signal()

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self._terms: tuple[object, ...] = ()
        self._refusal: tuple[Message, str] | None = None
        self.form: Form | None = None
        self._place = QVBoxLayout()
        self.remove_button = QPushButton(render(message("Remove this person…")))
        self.remove_button.setProperty("role", "link")
        self.remove_button.clicked.connect(self.remove_wanted)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        column.addLayout(self._place)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def show_agent(self, view: PeopleView, agent: Agent) -> None:
        """Show a person; of the one shown before, what is being typed stays."""
        form = self._form_of(view)
        same = form.shown is not None and form.shown.key == agent.key
        typed = self._typed(form) if same and form.differs else {}
        if not typed:
            self._refusal = None
        form.show_value(agent)
        self._put_back(typed)

    def _put_back(self, typed: Mapping[str, str]) -> None:
        """Show what was typed again, and why it was refused."""
        form = self.form
        if form is None:
            return
        for name, text in typed.items():
            editor = form.editor(name)
            if isinstance(editor, QLineEdit):
                editor.setText(text)
        if self._refusal is not None:
            form.show_error(*self._refusal)

    def commit(self) -> Message | None:
        """Write what was typed; return why it cannot be taken, if so."""
        form = self.form
        if form is None or form.shown is None or not form.differs:
            return None
        self._refusal = None
        wanted = form.value()
        if wanted is None:
            return self._reason()
        if wanted != form.shown:
            form.show_value(wanted)
            self.changed.emit(wanted)
        return None

    def revert(self) -> None:
        """Show the person again as they were."""
        self._refusal = None
        if self.form is not None:
            self.form.revert()

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not written yet."""
        return self.form is not None and self.form.differs

    def refuse(self, error: WfmError, stored: Agent) -> None:
        """Show beside its field why a value was not taken; what was typed stays to be mended."""
        form = self.form
        if form is None or form.shown is None or form.shown.key != stored.key:
            return
        wrong = [n for n in form.names if getattr(form.shown, n) != getattr(stored, n)]
        editors = {name: form.editor(name) for name in wrong}
        typed = {n: item.text() for n, item in editors.items() if isinstance(item, QLineEdit)}
        name = error.field if isinstance(error, FieldError) else ""
        self._refusal = (error.message, name)
        form.show_value(stored)
        self._put_back(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape drops what was typed; with nothing typed it is for whoever is around."""
        if event.key() == Qt.Key.Key_Escape and self.unsaved:
            self.revert()
        else:
            super().keyPressEvent(event)

    def _reason(self) -> Message | None:
        form = self.form
        if form is None:
            return None
        for name in form.names:
            try:
                form.editor(name).value()  # type: ignore[attr-defined]
            except WfmError as error:
                return message("{field}: {reason}", field=form.label(name).text(),
                               reason=error.message)  # fmt: skip
        return None

    def _form_of(self, view: PeopleView) -> Form:
        """Return the form, made again when there are other teams or contracts."""
        terms = (
            tuple((item.key, item.name) for item in view.teams.values()),
            tuple((item.key, item.name) for item in view.contracts.values()),
            tuple((agent.key, agent.name) for agent in possible_mentors(view)),
        )
        if self.form is None or terms != self._terms:
            if self.form is not None:
                self._place.removeWidget(self.form)
                self.form.deleteLater()
            self._terms = terms
            self.form = agent_form(view, self._render, FIELDS)
            self._place.addWidget(self.form)
            for name in self.form.names:
                editor = self.form.editor(name)
                if isinstance(editor, QLineEdit):
                    editor.editingFinished.connect(self.commit)
                else:
                    editor.edited.connect(self.commit)  # type: ignore[attr-defined]
        return self.form

    @staticmethod
    def _typed(form: Form) -> dict[str, str]:
        """Return the texts of the fields that say something else than the person shown."""
        found = {}
        for name in form.names:
            editor = form.editor(name)
            if not isinstance(editor, QLineEdit):
                continue
            try:
                same = editor.value() == getattr(form.shown, name)  # type: ignore[attr-defined]
            except WfmError:
                same = False
            if not same:
                found[name] = editor.text()
        return found


def blank_agent(view: PeopleView) -> Agent:
    """Return a new person before anything is typed: with the first contract, in no team."""
    contract = next(iter(view.contracts), "")
    return Agent(key="", number="", name="", team="", contract=contract)


class NewPerson(QWidget):
    """Asks for a new person; ``wanted`` carries them, ``dropped`` tells that none is wanted."""

    wanted = Signal(object)
    dropped = Signal()

    def __init__(self, render: Render, view: PeopleView) -> None:
        super().__init__()
        self.form = agent_form(view, render, NEW_FIELDS)
        self.form.show_value(blank_agent(view))
        hint = styled_label(
            render(message("Skills, availability and leave can be entered afterwards.")), "caption"
        )
        hint.setWordWrap(True)
        self.add_button = QPushButton(render(message("Add", context="button")))
        self.cancel_button = QPushButton(render(message("Cancel")))
        self.cancel_button.setProperty("role", "quiet")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.add_button.clicked.connect(self._add)
        self.cancel_button.clicked.connect(self.dropped)
        for name in self.form.names:
            editor = self.form.editor(name)
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self._add)

    def _add(self) -> None:
        agent = self.form.value()
        if agent is not None:
            self.wanted.emit(agent)

    def show_refusal(self, error: WfmError) -> None:
        """Show beside its field why a value was not taken."""
        name = error.field if isinstance(error, FieldError) else ""
        self.form.show_error(error.message, name)
