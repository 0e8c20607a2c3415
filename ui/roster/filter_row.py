"""The row that narrows the roster down: search, teams, violations, shift kinds, and the count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton

from ui.roster.kind_legend import KindLegend
from ui.roster.people_filter import Wanted
from ui.theme import LIGHT, Theme
from ui.translate import Render
from ui.widgets.fields import Chip
from ui.widgets.narrow_row import NarrowRow
from wfm.messages import message
from wfm.model.activity import ShiftKind

FEW_TEAMS = 2
"""Teams that have a chip each."""
ALL_CHOSEN = "*"
"""Key of the chip that stands for all teams asked for."""


class FilterRow(NarrowRow):
    """Narrows the roster down by search, teams, violations and shift kinds."""

    def __init__(self, render: Render) -> None:
        super().__init__(render, message("Name, team or skill"), message("Show all"))
        self._theme = LIGHT
        self._teams: dict[str, str] = {}
        self._chosen: list[str] = []
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(260)
        team = render(message("Team"))
        self.team_button = QPushButton(f"{team} ▾")
        self.team_button.setAccessibleName(team)
        self.team_button.setProperty("role", "chip")
        self.team_menu = QMenu(self.team_button)
        self.team_button.setMenu(self.team_menu)
        self.team_chips: dict[str, Chip] = {}
        self.broken = Chip(render(message("With violations")))
        self.only_changed = Chip(render(message("With changes")))
        self.only_changed.hide()
        self.legend = KindLegend(render)
        self._lay_out()
        self.broken.toggled.connect(lambda _on: self.changed.emit())
        self.only_changed.toggled.connect(lambda _on: self.changed.emit())
        self.legend.changed.connect(self.changed)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(8)
        row.addWidget(self.search, 4)
        row.addWidget(self.team_button)
        row.addLayout(self._chip_row)
        for widget in (self.broken, self.only_changed):
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self.count)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(self.legend)

    def set_theme(self, theme: Theme) -> None:
        """Dress chips that come later with ``theme``."""
        self._theme = theme

    # --- what is wanted --------------------------------------------------------------------------

    def wanted(self, changed: frozenset[str] | None = None) -> Wanted:
        """Return what is asked for; ``changed`` are the people whom a proposal changes."""
        only = changed if self.only_changed.isChecked() and changed is not None else None
        return Wanted(
            self.search.text().strip(),
            frozenset(self._chosen),
            self.broken.isChecked(),
            self.legend.chosen,
            only,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return self.wanted(frozenset()) != Wanted()

    def clear_rest(self) -> None:
        """Take back teams, shift kinds and boxes."""
        self.broken.setChecked(False)
        self.only_changed.setChecked(False)
        self.legend.press(frozenset())
        self._chosen.clear()
        self._show_chips()

    def state(self) -> dict[str, Any]:
        """Return what is asked for, to be kept."""
        return {
            "search": self.search.text(),
            "teams": list(self._chosen),
            "broken": self.broken.isChecked(),
            "kinds": sorted(self.legend.chosen),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Ask again for what :meth:`state` returned."""
        self._chosen = list(state.get("teams", []))
        self._show_chips()
        self.legend.press(frozenset(state.get("kinds", ())))
        self.broken.setChecked(bool(state.get("broken")))
        self.search.setText(str(state.get("search", "")))

    # --- what there is ---------------------------------------------------------------------------

    def set_teams(self, teams: Sequence[tuple[str, str]]) -> None:
        """Offer these teams, each a key and a name."""
        if dict(teams) == self._teams:
            return
        self._teams = dict(teams)
        self.team_menu.clear()
        for key, name in teams:
            entry = self.team_menu.addAction(name)
            entry.setCheckable(True)
            entry.setData(key)
            entry.triggered.connect(lambda _on=False, key=key: self.toggle_team(key))
        self.team_button.setVisible(len(teams) > 1)
        self._chosen = [key for key in self._chosen if key in self._teams]
        self._show_chips()

    def set_kinds(self, kinds: Sequence[ShiftKind]) -> None:
        """Show the colours of these shift kinds."""
        self.legend.set_kinds(kinds)

    def toggle_team(self, key: str) -> None:
        """Ask for a team, or no longer."""
        if key in self._chosen:
            self._chosen.remove(key)
        else:
            self._chosen.append(key)
        self._show_chips()
        self.changed.emit()

    def offer_changed(self, *, offered: bool) -> None:
        """Offer to show only the people whom a proposal changes."""
        self.only_changed.setVisible(offered)
        if not offered:
            self.only_changed.setChecked(False)

    def _show_chips(self) -> None:
        """Show a chip for each team asked for; where they are many, one for all of them."""
        few = len(self._chosen) <= FEW_TEAMS
        text = message("{count} team", plural="{count} teams", count=len(self._chosen))
        wanted = (
            {key: self._teams[key] for key in self._chosen if key in self._teams}
            if few
            else {ALL_CHOSEN: self._render(text)}
        )
        for key, chip in tuple(self.team_chips.items()):
            if wanted.get(key) != chip.text():
                self._chip_row.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
                del self.team_chips[key]
        for key, name in wanted.items():
            if key not in self.team_chips:
                self._add_chip(key, name)
        for entry in self.team_menu.actions():
            entry.setChecked(entry.data() in self._chosen)

    def _add_chip(self, key: str, name: str) -> None:
        chip = Chip(name, removable=True, checked=True)
        chip.removed.connect(lambda: self._remove_chip(key))
        chip.set_theme(self._theme)
        self.team_chips[key] = chip
        self._chip_row.addWidget(chip)

    def _remove_chip(self, key: str) -> None:
        if key != ALL_CHOSEN:
            self.toggle_team(key)
            return
        self._chosen.clear()
        self._show_chips()
        self.changed.emit()
