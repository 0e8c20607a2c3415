"""What can be done on the screen “people”."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action("people.add", message("Add a person"), "plus", ("Ctrl+N",), "people"),
    Action("people.import", message("Import people…"), "import", ("Ctrl+I",), "people"),
    Action("people.search", message("Find a person"), "search", ("Ctrl+F",), "people"),
    Action(
        "people.everybody", message("Show everybody"), "filter", ("Ctrl+Shift+F",), "people"
    ),
    Action(
        "people.terms", message("Contracts, skills and teams"), "edit", ("Ctrl+T",), "people"
    ),
    Action("people.leave", message("Enter leave…"), "calendar", ("Ctrl+L",), "people"),
    Action("people.remove", message("Remove people…"), "trash", ("Ctrl+Del",), "people"),
    Action("people.panel", message("Panel of the person"), "panel", ("F4",), "people"),
)  # fmt: skip
