"""What a running solver tells: values, and their form as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.codec import from_json, tagged
from wfm.model.roster import RosterPlan


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of the search: the best objective and proven bound so far, and the stage."""

    seconds: float
    objective: float | None
    bound: float | None
    stage: Message


@dataclass(frozen=True, slots=True)
class Improved:
    """A better roster was found."""

    plan: RosterPlan


@dataclass(frozen=True, slots=True)
class Finished:
    """The run has ended with its best roster; nothing follows."""

    plan: RosterPlan


@dataclass(frozen=True, slots=True)
class Failed:
    """The run has ended without a roster; nothing follows."""

    message: Message


Event = Progress | Improved | Finished | Failed
KINDS: tuple[type[Event], ...] = (Progress, Improved, Finished, Failed)


def to_line(event: Event) -> str:
    """Return an event as one line of JSON, without its line end."""
    return json.dumps(tagged(event), ensure_ascii=False, allow_nan=False)


def from_line(line: str) -> Event:
    """Read an event; raises :class:`~wfm.errors.WfmError` for anything else."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    kinds = {kind.__name__: kind for kind in KINDS}
    kind = kinds.get(data.pop("type", None)) if isinstance(data, dict) else None
    if kind is None:
        raise WfmError(message("The solver sent something that is no event."))
    return from_json(kind, data, kind.__name__)
