"""What an import of contact history comes to: days, refused rows, questions, the mapping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from wfm.errors import Problem
from wfm.imports.options import PER_COLUMN
from wfm.imports.preview import Preview
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

    @property
    def key(self) -> str:
        """The key under which a mapping's options hold the answer."""
        return f"{self.option}:{self.column}" if self.option in PER_COLUMN else self.option


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file was read beyond its columns: what a user may want to check or change.

    ``sheets`` names every sheet of a workbook, ``read`` those that held a table; ``units`` says
    per heading what its times are written in; ``lengths`` are the interval lengths in minutes.
    """

    sheets: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    zone: str = ""
    lengths: tuple[int, ...] = ()
    labels_end: bool = False
    threshold_s: float = 0.0
    units: dict[str, str] = field(default_factory=dict)


def _go_on() -> None:
    """Nobody wants the reading to stop."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the centre when a file is read.

    ``interval_minutes`` is taken where the file itself does not show its interval length.
    ``pulse`` is called between the steps of reading and may raise to end it.
    """

    zone: str = "Asia/Tokyo"
    interval_minutes: int = 30
    language: str = "ja"
    queues: tuple[Queue, ...] = ()
    pulse: Callable[[], None] = _go_on


@dataclass(frozen=True, slots=True)
class AcdImport:
    """Contact history read from one file; one value, so that nothing is ever half imported.

    ``accepted_rows + rejected_rows + skipped_rows == rows``: every row with content is counted
    once.  Skipped are totals, repeated headings, remarks and exact duplicates, each kind with a
    note.  ``problems`` holds at least one entry per rejected row.  Where ``questions`` is not
    empty nothing was accepted: ``mapping`` with the options answered reads the file.
    ``queue_names`` maps queue keys to the names in the file, ``channels`` to their channel where
    the file tells it; ``disputed`` counts the rows that were refused because others name the same
    queue and interval.
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
    layout: Layout = field(default_factory=Layout)
    disputed: int = 0
