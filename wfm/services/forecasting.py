"""Forecast a week from the recorded history, and keep the forecast."""

from __future__ import annotations

from datetime import timedelta

from wfm.errors import WfmError
from wfm.forecasting import forecast
from wfm.messages import message
from wfm.model.change import Outcome
from wfm.model.time import Horizon, format_iso_week
from wfm.model.workload import Forecast, HistoryDay
from wfm.persistence import Store
from wfm.services.centre import Centre, opening, read_centre
from wfm.services.session import Session

HISTORY_WEEKS = 110
"""Two years and a bit: what yearly patterns can need."""


def make_forecasts(store: Store, centre: Centre, method: str = "auto") -> tuple[Forecast, ...]:
    """Forecast every queue of the centre on its horizon; shape of each as the horizon's grid."""
    horizon = centre.horizon
    since = horizon.start - timedelta(weeks=HISTORY_WEEKS)
    if not centre.queues:
        raise WfmError(
            message("The centre has no queue to forecast. Import contact history first.")
        )
    return tuple(
        forecast(
            store.where(HistoryDay, queue=queue.key, since=since, until=horizon.start),
            queue,
            horizon,
            method=method,
            special_days=centre.special_days,
            holidays=centre.holidays,
            opening=opening(centre, queue),
        )
        for queue in centre.queues
    )


def forecast_week(
    session: Session, horizon: Horizon, method: str = "auto"
) -> tuple[tuple[Forecast, ...], Outcome]:
    """Forecast the horizon for all queues and store the result as one operation."""
    with session.database.read() as store:
        centre = read_centre(store, horizon)
        forecasts = make_forecasts(store, centre, method)
    with session.database.write(session.who, session.clock) as unit:
        unit.put_all(forecasts)
        operation = unit.commit(
            message(
                "Forecast {week} for {count} queue",
                plural="Forecast {week} for {count} queues",
                week=format_iso_week(horizon.start),
                count=len(forecasts),
            )
        )
    return forecasts, Outcome(operation, tuple(note for item in forecasts for note in item.notes))
