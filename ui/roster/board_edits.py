"""Edits on their way: shown at once, stored by the screen, waited for; repeated keys become one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from wfm.analysis.draft import AgentChange, DraftChange, RosterEdit, WeekDraft
from wfm.messages import Message

NUDGE_MS = 700
"""How long a repeated key may pause before its moves are stored as one edit."""


class BoardEdits(QObject):
    """Holds the draft that is edited, and which edits are not stored yet."""

    changed = Signal(object)
    """The draft after an edit."""
    edit_wanted = Signal(object)
    """A :class:`~wfm.analysis.draft.RosterEdit` to be stored."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft: WeekDraft | None = None
        self._pending: list[RosterEdit] = []
        self._base: WeekDraft | None = None
        self._nudged: dict[str, None] = {}
        self._text: Message | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(NUDGE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """Whether something shown is not stored yet."""
        return bool(self._pending) or self._base is not None

    def load(self, draft: WeekDraft) -> None:
        """Edit another draft from now on."""
        self._pending.clear()
        self._forget_nudge()
        self.draft = draft

    def make(self, change: DraftChange) -> None:
        """Make a change and have it stored."""
        if self.draft is None:
            return
        # a change made while keys were repeating starts from what those left
        self.flush()
        self._store(self.draft, change)

    def nudge(self, change: DraftChange) -> None:
        """Make a change that is stored together with those that follow soon."""
        if self.draft is None or change.empty:
            return
        agents = dict.fromkeys(item.agent for item in change.changes)
        if self._base is not None and agents != self._nudged:
            self.flush()
        if self._base is None:
            self._base = self.draft
        self._nudged, self._text = agents, change.text
        self.draft = self.draft.applied(change.changes)
        self._pause.start()
        self.changed.emit(self.draft)

    def flush(self) -> None:
        """Have the nudges stored now."""
        base, text, agents = self._base, self._text, list(self._nudged)
        self._forget_nudge()
        if base is None or text is None or self.draft is None:
            return
        changes = tuple(
            AgentChange(
                agent, base.of(agent), self.draft.of(agent), base.off(agent), self.draft.off(agent)
            )
            for agent in agents
        )
        self._want(base.edit(DraftChange(changes, text)))

    def committed(self, edit: RosterEdit) -> None:
        """Hear that an edit is stored."""
        if edit in self._pending:
            self._pending.remove(edit)

    def forget(self) -> None:
        """Give up what is not stored: what is stored is loaded anew."""
        self._pending.clear()
        self._forget_nudge()

    def _store(self, draft: WeekDraft, change: DraftChange) -> None:
        if change.empty:
            return
        edit = draft.edit(change)
        self.draft = draft.applied(change.changes)
        self.changed.emit(self.draft)
        self._want(edit)

    def _want(self, edit: RosterEdit) -> None:
        if edit.wanted:
            self._pending.append(edit)
            self.edit_wanted.emit(edit)

    def _forget_nudge(self) -> None:
        self._pause.stop()
        self._base, self._text, self._nudged = None, None, {}


def changes_locks(edit: RosterEdit) -> bool:
    """Tell whether an edit changes what is locked."""

    def locked(weeks: tuple[Any, ...]) -> set[object]:
        found_locks: set[object] = set()
        for week in weeks:
            if week is not None:
                found_locks |= {(duty.agent, duty) for duty in week.duties if duty.locked}
                found_locks |= {(week.agent, day) for day in week.locked_off}
        return found_locks

    return locked(edit.seen) != locked(edit.wanted)
