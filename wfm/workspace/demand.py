"""Forecasts and required staff of an open centre."""

from __future__ import annotations

from wfm.messages import Message
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Requirement
from wfm.services import forecasting, staffing
from wfm.services.session import Session


class Demand:
    """Forecasts and required staff of an open centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def forecast_week(self, horizon: Horizon, method: str = "auto") -> tuple[Forecast, ...]:
        """Forecast and keep a week."""
        return forecasting.forecast_week(self._session, horizon, method)[0]

    def staff_week(self, horizon: Horizon) -> tuple[Requirement, ...]:
        """Compute and keep the required staff of a week."""
        return staffing.staff_week(self._session, horizon)[0]

    def explain_peaks(self, horizon: Horizon) -> dict[str, tuple[Message, ...]]:
        """Return how the required staff of each queue's busiest interval came about."""
        with self._session.database.read() as store:
            return staffing.explain_peaks(store, horizon)
