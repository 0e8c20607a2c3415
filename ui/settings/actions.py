"""What can be done on the settings screen."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action("settings.save", message("Save the settings"), "check", ("Ctrl+S",), "settings"),
    Action("settings.revert", message("Take back what is not saved"), "undo", (), "settings"),
    Action("settings.search", message("Search the settings"), "search", ("Ctrl+F",), "settings"),
    Action("settings.aims", message("Order the aims of the roster"), "star", (), "settings"),
    Action("settings.backup", message("Back up now"), "database", ("Ctrl+B",), "settings"),
)
