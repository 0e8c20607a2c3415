"""The settings screen: sections beside their names, and a search through all of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.screen import Screen
from ui.settings.about import AboutSection
from ui.settings.aims import AimsSection
from ui.settings.backup import BackupSection
from ui.settings.centre import CentreSection
from ui.settings.kinds import ShiftKindsSection
from ui.settings.look import LookSection
from ui.settings.opening import OpeningSection
from ui.settings.rules import RulesSection
from ui.settings.section import Section
from ui.settings.special import SpecialDaysSection
from ui.settings.together import TogetherSection
from ui.widgets.cards import styled_label
from ui.widgets.fields import SearchBox
from wfm.messages import Message, message
from wfm.services.settings import SettingsView

SECTIONS: tuple[type[Section], ...] = (
    CentreSection,
    OpeningSection,
    ShiftKindsSection,
    RulesSection,
    TogetherSection,
    AimsSection,
    SpecialDaysSection,
    LookSection,
    BackupSection,
    AboutSection,
)
WIDEST = 940


class SettingsScreen(Screen):
    """One section at a time, or all that a search finds."""

    key = "settings"
    reads = frozenset(
        {"agent", "centre_rule", "contract", "queue", "shift_kind", "site", "special_day", "team"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        render = desk.render
        self.search = SearchBox(render(message("Search the settings")))
        self.sections: dict[str, Section] = {kind.key: kind(desk) for kind in SECTIONS}
        self.names: dict[str, QPushButton] = {}
        self._chosen = SECTIONS[0].key
        self._nothing = styled_label(render(message("No setting has these words.")), "subtitle")
        self._scroll = QScrollArea()
        self._furnish()
        self._show_sections()

    def _furnish(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.search)
        left.addSpacing(8)
        for key, section in self.sections.items():
            name = QPushButton(self.desk.render(section.title))
            name.setProperty("role", "section")
            name.setCheckable(True)
            name.clicked.connect(lambda _on=False, key=key: self.choose(key))
            self.names[key] = name
            left.addWidget(name)
            section.edited.connect(self._mark_names)
            section.saved.connect(self.refresh)
        left.addStretch(1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for section in self.sections.values():
            section.setMaximumWidth(WIDEST)
            column.addWidget(section)
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._scroll, 1)
        for section in self.sections.values():
            section.bar.setMaximumWidth(WIDEST)
            right.addWidget(section.bar)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self.search.textChanged.connect(lambda _text: self._show_sections())

    def connect_actions(self) -> None:
        """Connect the screen's own actions."""
        action = self.desk.action
        action("settings.save").triggered.connect(self.save)
        action("settings.revert").triggered.connect(self.revert)
        action("settings.search").triggered.connect(self._focus_search)
        action("settings.aims").triggered.connect(lambda: self.choose(AimsSection.key))
        action("settings.backup").triggered.connect(self._back_up)

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the settings; what is typed and not saved stays."""
        self.desk.ask(lambda workspace: workspace.settings.read(), self._show)

    def _show(self, view: SettingsView) -> None:
        for section in self.sections.values():
            section.show_view(view)
        self._show_sections()

    # --- sections --------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Show one section."""
        self._chosen = key
        self.search.clear()
        self._show_sections()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_sections(self) -> None:
        query = self.search.text().strip()
        found = 0
        for key, section in self.sections.items():
            there = section.matches(query) if query else key == self._chosen
            section.narrow(query if there else "")
            section.setVisible(there)
            self.names[key].setChecked(there)
            section.bar.setVisible(section.wants_bar)
            found += there
        self._nothing.setVisible(not found)

    @property
    def shown_sections(self) -> tuple[str, ...]:
        """Keys of the sections shown."""
        return tuple(key for key, section in self.sections.items() if not section.isHidden())

    def _mark_names(self) -> None:
        for key, section in self.sections.items():
            mark = " •" if section.differs else ""
            self.names[key].setText(f"{self.desk.render(section.title)}{mark}")
            section.bar.setVisible(section.wants_bar)

    # --- actions ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what is typed, in every section."""
        typed = [section for section in self.sections.values() if section.differs]
        for section in typed:
            section.save()
        if not typed:
            self.desk.say(message("Nothing differs from what is stored."))

    def revert(self) -> None:
        """Take back what is typed in the sections shown."""
        for key in self.shown_sections:
            self.sections[key].revert()

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _back_up(self) -> None:
        self.choose(BackupSection.key)
        section = self.sections[BackupSection.key]
        if isinstance(section, BackupSection):
            section.back_up()

    # --- places and states -----------------------------------------------------------------------

    def focus_on(self, **where: Any) -> None:
        """Show a section (``section``); in it a queue, or the rule or text searched for."""
        section, text = where.get("section"), where.get("search")
        if isinstance(section, str) and section in self.sections:
            self.choose(section)
        if isinstance(text, str):
            self.search.setText(text)
        opening = self.sections[OpeningSection.key]
        queue = where.get("queue")
        if isinstance(queue, str) and isinstance(opening, OpeningSection):
            opening.choose(queue)

    def unsaved(self) -> Message | None:
        """Return that something is typed and not saved."""
        if not any(section.differs for section in self.sections.values()):
            return None
        return message("Some settings are typed but not saved.")

    def unkept(self) -> Message | None:
        """Nothing: drafts are part of the state."""
        return None

    def state(self) -> dict[str, Any]:
        """Keep what is typed, the section and the search."""
        return {
            "section": self._chosen,
            "search": self.search.text(),
            "drafts": {key: section.draft() for key, section in self.sections.items()},
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what the screen in the other language showed."""
        self._chosen = state.get("section", self._chosen)
        self.search.setText(state.get("search", ""))
        for key, draft in state.get("drafts", {}).items():
            if draft is not None and key in self.sections:
                self.sections[key].keep_draft(draft)
        self._show_sections()
