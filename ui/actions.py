"""Actions as data: what can be done, under which words, icon and keys.

The frame makes one ``QAction`` of each; menus, buttons and the command palette show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from ui.screens import SCREENS
from wfm.messages import Message, message


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    ``screen`` names the screen it belongs to (empty: everywhere); ``keys`` are key sequences in
    Qt's portable notation, the first one shown.
    """

    key: str
    text: Message
    icon: str = ""
    keys: tuple[str, ...] = ()
    screen: str = ""


FRAME_ACTIONS: tuple[Action, ...] = (
    Action("undo", message("Undo"), "undo", ("Ctrl+Z",)),
    Action("redo", message("Redo"), "redo", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Action("week.earlier", message("Week before"), "left", ("Alt+PgUp",)),
    Action("week.later", message("Week after"), "right", ("Alt+PgDown",)),
    Action("palette", message("Find a command"), "command", ("Ctrl+K",)),
    Action("open", message("Open another centre"), "folder", ("Ctrl+O",)),
    Action("help", message("Help for this screen"), "help", ("F1",)),
    Action("refresh", message("Read everything again"), "refresh", ("F5",)),
    Action("language", message("Change the language"), "language", ()),
    Action("theme", message("Change between light and dark"), "moon", ()),
    Action("close_message", message("Close the message"), "close", ("Ctrl+Shift+M",)),
    Action("quit", message("Quit"), "close", ("Ctrl+Q",)),
)


def go_key(screen: str) -> str:
    """Return the key of the action that shows a screen."""
    return f"go.{screen}"


def all_actions() -> tuple[Action, ...]:
    """Return every action: the frame's, one to reach each screen, and those of the screens."""
    reach = tuple(
        Action(go_key(spec.key), spec.title, spec.icon, (f"Ctrl+{place}",))
        for place, spec in enumerate(SCREENS, start=1)
    )
    own = tuple(
        action for spec in SCREENS for action in import_module(f"ui.{spec.key}.actions").ACTIONS
    )
    return (*FRAME_ACTIONS, *reach, *own)
