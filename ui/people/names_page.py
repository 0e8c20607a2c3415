"""Lists of names that can be added to, renamed and shortened: skills, and teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.people.scrolled import scrolled
from ui.theme import LIGHT, Theme
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.editors import ChoiceEditor, TextEditor
from ui.widgets.icons import IconButton
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Skill, Team
from wfm.services.people_view import PeopleView

NAME_WIDTH = 120


class NamesPage(QWidget):
    """One line per name with how many people have it, and a line for a new one."""

    added = Signal(str)
    renamed = Signal(object, str)
    """The value as it was seen, and the name wanted."""
    dropped = Signal(object)

    def __init__(self, render: Render, new: Message, hint: Message) -> None:
        super().__init__()
        self._render, self._theme = render, LIGHT
        self.names: dict[str, TextEditor] = {}
        self.drops: dict[str, IconButton] = {}
        self._values: tuple[object, ...] = ()
        self._widgets: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.new_name = TextEditor()
        self.new_name.setMinimumWidth(NAME_WIDTH)
        self.new_name.setPlaceholderText(render(new))
        self.new_name.setAccessibleName(render(new))
        self.add_button = QPushButton(render(message("Add", context="button")))
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        about = styled_label(render(hint), "caption")
        about.setWordWrap(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        column.addWidget(about)
        column.addLayout(self._grid)
        row = QHBoxLayout()
        row.addWidget(self.new_name, 1)
        row.addWidget(self.add_button)
        column.addLayout(row)
        column.addWidget(self.error)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.add_button.clicked.connect(self._add)
        self.new_name.returnPressed.connect(self._add)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in ``theme``'s colours from now on."""
        self._theme = theme

    def show_values(self, values: Sequence[Skill | Team], used: Counter[str]) -> None:
        """Show names with how many people have each."""
        signature = (*values, tuple(sorted(used.items())), self._signature())
        if signature == self._values:
            return
        self._values = signature
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self.names, self.drops, self._widgets = {}, {}, []
        for place, value in enumerate(values):
            row = self._row(value, used[value.key])
            for at, widget in enumerate(row):
                self._grid.addWidget(widget, place, at)
            self._widgets += row

    def _signature(self) -> object:
        return None

    def _row(self, value: Skill | Team, count: int) -> list[QWidget]:
        line = TextEditor(needed=True)
        line.setMinimumWidth(NAME_WIDTH)
        line.show_value(value.name)
        line.setAccessibleName(self._render(message("Name of {name}", name=value.name)))
        line.editingFinished.connect(lambda: self._rename(value, line))
        people = message("{count} person", plural="{count} people", count=count)
        drop = IconButton("trash", self._render(message("Remove {name}", name=value.name)))
        drop.setProperty("role", "quiet-step")
        drop.set_theme(self._theme)
        drop.clicked.connect(lambda _on=False: self.dropped.emit(value))
        self.names[value.key], self.drops[value.key] = line, drop
        return [line, styled_label(self._render(people), "subtitle"), drop]

    def _rename(self, value: Skill | Team, line: TextEditor) -> None:
        name = line.text().strip()
        if not name:
            line.show_value(value.name)
        elif name != value.name:
            self.renamed.emit(value, name)

    def _add(self) -> None:
        name = self.new_name.text().strip()
        if name:
            self.added.emit(name)
        else:
            self.new_name.setFocus()

    def done(self) -> None:
        """A name was added."""
        self.new_name.clear()
        self.error.hide()

    def refuse(self, error: WfmError) -> None:
        """Show why something was not done, and the names as they are."""
        self.error.setText(self._render(error.message))
        self.error.show()
        self._values = ()


class TeamsPage(NamesPage):
    """Teams, each with the supervisor who leads it."""

    led = Signal(object, str)
    """The team as it was seen, and the key of its supervisor (empty: nobody)."""

    def __init__(self, render: Render) -> None:
        self.leaders: dict[str, ChoiceEditor] = {}
        self._people: list[tuple[str, str]] = []
        super().__init__(
            render,
            message("New team"),
            message("A team can be removed when nobody belongs to it."),
        )

    def show_view(self, view: PeopleView) -> None:
        """Show the centre's teams."""
        leading = {team.supervisor for team in view.teams.values()}
        self._people = [
            (person.agent.key, person.agent.name)
            for person in view.people
            if person.agent.role in ("supervisor", "senior") or person.agent.key in leading
        ]
        used = Counter(person.agent.team for person in view.people)
        self.show_values(tuple(view.teams.values()), used)

    def _signature(self) -> object:
        return tuple(self._people)

    def _row(self, value: Skill | Team, count: int) -> list[QWidget]:
        row = super()._row(value, count)
        if not isinstance(value, Team):
            return row
        nobody = self._render(message("No supervisor"))
        box = ChoiceEditor([("", nobody), *self._people])
        box.setMinimumWidth(120)
        box.setMaximumWidth(150)
        box.show_value(value.supervisor)
        box.set_theme(self._theme)
        box.setAccessibleName(self._render(message("Supervisor of {name}", name=value.name)))
        box.edited.connect(lambda: self.led.emit(value, str(box.value())))
        self.leaders[value.key] = box
        return [row[0], box, *row[1:]]
