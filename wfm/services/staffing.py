"""Turn the kept forecast of a week into required staff, and keep it."""

from __future__ import annotations

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.time import Horizon, format_iso_week
from wfm.model.workload import Forecast, Requirement
from wfm.persistence import Store
from wfm.services.centre import Centre, kept, opening, read_centre
from wfm.services.session import Session
from wfm.staffing import explain, requirement


def read_forecasts(store: Store, horizon: Horizon) -> tuple[Forecast, ...]:
    """Return the kept forecasts of the horizon; raises when there is none."""
    found = kept(store, Forecast, horizon)
    if not found:
        raise WfmError(
            message(
                "There is no forecast for {week} yet. Make one first: toban forecast.",
                week=format_iso_week(horizon.start),
            )
        )
    return found


def make_requirements(centre: Centre, forecasts: tuple[Forecast, ...]) -> tuple[Requirement, ...]:
    """Return the staff each queue needs per interval, before and after shrinkage."""
    queues = {queue.key: queue for queue in centre.queues}
    return tuple(
        requirement(item, queues[item.queue], opening(centre, queues[item.queue]))
        for item in forecasts
        if item.queue in queues
    )


def explain_peaks(store: Store, horizon: Horizon) -> dict[str, tuple[Message, ...]]:
    """Return, for each queue, how the number of its busiest interval came about."""
    centre = read_centre(store, horizon)
    queues = {queue.key: queue for queue in centre.queues}
    forecasts = read_forecasts(store, horizon)
    found = {}
    for item, need in zip(forecasts, make_requirements(centre, forecasts), strict=True):
        queue = queues[item.queue]
        slot = int(need.rostered.argmax())
        found[item.queue] = explain(item, queue, slot, opening(centre, queue))
    return found


def staff_week(session: Session, horizon: Horizon) -> tuple[tuple[Requirement, ...], Outcome]:
    """Compute and store the requirement of the horizon as one operation."""
    with session.database.read() as store:
        centre = read_centre(store, horizon)
        forecasts = read_forecasts(store, horizon)
    requirements = make_requirements(centre, forecasts)
    with session.database.write(session.who, session.clock) as unit:
        unit.put_all(requirements)
        operation = unit.commit(
            message("Required staff {week}", week=format_iso_week(horizon.start))
        )
    return requirements, Outcome(operation)
