"""What can be done on the screen “forecast”."""

from __future__ import annotations

from ui.actions import Action
from wfm.messages import message

ACTIONS: tuple[Action, ...] = (
    Action("forecast.make", message("Forecast this week"), "play", ("Ctrl+Return",), "forecast"),
    Action(
        "forecast.import", message("Import contact history…"), "import", ("Ctrl+I",), "forecast"
    ),
    Action("forecast.volume", message("Show contacts"), "phone", ("Ctrl+Shift+1",), "forecast"),
    Action("forecast.aht", message("Show handling times"), "clock", ("Ctrl+Shift+2",), "forecast"),
    Action("forecast.day", message("Draw one day"), "calendar", ("Ctrl+Shift+D",), "forecast"),
    Action(
        "forecast.week", message("Draw the whole week"), "forecast", ("Ctrl+Shift+W",), "forecast"
    ),
    Action("forecast.percent", message("Change by percent"), "edit", ("Ctrl+Shift+P",), "forecast"),
    Action(
        "forecast.reset",
        message("Back to the method's numbers"),
        "undo",
        ("Ctrl+Shift+R",),
        "forecast",
    ),
)
