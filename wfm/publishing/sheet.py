"""What every published form of a roster is made from, and the order in which it shows people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from wfm.clock import Clock
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Team
from wfm.model.roster import Duty, Roster
from wfm.model.site import Site

File = tuple[str, bytes]
"""A file's name and content."""


class Sheet(Protocol):
    """A centre's roster of some days with everything needed to read it."""

    @property
    def site(self) -> Site:
        """The centre."""

    @property
    def roster(self) -> Roster:
        """Duties and absences."""

    @property
    def agents(self) -> Sequence[Agent]:
        """Everybody who may stand on the roster."""

    @property
    def teams(self) -> Sequence[Team]:
        """Teams in the order in which they are shown."""

    @property
    def shift_kinds(self) -> Sequence[ShiftKind]:
        """Shift kinds in the order of the legend."""

    @property
    def holidays(self) -> Mapping[Any, str]:
        """Public holidays by date."""


class Build(Protocol):
    """Makes the files of a published form in memory, the whole roster first."""

    def __call__(self, sheet: Sheet, language: str, clock: Clock = ...) -> tuple[File, ...]:
        """Return the files; ``language`` is ``ja`` or ``en``, ``clock`` dates them."""
        ...


@dataclass(frozen=True, slots=True)
class RosterFormat:
    """A published form.  Nothing is written: the caller does that, whole or not at all."""

    key: str
    build: Build


def people(sheet: Sheet) -> tuple[Agent, ...]:
    """Return the agents employed in the horizon or rostered in it, by team, then by number."""
    order = {team.key: place for place, team in enumerate(sheet.teams)}
    rostered = {duty.agent for duty in sheet.roster.duties}
    shown = [
        agent
        for agent in sheet.agents
        if agent.key in rostered
        or any(agent.employed_on(day) for day in sheet.roster.horizon.dates)
    ]
    shown.sort(key=lambda agent: (order.get(agent.team, len(order)), agent.number, agent.key))
    return tuple(shown)


def team_names(sheet: Sheet) -> dict[str, str]:
    """Return team key → name."""
    return {team.key: team.name for team in sheet.teams}


def duties_by_day(sheet: Sheet) -> dict[tuple[str, date], Duty]:
    """Return (agent key, operating date) → duty."""
    return {(duty.agent, duty.day): duty for duty in sheet.roster.duties}


def absences_by_day(sheet: Sheet) -> dict[tuple[str, date], str]:
    """Return (agent key, date) → kind of the approved absence, for the days of the roster."""
    days = set(sheet.roster.horizon.dates)
    return {
        (leave.agent, leave.day): leave.kind
        for leave in sheet.roster.absences
        if leave.approved and leave.day in days
    }
