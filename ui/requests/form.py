"""The form for a new request: who, which days, what for; checked while it is being written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.requests.fields import DayField, PersonField
from ui.requests.lights import LightList
from ui.requests.timeline import BeforeAfter
from ui.requests.words import KIND_WORDS, PROPOSAL_TONES
from ui.widgets.cards import restyle, styled_label
from ui.widgets.choices import Choices
from ui.widgets.editors import ChoiceEditor, Switch
from wfm.messages import Message, message
from wfm.model.activity import absence_name
from wfm.model.request import REQUEST_ABSENCES, Request
from wfm.services.requests import Person, RequestCard

LOOK_AFTER_MS = 250
"""How long typing must rest before the request is looked at."""


class RequestForm(QWidget):
    """Writes a request; ``wanted`` carries the finished draft, ``looked`` a half-finished one."""

    wanted = Signal(object)
    looked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._desk, render = desk, desk.render
        self._asked: Request | None = None
        words = [(key, render(word)) for key, word in KIND_WORDS.items()]
        self.kind = Choices(words, "swap", render(message("Kind of request")))
        self.agent = self._person(message("Who asks"))
        self.other = self._person(message("With whom"))
        self.day = self._day(message("Day", context="request"))
        self.apart = Switch(render(message("The other one gives another day")))
        self.other_day = self._day(message("Day of the other one"))
        self.first = self._day(message("First day"))
        self.last = self._day(message("Last day"))
        kinds = [(kind, render(absence_name(kind))) for kind in REQUEST_ABSENCES]
        self.absence = ChoiceEditor(kinds)
        self.absence.setAccessibleName(render(message("Kind of leave")))
        self.absence.show_value("paid_leave")
        self.note = QLineEdit()
        self.note.setMaxLength(400)
        self.note.setAccessibleName(render(message("Note")))
        self.save = QPushButton(render(message("Enter the request")))
        self.save.setProperty("role", "primary")
        self.hint = styled_label(role="caption")
        self.faults = styled_label(role="error")
        self.verdict = styled_label(role="section")
        for label in (self.hint, self.faults, self.verdict):
            label.setWordWrap(True)
        self.timeline = BeforeAfter(render, desk.language)
        self.lights = LightList(render)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look)
        self._lay_out()
        self._connect()
        self._arrange()

    def _person(self, name: Message) -> PersonField:
        hint = message("Name, reading or number")
        return PersonField(self._desk.render(name), self._desk.render(hint))

    def _day(self, name: Message) -> DayField:
        return DayField(self._desk.render, self._desk.language, self._desk.render(name))

    def _lay_out(self) -> None:
        render = self._desk.render
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.kind)
        self._rows: dict[str, QWidget] = {}
        for key, name, field in (
            ("agent", message("Who asks"), self.agent),
            ("day", message("Day", context="request"), self.day),
            ("other", message("With whom"), self.other),
            ("apart", None, self.apart),
            ("other_day", message("Day of the other one"), self.other_day),
            ("first", message("First day"), self.first),
            ("last", message("Last day"), self.last),
            ("absence", message("Kind of leave"), self.absence),
            ("note", message("Note"), self.note),
        ):
            self._rows[key] = self._row("" if name is None else render(name), field)
            column.addWidget(self._rows[key])
        for widget in (self.hint, self.faults, self.verdict, self.timeline, self.lights):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        column.addStretch(1)

    @staticmethod
    def _row(name: str, field: QWidget) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if name:
            label = styled_label(name, "caption")
            label.setBuddy(field)
            column.addWidget(label)
        column.addWidget(field)
        return row

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda _key: self._arrange())
        self.apart.clicked.connect(lambda _on: self._arrange())
        for person in (self.agent, self.other):
            person.changed.connect(self._changed)
        for field in self._days():
            field.changed.connect(self._changed)
        self.note.returnPressed.connect(self._save)
        self.absence.edited.connect(self._changed)
        self.save.clicked.connect(self._save)

    def _days(self) -> tuple[DayField, ...]:
        return self.day, self.other_day, self.first, self.last

    # --- what is written -------------------------------------------------------------------------

    @property
    def is_touched(self) -> bool:
        """Whether something was written that would be lost."""
        return bool(self.agent.text().strip() or self.other.text().strip() or self.note.text())

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer these people."""
        for field in (self.agent, self.other):
            field.set_people(people)

    def begin(
        self, kind: str = "", agent: str = "", other: str = "", day: date | None = None
    ) -> None:
        """Show what is known already and let the user go on."""
        if kind in KIND_WORDS:
            self.kind.choose(kind)
        if agent:
            self.agent.show_key(agent)
        if other:
            self.other.show_key(other)
        for field in (self.day, self.first):
            if day is not None:
                field.show_day(day)
        self._arrange()
        (self.other if self.agent.text() and self.kind.current == "swap" else self.agent).setFocus()

    def clear(self) -> None:
        """Forget everything written."""
        for line in (self.agent, self.other, self.note):
            line.clear()
        for field in self._days():
            field.show_day(None)
        self.apart.setChecked(False)
        self._arrange()

    def draft(self) -> Request | None:
        """Return the request as far as it is written, ``None`` while something is missing."""
        agent, other = self.agent.person(), self.other.person()
        note = self.note.text().strip()
        if self.kind.current == "swap":
            day = self.day.day()
            other_day = self.other_day.day() if self.apart.isChecked() else day
            if agent is None or other is None or day is None or other_day is None:
                return None
            return Request("", "swap", agent.key, day, other.key, other_day, note=note)
        first = self.first.day()
        if agent is None or first is None or self.last.problem() is not None:
            return None
        last, absence = self.last.day() or first, str(self.absence.value())
        return Request("", "leave", agent.key, first, last_day=last, absence=absence, note=note)

    def _arrange(self) -> None:
        swap, apart = self.kind.current == "swap", self.apart.isChecked()
        for key in ("day", "other", "apart"):
            self._rows[key].setVisible(swap)
        self._rows["other_day"].setVisible(swap and apart)
        for key in ("first", "last", "absence"):
            self._rows[key].setVisible(not swap)
        self._changed()

    def _changed(self) -> None:
        self._asked = None
        draft = self.draft()
        self.save.setEnabled(False)
        for widget in (self.faults, self.verdict, self.timeline, self.lights):
            widget.hide()
        self.hint.setText(self._desk.render(self._missing()))
        self.hint.setVisible(draft is None)
        if draft is None:
            self._soon.stop()
        else:
            self._soon.start()

    def _missing(self) -> Message:
        for field in self._days():
            problem = field.problem()
            if problem is not None and field.isVisibleTo(self):
                return problem.message
        for person in (self.agent, self.other):
            if person.isVisibleTo(self) and person.text().strip() and person.person() is None:
                return message(
                    "“{text}” fits nobody, or several people. Choose one from the list.",
                    text=person.text().strip(),
                )
        if self.kind.current == "swap":
            return message(
                "Choose two people and a day. They do each other's work on it; if one of them is"
                " off, the shift is handed over."
            )
        return message("Choose a person and the days. Shifts on these days are taken away.")

    # --- looking ---------------------------------------------------------------------------------

    def _look(self) -> None:
        draft = self.draft()
        if draft is not None:
            self._asked = draft
            self.looked.emit(draft)

    def show_card(self, card: RequestCard) -> None:
        """Show what the draft would do, if it is still what is written."""
        if card.request != self._asked or card.request != self.draft():
            return
        render = self._desk.render
        self.faults.setText("\n".join(render(item) for item in card.faults))
        self.faults.setVisible(bool(card.faults))
        self.save.setEnabled(not card.faults)
        if card.evidence is None or card.proposal is None:
            return
        self.verdict.setText(render(message("Proposal: {proposal}", proposal=card.proposal)))
        self.verdict.setProperty("role", PROPOSAL_TONES[card.evidence.proposal])
        restyle(self.verdict)
        self.timeline.show_evidence(card.evidence, card.request.agents, card.names, card.kinds)
        self.lights.set_theme(self._desk.theme)
        self.lights.show_lights(card.lights, only_concerns=True)
        for widget in (self.verdict, self.timeline, self.lights):
            widget.show()

    def show_problem(self, text: str) -> None:
        """Show why the draft cannot be looked at."""
        self.faults.setText(text)
        self.faults.show()

    def _save(self) -> None:
        draft = self.draft()
        if draft is not None and self.save.isEnabled():
            self.wanted.emit(draft)
