"""The row above the people table: search, what to narrow it down to, and how many are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout

from ui.people.menu_button import MenuButton, add_entry
from ui.people.words import NO_TEAM, role_choices
from ui.translate import Render
from ui.widgets.cards import restyle
from ui.widgets.fields import Chip
from ui.widgets.narrow_row import NarrowRow
from wfm.messages import Message, message
from wfm.services.people_view import PeopleView, Person


class Facet(MenuButton):
    """One thing to narrow down by; several of its values may be chosen, none means all."""

    def __init__(self, render: Render, title: Message, changed: Callable[[], None]) -> None:
        self._title, self._render, self._changed = render(title), render, changed
        super().__init__(self._title, role="chip")
        self.setCheckable(True)
        self._names: dict[str, str] = {}
        self.chosen: set[str] = set()

    def offer(self, values: Sequence[tuple[str, str]]) -> None:
        """Offer other values, each a key and a name."""
        self._names = dict(values)
        self.chosen &= self._names.keys()
        self._show()

    def choose(self, keys: Sequence[str]) -> None:
        """Choose some values."""
        self.chosen = {key for key in keys if key in self._names}
        self._show()

    def toggle_value(self, key: str) -> None:
        """Choose a value, or no longer."""
        self.chosen ^= {key}
        self._show()
        self._changed()

    def _clear(self) -> None:
        self.chosen.clear()
        self._show()
        self._changed()

    def _show(self) -> None:
        names = [name for key, name in self._names.items() if key in self.chosen]
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        self.show_text(f"{self._title}: {names[0]}{more}" if names else self._title)
        self.setChecked(bool(names))
        restyle(self)
        self.menu_shown.clear()
        if names:
            add_entry(self.menu_shown, self._render(message("All")), self._clear)
            self.menu_shown.addSeparator()
        for key, name in self._names.items():
            add_entry(self.menu_shown, name, partial(self.toggle_value, key), key in self.chosen)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """A click opens the menu; only what is chosen decides how the button looks."""


class FilterRow(NarrowRow):
    """Narrows the people table down by search, facets and chips."""

    def __init__(self, render: Render) -> None:
        hint, everybody = message("Name, number, team or skill"), message("Show everybody")
        super().__init__(render, hint, everybody)
        self._roles = dict(role_choices(render))
        told = self.changed.emit
        self.facets = {
            "team": Facet(render, message("Team"), told),
            "skill": Facet(render, message("Skill"), told),
            "contract": Facet(render, message("Contract"), told),
            "role": Facet(render, message("Role"), told),
        }
        self.without = Chip(render(message("Without availability")))
        self.gone = Chip(render(message("Also who has left")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.search, *self.facets.values(), self.without, self.gone):
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self.count)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        self.search.setMinimumWidth(230)
        for chip in (self.without, self.gone):
            chip.toggled.connect(lambda _on: told())

    # --- what is wanted --------------------------------------------------------------------------

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        chosen = any(facet.chosen for facet in self.facets.values())
        return super().narrowed or chosen or self.without.isChecked()

    def keeps(self, view: PeopleView) -> Callable[[Person], bool]:
        """Return the test of whether a person is wanted; the search is the table's own."""
        wanted = {key: set(facet.chosen) for key, facet in self.facets.items()}
        without, gone, day = self.without.isChecked(), self.gone.isChecked(), view.horizon.start

        def keep(person: Person) -> bool:
            agent = person.agent
            if not gone and agent.left is not None and agent.left <= day:
                return False
            if without and person.availability is not None:
                return False
            return (
                (not wanted["team"] or agent.team in wanted["team"])
                and (not wanted["contract"] or agent.contract in wanted["contract"])
                and (not wanted["role"] or agent.role in wanted["role"])
                and (not wanted["skill"] or not wanted["skill"].isdisjoint(agent.skills))
            )

        return keep

    def clear_rest(self) -> None:
        """Take back facets and boxes."""
        for facet in self.facets.values():
            facet.choose(())
        self.without.setChecked(False)

    def state(self) -> dict[str, Any]:
        """Return what is asked for, to be kept."""
        return {
            "search": self.search.text(),
            "facets": {key: sorted(facet.chosen) for key, facet in self.facets.items()},
            "without": self.without.isChecked(),
            "gone": self.gone.isChecked(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Ask again for what :meth:`state` returned, once the values are offered."""
        with QSignalBlocker(self):
            for key, chosen in dict(state.get("facets", {})).items():
                if key in self.facets:
                    self.facets[key].choose(chosen)
            self.without.setChecked(bool(state.get("without")))
            self.gone.setChecked(bool(state.get("gone")))
            self.search.setText(str(state.get("search", "")))
        self.changed.emit()

    # --- what there is ---------------------------------------------------------------------------

    def offer(self, view: PeopleView) -> None:
        """Offer the teams, skills and contracts that there are."""
        teams = [(item.key, item.name) for item in view.teams.values()]
        if any(not person.agent.team for person in view.people):
            teams.append(("", self._render(NO_TEAM)))
        self.facets["team"].offer(teams)
        self.facets["skill"].offer([(item.key, item.name) for item in view.skills.values()])
        self.facets["contract"].offer([(item.key, item.name) for item in view.contracts.values()])
        self.facets["role"].offer(list(self._roles.items()))
        day = view.horizon.start
        left = any(item.agent.left is not None and item.agent.left <= day for item in view.people)
        self.gone.setVisible(left)
