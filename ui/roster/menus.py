"""Small menus of the board: the shift kinds a cell can get, and what can be done with shifts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.translate import Render
from wfm.analysis.draft import DraftChange, WeekDraft, edits
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.roster import Duty
from wfm.model.run import WishedDay
from wfm.model.time import format_clock

LINE_BEFORE = "copy"
"""The command before which a menu has a line."""

SHIFT_ENTRIES: tuple[tuple[str, Message, str], ...] = (
    ("edit", message("Type the times …"), "Enter"),
    ("lock", message("Lock or unlock"), "L"),
    ("breaks", message("Put the breaks where they hurt least"), "B"),
    ("swap", message("Swap the two shifts"), "S"),
    ("copy", message("Copy"), "Ctrl+C"),
    ("cut", message("Cut"), "Ctrl+X"),
    ("paste", message("Paste"), "Ctrl+V"),
    ("delete", message("Remove"), "Delete"),
)
CELL_ENTRIES: tuple[tuple[str, Message, str], ...] = (
    ("edit", message("Type the times …"), "Enter"),
    ("lock", message("Lock or unlock the day off"), "L"),
    ("paste", message("Paste"), "Ctrl+V"),
)
"""Command, words and key of the entries."""

Chosen = Callable[[DraftChange], None]


def kind_entries(
    draft: WeekDraft, agent: str, day: date, render: Render
) -> list[tuple[str, DraftChange | Message]]:
    """Return for each kind of a person's contract its words and the shift it would give.

    A kind that cannot be placed carries the reason instead.
    """
    entries: list[tuple[str, DraftChange | Message]] = []
    for kind in draft.facts.kinds_of(agent):
        try:
            change = edits.place(draft, agent, day, kind)
        except WfmError as error:
            entries.append((f"{kind.letter}  {kind.name}", error.message))
            continue
        entries.append((_kind_words(kind.name, change.duties[0], render), change))
    return entries


def _kind_words(name: str, duty: Duty, render: Render) -> str:
    return render(
        message(
            "{letter}  {name}  {start}–{end}",
            letter=duty.letter,
            name=name,
            start=format_clock(duty.start),
            end=format_clock(duty.end),
        )
    )


def add_kinds(
    menu: QMenu, entries: Sequence[tuple[str, DraftChange | Message]], chosen: Chosen
) -> None:
    """Put shift kinds into a menu; choosing one hands its change on."""
    for words, meant in entries:
        action = menu.addAction(words)
        if isinstance(meant, DraftChange):
            action.triggered.connect(lambda _=False, change=meant: chosen(change))
        else:
            action.setEnabled(False)


def why_entries(
    draft: WeekDraft, agent: str, day: date, render: Render
) -> list[tuple[str, WishedDay]]:
    """Return what can be asked of a cell: not off, not at work, not another kind of shift."""
    duty = draft.on(agent, day)
    if duty is None:
        entries = [(render(message("Why not at work here?")), WishedDay(agent, day, "work"))]
    else:
        entries = [(render(message("Why not off here?")), WishedDay(agent, day, "off"))]
    entries += [
        (render(message("Why not “{kind}” here?", kind=kind.name)),
         WishedDay(agent, day, "shift", kind.key))
        for kind in draft.facts.kinds_of(agent)
        if duty is None or duty.kind != kind.key
    ]  # fmt: skip
    return entries


def add_questions(
    menu: QMenu, entries: Sequence[tuple[str, WishedDay]], asked: Callable[[WishedDay], None]
) -> None:
    """Put questions into a menu; the first has a key."""
    for place, (words, wished) in enumerate(entries):
        action = menu.addAction(words if place else f"{words}\tW")
        action.triggered.connect(lambda _=False, wished=wished: asked(wished))


def add_commands(
    menu: QMenu,
    entries: Sequence[tuple[str, Message, str]],
    render: Render,
    run: Callable[[str], None],
) -> None:
    """Put commands into a menu, each with its key."""
    for command, text, key in entries:
        if command == LINE_BEFORE:
            menu.addSeparator()
        action = QAction(f"{render(text)}\t{key}", menu)
        action.triggered.connect(lambda _=False, name=command: run(name))
        menu.addAction(action)


def pop_up(menu: QMenu, owner: QWidget, place: QPoint) -> None:
    """Show a menu at a global point; it goes away with its choice."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setAccessibleName(owner.accessibleName())
    menu.popup(place)
