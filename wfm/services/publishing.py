"""A week's roster as files that people read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from wfm.errors import NotYetError, WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.change import Outcome
from wfm.model.people import Agent, Team
from wfm.model.roster import AgentWeek, Roster
from wfm.model.site import Site
from wfm.model.time import Horizon, format_iso_week
from wfm.persistence import Store, backup
from wfm.publishing import FORMATS, write_atomically
from wfm.services.centre import read_centre
from wfm.services.session import Session


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """What a printed or exported roster shows: the centre, its people and their week."""

    site: Site
    roster: Roster
    agents: tuple[Agent, ...]
    teams: tuple[Team, ...]
    shift_kinds: tuple[ShiftKind, ...]
    holidays: dict[date, str]


def roster_sheet(store: Store, horizon: Horizon) -> RosterSheet:
    """Read the roster of a horizon; raises when nobody is rostered in it."""
    centre = read_centre(store, horizon)
    roster = centre.roster
    if not roster.duties:
        week = format_iso_week(horizon.start)
        raise NotYetError(message("There is no roster for {week} yet.", week=week), "roster")
    return RosterSheet(
        centre.site,
        roster,
        centre.agents,
        centre.teams,
        tuple(centre.shift_kinds.values()),
        centre.holidays,
    )


def export_roster(
    session: Session, horizon: Horizon, format_name: str, path: Path, language: str
) -> tuple[Path, ...]:
    """Write the roster in a published format; returns the files written."""
    found = [item for item in FORMATS if item.key == format_name]
    if not found:
        raise WfmError(message("There is no roster format “{name}”.", name=format_name))
    with session.database.read() as store:
        sheet = roster_sheet(store, horizon)
    written = []
    for name, content in found[0].build(sheet, language):
        target = path / name if path.is_dir() else path
        write_atomically(target, content)
        written.append(target)
        if not path.is_dir():
            break
    return tuple(written)


def publish_week(session: Session, horizon: Horizon) -> Outcome:
    """Mark the roster of a week as shown to staff, after a backup of the centre."""
    if session.database.path is not None:  # a server is backed up by its administrators
        backup(session.database)
    with session.database.write(session.who, session.clock) as unit:
        weeks = [
            week
            for week in unit.where(
                AgentWeek, since=horizon.start - timedelta(days=6), until=horizon.end
            )
            if horizon.start <= week.start < horizon.end
        ]
        if not weeks:
            raise WfmError(
                message("There is no roster for {week} yet.", week=format_iso_week(horizon.start))
            )
        unit.put_all([replace(week, published=week.duties) for week in weeks])
        operation = unit.commit(
            message("Publish the roster of {week}", week=format_iso_week(horizon.start))
        )
    return Outcome(operation)
