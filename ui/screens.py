"""The screens of the window, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from wfm.messages import Message, message

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.screen import Screen


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One entry of the navigation; its folder ``ui/<key>`` holds the screen."""

    key: str
    title: Message
    icon: str
    class_name: str

    def build(self, desk: Desk) -> Screen:
        """Make the screen; imported now, so that a start loads only what it shows."""
        made: Screen = getattr(import_module(f"ui.{self.key}.screen"), self.class_name)(desk)
        return made


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("overview", message("This week's work"), "overview", "OverviewScreen"),
    ScreenSpec("forecast", message("Forecast", context="screen"), "forecast", "ForecastScreen"),
    ScreenSpec(
        "staffing", message("Required staff", context="screen"), "staffing", "StaffingScreen"
    ),
    ScreenSpec("people", message("People", context="screen"), "people", "PeopleScreen"),
    ScreenSpec("roster", message("Roster", context="screen"), "roster", "RosterScreen"),
    ScreenSpec("requests", message("Requests", context="screen"), "requests", "RequestsScreen"),
    ScreenSpec("payroll", message("Payroll", context="screen"), "payroll", "PayrollScreen"),
    ScreenSpec("settings", message("Settings", context="screen"), "settings", "SettingsScreen"),
)


def screen_spec(key: str) -> ScreenSpec:
    """Return a screen's entry by its key; an unknown key is a mistake of the caller."""
    return next(spec for spec in SCREENS if spec.key == key)
