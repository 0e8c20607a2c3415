"""What can be done on the screen “roster”."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import Message, message


def _action(key: str, text: Message, icon: str = "", *keys: str) -> Action:
    return Action(f"roster.{key}", text, icon, keys, "roster")


BOARD: tuple[Action, ...] = (
    _action("add", message("Add a shift"), "plus"),
    _action("edit", message("Edit the shift"), "edit"),
    _action("delete", message("Delete the selected shifts"), "trash"),
    _action("lock", message("Lock or unlock the selected shifts"), "lock"),
    _action("breaks", message("Put the breaks where they hurt least"), "clock"),
    _action("swap", message("Swap the shifts of two people"), "requests"),
    _action("why", message("Why is this day not otherwise?"), "help"),
    _action("copy", message("Copy the selected shifts"), "copy"),
    _action("cut", message("Cut the selected shifts"), "copy"),
    _action("paste", message("Paste shifts"), "import"),
    _action("select_all", message("Select all shifts"), "check"),
    _action("zoom_in", message("Zoom in"), "plus"),
    _action("zoom_out", message("Zoom out"), "minus"),
)
"""What the board carries out by itself, under its own keys while it has the keyboard."""

ACTIONS: tuple[Action, ...] = (
    _action("build", message("Build the roster"), "play", "Ctrl+Return"),
    _action("stop", message("Stop building and keep the best"), "stop", "Ctrl+."),
    _action("accept", message("Accept the proposed roster"), "check", "Ctrl+Shift+Return"),
    _action("discard", message("Discard the proposed roster"), "trash"),
    _action("publish", message("Publish…"), "publish", "Ctrl+Shift+P"),
    _action("export", message("Write the roster to a file…"), "export", "Ctrl+E"),
    _action("violations", message("List the broken rules"), "warning", "F9"),
    _action("build_panel", message("Show the build panel"), "panel", "F7"),
    _action("repair", message("Repair absences…"), "people", "Ctrl+Shift+R"),
    _action("runs", message("Earlier runs of this week"), "refresh", "Ctrl+Shift+H"),
    _action("alternatives", message("Make three alternatives"), "copy"),
    _action("helps", message("See what would help…"), "info", "Ctrl+Shift+I"),
    _action("queues", message("Share out the queues…"), "staffing", "Ctrl+Shift+Q"),
    _action("search", message("Find people in the roster"), "search", "Ctrl+F"),
    _action("show_all", message("Show all people"), "people", "Ctrl+Shift+F"),
    _action("day", message("Show one day"), "calendar", "Ctrl+Shift+D"),
    _action("week", message("Show the whole week"), "roster", "Ctrl+Shift+W"),
    _action("table", message("Roster as a table"), "staffing", "Ctrl+Shift+T"),
    _action("lock_week", message("Lock the whole week"), "lock"),
    _action("unlock_week", message("Unlock the whole week"), "unlock"),
    _action("copy_week", message("Copy the week before"), "copy"),
    _action("clear_week", message("Clear the week…"), "trash"),
    *BOARD,
)
MENU = (
    "repair",
    "why",
    "helps",
    "runs",
    "alternatives",
    "",
    "queues",
    "export",
    "table",
    "",
    "lock",
    "lock_week",
    "unlock_week",
    "",
    "copy_week",
    "clear_week",
)
"""Actions behind the button “More”, in their order; an empty name is a line between."""
