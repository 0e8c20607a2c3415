"""The section about work rules: which set, and the site's own numbers in its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.desk import Desk
from ui.settings.section import Section, Write, found_in
from ui.settings.sentence import RuleSentence
from ui.widgets.cards import styled_label
from ui.widgets.editors import ChoiceEditor
from wfm.errors import Problem
from wfm.messages import Message, message
from wfm.model.site import Site
from wfm.services.settings import SettingsView
from wfm.services.work_rules import RULE_SET_NAMES, SEVERITY_NAMES, RuleView


class RulesSection(Section):
    """Every rule of the chosen set as a sentence."""

    key = "rules"
    title = message("Work rules")
    about = message(
        "Numbers of the law may only be made stricter. Rosters that exist are checked by the new"
        " numbers at once."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.set_choice = ChoiceEditor(())
        self.set_choice.setAccessibleName(desk.render(message("Rule set")))
        self.set_choice.edited.connect(self._set_chosen)
        self.sentences: dict[str, RuleSentence] = {}
        self._shown_set = ""
        self._seen: Site | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(styled_label(desk.render(message("Rule set"))))
        row.addWidget(self.set_choice)
        row.addStretch(1)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.addLayout(row)
        self.column.addLayout(self._list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._check)
        self._checks = 0

    # --- showing ---------------------------------------------------------------------------------

    def fill(self, view: SettingsView) -> None:
        """Show the rules of the site's set with its numbers."""
        self._seen = view.site
        self.set_choice.clear()
        self.set_choice.values.clear()
        for name in view.rules:
            title = RULE_SET_NAMES.get(name)
            self.set_choice.values.append(name)
            self.set_choice.addItem(name if title is None else self.text_of(title))
        self.set_choice.show_value(view.site.rule_set)
        self._show_set(view.site.rule_set)

    def _show_set(self, name: str) -> None:
        if self.view is None:
            return
        self._shown_set = name
        for sentence in self.sentences.values():
            self._list.removeWidget(sentence)
            sentence.hide()
            sentence.deleteLater()
        ordered = sorted(self.view.rules.get(name, ()), key=_order)
        self.sentences = {rule.key: RuleSentence(self.desk, rule) for rule in ordered}
        for sentence in self.sentences.values():
            sentence.edited.connect(self._edited)
            self._list.addWidget(sentence)
            self.desk.dress(sentence)

    def _set_chosen(self) -> None:
        self._show_set(self.set_choice.value())
        self.show_bar()

    def _edited(self) -> None:
        self.show_bar()
        self._soon.start()

    # --- values ----------------------------------------------------------------------------------

    @property
    def differs(self) -> bool:
        """Whether another set is chosen or another number typed."""
        if self._seen is None:
            return False
        other_set = self._shown_set != self._seen.rule_set
        return other_set or any(item.differs for item in self.sentences.values())

    def _overrides(self) -> dict[str, dict[str, int]] | None:
        found: dict[str, dict[str, int]] = {}
        for key, sentence in self.sentences.items():
            values = sentence.values()
            if values is None:
                return None
            if values:
                found[key] = values
        return found

    def writes(self) -> Sequence[Write] | None:
        """Return the one change of the set and all its numbers."""
        overrides = self._overrides()
        seen = self._seen
        if overrides is None or seen is None:
            return None
        name = self._shown_set
        return (lambda workspace: workspace.settings.change_rules(name, overrides, seen=seen),)

    def _check(self) -> None:
        """Ask at once what the law says about the numbers typed, and show it beside them."""
        overrides = self._overrides()
        if overrides is None:
            return
        self._checks += 1
        number, name = self._checks, self._shown_set

        def then(faults: dict[tuple[str, str], Message]) -> None:
            if number == self._checks:
                for (rule, key), text in faults.items():
                    self.sentences[rule].show_error(key, text)

        self.desk.ask(lambda workspace: workspace.settings.rule_faults(name, overrides), then)

    def show_problem(self, problem: Problem) -> bool:
        """Show what the law does not allow below its sentence."""
        rule, _, key = problem.column.partition(".")
        if rule not in self.sentences:
            return False
        self.sentences[rule].show_error(key, problem.reason)
        return True

    def draft(self) -> Any:
        """Return the set chosen and what stands in the sentences."""
        if not self.differs:
            return None
        return self._shown_set, {key: item.raw() for key, item in self.sentences.items()}

    def take_draft(self, draft: Any) -> None:
        """Show what stood in the sentences."""
        name, raws = draft
        self.set_choice.show_value(name)
        self._show_set(name)
        for key, raw in raws.items():
            if key in self.sentences:
                self.sentences[key].take_raw(raw)

    # --- searching -------------------------------------------------------------------------------

    def texts(self) -> Iterable[Message | str]:
        """Return the words of all rules."""
        return [text for item in self.sentences.values() for text in _texts(item.view)]

    def narrow(self, query: str) -> None:
        """Show the sentences that are found; all where the section itself is."""
        whole = found_in(query, [self.title])
        for item in self.sentences.values():
            item.setVisible(whole or found_in(query, _texts(item.view)))


def _texts(view: RuleView) -> tuple[Message | str, ...]:
    labels = tuple(number.label for number in view.numbers)
    return (view.label, view.sentence, view.source, SEVERITY_NAMES[view.severity], *labels)


def _order(view: RuleView) -> bool:
    """Put rules with numbers above those that only say what holds."""
    return not view.numbers
