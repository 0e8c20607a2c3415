"""Words for requests, shared by the screen and the command line; knows no Qt."""

from __future__ import annotations

from datetime import datetime

from ui.translate import Render, format_date
from wfm.messages import Message, message
from wfm.model.activity import absence_name
from wfm.model.request import Request

STATE_WORDS = {
    "open": message("Open", context="request state"),
    "approved": message("Approved", context="request state"),
    "refused": message("Refused", context="request state"),
    "withdrawn": message("Withdrawn", context="request state"),
}
STATE_TONES = {"open": "accent", "approved": "ok", "refused": "bad", "withdrawn": "muted"}
"""Colour tokens of the theme."""

PROPOSAL_TONES = {"approve": "ok", "look_closer": "warn", "refuse": "bad"}

TOPIC_WORDS = {
    "rules": message("Work rules"),
    "coverage": message("Coverage"),
    "hours": message("Hours", context="request"),
    "fairness": message("Fairness"),
    "leave": message("Leave"),
}
"""Names of the topics of :class:`wfm.analysis.decision.Light`, in their order."""

KIND_WORDS = {"swap": message("Shift swap"), "leave": message("Leave", context="request")}


def title(request: Request, name: str, other: str) -> Message:
    """Return whose request it is."""
    if request.kind == "swap":
        return message("{name} ⇄ {other}", name=name, other=other)
    return message("{name}: {absence}", name=name, absence=absence_name(request.absence))


def days_of(request: Request, render: Render, language: str) -> str:
    """Return the days of a request, short, in the reader's language."""
    first, last = (
        format_date(day, language, short=True) for day in (request.dates[0], request.dates[-1])
    )
    if first == last:
        return first
    if request.kind == "swap":
        return render(message("{first} and {last}", first=first, last=last))
    return render(message("{first} to {last}", first=first, last=last))


def moment_of(text: str) -> datetime | None:
    """Return the instant of a stored text, ``None`` where there is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
