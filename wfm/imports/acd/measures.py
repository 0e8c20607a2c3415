"""Turns the columns of a file into counts and sums of seconds: averages and rates × counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.imports.acd.outcome import Question
from wfm.imports.acd.table import Table
from wfm.imports.acd.units import (
    PLAUSIBLE_CONTACT_S,
    PLAUSIBLE_WAIT_S,
    clock_reading,
    settle_units,
)
from wfm.imports.aliases import Heading
from wfm.imports.durations import Lengths, read_lengths
from wfm.imports.figures import parse_figure, parse_share, read_column
from wfm.imports.options import Choices
from wfm.messages import message
from wfm.model.workload import HISTORY_COLUMNS, SERVICE_LEVEL_DEFINITIONS, Floats

COUNTS = ("offered", "answered", "abandoned", "abandoned_short", "answered_within")
SHARES = ("service_level", "answer_rate", "abandon_rate")
SUMS = ("handle_s", "talk_s", "hold_s", "acw_s", "wait_answered_s", "wait_abandoned_s")
AVERAGES = {
    "handle_avg": "handle_s",
    "talk_avg": "talk_s",
    "hold_avg": "hold_s",
    "acw_avg": "acw_s",
    "asa": "wait_answered_s",
}
SHORT_PARTS = ("hold_s", "acw_s", "hold_avg", "acw_avg")
"""Parts of a contact that may well last only a second or two."""
DEFAULT_THRESHOLD_S = 20.0

Measures = dict[str, Floats]


def read_measures(table: Table, choices: Choices) -> tuple[Measures, float, list[Question]]:
    """Return one array per ``HISTORY_COLUMNS`` entry (NaN: not recorded), T, and open questions.

    Unreadable cells refuse their row.
    """
    raw = _figures(table)
    threshold = _threshold(table, choices)
    _counts_from_rates(table, raw, choices)
    if "offered" not in raw and "answered" in raw:
        _offered_from_answered(table, raw)
    questions = _lengths(table, raw, choices)
    if not questions:
        _handle_from_parts(table, raw)
    absent = np.full(len(table.rows), np.nan)
    return {name: raw.get(name, absent) for name in HISTORY_COLUMNS}, threshold, questions


def _figures(table: Table) -> Measures:
    """Return the counts and shares of the file."""
    raw: Measures = {}
    for names, parse in ((COUNTS, parse_figure), (SHARES, parse_share)):
        for name in names:
            cells = table.cells(name)
            if cells is None:
                continue
            raw[name], reasons = read_column(cells, parse)
            table.refuse_cells(name, cells, reasons)
    return raw


def _threshold(table: Table, choices: Choices) -> float:
    """Return T: the mapping's, else the heading's, else 20 seconds with a note."""
    chosen = choices.number("threshold_s")
    if chosen is not None:
        return float(chosen)
    for heading in table.header.meanings.values():
        if heading.column in {"answered_within", "service_level"}:
            if heading.threshold_s is not None:
                return heading.threshold_s
            table.notes.append(
                message(
                    "The file does not say how many seconds “{column}” counts; {seconds} were"
                    " taken. The mapping option “threshold_s” changes it.",
                    column=table.name(heading.column),
                    seconds=int(DEFAULT_THRESHOLD_S),
                )
            )
            break
    return DEFAULT_THRESHOLD_S


def _counts_from_rates(table: Table, raw: Measures, choices: Choices) -> None:
    """Derive counts that the file gives only as a share of the contacts offered."""
    offered = raw.get("offered")
    if offered is None:
        return
    for rate, count in (("answer_rate", "answered"), ("abandon_rate", "abandoned")):
        if rate in raw and count not in raw:
            raw[count] = np.rint(offered * raw[rate])
            _note_derived(table, rate)
    if "service_level" not in raw or "answered_within" in raw:
        return
    definition = choices.get("service_level_definition", SERVICE_LEVEL_DEFINITIONS[0])
    nothing = np.zeros(len(offered))
    short = raw.get("abandoned_short", nothing)
    share = raw["service_level"]
    within = {
        "answered_of_offered": share * offered,
        "short_abandons_excluded": share * (offered - short),
        "abandons_counted": share * offered - short,
        "answered_of_answered": share * raw.get("answered", nothing * np.nan),
    }[definition]
    raw["answered_within"] = np.maximum(np.rint(within), 0)
    _note_derived(table, "service_level")


def _note_derived(table: Table, column: str) -> None:
    table.notes.append(
        message("Counts were calculated from the rates in “{column}”.", column=table.name(column))
    )


def _offered_from_answered(table: Table, raw: Measures) -> None:
    """Take answered plus abandoned as offered where the file has no such column."""
    if "abandoned" in raw:
        raw["offered"] = raw["answered"] + raw["abandoned"]
        note = message("Offered contacts were taken as answered plus abandoned.")
    else:
        raw["offered"] = raw["answered"]
        note = message(
            "The file has no offered contacts; the answered ones were taken. Lost contacts are"
            " missing from it."
        )
    table.notes.append(note)


@dataclass(frozen=True, slots=True)
class _TimeColumn:
    """One column of time as written, and what its values are measured against."""

    heading: Heading
    lengths: Lengths
    counts: Floats
    plausible: tuple[float, float]

    @property
    def total(self) -> str:
        """The sum that the column gives or helps to calculate."""
        return AVERAGES.get(self.heading.column, self.heading.column)

    @property
    def divisor(self) -> Floats | None:
        """Contacts behind each value of a column of sums; ``None`` for averages."""
        return self.counts if self.heading.column in SUMS else None


def _time_columns(table: Table, raw: Measures) -> list[_TimeColumn]:
    """Return the columns of time as written; unreadable cells refuse their row."""
    found: list[_TimeColumn] = []
    for heading in table.header.meanings.values():
        name = heading.column
        if name not in SUMS and name not in AVERAGES:
            continue
        cells = table.cells(name) or []
        lengths = read_lengths(cells)
        table.refuse_cells(name, cells, lengths.reasons)
        total = AVERAGES.get(name, name)
        loose = total.startswith("wait") or name in SHORT_PARTS
        plausible = PLAUSIBLE_WAIT_S if loose else PLAUSIBLE_CONTACT_S
        found.append(_TimeColumn(heading, lengths, _contacts(raw, total, len(cells)), plausible))
    return found


def _lengths(table: Table, raw: Measures, choices: Choices) -> list[Question]:
    """Read every column of time into sums of seconds; averages are multiplied by their counts."""
    questions: list[Question] = []
    columns = _time_columns(table, raw)
    readings = {clock_reading(item.lengths, item.divisor, item.plausible) for item in columns}
    readings.discard("")
    clock = readings.pop() if len(readings) == 1 else ""
    for item in columns:
        name = item.heading.column
        settled = settle_units(
            item.lengths,
            item.divisor,
            table.name(name),
            item.heading.unit,
            choices,
            item.plausible,
            clock,
        )
        if isinstance(settled, Question):
            questions.append(settled)
            continue
        if settled.unit:
            table.units[table.name(name)] = settled.unit
        seconds = settled.seconds
        if name in AVERAGES:
            # The mean of no contact is no number, but their sum is certain.
            seconds = np.where(item.counts == 0, 0.0, seconds * item.counts)
        known = raw.get(item.total)
        raw[item.total] = seconds if known is None else np.where(np.isnan(known), seconds, known)
    return questions


def _contacts(raw: Measures, total: str, rows: int) -> Floats:
    """Return the contacts whose time a column sums up: answered ones, else those offered."""
    first = "abandoned" if total == "wait_abandoned_s" else "answered"
    for name in (first, "offered"):
        if name in raw and np.isfinite(raw[name]).any():
            return raw[name]
    return np.full(rows, np.nan)


def _handle_from_parts(table: Table, raw: Measures) -> None:
    """Handling time is talk + hold + after-call work where the file has no column of its own."""
    parts = [name for name in ("talk_s", "hold_s", "acw_s") if name in raw]
    if "talk_s" not in parts:
        return
    total = np.sum([raw[name] for name in parts], axis=0)
    if "handle_s" in raw:
        _note_unequal(table, raw["handle_s"], total)
        raw["handle_s"] = np.where(np.isnan(raw["handle_s"]), total, raw["handle_s"])
        return
    raw["handle_s"] = total
    if "acw_s" not in raw:
        table.notes.append(
            message("Handling time holds no after-call work: the file has no column for it.")
        )


def _note_unequal(table: Table, handle: Floats, parts: Floats) -> None:
    """Say when handling time is far from the sum of its parts: hold may be counted twice."""
    both = np.isfinite(handle) & np.isfinite(parts)
    if both.any() and abs(parts[both].sum() - handle[both].sum()) > 0.02 * handle[both].sum() + 1:
        table.notes.append(
            message(
                "“{column}” differs from talk + hold + after-call work by {percent} %; it was"
                " taken as it stands.",
                column=table.name("handle_s"),
                percent=round(100 * abs(parts[both].sum() / max(handle[both].sum(), 1.0) - 1)),
            )
        )
