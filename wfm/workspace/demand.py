"""Forecasts and required staff of an open centre."""

from __future__ import annotations

from collections.abc import Mapping

from wfm.forecasting import Accuracy
from wfm.forecasting.editing import ForecastEdit
from wfm.messages import Message
from wfm.model.change import Outcome
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Queue, Requirement
from wfm.services import forecasting, staffing
from wfm.services.forecast_state import ForecastWeek, forecast_state
from wfm.services.session import Session
from wfm.services.staffing_state import StaffingWeek, staffing_state
from wfm.staffing.goal_sheet import GoalSheet


class Demand:
    """Forecasts and required staff of an open centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- forecasts -------------------------------------------------------------------------------

    def forecast_week(self, horizon: Horizon, method: str = "auto") -> tuple[Forecast, ...]:
        """Forecast and keep a week; numbers that a planner entered stay as entered."""
        return forecasting.forecast_week(self._session, horizon, method, keep_own=True)[0]

    def make_forecast(
        self, horizon: Horizon, methods: str | Mapping[str, str] = "auto", only: str = ""
    ) -> Outcome:
        """Forecast a week anew, of all queues or ``only`` one; own numbers stay as entered."""
        return forecasting.remake_forecast(self._session, horizon, methods, only)

    def forecast_state(self, horizon: Horizon) -> ForecastWeek:
        """Return a week's forecasts with recent weeks, special days and own numbers."""
        with self._session.database.read() as store:
            return forecast_state(store, horizon)

    def edit_forecast(self, seen: Forecast, edit: ForecastEdit) -> Outcome:
        """Write a planner's own numbers."""
        return forecasting.edit_forecast(self._session, seen, edit)

    def reset_forecast(self, seen: Forecast, measure: str, slots: tuple[int, ...] = ()) -> Outcome:
        """Give intervals (none named: all) of a measure the method's numbers again."""
        return forecasting.reset_forecast(self._session, seen, measure, slots)

    def start_by_hand(self, horizon: Horizon) -> Outcome:
        """Store empty forecasts where there are none, to be filled by hand."""
        return forecasting.start_by_hand(self._session, horizon)

    def accuracies(self, horizon: Horizon) -> dict[str, tuple[Accuracy, ...]]:
        """Return how well each method would have forecast each queue's last half year."""
        with self._session.database.read() as store:
            return forecasting.accuracies(store, horizon)

    def outdated_forecasts(self, horizon: Horizon) -> frozenset[str]:
        """Return the queues whose forecast is not what its method would say now."""
        with self._session.database.read() as store:
            return forecasting.outdated_forecasts(store, horizon)

    # --- required staff --------------------------------------------------------------------------

    def staff_week(self, horizon: Horizon) -> tuple[Requirement, ...]:
        """Compute and keep the required staff of a week."""
        return staffing.staff_week(self._session, horizon)[0]

    def make_requirement(self, horizon: Horizon) -> Outcome:
        """Compute and keep the required staff of a week."""
        return staffing.staff_week(self._session, horizon)[1]

    def staffing_state(self, horizon: Horizon) -> StaffingWeek:
        """Return a week's required staff, and whether it is up to date."""
        with self._session.database.read() as store:
            return staffing_state(store, horizon)

    def set_goals(self, seen: Queue, sheet: GoalSheet) -> Outcome:
        """Give a queue other goals."""
        return staffing.set_goals(self._session, seen, sheet)

    def explain_number(self, horizon: Horizon, queue: str, slot: int) -> tuple[Message, ...]:
        """Return how the required staff of one interval comes about."""
        with self._session.database.read() as store:
            return staffing.explain_number(store, horizon, queue, slot)

    def explain_peaks(self, horizon: Horizon) -> dict[str, tuple[Message, ...]]:
        """Return how the required staff of each queue's busiest interval came about."""
        with self._session.database.read() as store:
            return staffing.explain_peaks(store, horizon)
