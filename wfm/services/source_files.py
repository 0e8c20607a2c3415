"""A file that is looked at before it is imported: what was read, and whether it is still that."""

from __future__ import annotations

import gc
import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wfm.errors import StoppedError, WfmError
from wfm.imports import (
    OPTIONS,
    Answer,
    Asked,
    Preview,
    Sheet,
    choice_label,
    read_content,
    setting_label,
    sheets_of,
)
from wfm.messages import Message, message
from wfm.model.site import ImportMapping

ShouldStop = Callable[[], bool]


def never() -> bool:
    """Nobody wants to stop."""
    return False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: where it lies and the digest of its content."""

    path: Path
    digest: str
    bytes: int

    def refuse_if_changed(self) -> None:
        """Raise :class:`~wfm.errors.WfmError` when the file is gone or says something else now."""
        try:
            content = read_content(self.path)
        except WfmError as error:
            raise WfmError(
                message("{reason} Nothing was imported.", reason=error.message)
            ) from None
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise WfmError(
                message(
                    "{file} was changed after it was looked at. Nothing was imported; look at it"
                    " again.",
                    file=self.path.name,
                )
            )


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing about how a file is read that a user may overrule.

    ``key`` is the option of the mapping; ``value`` what the mapping says (empty: nothing), and
    ``found`` what holds then.
    """

    key: str
    label: Message
    value: str
    found: Message
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What every file shows before it is imported, whatever it holds.

    ``mapping`` is what was told about the file, and what a user edits; ``reused`` says that it was
    saved with an earlier file.  ``other`` names the reader, ``"acd"`` or ``"people"``, that the
    file is for where it is not this one's.
    """

    source: SourceFile
    mapping: ImportMapping
    reused: bool
    other: str
    questions: tuple[Asked, ...]
    settings: tuple[Setting, ...]
    starts: tuple[Preview, ...]

    @property
    def open_questions(self) -> tuple[Asked, ...]:
        """The questions that keep the file from being imported."""
        return tuple(question for question in self.questions if question.open)


def read_source(path: Path) -> tuple[SourceFile, bytes]:
    """Return a file and its content; raises :class:`~wfm.errors.WfmError` in a sentence."""
    content = read_content(path)
    return SourceFile(path, hashlib.sha256(content).hexdigest(), len(content)), content


def read_table(path: Path, content: bytes, options: dict[str, str]) -> tuple[Sheet, ...]:
    """Return the sheets of a file's content by the options of a mapping."""
    return sheets_of(
        content,
        path.name,
        encoding=options.get("encoding", ""),
        delimiter=options.get("delimiter", ""),
    )


class _Pauses:
    """How many tables are held just now, in whatever threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0
        self._automatic = False

    def begin(self) -> None:
        with self._lock:
            if self.count == 0:
                self._automatic = gc.isenabled()
                gc.disable()
            self.count += 1

    def end(self) -> None:
        with self._lock:
            self.count -= 1
            # whoever had switched the collection off before goes on without it
            if self.count == 0 and self._automatic:
                gc.enable()


_PAUSES = _Pauses()


def is_collection_paused() -> bool:
    """Whether a table of many cells is held, so that whoever collects cycles should wait."""
    return _PAUSES.count > 0


@contextmanager
def collection_paused() -> Iterator[None]:
    """Put off the collection of cycles while a table of many cells is held.

    A table holds no cycles, and each look at its cells would stop every thread, the window's too,
    for half a second.
    """
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()


def pulse_of(should_stop: ShouldStop, path: Path) -> Callable[[], None]:
    """Return a function that ends the reading when the user wants to stop."""

    def pulse() -> None:
        if should_stop():
            raise StoppedError(
                message("{file} was not read to its end: you stopped it.", file=path.name)
            )

    return pulse


def why_not(preview: FilePreview, accepted: int, rejected: int, *, strict: bool) -> Message | None:
    """Return why a file cannot be imported as it stands, or ``None``."""
    count = len(preview.open_questions)
    if count:
        return message(
            "{count} question is open; answer it first.",
            plural="{count} questions are open; answer them first.",
            count=count,
        )
    if not accepted:
        return message("No row of the file can be imported.")
    if strict and rejected:
        return message(
            "{count} row is rejected, and you chose to import all rows or none.",
            plural="{count} rows are rejected, and you chose to import all rows or none.",
            count=rejected,
        )
    return None


def text_settings(sheets: Sequence[Sheet], mapping: ImportMapping) -> list[Setting]:
    """Return how a text file was decoded; a workbook leaves nothing to choose."""
    first = sheets[0]
    if not first.encoding:
        return []
    found = {"encoding": first.encoding, "delimiter": first.delimiter}
    return [
        Setting(
            option.name,
            setting_label(option.name),
            mapping.options.get(option.name, ""),
            choice_label(option.name, found[option.name]),
            tuple(Answer(value, choice_label(option.name, value)) for value in option.choices),
        )
        for option in OPTIONS
        if option.name in found
    ]
