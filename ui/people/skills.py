"""What somebody can do: every skill of the centre with the person's level, written at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.people.scrolled import scrolled
from ui.people.words import LEVEL_MARKS, LEVEL_NAMES
from ui.translate import Render, format_list
from ui.widgets.cards import styled_label
from ui.widgets.choices import Choices
from wfm.messages import message
from wfm.model.people import Agent
from wfm.services.people_checks import LEVELS
from wfm.services.people_view import PeopleView


class SkillsTab(QWidget):
    """A row per skill, from none to expert; ``changed`` carries the person as wanted."""

    changed = Signal(object)

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render = render
        self._agent: Agent | None = None
        self._skills: tuple[tuple[str, str], ...] = ()
        self.levels: dict[str, Choices] = {}
        self._labels: list[QLabel] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        marks = format_list(
            (f"{render(LEVEL_MARKS[level])} {render(LEVEL_NAMES[level])}" for level in LEVELS),
            language,
        )
        legend = styled_label(marks, "caption")
        nothing = message("Without any skill somebody is in training and covers no queue.")
        self._nothing = styled_label(render(nothing), "caption")
        self._nothing.setWordWrap(True)
        column.addLayout(self._grid)
        column.addWidget(legend)
        column.addWidget(self._nothing)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def show_agent(self, view: PeopleView, agent: Agent) -> None:
        """Show a person's levels."""
        self._agent = agent
        skills = tuple((item.key, item.name) for item in view.skills.values())
        if skills != self._skills:
            self._skills = skills
            self._build()
        for key, choices in self.levels.items():
            choices.choose(str(agent.skills.get(key, 0)))
        self._nothing.setVisible(not agent.skills)

    def _build(self) -> None:
        for widget in (*self._labels, *self.levels.values()):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._labels, self.levels = [], {}
        words = [("0", "–"), *((str(n), self._render(LEVEL_MARKS[n])) for n in LEVELS)]
        for place, (key, name) in enumerate(self._skills):
            label = styled_label(name)
            choices = Choices(words, "0", name)
            for level, button in choices.buttons.items():
                said = self._render(LEVEL_NAMES[int(level)])
                button.setAccessibleName(f"{name}: {said}")
                button.setToolTip(said)
                button.setMinimumWidth(34)
            choices.chosen.connect(lambda level, key=key: self._choose(key, int(level)))
            self._grid.addWidget(label, place, 0)
            self._grid.addWidget(choices, place, 1)
            self._labels.append(label)
            self.levels[key] = choices

    def _choose(self, key: str, level: int) -> None:
        if self._agent is None or self._agent.skills.get(key, 0) == level:
            return
        skills = {name: known for name, known in self._agent.skills.items() if name != key}
        if level:
            skills[key] = level
        self._agent = replace(self._agent, skills=skills)
        self._nothing.setVisible(not skills)
        self.changed.emit(self._agent)
