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

    def load(self) -> type[Screen]:
        """Import the screen's code and return its class."""
        found: type[Screen] = getattr(import_module(f"ui.{self.key}.screen"), self.class_name)
        return found

    def build(self, desk: Desk) -> Screen:
        """Make the screen."""
        return self.load()(desk)


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


PANELS = ("ui.forecast.import_panel",)
"""Parts that screens load when they are wanted first."""


def screen_spec(key: str) -> ScreenSpec:
    """Return a screen's entry by its key; an unknown key is a mistake of the caller."""
    return next(spec for spec in SCREENS if spec.key == key)


def load_screens() -> None:
    """Import every screen's code, so that the first visit of a screen does not wait for it."""
    for spec in SCREENS:
        spec.load()
    for name in PANELS:
        import_module(name)
