"""Turn the kept forecast of a week into required staff, and keep it."""

from __future__ import annotations

from wfm.calendars import open_slots
from wfm.errors import NotYetError, WfmError
from wfm.forecasting.editing import blank_forecast
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.time import Horizon, format_iso_week
from wfm.model.workload import Forecast, Queue, Requirement
from wfm.persistence import Store, kind_of
from wfm.services.calendar import Calendar, read_calendar
from wfm.services.centre import Centre, kept
from wfm.services.session import Session
from wfm.staffing import explain, requirement
from wfm.staffing.goal_sheet import GoalSheet, with_goals


def read_forecasts(store: Store, horizon: Horizon) -> tuple[Forecast, ...]:
    """Return the kept forecasts of the horizon; raises when there is none."""
    found = kept(store, Forecast, horizon)
    if not found:
        week = format_iso_week(horizon.start)
        raise NotYetError(message("There is no forecast for {week} yet.", week=week), "forecast")
    return found


def make_requirements(
    centre: Centre | Calendar, forecasts: tuple[Forecast, ...]
) -> tuple[Requirement, ...]:
    """Return the staff each queue needs per interval, before and after shrinkage."""
    queues = {queue.key: queue for queue in centre.queues}
    return tuple(
        requirement(
            item,
            queues[item.queue],
            open_slots(queues[item.queue], centre.horizon, centre.holidays, centre.special_days),
        )
        for item in forecasts
        if item.queue in queues
    )


def explain_peaks(store: Store, horizon: Horizon) -> dict[str, tuple[Message, ...]]:
    """Return, for each queue, how the number of its busiest interval came about."""
    centre = read_calendar(store, horizon)
    forecasts = {item.queue: item for item in read_forecasts(store, horizon)}
    found = {}
    for need in make_requirements(centre, tuple(forecasts.values())):
        slot = int(need.rostered.argmax())
        found[need.queue] = _explained(centre, forecasts[need.queue], slot)
    return found


def explain_number(store: Store, horizon: Horizon, queue: str, slot: int) -> tuple[Message, ...]:
    """Return how the required staff of one interval comes about, by today's goals and forecast.

    Raises :class:`~wfm.errors.WfmError` where the queue has no forecast of the horizon.
    """
    centre = read_calendar(store, horizon, queue)
    current = store.get(Forecast, kind_of(Forecast).key(blank_forecast(centre.queues[0], horizon)))
    if current is None or current.horizon != horizon:
        raise WfmError(
            message(
                "{queue} has no forecast for {week} yet. Forecast the week first.",
                queue=centre.queues[0].name or queue,
                week=format_iso_week(horizon.start),
            )
        )
    return _explained(centre, current, slot)


def _explained(centre: Calendar, current: Forecast, slot: int) -> tuple[Message, ...]:
    queue = next(item for item in centre.queues if item.key == current.queue)
    return explain(current, queue, slot, centre.opening(queue))


def staff_week(session: Session, horizon: Horizon) -> tuple[tuple[Requirement, ...], Outcome]:
    """Compute and store the requirement of the horizon as one operation."""
    with session.database.read() as store:
        centre = read_calendar(store, horizon)
        forecasts = read_forecasts(store, horizon)
    requirements = make_requirements(centre, forecasts)
    with session.database.write(session.who, session.clock) as unit:
        unit.put_all(requirements)
        operation = unit.commit(
            message("Required staff {week}", week=format_iso_week(horizon.start))
        )
    return requirements, Outcome(operation)


def set_goals(session: Session, seen: Queue, sheet: GoalSheet) -> Outcome:
    """Give a queue other goals, as one operation.

    Raises :class:`~wfm.errors.ProblemsError` listing what is wrong, each at its field, and
    :class:`~wfm.errors.Conflict` when the queue is another one by now.
    """
    changed = with_goals(seen, sheet)
    with session.database.write(session.who, session.clock) as unit:
        unit.put(changed, seen=seen)
        words = message("Change the goals of {queue}", queue=seen.name or seen.key)
        return Outcome(unit.commit(words))
