"""The section about shift kinds: a list, and the one chosen to edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.form import LABEL_WIDTH, form_for
from ui.settings.breaks import BreaksEditor
from ui.settings.section import MEND, Section
from ui.translate import format_list
from ui.widgets.cards import styled_label
from ui.widgets.page_stack import PageStack
from ui.widgets.question import Question
from ui.widgets.table import ROW_HEIGHT, Column, Table
from ui.widgets.table_cells import HEAD_HEIGHT
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.time import format_clock, format_length
from wfm.services.settings import SettingsView

FIELDS = (
    "name", "letter", "colour", "earliest_start", "latest_start", "step", "lengths", "break_gap",
)  # fmt: skip
SHOWN_ROWS = 8


class KindEditor(QWidget):
    """Everything about one shift kind; ``seen`` is what is stored, ``None`` for a new one."""

    edited = Signal()
    remove_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.seen: ShiftKind | None = None
        self.form = form_for(ShiftKind, desk.render, only=FIELDS)
        self.breaks = BreaksEditor(desk)
        self.remove = QPushButton(desk.render(message("Remove this shift kind")))
        self.remove.setProperty("role", "link")
        self.remove.clicked.connect(self.remove_wanted)
        line = QHBoxLayout()
        line.setSpacing(16)
        label = styled_label(desk.render(message("Breaks")))
        label.setMinimumHeight(30)
        label.setFixedWidth(LABEL_WIDTH)
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.breaks, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form)
        column.addLayout(line)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.form.edited.connect(self.edited)
        self.breaks.edited.connect(self.edited)

    def show_kind(self, kind: ShiftKind, seen: ShiftKind | None) -> None:
        """Show a kind."""
        self.seen = seen
        self.form.show_value(kind)
        self.breaks.show_value(kind.breaks)

    @property
    def differs(self) -> bool:
        """Whether something else than what is stored is typed; a new kind always differs."""
        if self.seen is None:
            return self.form.shown is not None
        try:
            return self.form.differs or self.breaks.value() != _ordered(self.seen)
        except WfmError:
            return True

    def value(self) -> ShiftKind | None:
        """Return the kind as typed; ``None`` where something is wrong, and shown so."""
        if not self.breaks.check():
            self.form.value()
            return None
        shown = self.form.shown
        # lengths and breaks have to fit each other, so both are replaced at once
        self.form.show_base(replace(shown, breaks=()))
        kind = self.form.value()
        self.form.show_base(shown)
        if kind is None:
            return None
        try:
            made: ShiftKind = replace(kind, breaks=self.breaks.value())
        except WfmError as error:
            self.form.show_error(error.message)
            return None
        return made

    def raw(self) -> Any:
        """Return what stands in the editors."""
        return self.form.raw(), self.breaks.raw()

    def take_raw(self, raw: Any) -> None:
        """Show again what stood there."""
        self.form.take_raw(raw[0])
        self.breaks.take_raw(raw[1])


class ShiftKindsSection(Section):
    """Families of shifts that rosters are built from; each keeps its edits."""

    key = "kinds"
    title = message("Shift kinds")
    about = message("From these starts, lengths and breaks every roster is built.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = Table(
            self._columns(),
            key=lambda kind: kind.key,
            name=desk.render(self.title),
            theme=desk.theme,
            hint=desk.render(message("There is no shift kind yet.")),
        )
        self.table.setFixedHeight(HEAD_HEIGHT + 4 * ROW_HEIGHT)
        self.table.chosen.connect(self._chosen)
        self.add = QPushButton(desk.render(message("Add a shift kind")))
        self.add.clicked.connect(self._added)
        self.editors: dict[str, KindEditor] = {}
        self.question = Question(desk.render, message("Remove it"))
        self.question.confirmed.connect(self._remove)
        self._stack = PageStack()
        self._used: dict[str, tuple[str, ...]] = {}
        self.column.addWidget(self.table)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._stack)
        self.column.addWidget(self.question)

    def _columns(self) -> tuple[Column, ...]:
        render = self.text_of

        def starts(kind: ShiftKind) -> str:
            first, last = format_clock(kind.earliest_start), format_clock(kind.latest_start)
            return first if first == last else f"{first}–{last}"

        def used(kind: ShiftKind) -> str:
            names = format_list(self._used.get(kind.key, ()), self.desk.language)
            return names or render(message("no contract"))

        return (
            Column("letter", render(message("Letter")), lambda kind: kind.letter, 64, "centre",
                   bold=True),
            Column("name", render(message("Name")), self._marked, 160, searched=True),
            Column("starts", render(message("Starts", context="shift kind")), starts, 120),
            Column("lengths", render(message("Lengths")),
                   lambda kind: ", ".join(map(format_length, kind.lengths)), 100),
            Column("used", render(message("Planned by")), used, 320,
                   tone=lambda kind: "muted" if self._used.get(kind.key) else "warn"),
        )  # fmt: skip

    def _marked(self, kind: ShiftKind) -> str:
        editor = self.editors.get(kind.key)
        mark = " •" if editor is not None and editor.differs else ""
        return f"{kind.name}{mark}"

    # --- showing ---------------------------------------------------------------------------------

    def fill(self, view: SettingsView) -> None:
        """Show the stored kinds; nothing typed is kept."""
        self._fill(view, keep_edits=False)

    def show_view(self, view: SettingsView) -> None:
        """Show the stored kinds; those being edited keep what is typed."""
        if self.view is not None and not self._fresh:
            self.view = view
            self._fill(view, keep_edits=True)
            self.show_bar()
            return
        super().show_view(view)

    def _fill(self, view: SettingsView, *, keep_edits: bool) -> None:
        self._used = dict(view.used_kinds)
        stored = {kind.key: kind for kind in view.shift_kinds}
        for key, editor in list(self.editors.items()):
            if key not in stored and not (keep_edits and editor.differs):
                self._drop(key)
        for key, kind in stored.items():
            if key not in self.editors:
                self._make(key).show_kind(kind, kind)
            elif not (keep_edits and self.editors[key].differs):
                self.editors[key].show_kind(kind, kind)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = [editor.form.shown for editor in self.editors.values()]
        shown = self._chosen_key()
        self.table.set_rows(sorted(rows, key=lambda kind: (kind.earliest_start, kind.key)))
        rows_shown = min(max(len(rows), 1), SHOWN_ROWS)
        self.table.setFixedHeight(HEAD_HEIGHT + rows_shown * ROW_HEIGHT + 2)
        if shown is None and rows:
            self.table.choose(self.table.shown[0].key)
        self._chosen()

    def _make(self, key: str) -> KindEditor:
        editor = KindEditor(self.desk)
        editor.edited.connect(self._edited)
        editor.remove_wanted.connect(self._ask_to_remove)
        self.desk.dress(editor)
        self._stack.add(editor)
        self.editors[key] = editor
        return editor

    def _drop(self, key: str) -> None:
        editor = self.editors.pop(key)
        self._stack.drop(editor)

    def _chosen_key(self) -> str | None:
        selected = self.table.selected
        return str(selected[0].key) if selected else None

    def _chosen(self) -> None:
        key = self._chosen_key()
        self.question.hide()
        self._stack.setVisible(key in self.editors)
        if key in self.editors:
            self._stack.choose(self.editors[key])

    def _edited(self) -> None:
        self.show_bar()
        self.table.viewport().update()

    def choose(self, key: str) -> None:
        """Show a kind in the editor."""
        self.table.choose(key)

    # --- changing --------------------------------------------------------------------------------

    @property
    def differs(self) -> bool:
        """Whether any kind differs, or is new."""
        return any(editor.differs for editor in self.editors.values())

    def _added(self) -> None:
        if self.view is None:
            return
        key = self.view.new_kind
        if key not in self.editors:
            kind = ShiftKind(key, "", "", 540, 540, 30, (480,))
            self._make(key).show_kind(kind, None)
            self._show_rows()
        self.table.choose(key)
        self.editors[key].form.editor("name").setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_bar()

    def save(self) -> None:
        """Store every kind that differs."""
        self.show_error("")
        for key, editor in self.editors.items():
            if not editor.differs:
                continue
            kind = editor.value()
            if kind is None:
                self.table.choose(key)
                self.show_error(self.text_of(MEND))
                return
            self._store(editor, kind)

    def _store(self, editor: KindEditor, kind: ShiftKind) -> None:
        seen = editor.seen

        def stored() -> None:
            editor.show_kind(kind, kind)
            self.show_bar()

        self.perform(
            lambda workspace: workspace.settings.change_shift_kind(kind, seen=seen), stored
        )

    def _ask_to_remove(self) -> None:
        key = self._chosen_key()
        editor = self.editors.get(key or "")
        if key is None or editor is None:
            return
        if editor.seen is None:
            self._drop(key)
            self._show_rows()
            self.show_bar()
            return
        name = editor.seen.name or key
        self.question.ask(message("Remove the shift kind {name}?", name=name))

    def _remove(self) -> None:
        editor = self.editors.get(self._chosen_key() or "")
        if editor is None or editor.seen is None:
            return
        seen = editor.seen

        def removed() -> None:
            if seen.key in self.editors:
                self._drop(seen.key)
            self._show_rows()
            self.show_bar()

        self.perform(lambda workspace: workspace.settings.remove_shift_kind(seen), removed)

    # --- drafts and searching --------------------------------------------------------------------

    def draft(self) -> Any:
        """Return what is typed, and which kind is shown."""
        typed = {key: item.raw() for key, item in self.editors.items() if item.differs}
        return {"chosen": self._chosen_key(), "typed": typed}

    def take_draft(self, draft: Any) -> None:
        """Show what was typed."""
        for key, raw in draft["typed"].items():
            if key not in self.editors:
                kind = ShiftKind(key, "", "", 540, 540, 30, (480,))
                self._make(key).show_kind(kind, None)
            self.editors[key].take_raw(raw)
        self._show_rows()
        if draft["chosen"] is not None:
            self.table.choose(draft["chosen"])

    def texts(self) -> Iterable[Message | str]:
        """Return names, letters and labels."""
        names = [editor.form.shown.name for editor in self.editors.values()]
        labels = (message("Breaks"), message("Letter"), message("Colour"), message("Lengths"))
        return (*names, *labels)


def _ordered(kind: ShiftKind) -> tuple[object, ...]:
    return tuple(sorted(kind.breaks, key=lambda rule: rule.earliest))
