"""Site, skills, teams, contracts, shift kinds and queues of the sample centre."""

from __future__ import annotations

from datetime import date

from wfm.calendars.opening import PUBLIC_HOLIDAY
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.house_rule import HouseRule
from wfm.model.people import Contract, Skill, Team
from wfm.model.site import Site
from wfm.model.time import parse_clock
from wfm.model.workload import Goal, Queue
from wfm.samples.tables import Table, Tables, windows

_CLOSED_KEYS = {"saturday": 5, "sunday": 6, "holiday": PUBLIC_HOLIDAY}


def site(tables: Tables, as_of: date) -> Site:
    """Return the site, current to ``as_of``."""
    row = tables.centre["site"]
    names = ("zone", "country", "slot_minutes", "week_start", "statutory_day_off", "closing_day")
    return Site(
        name=tables.text(row["name"]),
        language=tables.language,
        as_of=as_of,
        rule_set=row["rule_set"],
        **{name: row[name] for name in names},
    )


def skills(tables: Tables) -> tuple[Skill, ...]:
    """Return the skills in the order of the table."""
    return tuple(Skill(key, tables.text(row)) for key, row in tables.centre["skills"].items())


def teams(tables: Tables) -> tuple[Team, ...]:
    """Return the teams, each with its supervisor."""
    leads = {row["team"]: row["key"] for row in tables.people if row["role"] == "supervisor"}
    return tuple(
        Team(key, tables.text(row), leads[key]) for key, row in tables.centre["teams"].items()
    )


def contracts(tables: Tables) -> tuple[Contract, ...]:
    """Return the contracts in the order of the table."""
    return tuple(
        Contract(
            key=key,
            name=tables.text(row["name"]),
            shift_kinds=tuple(row["shift_kinds"]),
            day_minutes=row["day_minutes"],
            week_minutes_min=row["week_minutes"][0],
            week_minutes_max=row["week_minutes"][1],
            week_days_min=row["week_days"][0],
            week_days_max=row["week_days"][1],
            paid_hourly=row["paid_hourly"],
        )
        for key, row in tables.centre["contracts"].items()
    )


def shift_kinds(tables: Tables) -> tuple[ShiftKind, ...]:
    """Return the shift kinds, breaks in order of their start."""
    return tuple(
        ShiftKind(
            key=key,
            name=tables.text(row["name"]),
            letter=tables.text(row["letter"]),
            earliest_start=parse_clock(row["start"][0]),
            latest_start=parse_clock(row["start"][1]),
            step=row["step"],
            lengths=tuple(row["lengths"]),
            breaks=_breaks(row),
            colour=row["colour"],
        )
        for key, row in tables.centre["shift_kinds"].items()
    )


def queues(tables: Tables) -> tuple[Queue, ...]:
    """Return the queues, each with the skill of its own name."""
    return tuple(
        Queue(
            key=key,
            name=tables.text(row["name"]),
            skill=key,
            channel=row["channel"],
            opening=_opening(row),
            goals=tuple(Goal(kind, target, limit) for kind, target, limit in row["goals"]),
            patience_s=row.get("patience_s"),
            shrinkage=row["shrinkage"],
            max_occupancy=row["max_occupancy"],
            concurrency=row["concurrency"],
            response_minutes=row["response_minutes"],
            under_costs=tuple((float(depth) or None, cost) for depth, cost in row["under_costs"]),
        )
        for key, row in tables.centre["queues"].items()
    )


def house_rules(tables: Tables) -> tuple[HouseRule, ...]:
    """Return the rules of the centre as a whole."""
    return tuple(
        HouseRule(
            f"r{number}", row["rule"], dict(row.get("numbers", {})), dict(row.get("texts", {}))
        )
        for number, row in enumerate(tables.centre["centre_rules"], 1)
    )


def _breaks(row: Table) -> tuple[BreakRule, ...]:
    rules = [
        BreakRule(length, earliest, latest, paid=name == "paid")
        for name in ("paid", "unpaid")
        for length, earliest, latest in row[name]
    ]
    return tuple(sorted(rules, key=lambda rule: rule.earliest))


def _opening(row: Table) -> dict[int, tuple[tuple[int, int], ...]]:
    opening = dict.fromkeys(range(7), windows(row["opening"]))
    if "holiday_opening" in row:
        opening[PUBLIC_HOLIDAY] = windows(row["holiday_opening"])
    return opening | {_CLOSED_KEYS[name]: () for name in row.get("closed", ())}
