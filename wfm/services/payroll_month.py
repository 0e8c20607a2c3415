"""A wage month as the payroll screen shows it: figures by person, what to clear, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from wfm.calendars import public_holidays
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Agent, Leave, Team
from wfm.model.roster import Duty
from wfm.model.worktime import BANDS, DayWork, MonthWork
from wfm.payroll import CATEGORIES, kind_of
from wfm.persistence import Store
from wfm.services.payroll import (
    MonthFacts,
    PayrollExport,
    month_facts,
    nothing_rostered,
    payroll_exports,
)
from wfm.services.payroll_checks import PayrollCheck, payroll_checks
from wfm.worktime import Piece, month_pieces, reasons


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's figures of the month, in the order of ``CATEGORIES``.

    ``nights`` holds the minutes of each figure that lie at night (0 where that is no question).
    """

    agent: Agent
    team: str
    contract: str
    figures: tuple[float, ...]
    nights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PayrollView:
    """A wage month: its days, figures and totals, checks to clear, and exports made of it.

    ``nothing`` is the sentence of a month without any duty.
    """

    month: date
    first: date
    last: date
    rows: tuple[PersonRow, ...]
    totals: tuple[float, ...]
    checks: tuple[PayrollCheck, ...]
    exports: tuple[PayrollExport, ...]
    nothing: Message | None = None

    @property
    def blocked(self) -> bool:
        """Whether something forbids to write a file."""
        return any(check.tone == "bad" for check in self.checks)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One date of a person: duties, minutes by band, absence, and why they count as they do.

    ``bands`` holds (band, minutes, minutes at night) of the bands that occur, in their order.
    """

    day: date
    holiday: str = ""
    kind: str = ""
    duties: tuple[Duty, ...] = ()
    worked: int = 0
    break_minutes: int = 0
    bands: tuple[tuple[str, int, int], ...] = ()
    absences: tuple[Leave, ...] = ()
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's wage month by day, with the figures of their row."""

    row: PersonRow
    days: tuple[PersonDay, ...] = field(default_factory=tuple)


def payroll_month(store: Store, month: date, today: date) -> PayrollView:
    """Return the wage month that ``month`` names; whoever has no contract is a check, no row."""
    facts = month_facts(store, month)
    teams = {team.key: team.name for team in store.all(Team)}
    works = dict(_works(facts))
    rows = tuple(
        _row(facts, teams, agent, works[agent.key]) for agent in facts.agents if agent.key in works
    )
    exports = payroll_exports(store, facts.month)
    worked = any(work.days for work in works.values())
    checks = payroll_checks(store, facts, works, exports, today) if worked else ()
    return PayrollView(
        facts.month,
        facts.first,
        facts.last,
        rows,
        tuple(sum(column) for column in zip(*(row.figures for row in rows), strict=True)),
        checks,
        exports,
        None if worked else nothing_rostered(month),
    )


def _works(facts: MonthFacts) -> Iterator[tuple[str, MonthWork]]:
    for agent in facts.agents:
        if agent.contract in facts.contracts:
            yield agent.key, facts.work(agent)


def _row(facts: MonthFacts, teams: dict[str, str], agent: Agent, work: MonthWork) -> PersonRow:
    return PersonRow(
        agent,
        teams.get(agent.team, ""),
        facts.contracts[agent.contract].name,
        tuple(category.value(work) for category in CATEGORIES),
        tuple(0 if item.night is None else item.night(work) for item in CATEGORIES),
    )


def person_month(store: Store, month: date, agent_key: str) -> PersonMonth:
    """Return a person's dates with work or absence, each with its reasons in words."""
    facts = month_facts(store, month)
    found = [agent for agent in facts.agents if agent.key == agent_key]
    if not found:
        raise WfmError(
            message(
                "{agent} is not among the people of {month}.",
                agent=agent_key,
                month=f"{month:%Y-%m}",
            )
        )
    agent = found[0]
    work = facts.work(agent)
    teams = {team.key: team.name for team in store.all(Team)}
    return PersonMonth(_row(facts, teams, agent, work), tuple(_days(facts, agent, work)))


def _days(facts: MonthFacts, agent: Agent, work: MonthWork) -> Iterator[PersonDay]:
    contract = facts.contracts[agent.contract]
    duties, leaves = facts.duties.get(agent.key, ()), facts.leaves.get(agent.key, ())
    pieces: dict[date, list[Piece]] = defaultdict(list)
    for piece in month_pieces(contract, duties, leaves, facts.site, facts.month):
        pieces[piece.day].append(piece)
    site = facts.site
    holidays = public_holidays(site.country, facts.first, facts.last, language=site.language)
    worked = {day.day: day for day in work.days}
    absent = {leave.day for leave in leaves if leave.approved}
    for day in sorted({*worked, *absent}):
        if not facts.first <= day <= facts.last:
            continue
        yield _day(
            worked.get(day, DayWork(day)),
            holidays.get(day, ""),
            tuple(duty for duty in duties if duty.day == day),
            tuple(leave for leave in leaves if leave.day == day and leave.approved),
            reasons(pieces[day], contract),
        )


def _day(
    work: DayWork,
    holiday: str,
    duties: tuple[Duty, ...],
    absences: tuple[Leave, ...],
    why: tuple[Message, ...],
) -> PersonDay:
    bands = []
    for band in BANDS:
        cells = [(cell, minutes) for cell, minutes in work.minutes.items() if cell.band == band]
        if cells:
            night = sum(minutes for cell, minutes in cells if cell.night)
            bands.append((band, sum(minutes for _, minutes in cells), night))
    return PersonDay(
        work.day,
        holiday,
        kind_of(work) if work.worked else "",
        duties,
        work.worked,
        work.break_minutes,
        tuple(bands),
        absences,
        why,
    )
