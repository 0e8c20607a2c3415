"""Keys of the timeline: which command each asks for, and where the cursor goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.roster.selection import Cell

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PAD = Qt.KeyboardModifier.KeypadModifier

Keys = Qt.Key

COMMANDS: dict[tuple[Qt.KeyboardModifier, Qt.Key], str] = {
    (_ALT, Keys.Key_Left): "earlier",
    (_ALT, Keys.Key_Right): "later",
    (_ALT | _SHIFT, Keys.Key_Left): "earlier_fine",
    (_ALT | _SHIFT, Keys.Key_Right): "later_fine",
    (_CTRL | _ALT, Keys.Key_Left): "end_earlier",
    (_CTRL | _ALT, Keys.Key_Right): "end_later",
    (_CTRL | _ALT | _SHIFT, Keys.Key_Left): "start_earlier",
    (_CTRL | _ALT | _SHIFT, Keys.Key_Right): "start_later",
    (_CTRL | _SHIFT, Keys.Key_Left): "day_earlier",
    (_CTRL | _SHIFT, Keys.Key_Right): "day_later",
    (_ALT, Keys.Key_Up): "person_above",
    (_ALT, Keys.Key_Down): "person_below",
    (_NONE, Keys.Key_Return): "edit",
    (_NONE, Keys.Key_Enter): "edit",
    (_NONE, Keys.Key_F2): "edit",
    (_NONE, Keys.Key_Insert): "add",
    (_NONE, Keys.Key_N): "add",
    (_NONE, Keys.Key_Delete): "delete",
    (_NONE, Keys.Key_Backspace): "delete",
    (_NONE, Keys.Key_L): "lock",
    (_NONE, Keys.Key_B): "breaks",
    (_NONE, Keys.Key_S): "swap",
    (_NONE, Keys.Key_W): "why",
    (_CTRL, Keys.Key_A): "select_all",
    (_CTRL, Keys.Key_C): "copy",
    (_CTRL, Keys.Key_X): "cut",
    (_CTRL, Keys.Key_V): "paste",
    (_NONE, Keys.Key_Space): "toggle",
    (_CTRL, Keys.Key_Space): "toggle",
    (_CTRL, Keys.Key_Plus): "zoom_in",
    (_CTRL | _SHIFT, Keys.Key_Plus): "zoom_in",
    (_CTRL, Keys.Key_Equal): "zoom_in",
    (_CTRL, Keys.Key_Minus): "zoom_out",
    (_CTRL, Keys.Key_0): "zoom_week",
    (_NONE, Keys.Key_F8): "explain",
    (_NONE, Keys.Key_Escape): "none",
}
"""(modifiers, key) → command of :mod:`ui.roster.commands`."""


def command_of(event: QKeyEvent) -> str:
    """Return the command of a key, empty for none."""
    modifiers = event.modifiers() & ~_PAD
    return COMMANDS.get((modifiers, Qt.Key(event.key())), "")


def moved_cell(
    event: QKeyEvent, cursor: Cell | None, keys: Sequence[str], days: Sequence[date], page: int
) -> Cell | None:
    """Return where a key moves the cursor, ``None`` for a key that does not.

    Up and down choose people, left and right days; Home and End the first and last day of the
    line, with Ctrl the first and last person.
    """
    last = len(keys) - 1
    line = keys.index(cursor[0]) if cursor is not None and cursor[0] in keys else 0
    day = days.index(cursor[1]) if cursor is not None and cursor[1] in days else 0
    ctrl = bool(event.modifiers() & _CTRL)
    targets = {
        Keys.Key_Down: (line + 1, day),
        Keys.Key_Up: (line - 1, day),
        Keys.Key_PageDown: (line + page, day),
        Keys.Key_PageUp: (line - page, day),
        Keys.Key_Left: (line, day - 1),
        Keys.Key_Right: (line, day + 1),
        Keys.Key_Home: (0 if ctrl else line, day if ctrl else 0),
        Keys.Key_End: (last if ctrl else line, day if ctrl else len(days) - 1),
    }
    target = targets.get(Qt.Key(event.key()))
    if target is None or event.modifiers() & _ALT:
        return None
    if cursor is None:
        return keys[0], days[0]
    return (
        keys[min(max(target[0], 0), last)],
        days[0] + timedelta(days=min(max(target[1], 0), len(days) - 1)),
    )
