"""Values that no contact centre can have, refused row by row; odd but possible ones are noted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.imports.acd.measures import Measures
from wfm.imports.acd.table import Table
from wfm.imports.reading import cell_text
from wfm.messages import Message, message
from wfm.model.workload import Floats

MOST_CONTACTS = 1_000_000
LONGEST_CONTACT_S = 24 * 3600
CARRIED_SHARE, CARRIED_CONTACTS = 1.5, 10.0
"""How far answered may exceed offered: contacts that wait across the border of an interval count
as offered before it and as answered after it."""


def check_measures(table: Table, measures: Measures) -> None:
    """Refuse rows with impossible values and note those that are only unusual."""
    offered, answered = measures["offered"], measures["answered"]
    with np.errstate(invalid="ignore"):
        for name, values in measures.items():
            _refuse(table, name, values, values < 0, message("this is less than nothing"))
        for name in ("offered", "answered", "abandoned"):
            _refuse(
                table,
                name,
                measures[name],
                measures[name] > MOST_CONTACTS,
                message("more than {most} contacts in one interval", most=MOST_CONTACTS),
            )
        most = offered * CARRIED_SHARE + CARRIED_CONTACTS
        for name in ("answered", "abandoned"):
            _refuse(
                table,
                name,
                measures[name],
                measures[name] > most,
                message("more than were offered in the interval"),
            )
        within = measures["answered_within"]
        _refuse(
            table,
            "answered_within",
            within,
            within > np.where(np.isnan(answered), most, answered * 1.1 + 2),
            message("more than were answered in the interval"),
        )
        _check_mean(table, measures, answered, offered)
        carried = int(np.count_nonzero(answered > offered))
    if carried:
        table.notes.append(
            message(
                "In {count} row more contacts were answered than offered; they waited across the"
                " border of the interval.",
                plural="In {count} rows more contacts were answered than offered; they waited"
                " across the border of the interval.",
                count=carried,
            )
        )


def _check_mean(table: Table, measures: Measures, answered: Floats, offered: Floats) -> None:
    """Refuse mean times of more than a day per contact."""
    counts = np.where(np.isnan(answered), offered, answered)
    for name in ("handle_s", "wait_answered_s", "wait_abandoned_s"):
        # A contact is booked where it began: an interval may hold the time of one more.
        _refuse(
            table,
            name,
            measures[name],
            measures[name] > LONGEST_CONTACT_S * (np.nan_to_num(counts) + 1),
            message("more than 24 hours for one contact"),
        )


def _refuse(
    table: Table, name: str, values: Floats, where: Sequence[bool] | np.ndarray, reason: Message
) -> None:
    """Refuse the rows marked in ``where``, showing the cell that the value came from."""
    for position in np.flatnonzero(where):
        if int(position) not in table.refused:
            column = _shown(table, name)
            cells = table.cells(column)
            shown = cell_text(cells[position]) if cells else f"{values[position]:g}"
            table.refuse(int(position), column, shown, reason)


def _shown(table: Table, name: str) -> str:
    """Return the column of the file that a measure came from, as far as there is one."""
    behind = {
        "handle_s": ("handle_s", "handle_avg", "talk_s", "talk_avg"),
        "wait_answered_s": ("wait_answered_s", "asa"),
        "answered": ("answered", "answer_rate"),
        "abandoned": ("abandoned", "abandon_rate"),
        "answered_within": ("answered_within", "service_level"),
        "offered": ("offered", "answered"),
    }
    return next(
        (item for item in behind.get(name, (name,)) if table.header.position(item) is not None),
        name,
    )


def note_long_contacts(table: Table, measures: Measures, minutes: Floats) -> None:
    """Note the rows whose mean contact is longer than its interval; they are allowed."""
    counts = np.where(np.isnan(measures["answered"]), measures["offered"], measures["answered"])
    with np.errstate(invalid="ignore", divide="ignore"):
        long = np.count_nonzero(
            (counts > 0) & (measures["handle_s"] / np.maximum(counts, 1) > minutes * 60)
        )
    if long:
        table.notes.append(
            message(
                "In {count} row a contact lasts longer than the interval, counted where it began.",
                plural="In {count} rows a contact lasts longer than the interval, counted where it"
                " began.",
                count=int(long),
            )
        )
