"""Worked time of a wage month, and its payroll file with a record of what left the house."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from wfm.calendars import wage_month
from wfm.errors import Conflict, ProblemsError, WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import AgentWeek, Duty
from wfm.model.site import ExportRecord, Site
from wfm.model.worktime import MonthWork
from wfm.payroll import FORMATS, PayrollFile, PayrollFormat
from wfm.persistence import Store
from wfm.publishing import write_atomically
from wfm.services.session import Session, site_of
from wfm.worktime import month_work

CONTEXT_DAYS = 7
"""Days around the wage month whose duties count for its first and last week."""

PREVIEW_ROWS = 30


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What the worked time of a wage month is made of, read in one transaction.

    ``first`` and ``last`` are its days; duties and leave reach a week beyond them on both sides.
    ``agents`` are those employed in the month or with a duty in it, by number.
    """

    site: Site
    month: date
    first: date
    last: date
    agents: tuple[Agent, ...]
    contracts: dict[str, Contract]
    weeks: tuple[AgentWeek, ...]
    leaves: dict[str, tuple[Leave, ...]]
    duties: dict[str, tuple[Duty, ...]]

    def work(self, agent: Agent) -> MonthWork:
        """Return one person's cube; raises where they have no contract."""
        if agent.contract not in self.contracts:
            raise WfmError(message("{agent} has no contract.", agent=agent.name or agent.key))
        return month_work(
            agent,
            self.contracts[agent.contract],
            self.duties.get(agent.key, ()),
            self.leaves.get(agent.key, ()),
            self.site,
            self.month,
        )


@dataclass(frozen=True, slots=True)
class PayrollExport:
    """One payroll file that left the house, and by whom."""

    record: ExportRecord
    who: str


@dataclass(frozen=True, slots=True)
class PayrollPreview:
    """The first rows of a file exactly as they would be written, or what forbids it."""

    name: str
    encoding: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    count: int = 0
    problems: tuple[Message, ...] = ()


def month_facts(store: Store, month: date) -> MonthFacts:
    """Read what the wage month that ``month`` names is made of."""
    site = site_of(store)
    first, last = wage_month(month, site.closing_day)
    since, until = first - timedelta(days=CONTEXT_DAYS), last + timedelta(days=CONTEXT_DAYS)
    weeks = store.where(AgentWeek, since=since - timedelta(days=6), until=until)
    duties: dict[str, list[Duty]] = defaultdict(list)
    for week in weeks:
        duties[week.agent] += [duty for duty in week.duties if since <= duty.day < until]
    leaves: dict[str, list[Leave]] = defaultdict(list)
    for leave in store.where(Leave, since=since, until=until):
        leaves[leave.agent].append(leave)
    working = {key for key, own in duties.items() if any(first <= duty.day <= last for duty in own)}
    agents = [
        agent
        for agent in sorted(store.all(Agent), key=lambda agent: (agent.number, agent.key))
        if agent.employed_on(first) or agent.employed_on(last) or agent.key in working
    ]
    return MonthFacts(
        site=site,
        month=month.replace(day=1),
        first=first,
        last=last,
        agents=tuple(agents),
        contracts={item.key: item for item in store.all(Contract)},
        weeks=weeks,
        leaves={key: tuple(own) for key, own in leaves.items()},
        duties={key: tuple(own) for key, own in duties.items()},
    )


def month_works(store: Store, month: date) -> tuple[tuple[Agent, MonthWork], ...]:
    """Return each employed agent's cube of the wage month that ``month`` names."""
    facts = month_facts(store, month)
    return tuple((agent, facts.work(agent)) for agent in facts.agents)


def payroll_format(name: str) -> PayrollFormat:
    """Return the format of a key; raises :class:`~wfm.errors.WfmError` where there is none."""
    found = [item for item in FORMATS if item.key == name]
    if not found:
        raise WfmError(message("There is no payroll format “{name}”.", name=name))
    return found[0]


def _build(
    store: Store, month: date, format_name: str, language: str, notation: str
) -> PayrollFile:
    """Return the file with its problems; raises for an unknown format and an empty month."""
    layout = payroll_format(format_name)
    works = month_works(store, month)
    if not any(work.days for _, work in works):
        raise WfmError(nothing_rostered(month))
    return layout.build(
        [work for _, work in works],
        [agent for agent, _ in works],
        site_of(store),
        month,
        language,
        notation,
    )


def nothing_rostered(month: date) -> Message:
    """Return the sentence about a wage month without any duty."""
    return message(
        "No duty is rostered in {month}, so there is nothing to export.", month=f"{month:%Y-%m}"
    )


def payroll_file(
    store: Store, month: date, format_name: str, language: str, notation: str = "h:mm"
) -> PayrollFile:
    """Build the payroll file of a wage month in memory.

    Raises :class:`~wfm.errors.WfmError` for an unknown format or a month without any duty, and
    :class:`~wfm.errors.ProblemsError` listing persons and reasons when the file cannot be right.
    """
    result = _build(store, month, format_name, language, notation)
    if result.problems:
        raise ProblemsError(
            message("The payroll file was not written; please mend this first:"), result.problems
        )
    return result


def preview_payroll(
    store: Store, month: date, format_name: str, language: str, notation: str = "h:mm"
) -> PayrollPreview:
    """Return the first rows of the file as they would be written, read back from its bytes."""
    result = _build(store, month, format_name, language, notation)
    if result.problems:
        problems = tuple(item.as_message() for item in result.problems)
        return PayrollPreview(result.name, result.encoding, problems=problems)
    text = io.StringIO(result.content.decode(result.encoding), newline="")
    lines = csv.reader(text)
    header = tuple(next(lines, ()))
    rows = tuple(tuple(line) for _, line in zip(range(PREVIEW_ROWS), lines, strict=False))
    return PayrollPreview(result.name, result.encoding, header, rows, result.rows)


def payroll_exports(store: Store, month: date | None = None) -> tuple[PayrollExport, ...]:
    """Return the payroll files that left the house, newest first; of one wage month if given."""
    period = None if month is None else f"{month:%Y-%m}"
    records = [
        record
        for record in store.all(ExportRecord)
        if record.what == "payroll" and period in (None, record.period)
    ]
    exports = []
    for record in sorted(records, key=lambda record: record.at, reverse=True):
        entry = store.last_change("export_record", record.key)
        exports.append(PayrollExport(record, "" if entry is None else entry.who))
    return tuple(exports)


def export_payroll(
    session: Session,
    month: date,
    format_name: str,
    path: Path,
    language: str,
    *,
    notation: str = "h:mm",
    known: Collection[str] | None = None,
) -> tuple[ExportRecord, Outcome]:
    """Write the payroll file whole or not at all, and record that it was exported.

    ``known`` are the keys of the month's exports that the user has seen: raises
    :class:`~wfm.errors.Conflict` where somebody exported the month meanwhile.
    """
    with session.database.read() as store:
        _refuse_unknown_export(store, month, known)
        result = payroll_file(store, month, format_name, language, notation)
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


def _refuse_unknown_export(store: Store, month: date, known: Collection[str] | None) -> None:
    if known is None:
        return
    for export in payroll_exports(store, month):
        if export.record.key not in known:
            raise Conflict(
                message(
                    "{who} exported {month} in the meantime as {file}. Nothing was written; look"
                    " at it before you export again.",
                    who=export.who,
                    month=export.record.period,
                    file=export.record.file,
                )
            )
