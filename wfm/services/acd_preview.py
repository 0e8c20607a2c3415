"""Looks at a file of contact history before it is imported; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from wfm.history import Overlap, overlaps
from wfm.imports import (
    OPTIONS,
    AcdImport,
    Answer,
    Asked,
    Context,
    asked,
    choice_label,
    fitting_mapping,
    read_acd_sheets,
    readers_of,
    setting_label,
)
from wfm.imports.aliases import most_alike, normal
from wfm.messages import Message, message
from wfm.model.site import ImportMapping, Site
from wfm.model.workload import HistoryDay, Queue
from wfm.services.session import Session, site_of
from wfm.services.source_files import (
    FilePreview,
    Setting,
    ShouldStop,
    collection_paused,
    never,
    pulse_of,
    read_source,
    read_table,
    text_settings,
    why_not,
)

ZONES = (
    "UTC",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Manila",
    "Asia/Kolkata",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
)
ROWS = tuple(str(row) for row in range(31))
THRESHOLDS = ("5", "10", "15", "20", "30", "40", "60", "90", "120")
MOST_QUEUE_QUESTIONS = 12


@dataclass(frozen=True, slots=True)
class QueueComing:
    """One queue of a file: what it holds, and how far that is recorded already.

    ``contacts`` is the sum of the offered ones, ``handling_s`` the mean handling time (``None``:
    the file has none); ``days`` counts the days with any number.
    """

    key: str
    name: str
    new: bool
    contacts: float
    handling_s: float | None
    first: date
    last: date
    days: int
    overlap: Overlap


@dataclass(frozen=True, slots=True)
class AcdPreview(FilePreview):
    """What importing a file of contact history would do; :attr:`result` is what would be stored.

    ``known`` are the queues of the centre that the file was read against.
    """

    result: AcdImport
    queues: tuple[QueueComing, ...] = ()
    known: tuple[Queue, ...] = field(default=())

    def why_not(self, *, strict: bool = False) -> Message | None:
        """Return why the file cannot be imported as it stands, or ``None``."""
        return why_not(self, self.result.accepted_rows, self.result.rejected_rows, strict=strict)


def preview_acd(
    session: Session,
    path: Path,
    mapping: ImportMapping | None = None,
    *,
    should_stop: ShouldStop = never,
) -> AcdPreview:
    """Return what importing a file would do, read by ``mapping``.

    Without a mapping the one saved with an earlier file of the same headings is taken.  Raises
    :class:`~wfm.errors.WfmError` for a file that cannot be read at all, and
    :class:`~wfm.errors.StoppedError` when the user stopped.
    """
    with collection_paused():
        return _preview(session, path, mapping, pulse_of(should_stop, path))


def _preview(
    session: Session, path: Path, mapping: ImportMapping | None, pulse: Callable[[], None]
) -> AcdPreview:
    """Read a file and say what was read; its cells are gone when this returns."""
    with session.database.read() as store:
        site, known = site_of(store), store.all(Queue)
        saved = store.all(ImportMapping)
    pulse()
    source, content = read_source(path)
    pulse()
    sheets = read_table(path, content, mapping.options if mapping else {})
    pulse()
    chosen = mapping or fitting_mapping("acd", sheets, saved)
    given = chosen or ImportMapping(path.stem)
    result = read_acd_sheets(sheets, given, context_of(site, known, pulse))
    pulse()
    other = ""
    if any(question.option == "columns" for question in result.questions):
        readers = readers_of(sheets)
        other = "people" if readers == {"people"} else ""
    return AcdPreview(
        source=source,
        mapping=given,
        reused=mapping is None and chosen is not None,
        other=other,
        questions=_questions(result, given, known, site.as_of or session.clock().date()),
        settings=(*text_settings(sheets, given), *_settings(result, given, site)),
        starts=(result.preview,),
        result=result,
        queues=_coming(session, result, known),
        known=known,
    )


def context_of(
    site: Site, queues: tuple[Queue, ...], pulse: Callable[[], None] = lambda: None
) -> Context:
    """Return what is known about a centre when one of its files is read."""
    return Context(site.zone, language=site.language, queues=queues, pulse=pulse)


# --- what the file holds --------------------------------------------------------------------------


def _coming(session: Session, result: AcdImport, known: Sequence[Queue]) -> tuple[QueueComing, ...]:
    """Return the queues of a file, those with most contacts first."""
    if not result.days:
        return ()
    first, last = min(day.day for day in result.days), max(day.day for day in result.days)
    with session.database.read() as store:
        recorded = store.where(HistoryDay, since=first, until=last + timedelta(days=1))
    over = overlaps(recorded, result.days)
    names = {queue.key: queue.name for queue in known}
    by_queue: dict[str, list[HistoryDay]] = {}
    for day in result.days:
        by_queue.setdefault(day.queue, []).append(day)
    found = [
        _queue_coming(
            key,
            names.get(key) or result.queue_names.get(key, key),
            days,
            new=key not in names,
            overlap=over.get(key, Overlap()),
        )
        for key, days in by_queue.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.contacts, item.key)))


def _queue_coming(
    key: str, name: str, days: Sequence[HistoryDay], *, new: bool, overlap: Overlap
) -> QueueComing:
    offered, answered, handle = (
        np.concatenate([day.columns[column] for day in days])
        for column in ("offered", "answered", "handle_s")
    )
    counts = np.where(np.isnan(answered), offered, answered)
    timed = np.isfinite(handle) & np.isfinite(counts)
    contacts = float(counts[timed].sum())
    return QueueComing(
        key,
        name,
        new,
        float(np.nansum(offered)),
        float(handle[timed].sum()) / contacts if contacts else None,
        min(day.day for day in days),
        max(day.day for day in days),
        len(days),
        overlap,
    )


# --- questions ------------------------------------------------------------------------------------


def _questions(
    result: AcdImport, mapping: ImportMapping, known: Sequence[Queue], today: date
) -> tuple[Asked, ...]:
    """Return what the file asks: what it leaves open first, then what has a usual answer."""
    open_ones = [asked(question, today) for question in result.questions]
    asked_keys = {question.key for question in open_ones}
    standing = [_disputed(result, mapping), *_queue_questions(result, mapping, known)]
    return (
        *open_ones,
        *(item for item in standing if item is not None and item.key not in asked_keys),
    )


def _disputed(result: AcdImport, mapping: ImportMapping) -> Asked | None:
    """Return the question about rows that name the same queue and interval."""
    option = "duplicates"
    if not result.disputed and option not in mapping.options:
        return None
    text = (
        message(
            "{count} row names a queue and interval that others name too, with different numbers."
            " What is to be done with such rows?",
            plural="{count} rows name a queue and interval that others name too, with different"
            " numbers. What is to be done with such rows?",
            count=result.disputed,
        )
        if result.disputed
        else message("What is to be done with several rows of one queue and interval?")
    )
    choices = next(item.choices for item in OPTIONS if item.name == option)
    answers = tuple(Answer(value, choice_label(option, value)) for value in choices)
    return Asked(option, text, answers, mapping.options.get(option, "reject"))


def _queue_questions(
    result: AcdImport, mapping: ImportMapping, known: Sequence[Queue]
) -> list[Asked]:
    """Return whether each queue that the centre does not have is new or has another name there."""
    stored = {queue.key: queue.name or queue.key for queue in known}
    renamed = {
        key.removeprefix("queue:"): value
        for key, value in mapping.options.items()
        if key.startswith("queue:") and " until " not in key
    }
    new = {
        name: key
        for key, name in result.queue_names.items()
        if key not in stored and key not in renamed.values()
    }
    found: list[Asked] = []
    for name in [*renamed, *new][:MOST_QUEUE_QUESTIONS]:
        twins = {key: other for other, key in new.items() if other != name}
        likely = most_alike(name, stored) or _twin(name, twins)
        choices = stored | twins
        if not (known or likely or name in renamed):
            continue
        answers = (
            Answer("", message("A new queue")),
            *(Answer(key, message("{value}", value=shown)) for key, shown in choices.items()),
        )
        text = message("“{queue}” is not a queue of this centre yet. What is it?", queue=name)
        found.append(Asked(f"queue:{name}", text, answers, renamed.get(name, ""), likely))
    return found


def _twin(name: str, others: dict[str, str]) -> str:
    """Return the key of a queue that is called the same but for case, width and spaces."""
    return next((key for key, other in others.items() if normal(other) == normal(name)), "")


# --- settings -------------------------------------------------------------------------------------


def _settings(result: AcdImport, mapping: ImportMapping, site: Site) -> list[Setting]:
    """Return how the file was read, each thing with what was found and what may be chosen."""
    layout, columns = result.layout, set(result.mapping.columns.values())
    found: dict[str, Message] = {}
    if len(layout.sheets) > 1:
        found["sheet"] = _itself(", ".join(layout.read) or "–")
    row = result.preview.header_row
    found["header_row"] = choice_label("header_row", str(row))
    if not result.questions:
        lengths = ", ".join(map(str, layout.lengths)) or "–"
        label = "end" if layout.labels_end else "start"
        found |= {
            "zone": _itself(layout.zone),
            "interval_minutes": message("{minutes} minutes", minutes=lengths),
            "interval_label": choice_label("interval_label", label),
            "empty_intervals": choice_label("empty_intervals", "missing"),
        }
    if columns & {"answered_within", "service_level"}:
        found["threshold_s"] = message("{seconds} seconds", seconds=round(layout.threshold_s))
    for heading, unit in layout.units.items():
        option = "clock_parts" if ":" in unit else "duration_unit"
        found[f"{option}:{heading}"] = choice_label(option, unit)
    for key in mapping.options:
        if key.startswith("date_order:"):
            found[key] = _itself("–")
    choices = {
        **{option.name: option.choices for option in OPTIONS},
        "sheet": layout.sheets,
        "header_row": ROWS,
        "zone": tuple(dict.fromkeys((site.zone, *ZONES))),
        "threshold_s": THRESHOLDS,
    }
    return [_setting(key, text, choices, mapping) for key, text in found.items()]


def _setting(
    key: str, found: Message, choices: Mapping[str, Sequence[str]], mapping: ImportMapping
) -> Setting:
    option, _, column = key.partition(":")
    answers = tuple(Answer(value, choice_label(option, value)) for value in choices[option])
    label = setting_label(option, column)
    return Setting(key, label, mapping.options.get(key, ""), found, answers)


def _itself(text: str) -> Message:
    return message("{value}", value=text)
