"""Worked time of a wage month, and its payroll file with a record of what left the house."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

from wfm.calendars import wage_month
from wfm.errors import ProblemsError, WfmError
from wfm.messages import message
from wfm.model.change import Outcome
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import AgentWeek
from wfm.model.site import ExportRecord
from wfm.model.worktime import MonthWork
from wfm.payroll import FORMATS, PayrollFile
from wfm.persistence import Store
from wfm.publishing import write_atomically
from wfm.services.session import Session, site_of
from wfm.worktime import month_work

CONTEXT_DAYS = 7
"""Days around the wage month whose duties count for its first and last week."""


def month_works(store: Store, month: date) -> tuple[tuple[Agent, MonthWork], ...]:
    """Return each employed agent's cube of the wage month that ``month`` names."""
    site = site_of(store)
    first, last = wage_month(month, site.closing_day)
    since, until = first - timedelta(days=CONTEXT_DAYS), last + timedelta(days=CONTEXT_DAYS)
    contracts = {item.key: item for item in store.all(Contract)}
    weeks = store.where(AgentWeek, since=since - timedelta(days=6), until=until)
    leaves = store.where(Leave, since=since, until=until)
    works = []
    for agent in sorted(store.all(Agent), key=lambda agent: (agent.number, agent.key)):
        duties = [
            duty
            for week in weeks
            if week.agent == agent.key
            for duty in week.duties
            if since <= duty.day < until
        ]
        own_leaves = [leave for leave in leaves if leave.agent == agent.key]
        employed = agent.employed_on(first) or agent.employed_on(last)
        if not employed and not any(first <= duty.day <= last for duty in duties):
            continue
        if agent.contract not in contracts:
            raise WfmError(message("{agent} has no contract.", agent=agent.name or agent.key))
        works.append(
            (
                agent,
                month_work(agent, contracts[agent.contract], duties, own_leaves, site, month),
            )
        )
    return tuple(works)


def payroll_file(store: Store, month: date, format_name: str, language: str) -> PayrollFile:
    """Build the payroll file of a wage month in memory.

    Raises :class:`~wfm.errors.WfmError` for an unknown format or a month without any duty, and
    :class:`~wfm.errors.ProblemsError` listing persons and reasons when the file cannot be right.
    """
    found = [item for item in FORMATS if item.key == format_name]
    if not found:
        raise WfmError(message("There is no payroll format “{name}”.", name=format_name))
    works = month_works(store, month)
    if not any(work.days for _, work in works):
        raise WfmError(
            message(
                "No duty is rostered in {month}, so there is nothing to export.",
                month=f"{month:%Y-%m}",
            )
        )
    result = found[0].build(
        [work for _, work in works], [agent for agent, _ in works], site_of(store), month, language
    )
    if result.problems:
        raise ProblemsError(
            message("The payroll file was not written; please mend this first:"), result.problems
        )
    return result


def export_payroll(
    session: Session, month: date, format_name: str, path: Path, language: str
) -> tuple[ExportRecord, Outcome]:
    """Write the payroll file whole or not at all, and record that it was exported."""
    with session.database.read() as store:
        result = payroll_file(store, month, format_name, language)
    write_atomically(path, result.content)
    moment = session.clock()
    record = ExportRecord(
        key=f"payroll-{month:%Y-%m}-{moment:%Y%m%dT%H%M%S%f}",
        what="payroll",
        period=f"{month:%Y-%m}",
        format=format_name,
        file=path.name,
        sha256=hashlib.sha256(result.content).hexdigest(),
        rows=result.rows,
        at=moment.isoformat(timespec="seconds"),
    )
    with session.database.write(session.who, session.clock) as unit:
        unit.put(record)
        operation = unit.commit(
            message("Export payroll {month} as {format}", month=record.period, format=format_name)
        )
    return record, Outcome(operation)
