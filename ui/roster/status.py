"""What the status line says about a week's roster, and about what is selected in it."""

from __future__ import annotations

from ui.translate import format_number
from wfm.analysis import Publication
from wfm.analysis.draft import WeekDraft
from wfm.messages import Message, message


def roster_words(draft: WeekDraft, found: Publication, *, previewing: bool) -> Message:
    """Return where a roster stands between nothing and published."""
    if previewing:
        return message("Proposed roster — nothing is stored yet")
    if not draft.planned and not found.published:
        return message("No roster yet", context="roster state")
    if not found.published:
        return message("Draft — not published yet")
    if found.current:
        return message("Published — nothing changed since")
    return message(
        "Draft — {count} change since publication",
        plural="Draft — {count} changes since publication",
        count=found.changes,
    )


def status_words(state: Message, shifts: int, minutes: int, language: str) -> Message:
    """Return the state, with the shifts and worked hours selected where they are several."""
    if shifts < 2:
        return state
    selected = message(
        "{count} shift selected, {hours} h",
        plural="{count} shifts selected, {hours} h",
        count=shifts,
        hours=format_number(minutes / 60, language, 1),
    )
    return message("{state}   {selection}", state=state, selection=selected)
