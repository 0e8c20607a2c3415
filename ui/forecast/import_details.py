"""The details of a file by tab: its first rows, its columns, what it holds, what is rejected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.forecast.import_layout import LayoutView
from ui.forecast.import_rejected import RejectedView
from ui.forecast.import_state import Seen
from ui.forecast.import_tables import (
    Words,
    first_rows,
    person_columns,
    queue_columns,
    rows_of,
)
from ui.theme import Theme, font
from ui.widgets.cards import Card, styled_label
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import Choices
from ui.widgets.table import Table
from wfm.errors import Problem
from wfm.imports import Preview
from wfm.messages import Message, message
from wfm.services.acd_preview import AcdPreview
from wfm.services.source_files import Setting

MOST_NOTES = 6
TAB_PADDING = 12
TABS = {
    "content": message("What it holds"),
    "rows": message("First rows"),
    "columns": message("Columns"),
    "rejected": message("Rejected rows"),
}


class Details(Card):
    """Four tabs over one place; the one that matters most is shown first."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        render = words.render
        self._starts: tuple[Preview, ...] = ()
        self._wanted = ""
        names = [(key, render(text)) for key, text in TABS.items()]
        self.tabs = Choices(names, "content", render(message("Details of the file")))
        self.tabs.chosen.connect(self._turn)
        self.sheets = ChoiceBox()
        self.sheets.setAccessibleName(render(message("Sheet")))
        self.sheets.setMinimumWidth(160)
        self.sheets.activated.connect(self._show_sheet)
        self.content = Table(
            queue_columns(words),
            key=lambda item: item.key,
            name=render(TABS["content"]),
            theme=theme,
            hint=render(message("Nothing can be read yet: answer the questions above.")),
        )
        self.first = Table(
            (),
            key=lambda row: row.number,
            name=render(TABS["rows"]),
            theme=theme,
            sticky=1,
            hint=render(message("The file holds no rows")),
        )
        self.layout_view = LayoutView(render, theme, "acd")
        self.rejected = RejectedView(words, theme)
        self.notes = styled_label("", "subtitle")
        self.notes.setWordWrap(True)
        self._pages = QStackedWidget()
        self._arrange()
        self._turn("content")

    def _arrange(self) -> None:
        held = QWidget()
        below = QVBoxLayout(held)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.content, 1)
        below.addWidget(self.notes)
        for page in (held, self.first, self.layout_view, self.rejected):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.sheets)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)

    @property
    def tab(self) -> str:
        """The key of the tab shown."""
        return self.tabs.current

    def want(self, tab: str) -> None:
        """Show a tab as soon as there is a file."""
        self._wanted = tab if tab in TABS else ""

    def set_reader(self, reader: str) -> None:
        """Show files of another kind from now on."""
        columns = queue_columns if reader == "acd" else person_columns
        self.content.set_columns(columns(self._words))
        self.layout_view.set_reader(reader)

    def show_seen(self, seen: Seen, settings: Sequence[Setting], file: str, *, first: bool) -> None:
        """Show what was seen of a file; ``first`` chooses the tab that matters most."""
        for button in self.tabs.buttons.values():
            button.show()
        self.content.set_rows(seen.queues if isinstance(seen, AcdPreview) else seen.people)
        notes = [self._words.render(note) for note in seen.result.notes[:MOST_NOTES]]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.layout_view.show_layout(seen.starts, settings)
        self._show_problems(seen.result.problems if not seen.open_questions else (), file)
        self._show_starts(seen.starts)
        if first:
            tab = self._wanted or self._telling(seen)
            self._wanted = ""
            self.tabs.choose(tab)
            self._turn(tab)

    def show_only_rejected(self, problems: Sequence[Problem], file: str) -> None:
        """Keep nothing but the rejected rows: the file has been imported."""
        for key, button in self.tabs.buttons.items():
            button.setVisible(key == "rejected")
        self._show_problems(problems, file)
        self.tabs.choose("rejected")
        self._turn("rejected")
        self.setVisible(bool(problems))

    @staticmethod
    def _telling(seen: Seen) -> str:
        """Return the tab that matters most for a file just read."""
        if any(question.key == "columns" for question in seen.open_questions):
            return "columns"
        if seen.open_questions:
            return "rows"
        return "content" if seen.result.accepted_rows else "rejected"

    def _show_problems(self, problems: Sequence[Problem], file: str) -> None:
        self.rejected.show_problems(problems, file)
        count = len({(problem.file, problem.row) for problem in problems})
        named = message("{tab} ({count})", tab=TABS["rejected"], count=count)
        text: Message = named if count else TABS["rejected"]
        button = self.tabs.buttons["rejected"]
        button.setText(self._words.render(text))
        # the chosen tab is bold, which its size does not know
        bold = QFontMetrics(font(bold=True)).horizontalAdvance(button.text())
        button.setMinimumWidth(bold + 2 * TAB_PADDING)

    def _show_starts(self, starts: Sequence[Preview]) -> None:
        before = self.sheets.currentText()
        self._starts = tuple(starts)
        self.sheets.clear()
        self.sheets.addItems([start.sheet or "–" for start in starts])
        again = self.sheets.findText(before)
        self.sheets.setCurrentIndex(max(again, 0))
        self._show_sheet(self.sheets.currentIndex())
        self._turn(self.tab)

    def _show_sheet(self, place: int) -> None:
        if 0 <= place < len(self._starts):
            start = self._starts[place]
            self.first.set_rows(())
            self.first.set_columns(first_rows(start, self._words))
            self.first.set_rows(rows_of(start))

    def _turn(self, tab: str) -> None:
        self._pages.setCurrentIndex(list(TABS).index(tab))
        self.sheets.setVisible(tab == "rows" and len(self._starts) > 1)
