"""The section about the centre itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ui.desk import Desk
from ui.form import Ask, form_for
from ui.settings.section import Section, Write, found_in
from wfm.calendars import time_zones
from wfm.errors import Problem
from wfm.messages import Message, message
from wfm.model.site import Site
from wfm.services.settings import SettingsView

FIELDS = (
    "name",
    "zone",
    "country",
    "language",
    "slot_minutes",
    "week_start",
    "statutory_day_off",
    "closing_day",
    "over_cost",
    "staggered_breaks",
)


class CentreSection(Section):
    """Name, time zone, interval, week and wage month."""

    key = "centre"
    title = message("Centre")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        zone = Ask(
            message("Time zone"),
            suggestions=time_zones(),
            needed=True,
            help=message("As Asia/Tokyo; every time of the centre is read on its clock."),
        )
        self.form = form_for(Site, desk.render, only=FIELDS, asks={"zone": zone})
        self.form.edited.connect(self.show_bar)
        self.column.addWidget(self.form)

    def fill(self, view: SettingsView) -> None:
        """Show the stored settings."""
        self.form.show_value(view.site)

    @property
    def differs(self) -> bool:
        """Whether another value stands in a field."""
        return self.form.differs

    def writes(self) -> Sequence[Write] | None:
        """Return the one change of the centre's settings."""
        site, seen = self.form.value(), self.form.shown
        if site is None:
            return None
        return (lambda workspace: workspace.settings.change_site(site, seen=seen),)

    def show_problem(self, problem: Problem) -> bool:
        """Show what is wrong beside its field."""
        if problem.column not in self.form.names:
            return False
        self.form.show_error(problem.reason, problem.column)
        return True

    def draft(self) -> Any:
        """Return what stands in the fields."""
        return self.form.raw() if self.differs else None

    def take_draft(self, draft: Any) -> None:
        """Show what stood in the fields."""
        self.form.take_raw(draft)

    def texts(self) -> Iterable[Message | str]:
        """Return the labels and explanations of the fields."""
        return [text for name in FIELDS for text in self.form.asked(name)]

    def narrow(self, query: str) -> None:
        """Show the fields that are found; all where the section itself is."""
        if found_in(query, [self.title]):
            self.form.show_only(FIELDS)
        else:
            self.form.show_only([name for name in FIELDS if found_in(query, self.form.asked(name))])
