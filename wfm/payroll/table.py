"""Columns and rows of a payroll file, checked as a whole before a byte of it exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from wfm.errors import Problem, WfmError
from wfm.messages import message
from wfm.model.people import Agent
from wfm.payroll.notation import notation_of
from wfm.payroll.payroll_file import PayrollFile

LANGUAGES = ("ja", "en")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Text(Generic[Row]):
    """A column of text."""

    key: str
    ja: str
    en: str
    value: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Minutes(Generic[Row]):
    """A column of working time, written in the file's notation."""

    key: str
    ja: str
    en: str
    value: Callable[[Row], int]


@dataclass(frozen=True, slots=True)
class Days(Generic[Row]):
    """A column of days, in halves at the finest."""

    key: str
    ja: str
    en: str
    value: Callable[[Row], float]


Column = Text[Row] | Minutes[Row] | Days[Row]


def make_file(
    *,
    name: str,
    columns: Sequence[Column[Row]],
    rows: Sequence[tuple[Agent, Row]],
    problems: Sequence[Problem],
    language: str,
    encoding: str,
    notation: str,
) -> PayrollFile:
    """Return the file of ``rows``, or every problem found and no content.

    Lines end with CR LF.  Raises :class:`~wfm.errors.WfmError` for an unknown language or notation.
    """
    if language not in LANGUAGES:
        raise WfmError(
            message(
                "Payroll files have headers in {languages}, not in “{language}”.",
                languages=", ".join(LANGUAGES),
                language=language,
            )
        )
    write = notation_of(notation)
    header = [column.ja if language == "ja" else column.en for column in columns]
    lines = [[_cell(column, row, write) for column in columns] for _, row in rows]
    found = [*problems, *_negative(header, columns, rows)]
    found += _unwritable(header, lines, [agent for agent, _ in rows], encoding)
    if found:
        return PayrollFile(name, b"", 0, tuple(found), encoding=encoding)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([header, *lines])
    content = text.getvalue().encode(encoding)
    return PayrollFile(name, content, len(lines), (), _totals(columns, rows), encoding)


def as_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a quote before = + - @ and tab."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def _cell(column: Column[Row], row: Row, write: Callable[[int], str]) -> str:
    match column:
        case Text():
            return as_text(column.value(row))
        case Minutes():
            return write(column.value(row))
        case Days():
            return f"{column.value(row):g}"


def _totals(columns: Sequence[Column[Row]], rows: Sequence[tuple[Agent, Row]]) -> dict[str, float]:
    return {
        column.key: sum(column.value(row) for _, row in rows)
        for column in columns
        if not isinstance(column, Text)
    }


def _negative(
    header: Sequence[str], columns: Sequence[Column[Row]], rows: Sequence[tuple[Agent, Row]]
) -> list[Problem]:
    return [
        Problem(
            message(
                "{agent}: a time or number of days is negative.", agent=agent.name or agent.key
            ),
            column=title,
            value=str(column.value(row)),
        )
        for agent, row in rows
        for title, column in zip(header, columns, strict=True)
        if not isinstance(column, Text) and column.value(row) < 0
    ]


def _unwritable(
    header: Sequence[str],
    lines: Sequence[Sequence[str]],
    agents: Sequence[Agent],
    encoding: str,
) -> list[Problem]:
    """Return a problem for each cell with characters that the encoding cannot hold."""
    found = []
    for agent, line in zip(agents, lines, strict=True):
        for title, cell in zip(header, line, strict=True):
            if wrong := "".join(dict.fromkeys(c for c in cell if not _holds(encoding, c))):
                reason = message(
                    "{agent}: the encoding {encoding} cannot hold “{characters}”; change the text"
                    " or export as UTF-8.",
                    agent=agent.name or agent.key,
                    encoding=encoding,
                    characters=wrong,
                )
                found.append(Problem(reason, column=title, value=cell))
    return found


def _holds(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
