"""Makes what a week lacks before its roster can be built: a forecast and required staff of now."""

from __future__ import annotations

from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, HistoryDay, Queue, Requirement
from wfm.persistence import Store
from wfm.services.centre import kept
from wfm.services.forecasting import forecast_week, outdated_forecasts
from wfm.services.session import Session
from wfm.services.staffing import staff_week
from wfm.services.staffing_state import staffing_state


def prepare_forecast(session: Session, horizon: Horizon) -> Outcome:
    """Forecast the queues that have no forecast of a week, or one that is out of date.

    The method each queue was forecast with stays, and so do the planner's own numbers.  Nothing is
    made where required staff is there without any forecast: it came from elsewhere.
    """
    with session.database.read() as store:
        stored = {item.queue: item for item in kept(store, Forecast, horizon)}
        if not stored and kept(store, Requirement, horizon):
            return Outcome()
        missing = _without_forecast(store, horizon, set(stored))
        stale = outdated_forecasts(store, horizon)
    wanted = sorted({*missing, *stale})
    if stored and not wanted:
        return Outcome()
    methods = {key: item.method for key, item in stored.items() if item.method}
    operation = None
    for only in wanted if stored else [""]:
        _, outcome = forecast_week(session, horizon, methods, only=only, keep_own=True)
        operation = outcome.operation or operation
    return Outcome(operation, () if operation is None else (_forecast_note(stored=bool(stored)),))


def prepare_requirement(session: Session, horizon: Horizon) -> Outcome:
    """Compute a week's required staff where it is missing or older than forecast and goals."""
    with session.database.read() as store:
        week = staffing_state(store, horizon)
    if not week.has_forecast or (week.has_requirement and not week.stale):
        return Outcome()
    _, outcome = staff_week(session, horizon)
    if outcome.operation is None:
        return outcome
    note = (
        message("The required staff was older than the forecast: it was computed anew.")
        if week.has_requirement
        else message("This week had no required staff yet: it was computed first.")
    )
    return Outcome(outcome.operation, (note,))


def _without_forecast(store: Store, horizon: Horizon, stored: set[str]) -> list[str]:
    """Return the queues without forecast that have history to make one from."""
    return [
        queue.key
        for queue in store.all(Queue)
        if queue.key not in stored and store.where(HistoryDay, queue=queue.key, until=horizon.start)
    ]


def _forecast_note(*, stored: bool) -> Message:
    if stored:
        return message("The forecast was older than the history: it was made anew.")
    return message("This week had no forecast yet: it was made first.")
