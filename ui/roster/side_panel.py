"""The panel at the right of the roster: broken rules, the build, what changes, questions, runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.preferences import Preferences
from ui.roster.grouped_list import Group, GroupedList
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.drawer import Drawer
from wfm.messages import Message, message

VIOLATIONS, BUILD, PROPOSED, PUBLISHED = "violations", "build", "proposed", "published"
WHY, REPAIR, RUNS, HELPS, QUEUES = "why", "repair", "runs", "helps", "queues"

TITLES: dict[str, Message] = {
    VIOLATIONS: message("Broken rules"),
    BUILD: message("Build the roster"),
    PROPOSED: message("What the proposal changes"),
    PUBLISHED: message("Changes since the last publication"),
    WHY: message("Why not?", context="panel"),
    REPAIR: message("Repair absences"),
    RUNS: message("Earlier runs"),
    HELPS: message("What would help"),
    QUEUES: message("Who works at which queue"),
}
LISTS = (VIOLATIONS, PROPOSED, PUBLISHED)
"""Pages that are lists."""

Lines = tuple[Group, ...] | Message
"""What a list shows: its groups, or the sentence why there is none."""


class ListPage(QWidget):
    """A grouped list, or the sentence that there is nothing."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.list = GroupedList(title)
        self.nothing = styled_label(role="subtitle")
        self.nothing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)

    def show_lines(self, lines: tuple[Group, ...], nothing: str) -> None:
        """Show these groups; where there is none, why."""
        self.nothing.setVisible(not lines)
        self.nothing.setText(nothing)
        self.list.setVisible(bool(lines))
        self.list.set_groups(lines)


class SidePanel(Drawer):
    """One drawer with a page for each thing that stands beside the roster.

    ``pages`` are those that are no lists; ``lines_of`` returns what a list shows, asked only for
    the page that can be seen.
    """

    def __init__(
        self,
        render: Render,
        preferences: Preferences,
        pages: Mapping[str, QWidget],
        lines_of: Callable[[str], Lines],
    ) -> None:
        self._at, self._lines_of = VIOLATIONS, lines_of
        self.widgets = dict(pages)
        self.lists = {key: ListPage(render(TITLES[key])) for key in LISTS}
        self.pages = QStackedWidget()
        self._shells: dict[str, QWidget] = {}
        for key, page in {**self.lists, **self.widgets}.items():
            self._shells[key] = page if key in self.lists else _scrolled(page)
            self.pages.addWidget(self._shells[key])
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
        self.pages.setCurrentWidget(self._shells[key])
        self.refill()

    def refill(self) -> None:
        """Show what the page in front has to say now."""
        if self.is_open and self._at in self.lists:
            lines = self._lines_of(self._at)
            if isinstance(lines, Message):
                self.lists[self._at].show_lines((), self._render(lines))
            else:
                self.lists[self._at].show_lines(lines, "")

    def toggle_page(self, key: str) -> None:
        """Open the panel at a page; where it is there already, shut it."""
        if self.is_open and self._at == key:
            self.shut()
        else:
            self.open_page(key)

    def focus_page(self) -> None:
        """Give the keyboard to what is in front."""
        if self._at in self.lists:
            self.lists[self._at].list.setFocus()
        else:
            self.widgets[self._at].setFocus(Qt.FocusReason.OtherFocusReason)


def _scrolled(page: QWidget) -> QScrollArea:
    """Return a page that scrolls where the window is low."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setObjectName("scrolled")
    area.setWidget(page)
    return area
