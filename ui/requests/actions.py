"""What can be done on the screen “requests”."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action("requests.new", message("New request…"), "plus", ("Ctrl+N",), "requests"),
    Action(
        "requests.approve",
        message("Approve", context="request"),
        "check",
        ("Ctrl+Return",),
        "requests",
    ),
    Action(
        "requests.refuse",
        message("Refuse…", context="request"),
        "close",
        ("Ctrl+Shift+R",),
        "requests",
    ),
    Action("requests.withdraw", message("Withdraw", context="request"), "undo", (), "requests"),
    Action("requests.reopen", message("Take the decision back"), "undo", (), "requests"),
)
