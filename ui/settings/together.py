"""The section about rules of the centre as a whole: a list, and the one chosen or new to edit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui.desk import Desk
from ui.form import Ask, Form, form_for
from ui.settings.section import Section, Write
from ui.widgets.cards import styled_label
from ui.widgets.editors import ChoiceEditor
from ui.widgets.question import Question
from ui.widgets.table import ROW_HEIGHT, Column, Table
from ui.widgets.table_cells import HEAD_HEIGHT
from wfm.errors import Problem, WfmError
from wfm.messages import Message, message
from wfm.rules.centre import CENTRE_TERMS, CentreTerm, term_named
from wfm.services.centre_rules import CentreRulesView, CentreRuleView
from wfm.services.settings import SettingsView

SHOWN_ROWS = 7
LAST = ("days", "start", "end", "price")
"""Parameters that are asked for after those of their own rule."""
ALL = {"queue": message("all queues"), "team": message("all teams")}
_BOTH_SIDES = ("first", "second")
"""Parameters that name one of two: "all" is no answer."""


class TogetherSection(Section):
    """Minimum staff, supervisors, seats, pairs and teams, fair shares."""

    key = "together"
    title = message("Rules of the centre")
    about = message(
        "They tie people together: minimum staff, supervisors, seats, pairs, fair shares. A roster"
        " keeps them before it saves staff; what cannot be kept is listed."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rules = CentreRulesView()
        self._is_new = self._choosing = False
        self._wanted = ""
        self._forms: dict[str, Form] = {}
        self.form: Form | None = None
        render = desk.render
        self.table = Table(
            self._columns(), key=lambda item: item.stored.key, name=render(self.title),
            theme=desk.theme, hint=render(message("There is no rule of the centre yet.")),
        )  # fmt: skip
        self.table.setFixedHeight(HEAD_HEIGHT + SHOWN_ROWS * ROW_HEIGHT + 2)
        self.table.chosen.connect(self._chosen)
        self.kinds = ChoiceEditor([(term.key, render(term.label)) for term in CENTRE_TERMS])
        self.kinds.setAccessibleName(render(message("Kind of rule")))
        self.add = QPushButton(render(message("Add this rule")))
        self.add.clicked.connect(self._added)
        self.remove = QPushButton(render(message("Remove this rule")))
        self.remove.setProperty("role", "link")
        self.remove.clicked.connect(self._ask_to_remove)
        self.help = styled_label(role="subtitle")
        self.fault = styled_label(role="error")
        self.question = Question(render, message("Remove it"))
        self.question.confirmed.connect(self._remove)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kinds)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.column.addWidget(self.table)
        self.column.addLayout(row)
        for label in (self.help, self.fault):
            label.setWordWrap(True)
            label.hide()
            self.column.addWidget(label)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.column.addWidget(self.question)

    def _columns(self) -> tuple[Column, ...]:
        render = self.text_of

        def kind(item: CentreRuleView) -> str:
            return item.stored.rule if item.term is None else render(item.term.label)

        def tone(item: CentreRuleView) -> str:
            return "bad" if item.fault is not None else ""

        return (
            Column("kind", render(message("Kind")), kind, 200, searched=True),
            Column("summary", render(message("Rule", context="of the centre")),
                   lambda item: render(item.summary), 500, searched=True, tone=tone),
            Column("price", render(message("Price")),
                   lambda item: "" if item.term is None else str(item.term.price), 70,
                   side="right"),
        )  # fmt: skip

    # --- showing ---------------------------------------------------------------------------------

    def fill(self, view: SettingsView) -> None:
        """Show the stored rules."""
        if self._names_of(view.centre_rules) != self._names_of(self._rules):
            self._drop_forms()
        self._rules = view.centre_rules
        self._is_new = False
        self._choosing = True
        self.table.set_rows(self._rules.rules)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.table.choose(wanted)
        if not self.table.selected and self._rules.rules:
            self.table.choose(self._rules.rules[-1 if wanted else 0].stored.key)
        self._choosing = False
        self._show_chosen()

    @staticmethod
    def _names_of(view: CentreRulesView) -> tuple[object, ...]:
        return view.queues, view.teams, view.agents

    def _drop_forms(self) -> None:
        for form in self._forms.values():
            self._place.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._forms, self.form = {}, None

    def _form_of(self, term: type[CentreTerm]) -> Form:
        """Return the form of a kind of rule; each is made once for the names that there are."""
        if term.key not in self._forms:
            names = [item.name for item in dataclasses.fields(term)]
            own = [name for name in names if name not in LAST]
            form = form_for(
                term,
                self.text_of,
                only=[*own, *(name for name in LAST if name in names)],
                asks=self._asks(term),
            )
            form.edited.connect(self.show_bar)
            form.hide()
            self.desk.dress(form)
            self._place.addWidget(form)
            self._forms[term.key] = form
        return self._forms[term.key]

    def _asks(self, term: type[CentreTerm]) -> dict[str, Ask]:
        """Return how the queues, teams and people of a rule are asked for."""
        labels = {item.name: item.metadata["label"] for item in dataclasses.fields(term)}
        found = {}
        for fields, known in (
            (term.queue_fields, self._rules.queues),
            (term.team_fields, self._rules.teams),
            (term.agent_fields, self._rules.agents),
        ):
            for name in fields:
                everything = [("", ALL[name])] if name in ALL else []
                found[name] = Ask(labels[name], choices=[*everything, *known])
        return found

    def _chosen(self) -> None:
        """Show another rule, unless something typed for the one shown is not saved."""
        if self._choosing:
            return
        if self.differs:
            self._choosing = True
            self.table.clearSelection()
            if not self._is_new and self._seen is not None:
                self.table.choose(self._seen.stored.key)
            self._choosing = False
            self.show_error(self.text_of(message("Save this rule first, or take it back.")))
            return
        self._show_chosen()
        self.show_bar()

    def _show_chosen(self) -> None:
        selected = self.table.selected
        view: CentreRuleView | None = selected[0] if selected else None
        self._seen = view
        self.question.hide()
        self.remove.setVisible(view is not None)
        self._show_term(None if view is None else view.term)
        fault = None if view is None else view.fault
        self.fault.setText("" if fault is None else self.text_of(fault))
        self.fault.setVisible(fault is not None)

    _seen: CentreRuleView | None = None

    def _show_term(self, term: CentreTerm | None) -> None:
        if self.form is not None:
            self.form.hide()
        self.form = None if term is None else self._form_of(type(term))
        self.help.setVisible(term is not None)
        if term is not None and self.form is not None:
            self.help.setText(f"{self.text_of(term.label)} — {self.text_of(term.help)}")
            self.form.show_value(term)
            self.form.show()

    # --- changing --------------------------------------------------------------------------------

    @property
    def differs(self) -> bool:
        """Whether the rule shown differs from the stored one, or is new."""
        return self._is_new or (self.form is not None and self.form.differs)

    def _added(self) -> None:
        if self.view is None:
            return
        if self.differs:
            self.show_error(self.text_of(message("Save this rule first, or take it back.")))
            return
        try:
            term = new_term(term_named(self.kinds.value()), self._rules)
        except WfmError as error:
            self.show_error(self.text_of(error.message))
            return
        self._begin(term)

    def _begin(self, term: CentreTerm) -> None:
        self._choosing = True
        self.table.clearSelection()
        self._choosing = False
        self._is_new, self._seen = True, None
        self.remove.hide()
        self.fault.hide()
        self._show_term(term)
        assert self.form is not None
        self.form.editor(self.form.names[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_bar()

    def writes(self) -> Sequence[Write] | None:
        """Return the change of the rule shown."""
        if self.form is None:
            return ()
        value = self.form.value()
        if value is None:
            return None
        seen = None if self._is_new or self._seen is None else self._seen.stored
        key = "" if seen is None else seen.key
        return (lambda workspace: workspace.settings.change_centre_rule(value, key=key, seen=seen),)

    def _stored(self) -> None:
        super()._stored()
        # a new rule gets the last key
        self._wanted = "new" if self._seen is None else self._seen.stored.key

    def show_problem(self, problem: Problem) -> bool:
        """Show what does not exist any more beside its field."""
        if self.form is None or problem.column not in self.form.names:
            return False
        self.form.show_error(problem.reason, problem.column)
        return True

    def _ask_to_remove(self) -> None:
        if self._seen is not None:
            self.question.ask(message("Remove the rule “{rule}”?", rule=self._seen.summary))

    def _remove(self) -> None:
        if self._seen is not None:
            stored = self._seen.stored
            self.perform(lambda workspace: workspace.settings.remove_centre_rule(stored))

    # --- drafts and searching --------------------------------------------------------------------

    def draft(self) -> Any:
        """Return what is typed."""
        if self.form is None or not self.differs:
            return None
        chosen = None if self._seen is None else self._seen.stored.key
        return {"new": self._is_new, "chosen": chosen, "kind": self.form.shown.key,
                "raw": self.form.raw()}  # fmt: skip

    def take_draft(self, draft: Any) -> None:
        """Show what was typed."""
        if draft["new"]:
            self._begin(new_term(term_named(draft["kind"]), self._rules))
        elif not self.table.choose(draft["chosen"]):
            return
        if self.form is not None:
            self.form.take_raw(draft["raw"])

    def texts(self) -> Iterable[Message | str]:
        """Return the kinds and the rules in words."""
        return (
            *(text for term in CENTRE_TERMS for text in (term.label, term.help)),
            *(item.summary for item in self._rules.rules),
        )


def new_term(term: type[CentreTerm], view: CentreRulesView) -> CentreTerm:
    """Return a rule to begin with; raises where a centre has not enough people or teams for it."""
    values: dict[str, str] = {}
    for fields, known, few in (
        (term.agent_fields, view.agents, message("A pair needs two people; add people first.")),
        (term.team_fields, view.teams, message("This rule needs two teams; the centre has fewer.")),
    ):
        wanted = [name for name in fields if name in _BOTH_SIDES]
        if len(known) < len(wanted):
            raise WfmError(few)
        values |= {name: key for name, (key, _) in zip(wanted, known, strict=False)}
    return term(**values)  # type: ignore[arg-type]
