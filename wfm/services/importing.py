"""Bring files into the centre: all of a file's accepted rows in one operation, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from wfm.calendars import week_of
from wfm.errors import Conflict, Problem, ProblemsError, WfmError
from wfm.history import merge_days
from wfm.imports import (
    AcdImport,
    PeopleImport,
    fitting_mapping,
    layout_key,
    load_mapping,
    read_acd_sheets,
    read_people,
    read_people_sheets,
    save_mapping,
)
from wfm.imports.mapping import known_columns
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.change import Operation
from wfm.model.people import Agent, Contract, Skill, Team
from wfm.model.roster import AgentWeek, Duty
from wfm.model.site import ImportMapping, Site
from wfm.model.workload import HistoryDay, Queue
from wfm.persistence import Store, Unit
from wfm.services.acd_preview import AcdPreview, context_of
from wfm.services.people_preview import PeoplePreview, known_people
from wfm.services.session import Session, site_of
from wfm.services.source_files import ShouldStop, never, pulse_of, read_source, read_table

ALL_DAY = dict.fromkeys(range(7), ((0, 1440),))


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows taken and refused, each refusal with its place and reason."""

    operation: Operation | None
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...] = ()


# --- contact history ------------------------------------------------------------------------------


def import_acd(
    session: Session,
    path: Path,
    mapping_file: Path | None = None,
    *,
    save_mapping_to: Path | None = None,
    strict: bool = False,
) -> Imported:
    """Import interval history; queues that are new come into being with a skill of their own.

    The mapping is the file's, else the one saved with an earlier file of the same headings.  Raises
    :class:`~wfm.errors.ProblemsError` when the file asks a question that only a mapping can answer,
    or, if ``strict``, when any row is rejected; nothing is imported then.
    """
    with session.database.read() as store:
        site, queues = site_of(store), store.all(Queue)
        saved = store.all(ImportMapping)
    mapping = load_mapping(mapping_file) if mapping_file else None
    _, content = read_source(path)
    sheets = read_table(path, content, mapping.options if mapping else {})
    chosen = mapping or fitting_mapping("acd", sheets, saved) or ImportMapping(path.stem)
    result = read_acd_sheets(sheets, chosen, context_of(site, queues))
    return _take_acd(session, path, result, strict=strict, save_to=save_mapping_to)


def import_acd_as_seen(
    session: Session,
    preview: AcdPreview,
    *,
    strict: bool = False,
    should_stop: ShouldStop = never,
) -> Imported:
    """Import exactly what a preview showed.

    Raises :class:`~wfm.errors.WfmError` when the file is gone or was changed since,
    :class:`~wfm.errors.StoppedError` when the user stopped before anything was stored, and as
    :func:`import_acd` does.  Where the queues of the centre were changed since, the file is read
    against the new ones.
    """
    path = preview.source.path
    preview.source.refuse_if_changed()
    with session.database.read() as store:
        site, queues = site_of(store), store.all(Queue)
    result = preview.result
    if queues != preview.known:
        _, content = read_source(path)
        sheets = read_table(path, content, preview.mapping.options)
        result = read_acd_sheets(sheets, preview.mapping, context_of(site, queues))
    pulse = pulse_of(should_stop, path)
    return _take_acd(session, path, result, strict=strict, pulse=pulse)


def _take_acd(
    session: Session,
    path: Path,
    result: AcdImport,
    *,
    strict: bool,
    save_to: Path | None = None,
    pulse: Callable[[], None] = lambda: None,
) -> Imported:
    """Store what was read, in one operation; ``pulse`` may still raise to end it before that."""
    if not result.rows:
        raise WfmError(message("{file} holds no rows; there is nothing to import.", file=path.name))
    _refuse(result.problems, path, asked=bool(result.questions), strict=strict)
    if not result.accepted_rows:
        return _nothing(result)
    if save_to is not None:
        save_mapping(result.mapping, save_to)
    with session.database.write(session.who, session.clock) as unit:
        notes = _store_history(unit, result, site_of(unit))
        pulse()
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
    unit.put(replace(result.mapping, key=layout_key("acd", result.mapping)))
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


# --- people ---------------------------------------------------------------------------------------


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
    return _take_people(session, path, result, None, strict=strict)


def import_people_as_seen(
    session: Session,
    preview: PeoplePreview,
    *,
    strict: bool = False,
    should_stop: ShouldStop = never,
) -> Imported:
    """Import exactly what a preview showed.

    Raises :class:`~wfm.errors.WfmError` when the file is gone or was changed since,
    :class:`~wfm.errors.Conflict` when somebody changed the people since so that the file would say
    something else of them, and as :func:`import_acd` does.
    """
    path = preview.source.path
    preview.source.refuse_if_changed()
    _, content = read_source(path)
    sheets = read_table(path, content, preview.mapping.options)
    with session.database.read() as store:
        known = known_people(store, preview.mapping, pulse_of(should_stop, path))
    result = read_people_sheets(sheets, known, preview.mapping.columns)
    if result != preview.result:
        raise Conflict(
            message(
                "People, contracts or skills were changed after {file} was looked at. Nothing was"
                " imported; look at it again.",
                file=path.name,
            )
        )
    return _take_people(session, path, result, preview.mapping, strict=strict)


def _take_people(
    session: Session,
    path: Path,
    result: PeopleImport,
    mapping: ImportMapping | None,
    *,
    strict: bool,
) -> Imported:
    """Store what was read, in one operation, and the mapping that a user made."""
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
        if mapping is not None and (mapping.columns or mapping.options):
            unit.put(_people_mapping(mapping, result))
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


def _people_mapping(mapping: ImportMapping, result: PeopleImport) -> ImportMapping:
    """Return a mapping to be saved: with the headings by which the next file is known."""
    columns = {
        heading: column
        for shown in result.previews
        for heading, column in zip(shown.headings, shown.columns, strict=False)
        if heading and column in known_columns("people") and not shown.guessed
    }
    made = ImportMapping("", columns | mapping.columns, mapping.options)
    return replace(made, key=layout_key("people", made))


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
