"""What can be done on the payroll screen."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action("payroll.earlier", message("Month before"), "left", ("Alt+Left",), "payroll"),
    Action("payroll.later", message("Month after"), "right", ("Alt+Right",), "payroll"),
    Action("payroll.export", message("Export…"), "export", ("Ctrl+E",), "payroll"),
    Action("payroll.figures", message("Back to the figures"), "payroll", ("Alt+1",), "payroll"),
    Action("payroll.days", message("Days of the person"), "panel", ("F4",), "payroll"),
)
