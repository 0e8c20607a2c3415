"""Reads contact history from an ACD's file: header, times, measures, checks, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from wfm.errors import Problem, WfmError
from wfm.imports.acd.assembly import DISPUTED, Rows, assemble, refuse_off_grid, values_of
from wfm.imports.acd.checks import check_measures, note_long_contacts
from wfm.imports.acd.intervals import interval_lengths
from wfm.imports.acd.labels import ends_suspected
from wfm.imports.acd.measures import AVERAGES, COUNTS, SHARES, SUMS, Measures, read_measures
from wfm.imports.acd.outcome import AcdImport, Context, Layout, Question
from wfm.imports.acd.queues import ALL, QueueNames, read_queues
from wfm.imports.acd.readings import readings_of
from wfm.imports.acd.table import Table, open_table
from wfm.imports.acd.timeline import Timeline, read_timeline
from wfm.imports.acd.totals import compare_totals
from wfm.imports.aliases import aliases, normal
from wfm.imports.headers import Header, find_header
from wfm.imports.mapping import check_mapping
from wfm.imports.options import STORED_LENGTH, Choices, check_options
from wfm.imports.preview import Preview, preview_of
from wfm.imports.reading import Sheet, read_sheets, sheets_of
from wfm.messages import Message, message
from wfm.model.site import ImportMapping
from wfm.model.time import DAY_MINUTES, format_clock
from wfm.model.workload import HISTORY_COLUMNS, HistoryDay, Queue

TIMES = ("interval_start", "date", "time", "interval_end")
MEASURED = (*COUNTS, *SUMS, *AVERAGES, *SHARES)


@dataclass(slots=True)
class _Part:
    """One sheet while it is read."""

    table: Table
    timeline: Timeline
    measures: Measures
    queues: np.ndarray
    threshold_s: float
    questions: list[Question]


def read_acd(
    path: Path,
    mapping: ImportMapping | None = None,
    *,
    zone: str = "Asia/Tokyo",
    interval_minutes: int = 30,
    language: str = "ja",
    queues: Sequence[Queue] = (),
) -> AcdImport:
    """Return the contact history of a CSV, TSV or text file or a workbook.

    ``mapping`` says what is known about the file; what it leaves open is found out, and what
    cannot be found out is asked (``questions``), never guessed.  ``zone`` is the site's, into which
    times with an offset are turned; ``interval_minutes`` is taken where the file shows none;
    ``queues`` are the known ones, matched by key or name.  Raises :class:`~wfm.errors.WfmError`
    for a file that cannot be read at all and for a mapping that is none.
    """
    mapping = mapping or ImportMapping(path.stem)
    check_mapping(mapping)
    choices = check_options(mapping.options)
    sheets = read_sheets(path, encoding=choices.get("encoding"), delimiter=choices.get("delimiter"))
    return _read(sheets, mapping, choices, Context(zone, interval_minutes, language, tuple(queues)))


def read_acd_bytes(
    content: bytes, name: str, mapping: ImportMapping | None = None, context: Context | None = None
) -> AcdImport:
    """Return the contact history of a file's ``content``, called ``name``; see :func:`read_acd`."""
    mapping = mapping or ImportMapping(Path(name).stem)
    check_mapping(mapping)
    choices = check_options(mapping.options)
    sheets = sheets_of(
        content, name, encoding=choices.get("encoding"), delimiter=choices.get("delimiter")
    )
    return _read(sheets, mapping, choices, context or Context())


def read_acd_sheets(
    sheets: Sequence[Sheet], mapping: ImportMapping | None = None, context: Context | None = None
) -> AcdImport:
    """Return the contact history of sheets that have been read; see :func:`read_acd`.

    Encoding and delimiter of the mapping come too late to matter.
    """
    mapping = mapping or ImportMapping(Path(sheets[0].file).stem)
    check_mapping(mapping)
    return _read(sheets, mapping, check_options(mapping.options), context or Context())


def read_history_csv(path: Path) -> AcdImport:
    """Return the history of a plain file: ``interval_start,queue,offered,aht_s`` or fewer.

    ``interval_start,calls`` is enough; a file without a queue column is the queue ``"all"``.
    """
    return read_acd(path)


def _read(
    sheets: Sequence[Sheet], mapping: ImportMapping, choices: Choices, context: Context
) -> AcdImport:
    """Read the sheets that hold a table of intervals."""
    found = _tables(sheets, mapping, choices)
    context.pulse()
    if not found:
        return _without_header(sheets, mapping, choices)
    names = QueueNames()
    parts = [_read_part(table, choices, context, names, len(found)) for table in found]
    rows, placed = _join(parts, choices, context)
    context.pulse()
    questions = [question for part in parts for question in part.questions]
    keys = list(names.keys)
    if not questions and not choices.get("interval_label"):
        suspicion = ends_suspected(rows.queues, placed, rows.values[:, 0], keys, context)
        questions += [suspicion] if suspicion else []
    notes = [note for part in parts for note in part.table.notes]
    days: list[HistoryDay] = []
    same = 0
    if not questions:
        days, same, more = assemble(rows, keys, choices, parts[0].threshold_s, found[0].sheet.file)
        notes += [*more, *_closing_notes(parts, rows)]
    layout = _layout(sheets, parts, rows, choices, context)
    made = _outcome(parts, days, same, notes, questions, mapping, names, layout)
    if questions:
        return made
    shown = readings_of(made.preview, found[0], rows, keys)
    return replace(made, preview=replace(made.preview, readings=shown))


def _layout(
    sheets: Sequence[Sheet],
    parts: Sequence[_Part],
    rows: Rows,
    choices: Choices,
    context: Context,
) -> Layout:
    """Return how the file was read."""
    table = parts[0].table
    return Layout(
        tuple(sheet.name for sheet in sheets),
        tuple(part.table.sheet.name for part in parts),
        table.sheet.encoding,
        table.sheet.delimiter,
        choices.get("zone") or context.zone,
        tuple(sorted({int(length) for length in rows.lengths})),
        any(part.timeline.labels_end for part in parts),
        parts[0].threshold_s,
        {heading: unit for part in parts for heading, unit in part.table.units.items()},
    )


def _tables(sheets: Sequence[Sheet], mapping: ImportMapping, choices: Choices) -> list[Table]:
    """Return the data rows of every sheet that names a time and a measure."""
    wanted = choices.get("sheet")
    if wanted and wanted not in {sheet.name for sheet in sheets}:
        raise WfmError(
            message(
                "{file} has no sheet “{sheet}”; there are {choices}.",
                file=sheets[0].file,
                sheet=wanted,
                choices=", ".join(sheet.name for sheet in sheets),
            )
        )
    tables: list[Table] = []
    for sheet in sheets:
        if wanted and sheet.name != wanted:
            continue
        header = find_header(sheet, aliases("acd"), mapping.columns, choices.number("header_row"))
        if header is None or not _is_interval_table(header):
            continue
        place = sheet.file if len(sheets) == 1 else f"{sheet.file} [{sheet.name}]"
        table = open_table(sheet, header, place)
        table.notes.extend(header.notes)
        tables.append(table)
    return tables


def _is_interval_table(header: Header) -> bool:
    """Tell whether a header names a time and something measured."""
    columns = {heading.column for heading in header.meanings.values()}
    return not columns.isdisjoint(TIMES) and not columns.isdisjoint(MEASURED)


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet looks like contact history."""
    header = find_header(sheet, aliases("acd"))
    return header is not None and _is_interval_table(header)


def _read_part(
    table: Table, choices: Choices, context: Context, names: QueueNames, sheets: int
) -> _Part:
    """Read times, measures and queues of one sheet, refusing rows on the way."""
    timeline = read_timeline(table, choices, context)
    context.pulse()
    measures, threshold, questions = read_measures(table, choices)
    context.pulse()
    default = choices.get("queue") or ALL
    if (
        sheets > 1
        and not choices.get("queue")
        and not any(sign.isdigit() for sign in table.sheet.name)
    ):
        default = table.sheet.name
    numbers = read_queues(table, timeline.labels // DAY_MINUTES, choices, context, names, default)
    questions = [*timeline.questions, *questions]
    if not questions:
        _refuse_skipped(table, timeline, measures)
        check_measures(table, measures)
        table.notes.extend(compare_totals(table, measures["offered"]))
    return _Part(table, timeline, measures, numbers, threshold, questions)


def _refuse_skipped(table: Table, timeline: Timeline, measures: Measures) -> None:
    """Refuse contacts at times that the clock skips; empty rows there are merely left out."""
    for position in np.flatnonzero(timeline.skipped).tolist():
        values = np.array([measures[name][position] for name in HISTORY_COLUMNS])
        if np.nan_to_num(values).any():
            at = format_clock(int(timeline.labels[position] % DAY_MINUTES))
            table.refuse(
                position, "interval_start", at, message("the clock skips this time on that day")
            )
        else:
            table.left_out.add(position)
    table.skipped["skipped_hour"] += len(table.left_out)


def _join(parts: Sequence[_Part], choices: Choices, context: Context) -> tuple[Rows, np.ndarray]:
    """Return the rows of all sheets that were not refused, and their labels."""
    tables = [part.table for part in parts]
    stays = [
        np.array(
            [
                at not in part.table.refused | part.table.left_out
                for at in range(len(part.table.rows))
            ],
            np.bool_,
        )
        for part in parts
    ]
    owner = np.concatenate([np.full(int(ok.sum()), at) for at, ok in enumerate(stays)])
    position = np.concatenate([np.flatnonzero(ok) for ok in stays])

    def joined(arrays: Sequence[np.ndarray]) -> np.ndarray:
        return np.concatenate([array[ok] for array, ok in zip(arrays, stays, strict=True)])

    labels = joined([part.timeline.labels for part in parts])
    queues = joined([part.queues for part in parts])
    hints = joined([part.timeline.lengths for part in parts])
    fixed = choices.number("interval_minutes") or 0
    lengths = (
        interval_lengths(queues, labels, hints, context.interval_minutes, fixed)
        if len(labels)
        else labels
    )
    ends = joined([np.full(len(part.table.rows), part.timeline.labels_end) for part in parts])
    rows = Rows(
        tables,
        owner.astype(np.int64),
        position.astype(np.int64),
        queues,
        labels - np.where(ends, lengths, 0),
        lengths,
        joined([part.timeline.repeated for part in parts]),
        joined([values_of(part.measures) for part in parts]),
    )
    if any(part.questions for part in parts):
        return rows, labels
    return _only(rows, refuse_off_grid(rows)), labels[rows.starts % np.maximum(lengths, 1) == 0]


def _only(rows: Rows, stays: np.ndarray) -> Rows:
    """Return the rows marked in ``stays``."""
    return Rows(
        rows.tables,
        rows.owner[stays],
        rows.position[stays],
        rows.queues[stays],
        rows.starts[stays],
        rows.lengths[stays],
        rows.repeated[stays],
        rows.values[stays],
    )


def _closing_notes(parts: Sequence[_Part], rows: Rows) -> list[Message]:
    """Return what should be known about lengths: contacts and intervals."""
    notes: list[Message] = []
    columns = {name: rows.values[:, place] for place, name in enumerate(HISTORY_COLUMNS)}
    table = parts[0].table
    before = len(table.notes)
    note_long_contacts(table, columns, rows.lengths.astype(np.float64))
    notes += table.notes[before:]
    lengths = sorted({int(length) for length in rows.lengths})
    if len(lengths) > 1:
        notes.append(
            message(
                "The file has intervals of different length: {lengths} minutes.",
                lengths=", ".join(map(str, lengths)),
            )
        )
    for length in lengths:
        if STORED_LENGTH[length] != length:
            notes.append(
                message(
                    "Intervals of {minutes} minutes were added up to {stored} minutes.",
                    minutes=length,
                    stored=STORED_LENGTH[length],
                )
            )
    return notes


def _outcome(
    parts: Sequence[_Part],
    days: list[HistoryDay],
    same: int,
    notes: list[Message],
    questions: list[Question],
    mapping: ImportMapping,
    names: QueueNames,
    layout: Layout,
) -> AcdImport:
    """Put the result together; the rows are counted so that the counts add up."""
    tables = [part.table for part in parts]
    counted = sum(table.counted for table in tables)
    skipped = sum(sum(table.skipped.values()) for table in tables) + same
    problems = [problem for table in tables for problem in table.problems]
    refused = sum(len(table.refused) for table in tables)
    if questions:
        skipped -= same
        refused = counted - skipped
        problems = [*_asked(questions, tables[0].place), *problems]
    return AcdImport(
        tuple(days),
        tuple(problems),
        tuple(notes),
        tuple(questions),
        _used_mapping(tables[0], mapping),
        preview_of(tables[0].sheet, tables[0].header),
        counted,
        counted - refused - skipped,
        refused,
        skipped,
        {day.queue: names.names[day.queue] for day in days},
        {day.queue: names.channels[day.queue] for day in days if day.queue in names.channels},
        layout,
        sum(problem.reason is DISPUTED for problem in problems),
    )


def _asked(questions: Sequence[Question], place: str) -> list[Problem]:
    """Return questions as problems of the file."""
    return [
        Problem(question.text, place, None, question.column, question.example)
        for question in questions
    ]


def _used_mapping(table: Table, mapping: ImportMapping) -> ImportMapping:
    """Return the mapping with everything that was found out, so that it can be used again."""
    columns = {
        table.header.texts[place]: heading.column
        for place, heading in table.header.meanings.items()
    }
    options = dict(mapping.options)
    for name in ("encoding", "delimiter"):
        value = getattr(table.sheet, name)
        if value:
            options.setdefault(name, value)
    return ImportMapping(mapping.key, {**columns, **mapping.columns}, options)


def _without_header(sheets: Sequence[Sheet], mapping: ImportMapping, choices: Choices) -> AcdImport:
    """Return the outcome for a file in which no row could be the headings."""
    wanted = choices.get("sheet")
    sheet = max(sheets, key=lambda item: (item.name == wanted, len(item.rows)))
    counted = sum(any(text.strip() for text in sheet.texts(row)) for row in range(len(sheet.rows)))
    question = Question(
        "columns",
        message(
            "No row of {file} holds headings that name a time and a number of contacts. Map the"
            " columns, for instance “着信数” = “offered”.",
            file=sheet.file,
        ),
    )
    return AcdImport(
        (),
        (Problem(question.text, sheet.file),),
        (),
        (question,),
        mapping,
        _mapped_preview(sheet, mapping, choices),
        counted,
        0,
        counted,
        0,
        layout=Layout(
            tuple(item.name for item in sheets),
            encoding=sheet.encoding,
            delimiter=sheet.delimiter,
            zone=choices.get("zone"),
        ),
    )


def _mapped_preview(sheet: Sheet, mapping: ImportMapping, choices: Choices) -> Preview:
    """Return the start of a sheet with the columns that are known so far."""
    row = choices.number("header_row")
    header = find_header(sheet, aliases("acd"), mapping.columns, row)
    shown = preview_of(sheet, None, row)
    if header is not None and header.row == shown.header_row - 1:
        return replace(preview_of(sheet, header), guessed=True)
    given = {normal(name): column for name, column in mapping.columns.items()}
    columns = tuple(given.get(normal(text), "") for text in shown.headings)
    return replace(shown, columns=columns)
