"""Bring files into the centre: all of a file's accepted rows in one operation, or nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from wfm.calendars import week_of
from wfm.errors import Problem, ProblemsError, WfmError
from wfm.history import merge_days
from wfm.imports import (
    AcdImport,
    PeopleImport,
    load_mapping,
    read_acd,
    read_people,
    save_mapping,
)
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.change import Operation
from wfm.model.people import Agent, Contract, Skill, Team
from wfm.model.roster import AgentWeek, Duty
from wfm.model.site import ImportMapping, Site
from wfm.model.workload import HistoryDay, Queue
from wfm.persistence import Store, Unit
from wfm.services.session import Session, site_of

LAST_ACD = "acd"
"""Key of the mapping that read the last file, tried first on the next one."""
ALL_DAY = dict.fromkeys(range(7), ((0, 1440),))


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows taken and refused, each refusal with its place and reason."""

    operation: Operation | None
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...] = ()


def import_acd(
    session: Session,
    path: Path,
    mapping_file: Path | None = None,
    *,
    save_mapping_to: Path | None = None,
    strict: bool = False,
) -> Imported:
    """Import interval history; queues that are new come into being with a skill of their own.

    The mapping is the file's, else the one that read the last import.  Raises
    :class:`~wfm.errors.ProblemsError` when the file asks a question that only a mapping can answer,
    or, if ``strict``, when any row is rejected; nothing is imported then.
    """
    with session.database.read() as store:
        site, queues = site_of(store), store.all(Queue)
        saved = store.get(ImportMapping, LAST_ACD)
    result = _read(path, load_mapping(mapping_file) if mapping_file else None, site, queues)
    if result.questions and mapping_file is None and saved is not None:
        result = _read(path, saved, site, queues)
    if not result.rows:
        raise WfmError(message("{file} holds no rows; there is nothing to import.", file=path.name))
    _refuse(result.problems, path, asked=bool(result.questions), strict=strict)
    if not result.accepted_rows:
        return _nothing(result)
    if save_mapping_to is not None:
        save_mapping(result.mapping, save_mapping_to)
    with session.database.write(session.who, session.clock) as unit:
        notes = _store_history(unit, result, site)
        operation = unit.commit(
            message(
                "Import {count} row of contact history from {file}",
                plural="Import {count} rows of contact history from {file}",
                count=result.accepted_rows,
                file=path.name,
            )
        )
    return Imported(
        operation,
        result.accepted_rows,
        result.rejected_rows,
        result.problems,
        (*result.notes, *notes),
    )


def _read(
    path: Path, mapping: ImportMapping | None, site: Site, queues: tuple[Queue, ...]
) -> AcdImport:
    return read_acd(
        path,
        mapping,
        zone=site.zone,
        language=site.language,
        queues=queues,
    )


def _nothing(result: AcdImport | PeopleImport) -> Imported:
    """Return the outcome of a file without a single usable row: nothing is stored."""
    return Imported(None, 0, result.rejected_rows, result.problems, result.notes)


def _refuse(problems: tuple[Problem, ...], path: Path, *, asked: bool, strict: bool) -> None:
    if asked:
        raise ProblemsError(
            message(
                "{file} can be read in more than one way. Nothing was imported; say which in a"
                " mapping file (--map):",
                file=path.name,
            ),
            problems,
        )
    if strict and problems:
        raise ProblemsError(
            message(
                "Nothing was imported from {file}, because rows were rejected:", file=path.name
            ),
            problems,
        )


def _store_history(unit: Unit, result: AcdImport, site: Site) -> list[Message]:
    if not result.days:
        return []
    first, last = min(d.day for d in result.days), max(d.day for d in result.days)
    recorded = unit.where(HistoryDay, since=first, until=last + timedelta(days=1))
    merged = merge_days(recorded, result.days)
    known = {queue.key for queue in unit.all(Queue)}
    new = [name for name in dict.fromkeys(day.queue for day in result.days) if name not in known]
    skills = {skill.key for skill in unit.all(Skill)}
    for key in new:
        name = result.queue_names.get(key, key)
        if key not in skills:
            unit.put(Skill(key, name))
        channel = result.channels.get(key, "phone")
        unit.put(Queue(key, name, skill=key, channel=channel, opening=dict(ALL_DAY)))
    unit.put_all(merged.days)
    unit.put(replace(result.mapping, key=LAST_ACD))
    as_of = last + timedelta(days=1)
    if site.as_of is None or site.as_of < as_of:
        unit.put(replace(site, as_of=as_of))
    notes = []
    if new:
        notes.append(
            message(
                "New queues: {queues}. Set their opening hours and goals.", queues=", ".join(new)
            )
        )
    if merged.changed:
        notes.append(
            message(
                "{count} recorded number was replaced by this file.",
                plural="{count} recorded numbers were replaced by this file.",
                count=len(merged.changed),
            )
        )
    return notes


def import_people(
    session: Session, path: Path, *, strict: bool = False, month: date | None = None
) -> Imported:
    """Import people with their availability, balances, wishes and past rosters.

    Duties replace those of the same agent and day.  Raises as :func:`import_acd` does.
    """
    with session.database.read() as store:
        site = site_of(store)
        result = read_people(
            path,
            shift_kinds=store.all(ShiftKind),
            contracts=store.all(Contract),
            teams=store.all(Team),
            skills=store.all(Skill),
            agents=store.all(Agent),
            month=month or (site.as_of.replace(day=1) if site.as_of else None),
        )
    _refuse(result.problems, path, asked=False, strict=strict)
    if not result.accepted_rows:
        return _nothing(result)
    with session.database.write(session.who, session.clock) as unit:
        for values in (
            result.skills,
            result.teams,
            result.agents,
            result.availabilities,
            result.balances,
            result.wishes,
            result.leaves,
            _weeks(unit, result),
        ):
            unit.put_all(values)
        operation = unit.commit(
            message(
                "Import {count} row of people from {file}",
                plural="Import {count} rows of people from {file}",
                count=result.accepted_rows,
                file=path.name,
            )
        )
    return Imported(
        operation, result.accepted_rows, result.rejected_rows, result.problems, result.notes
    )


def _weeks(store: Store, result: PeopleImport) -> list[AgentWeek]:
    """Put imported duties into their agent-weeks."""
    by_week: dict[tuple[str, date], list[Duty]] = defaultdict(list)
    for duty in result.duties:
        by_week[duty.agent, week_of(duty.day)].append(duty)
    weeks = []
    for (agent, monday), duties in by_week.items():
        old = store.get(AgentWeek, f"{agent}/{monday}") or AgentWeek(agent, monday)
        weeks.append(old.with_days({duty.day for duty in duties}, duties))
    return weeks
