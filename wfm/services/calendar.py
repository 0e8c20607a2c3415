"""Queues and calendar of a horizon: the part of a centre that forecasts and staffing need."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.calendars import open_slots, public_holidays
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import Horizon
from wfm.model.workload import Queue, SpecialDay
from wfm.persistence import Store
from wfm.services.session import site_of

HISTORY_WEEKS = 110
"""Two years and a bit: what yearly patterns can need."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Queues, special days and public holidays of one horizon.

    ``holidays`` reach back over the history, whose holidays must not teach weekdays.
    """

    horizon: Horizon
    queues: tuple[Queue, ...]
    special_days: tuple[SpecialDay, ...]
    holidays: dict[date, str]

    def queue(self, key: str) -> Queue | None:
        """Return the queue of a key, ``None`` where there is none."""
        return next((queue for queue in self.queues if queue.key == key), None)

    def opening(self, queue: Queue) -> NDArray[np.bool_]:
        """Return which intervals of the horizon a queue is open in, shape ``(slots,)``."""
        return open_slots(queue, self.horizon, self.holidays, self.special_days)

    def only(self, keys: Container[str]) -> Calendar:
        """Return the calendar of some of its queues."""
        return replace(self, queues=tuple(queue for queue in self.queues if queue.key in keys))

    def special_in(self, queue: str) -> tuple[SpecialDay, ...]:
        """Return the horizon's special days that concern a queue, in order of day."""
        inside = set(self.horizon.dates)
        found = [
            item for item in self.special_days if item.day in inside and item.queue in ("", queue)
        ]
        return tuple(sorted(found, key=lambda item: (item.day, item.start)))


def read_calendar(store: Store, horizon: Horizon, only: str = "") -> Calendar:
    """Read the calendar of a horizon, of all queues or of one.

    Raises :class:`~wfm.errors.WfmError` when that one queue does not exist.
    """
    site = site_of(store)
    queues = store.all(Queue)
    if only:
        queues = tuple(queue for queue in queues if queue.key == only)
        if not queues:
            raise WfmError(message("There is no queue “{queue}” any more.", queue=only))
    return Calendar(
        horizon=horizon,
        queues=queues,
        special_days=store.all(SpecialDay),
        holidays=dict(
            public_holidays(
                site.country,
                horizon.start - timedelta(weeks=HISTORY_WEEKS),
                horizon.end,
                language=site.language,
            )
        ),
    )
