"""A week's required staff in its context: goals, forecasts, whether it is up to date, last week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.errors import WfmError
from wfm.forecasting.editing import Bools
from wfm.messages import Message
from wfm.model.time import Horizon
from wfm.model.workload import Floats, Forecast, Queue, Requirement
from wfm.persistence import Store
from wfm.services.calendar import Calendar, read_calendar
from wfm.services.centre import kept
from wfm.staffing import requirement

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class QueueStaffing:
    """One queue's required staff of a week.

    ``requirement`` is what is stored, ``now`` what today's forecast and goals ask for; either is
    ``None`` where there is none, and ``problem`` says why nothing can be computed.  ``before`` is
    the stored one of the week before.
    """

    queue: Queue
    is_open: Bools
    forecast: Forecast | None
    requirement: Requirement | None
    now: Requirement | None
    before: Requirement | None
    problem: Message | None = None

    @property
    def stale(self) -> bool:
        """Whether what is stored is not what today's forecast and goals ask for."""
        if self.requirement is None or self.now is None:
            return False
        return not (
            np.allclose(self.requirement.agents, self.now.agents, rtol=0, atol=_CLOSE)
            and np.allclose(self.requirement.rostered, self.now.rostered, rtol=0, atol=_CLOSE)
        )


@dataclass(frozen=True, slots=True)
class StaffingWeek:
    """The required staff of all queues on one horizon, with its public holidays."""

    horizon: Horizon
    queues: tuple[QueueStaffing, ...]
    holidays: dict[date, str]

    @property
    def has_forecast(self) -> bool:
        """Whether any queue has a forecast to staff for."""
        return any(item.forecast is not None for item in self.queues)

    @property
    def has_requirement(self) -> bool:
        """Whether required staff of any queue is stored."""
        return any(item.requirement is not None for item in self.queues)

    @property
    def stale(self) -> tuple[QueueStaffing, ...]:
        """Queues whose stored requirement is out of date or, beside others, missing."""
        return tuple(
            item
            for item in self.queues
            if item.stale or (item.requirement is None and item.now is not None)
        )

    def of(self, queue: str) -> QueueStaffing | None:
        """Return the entry of a queue."""
        return next((item for item in self.queues if item.queue.key == queue), None)

    def agents(self, queue: str = "", *, shrinkage: bool = True, before: bool = False) -> Floats:
        """Return required agents per interval of a queue, or of all together.

        ``shrinkage``: what must be rostered; ``before``: of the week before.  Shape ``(slots,)``.
        """
        total = np.zeros(self.horizon.slots)
        for item in self.queues:
            stored = item.before if before else item.requirement
            if stored is not None and queue in ("", item.queue.key):
                total += stored.rostered if shrinkage else stored.agents
        return total

    def hours_by_day(
        self, queue: str = "", *, shrinkage: bool = True, before: bool = False
    ) -> Floats:
        """Return agent-hours per day, shape ``(days,)``."""
        agents = self.agents(queue, shrinkage=shrinkage, before=before)
        hours: Floats = agents.reshape(self.horizon.days, -1).sum(axis=1)
        return hours * self.horizon.slot_minutes / 60

    @property
    def knows_before(self) -> bool:
        """Whether required staff of the week before is stored."""
        return any(item.before is not None for item in self.queues)


def staffing_state(store: Store, horizon: Horizon) -> StaffingWeek:
    """Read a week's required staff and compare it with what would be required now."""
    centre = read_calendar(store, horizon)
    forecasts = {item.queue: item for item in kept(store, Forecast, horizon)}
    stored = {item.queue: item for item in kept(store, Requirement, horizon)}
    earlier = Horizon(
        horizon.start - timedelta(days=horizon.days),
        horizon.days, horizon.slot_minutes, horizon.zone,
    )  # fmt: skip
    before = {item.queue: item for item in kept(store, Requirement, earlier)}
    inside = set(horizon.dates)
    return StaffingWeek(
        horizon,
        tuple(
            _queue_staffing(
                centre,
                queue,
                forecasts.get(queue.key),
                stored.get(queue.key),
                before.get(queue.key),
            )
            for queue in centre.queues
        ),
        {day: name for day, name in centre.holidays.items() if day in inside},
    )


def _queue_staffing(
    centre: Calendar,
    queue: Queue,
    forecast: Forecast | None,
    stored: Requirement | None,
    before: Requirement | None,
) -> QueueStaffing:
    is_open, now, problem = centre.opening(queue), None, None
    if forecast is not None:
        try:
            now = requirement(forecast, queue, is_open)
        except WfmError as error:
            problem = error.message
    return QueueStaffing(queue, is_open, forecast, stored, now, before, problem)
