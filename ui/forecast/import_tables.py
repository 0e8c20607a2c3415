"""The tables of the import panel: first rows, queues, people and rejected rows as columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ui.translate import Render, format_date, format_number
from ui.widgets.table import Column
from wfm.errors import Problem
from wfm.imports import Preview, Reading, advice_for
from wfm.messages import Message, message
from wfm.model.time import format_clock
from wfm.services.acd_preview import QueueComing
from wfm.services.people_preview import Difference, PersonComing

LENGTHS = ("wait_answered_s", "wait_abandoned_s", "handle_s")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One of the first rows of a sheet: its number, its texts, and what it came to."""

    number: int
    cells: tuple[str, ...]
    reading: Reading | None

    def cell(self, place: int) -> str:
        """Return the text of a column, empty where the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Words:
    """How values are written for one reader: sentences, dates and numbers of a language."""

    render: Render
    language: str

    def day(self, day: date) -> str:
        """Return a date with its weekday."""
        return format_date(day, self.language)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Return a number, a dash where there is none."""
        return "–" if value is None else format_number(value, self.language, decimals)


def rows_of(start: Preview) -> tuple[FileRow, ...]:
    """Return the first rows of a sheet."""
    readings = start.readings or (None,) * len(start.rows)
    return tuple(
        FileRow(start.first_row + place, cells, reading)
        for place, (cells, reading) in enumerate(zip(start.rows, readings, strict=True))
    )


def first_rows(start: Preview, words: Words) -> tuple[Column, ...]:
    """Return the columns of the first rows: number, what each came to, then its texts."""
    render = words.render
    columns = [
        Column(
            "number",
            render(message("Row")),
            lambda row: str(row.number),
            width=64,
            side="right",
            sort=lambda row: row.number,
            tone=lambda _row: "muted",
        )
    ]
    if start.readings:
        columns += _reading_columns(words)
    width = max((len(row) for row in start.rows), default=0)
    for place in range(max(width, len(start.headings))):
        heading = start.headings[place] if place < len(start.headings) else ""
        columns.append(_text_column(place, heading or "–", "muted" if start.readings else ""))
    return tuple(columns)


def _text_column(place: int, heading: str, tone: str) -> Column:
    """Return the column that shows what a file says at a place."""
    return Column(
        f"cell{place}", heading, lambda row: row.cell(place), width=120, tone=lambda _row: tone
    )


def _reading_columns(words: Words) -> list[Column]:
    render = words.render

    def when(row: FileRow) -> str:
        reading = row.reading
        if reading is None:
            return render(message("not a row of data"))
        if reading.day is None:
            reason = reading.refused
            return "" if reason is None else render(reason)
        return render(
            message(
                "{day} {start}–{end}",
                day=words.day(reading.day),
                start=format_clock(reading.minute),
                end=format_clock(reading.minute + reading.length),
            )
        )

    def figure(name: str) -> Column:
        def text(row: FileRow) -> str:
            if row.reading is None or row.reading.day is None:
                return ""
            value = row.reading.values.get(name)
            count = row.reading.values.get("answered", row.reading.values.get("offered"))
            if name in LENGTHS and value is not None:
                value = value / count if count else None
            return words.number(value, 1 if name in LENGTHS else 0)

        titles = {
            "offered": message("Offered"),
            "answered": message("Answered"),
            "handle_s": message("Mean handling (s)"),
        }
        return Column(
            name, render(titles[name]), text, width=126 if name in LENGTHS else 84, side="right"
        )

    def tone(row: FileRow) -> str:
        if row.reading is None:
            return "muted"
        return "bad" if row.reading.refused is not None else ""

    return [
        Column("when", render(message("Read as")), when, width=250, tone=tone),
        Column("queue", render(message("Queue")), _queue, width=120),
        figure("offered"),
        figure("answered"),
        figure("handle_s"),
    ]


def _queue(row: FileRow) -> str:
    return row.reading.queue if row.reading is not None else ""


def queue_columns(words: Words) -> tuple[Column, ...]:
    """Return the columns of the queues that a file holds."""
    render = words.render

    def state(row: QueueComing) -> str:
        return render(message("new queue") if row.new else message("known queue"))

    def figure(key: str, title: Message, of: Callable[[Any], float | None], width: int) -> Column:
        return Column(
            key, render(title), lambda row: words.number(of(row)), width, side="right", sort=of
        )

    def day(key: str, title: Message, of: Callable[[Any], date]) -> Column:
        return Column(key, render(title), lambda row: words.day(of(row)), width=158, sort=of)

    return (
        Column("name", render(message("Queue")), lambda row: row.name, width=140, searched=True),
        Column("state", render(message("State")), state, width=90, tone=_queue_tone),
        figure("contacts", message("Contacts"), lambda row: row.contacts, 90),
        figure("handling", message("Mean handling (s)"), lambda row: row.handling_s, 120),
        day("first", message("First day"), lambda row: row.first),
        day("last", message("Last day"), lambda row: row.last),
        figure("days", message("Days"), lambda row: row.days, 56),
        figure("recorded", message("Days recorded"), lambda row: row.overlap.days, 110),
        Column(
            "changed",
            render(message("Replaced")),
            lambda row: words.number(row.overlap.changed if row.overlap.days else None),
            width=104,
            side="right",
            sort=lambda row: row.overlap.changed,
            tip=render(message("Recorded numbers for which the file has another one")),
            tone=lambda row: "warn" if row.overlap.changed else "muted",
        ),
    )


def _queue_tone(row: QueueComing) -> str:
    return "accent" if row.new else "muted"


STATES = {
    "new": message("new", context="person in a file"),
    "changed": message("changed", context="person in a file"),
    "same": message("unchanged", context="person in a file"),
}
STATE_TONES = {"new": "accent", "changed": "warn", "same": "muted"}


def person_columns(words: Words) -> tuple[Column, ...]:
    """Return the columns of the people that a file speaks of."""
    render = words.render

    def state(row: PersonComing) -> str:
        return render(STATES[row.state])

    def changes(row: PersonComing) -> str:
        return " · ".join(_difference(item, row.state == "new", words) for item in row.differences)

    def count(key: str, title: Message) -> Column:
        return Column(
            key,
            render(title),
            lambda row: str(getattr(row, key) or "–"),
            width=96,
            side="right",
            sort=lambda row: getattr(row, key),
        )

    return (
        Column("name", render(message("Name")), lambda row: row.name, width=150, searched=True),
        Column("number", render(message("Number")), lambda row: row.number, 90, searched=True),
        Column(
            "state",
            render(message("State")),
            state,
            width=96,
            tone=lambda row: STATE_TONES[row.state],
        ),
        Column("changes", render(message("What the file changes")), changes, width=470),
        count("duties", message("Shifts", context="import")),
        count("leaves", message("Leave days", context="import")),
        count("wishes", message("Wishes", context="import")),
    )


def _difference(item: Difference, new: bool, words: Words) -> str:
    """Return one difference in words: what changes, from what to what."""

    def shown(value: object) -> str | Message:
        if isinstance(value, date):
            return words.day(value)
        return value if isinstance(value, Message) else str(value)

    if item.before is None and item.after is None:
        return words.render(item.label)
    after = shown(item.after) if item.after is not None else message("–")
    if new or item.before is None:
        text = message("{field}: {after}", field=item.label, after=after)
    else:
        text = message(
            "{field}: {before} → {after}",
            field=item.label,
            before=shown(item.before),
            after=after,
        )
    return words.render(text)


def rejected_columns(words: Words) -> tuple[Column, ...]:
    """Return the columns of the rows that a file has and nobody can import."""
    render = words.render
    return (
        Column(
            "row",
            render(message("Row")),
            lambda item: "–" if item.row is None else str(item.row),
            width=70,
            side="right",
            sort=lambda item: item.row,
        ),
        Column("column", render(message("Column")), lambda item: item.column, 120, searched=True),
        Column("value", render(message("Value")), lambda item: item.value, 110, searched=True),
        Column(
            "reason",
            render(message("Reason")),
            lambda item: render(item.reason),
            width=270,
            searched=True,
            tone=lambda _item: "bad",
        ),
        Column(
            "advice",
            render(message("What to do")),
            lambda item: render(advice_for(item.reason)),
            width=500,
        ),
        Column("file", render(message("File")), lambda item: item.file, 180, searched=True),
    )


def rejected_rows(problems: Sequence[Problem], words: Words) -> list[list[str]]:
    """Return rejected rows as texts under their headings, for a file."""
    columns = rejected_columns(words)
    return [
        [column.title for column in columns],
        *([column.text(item) for column in columns] for item in problems),
    ]
