"""Changing what a centre's rosters are to achieve."""

from __future__ import annotations

from dataclasses import replace

from wfm.messages import message
from wfm.model.aims import Aims
from wfm.model.change import Outcome
from wfm.services.session import Session, site_of


def change_aims(session: Session, aims: Aims, seen: Aims) -> Outcome:
    """Write the order and the strengths of a centre's aims, as one operation.

    Other settings that were changed meanwhile stay; changed aims are a
    :class:`~wfm.errors.Conflict`.  The roster stays as it is; the next run follows the new aims.
    """
    with session.database.write(session.who, session.clock) as unit:
        stored = site_of(unit)
        unit.put(replace(stored, aims=aims), seen=replace(stored, aims=seen))
        operation = unit.commit(message("Change the aims of the rosters"))
    return Outcome(operation)
