"""A roster as CSV: one row per duty, UTF-8 with a byte-order mark so that Excel reads it."""

from __future__ import annotations

import csv
import io

from wfm.clock import Clock, system_clock
from wfm.model.roster import Duty
from wfm.model.time import format_iso_week
from wfm.publishing.sheet import File, RosterFormat, Sheet, people, team_names
from wfm.publishing.words import hours, label, weekday

COLUMNS = (
    "date", "weekday", "number", "name", "team", "letter", "shift", "start", "end", "breaks",
    "paid_breaks", "worked",
)  # fmt: skip


def build_csv(sheet: Sheet, language: str, clock: Clock = system_clock) -> tuple[File, ...]:
    """Return the one file, rows in order of date and person; times are in 25:00 notation."""
    del clock  # the file holds no date of its own
    agents = {agent.key: agent for agent in people(sheet)}
    rank = {key: place for place, key in enumerate(agents)}
    teams = team_names(sheet)
    kinds = {kind.key: kind.name for kind in sheet.shift_kinds}
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([label(name, language) for name in COLUMNS])
    duties = [duty for duty in sheet.roster.duties if duty.agent in rank]
    for duty in sorted(duties, key=lambda duty: (duty.day, rank[duty.agent], duty.start)):
        agent = agents[duty.agent]
        table.writerow(
            [
                duty.day.isoformat(),
                weekday(duty.day, language),
                as_text(agent.number),
                as_text(agent.name),
                as_text(teams.get(agent.team, "")),
                as_text(duty.letter),
                as_text(kinds.get(duty.kind, "")),
                hours(duty.start),
                hours(duty.end),
                breaks_of(duty, paid=False),
                breaks_of(duty, paid=True),
                hours(duty.worked_minutes),
            ]
        )
    name = f"roster-{format_iso_week(sheet.roster.horizon.start)}.csv"
    return ((name, text.getvalue().encode("utf-8-sig")),)


def breaks_of(duty: Duty, *, paid: bool) -> str:
    """Return a duty's breaks as ``12:00-13:00/15:00-15:15``."""
    rests = sorted((item for item in duty.breaks if item.paid == paid), key=lambda i: i.start)
    return "/".join(f"{hours(item.start)}-{hours(item.end)}" for item in rests)


def as_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a quote before = + - @ and tab."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


CSV = RosterFormat("csv", build_csv)
