"""What can be done on the screen “overview”."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action("overview.next", message("Go to what is next"), "right", ("Ctrl+Return",), "overview"),
)
