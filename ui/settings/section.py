"""What every section of the settings is: a card that keeps edits until they are saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui.desk import Desk
from ui.translate import LANGUAGES, render_in
from ui.widgets.cards import Card, styled_label
from ui.widgets.table import folded
from wfm.errors import Problem, ProblemsError, WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.services.settings import SettingsView
from wfm.workspace import Workspace

Write = Callable[[Workspace], Outcome]

MEND = message("Mend what is marked above, then save.")


def found_in(query: str, texts: Iterable[Message | str]) -> bool:
    """Tell whether every word of ``query`` is in the texts, in any language of the program."""
    words = folded(query).split()
    heap = "\n".join(
        folded(render_in(language)(text)) if isinstance(text, Message) else folded(text)
        for text in texts
        for language in LANGUAGES
    )
    return all(word in heap for word in words)


class SaveBar(Card):
    """Appears where something differs from what is stored: save it, or take it back.

    The screen puts it below the sections, where it stays in sight however long a section is.
    """

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        render = desk.render
        self.text = styled_label(render(message("{section}: not saved yet", section=title)))
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.revert = QPushButton(render(message("Take back")))
        self.save = QPushButton(render(message("Save")))
        self.save.setProperty("role", "primary")
        self.save.setAccessibleName(f"{self.save.text()}: {title}")
        self.revert.setAccessibleName(f"{self.revert.text()}: {title}")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.text)
        row.addWidget(self.error, 1)
        row.addStretch(0)
        row.addWidget(self.revert)
        row.addWidget(self.save)
        self.hide()


class Section(Card):
    """One part of the settings.

    A section shows a :class:`SettingsView`, knows whether the user typed something else, and makes
    the changes that store it.  What is typed stays when the view is read again.
    """

    key: ClassVar[str]
    title: ClassVar[Message]
    about: ClassVar[Message | None] = None

    edited = Signal()
    """What is typed may differ from what is stored now, or no longer."""
    saved = Signal()
    """Something was stored: the settings have to be read again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.text_of = desk, desk.render
        self.view: SettingsView | None = None
        self._fresh = True
        self._draft: Any = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 14, 20, 16)
        self.column.setSpacing(8)
        title = self.text_of(self.title)
        self.setAccessibleName(title)
        self.column.addWidget(styled_label(title, "section"))
        if self.about is not None:
            words = styled_label(self.text_of(self.about), "subtitle")
            words.setWordWrap(True)
            self.column.addWidget(words)
        self.bar = SaveBar(desk, title)
        self.bar.save.clicked.connect(self.save)
        self.bar.revert.clicked.connect(self.revert)

    # --- for the sections to say -----------------------------------------------------------------

    def fill(self, view: SettingsView) -> None:
        """Show what is stored."""

    @property
    def differs(self) -> bool:
        """Whether something else than what is stored is typed."""
        return False

    def writes(self) -> Sequence[Write] | None:
        """Return the changes to store; ``None`` where something typed is wrong, and shown so."""
        return ()

    def draft(self) -> Any:
        """Return what is typed, for the section that replaces this one."""
        return None

    def take_draft(self, draft: Any) -> None:
        """Show again what :meth:`draft` returned."""

    def texts(self) -> Iterable[Message | str]:
        """Return everything a search may find the section by."""
        return ()

    def narrow(self, query: str) -> None:
        """Show only the fields that a search asks for; all of them for an empty one."""

    def show_problem(self, problem: Problem) -> bool:
        """Show a refused value beside its field; ``False`` where there is no such field."""
        del problem
        return False

    # --- what they have in common ----------------------------------------------------------------

    def show_view(self, view: SettingsView) -> None:
        """Show the settings as stored, unless something is typed that is not saved."""
        before, self.view = self.view, view
        if self._fresh or before is None or not self.differs:
            self.fill(view)
            self._fresh = False
        if self._draft is not None:
            draft, self._draft = self._draft, None
            self.take_draft(draft)
        self.show_bar()

    def keep_draft(self, draft: Any) -> None:
        """Show a draft as soon as the settings are read."""
        self._draft = draft

    def matches(self, query: str) -> bool:
        """Tell whether a search finds the section."""
        return found_in(query, [self.title, *self.texts()])

    def show_bar(self) -> None:
        """Show the bar where something differs."""
        if not self.differs:
            self.show_error("")
        self.edited.emit()

    @property
    def wants_bar(self) -> bool:
        """Whether there is something to save, to take back or to read about it."""
        return not self.isHidden() and (self.differs or bool(self.bar.error.text()))

    def show_error(self, text: str) -> None:
        """Show what was refused, beside the buttons."""
        self.bar.error.setText(text)
        self.bar.error.setVisible(bool(text))
        self.bar.setVisible(self.bar.parentWidget() is not None and self.wants_bar)

    def save(self) -> None:
        """Store what is typed."""
        if self.view is None or not self.differs:
            return
        self.show_error("")
        writes = self.writes()
        if writes is None:
            self.show_error(self.text_of(MEND))
            return
        for write in writes:
            self.perform(write)

    def perform(self, write: Write, then: Callable[[], None] | None = None) -> None:
        """Make one change; what is stored is shown afterwards."""

        def finished(_outcome: Outcome) -> None:
            (then or self._stored)()
            self.saved.emit()

        self.desk.do(write, finished, done=message("Saved"), failed=self.refused)

    def _stored(self) -> None:
        """What is typed is stored: the next view may replace it."""
        self._fresh = True

    def refused(self, error: BaseException) -> None:
        """Show what the centre did not accept: beside the fields, the rest beside the buttons."""
        if not isinstance(error, WfmError):
            self.desk.fail(error)
            return
        problems = error.problems if isinstance(error, ProblemsError) else ()
        rest = [item for item in problems if not self.show_problem(item)]
        if problems and not rest:
            self.show_error(self.text_of(MEND))
            return
        texts = [self.text_of(error.message), *(self.text_of(item.reason) for item in rest)]
        self.show_error("\n".join(texts))

    def revert(self) -> None:
        """Show again what is stored."""
        if self.view is not None:
            self.fill(self.view)
            self.show_bar()
