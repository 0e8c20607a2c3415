"""The panel at the right of the roster: broken rules, the build, what changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.preferences import Preferences
from ui.roster.build_panel import BuildPanel
from ui.roster.grouped_list import Group, GroupedList
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.drawer import Drawer
from wfm.messages import Message, message

VIOLATIONS, BUILD, PROPOSED, PUBLISHED = "violations", "build", "proposed", "published"

TITLES: dict[str, Message] = {
    VIOLATIONS: message("Broken rules"),
    BUILD: message("Build the roster"),
    PROPOSED: message("What the proposal changes"),
    PUBLISHED: message("Changes since the last publication"),
}
NOTHING: dict[str, Message] = {
    VIOLATIONS: message("No rule is broken this week."),
    PROPOSED: message("Nothing would change."),
    PUBLISHED: message("Everybody was shown this roster."),
}


class ListPage(QWidget):
    """A grouped list, or the sentence that there is nothing."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__()
        self.list = GroupedList(title)
        self.nothing = styled_label(nothing, "subtitle")
        self.nothing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these groups."""
        self.nothing.setVisible(not groups)
        self.list.setVisible(bool(groups))
        self.list.set_groups(groups)


class SidePanel(Drawer):
    """One drawer with a page for each thing that stands beside the roster.

    ``groups_of`` returns the lines of a list; it is asked only for the page that can be seen.
    """

    def __init__(
        self,
        render: Render,
        preferences: Preferences,
        build: BuildPanel,
        groups_of: Callable[[str], tuple[Group, ...]],
    ) -> None:
        self._at, self._groups_of = VIOLATIONS, groups_of
        self.build = build
        self.lists = {
            key: ListPage(render(TITLES[key]), render(text)) for key, text in NOTHING.items()
        }
        self.pages = QStackedWidget()
        for page in (*self.lists.values(), build):
            self.pages.addWidget(page)
        super().__init__(render, preferences, "roster", TITLES[VIOLATIONS], self.pages, width=330)

    @property
    def page(self) -> str:
        """Which page is in front."""
        return self._at

    def open(self) -> None:
        """Open the panel, its page filled."""
        super().open()
        self.refill()

    def open_page(self, key: str) -> None:
        """Open the panel at a page."""
        self.show_page(key)
        self.open()

    def show_page(self, key: str) -> None:
        """Bring a page to the front, without opening a shut panel."""
        self._at = key
        self.set_title(TITLES[key])
        self.pages.setCurrentWidget(self.build if key == BUILD else self.lists[key])
        self.refill()

    def refill(self) -> None:
        """Show what the page in front has to say now."""
        if self.is_open and self._at in self.lists:
            self.lists[self._at].set_groups(self._groups_of(self._at))

    def toggle_page(self, key: str) -> None:
        """Open the panel at a page; where it is there already, shut it."""
        if self.is_open and self._at == key:
            self.shut()
        else:
            self.open_page(key)

    def focus_page(self) -> None:
        """Give the keyboard to what is in front."""
        if self._at == BUILD:
            self.build.show_start()
        else:
            self.lists[self._at].list.setFocus()
