"""Shifts on the clipboard: for the board as they are, for other programs as a table of text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ui.roster.selection import Cell
from wfm.analysis.draft import format_span
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import from_json, to_json
from wfm.model.roster import Duty

MIME = "application/x-toban-shifts"


@dataclass(frozen=True, slots=True)
class Clipping:
    """One copied shift and how many lines and days it lies from the first of all copied."""

    line: int
    days: int
    duty: Duty


def copy(duties: Sequence[Duty], keys: Sequence[str], name_of: Callable[[str], str]) -> None:
    """Put shifts on the clipboard; ``keys`` are the people in the order shown."""
    places = {key: place for place, key in enumerate(keys)}
    top = min(places[duty.agent] for duty in duties)
    first = min(duty.day for duty in duties)
    clippings = [
        {"line": places[duty.agent] - top, "days": (duty.day - first).days, "duty": to_json(duty)}
        for duty in duties
    ]
    lines = [
        f"{name_of(duty.agent)}\t{duty.day}\t{duty.letter}\t{format_span(duty.start, duty.end)}"
        for duty in duties
    ]
    mime = QMimeData()
    mime.setData(MIME, json.dumps(clippings).encode())
    mime.setText("\n".join(lines) + "\n")
    QGuiApplication.clipboard().setMimeData(mime)


def pasted() -> tuple[Clipping, ...]:
    """Return the shifts on the clipboard; raises a sentence where there are none."""
    mime = QGuiApplication.clipboard().mimeData()
    if not mime.hasFormat(MIME):
        raise WfmError(message("There is no shift on the clipboard. Copy one first (Ctrl+C)."))
    try:
        items = json.loads(bytes(mime.data(MIME).data()))
        return tuple(
            Clipping(int(item["line"]), int(item["days"]), from_json(Duty, item["duty"]))
            for item in items
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WfmError(
            message("There is no shift on the clipboard. Copy one first (Ctrl+C).")
        ) from error


def places_for(
    clippings: Sequence[Clipping],
    cursor: Cell,
    chosen: Sequence[Cell],
    keys: Sequence[str],
    days: Sequence[date],
) -> list[tuple[str, date, Duty]]:
    """Return where pasted shifts go: one shift into every chosen cell, several from the cursor on.

    Raises a sentence where they do not fit below or to the right of the cursor.
    """
    if len(clippings) == 1:
        return [(agent, day, clippings[0].duty) for agent, day in chosen or [cursor]]
    line = keys.index(cursor[0])
    found = []
    for item in clippings:
        day = cursor[1] + timedelta(days=item.days)
        if line + item.line >= len(keys) or day not in days:
            raise WfmError(
                message("The copied shifts do not fit there. Choose a cell further up or left.")
            )
        found.append((keys[line + item.line], day, item.duty))
    return found
