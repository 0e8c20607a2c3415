"""What an import of contact history comes to: days, refused rows, questions, the mapping."""

from __future__ import annotations

from dataclasses import dataclass, field

from wfm.errors import Problem
from wfm.messages import Message
from wfm.model.site import ImportMapping
from wfm.model.workload import HistoryDay, Queue


@dataclass(frozen=True, slots=True)
class Question:
    """Something a file leaves open and nobody may guess: set ``option`` to one of ``choices``."""

    option: str
    text: Message
    choices: tuple[str, ...] = ()
    column: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The start of a table as it was understood: headings, canonical columns, first rows."""

    sheet: str = ""
    header_row: int = 0
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the centre when a file is read.

    ``interval_minutes`` is taken where the file itself does not show its interval length.
    """

    zone: str = "Asia/Tokyo"
    interval_minutes: int = 30
    language: str = "ja"
    queues: tuple[Queue, ...] = ()


@dataclass(frozen=True, slots=True)
class AcdImport:
    """Contact history read from one file; one value, so that nothing is ever half imported.

    ``accepted_rows + rejected_rows + skipped_rows == rows``: every row with content is counted
    once.  Skipped are totals, repeated headings, remarks and exact duplicates, each kind with a
    note.  ``problems`` holds at least one entry per rejected row.  Where ``questions`` is not
    empty nothing was accepted: ``mapping`` with the options answered reads the file.
    ``queue_names`` maps queue keys to the names in the file, ``channels`` to their channel where
    the file tells it.
    """

    days: tuple[HistoryDay, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]
    questions: tuple[Question, ...]
    mapping: ImportMapping
    preview: Preview
    rows: int
    accepted_rows: int
    rejected_rows: int
    skipped_rows: int
    queue_names: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
