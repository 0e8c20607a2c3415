"""What can be done on the screen “staffing”."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action(
        "staffing.compute", message("Compute required staff"), "play", ("Ctrl+Return",), "staffing"
    ),
    Action("staffing.reason", message("Reason for this number"), "info", ("F4",), "staffing"),
    Action(
        "staffing.heat", message("Show the heat map"), "staffing", ("Ctrl+Shift+1",), "staffing"
    ),
    Action("staffing.table", message("Show the table"), "roster", ("Ctrl+Shift+2",), "staffing"),
    Action(
        "staffing.shrinkage",
        message("With or without shrinkage"),
        "people",
        ("Ctrl+Shift+S",),
        "staffing",
    ),
    Action("staffing.goals", message("Change the goals"), "edit", ("Ctrl+G",), "staffing"),
)
