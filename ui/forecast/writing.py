"""Changes of a forecast: shown at once, stored behind, each starting from what is shown.

Numbers are checked by the same function that the service uses, so that what is shown is what will
be stored; the writes run in order, and a write that fails brings the stored numbers back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from ui.desk import Desk
from wfm.errors import WfmError
from wfm.forecasting.editing import (
    VOLUME,
    ForecastEdit,
    day_total,
    edited,
    entered,
    put_back,
    scaled,
)
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.workload import Forecast
from wfm.services.forecast_state import ForecastWeek, QueueForecast
from wfm.workspace import Workspace


class ForecastWriting(QObject):
    """Holds the week shown and changes it; ``measure`` is the one being edited."""

    shown = Signal()
    """Other numbers are to be shown, stored or about to be."""
    refused = Signal()
    """An edit was refused: show again what is there."""
    lost = Signal()
    """A write failed: read again what is stored."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.week: ForecastWeek | None = None
        self.queue = ""
        self.measure = VOLUME
        self._writes = 0

    @property
    def busy(self) -> bool:
        """Whether a write is under way: what is read meanwhile is older than what is shown."""
        return self._writes > 0

    @property
    def entry(self) -> QueueForecast | None:
        """The queue shown."""
        return None if self.week is None else self.week.of(self.queue)

    @property
    def forecast(self) -> Forecast | None:
        """The forecast shown."""
        return None if self.entry is None else self.entry.forecast

    # --- making ----------------------------------------------------------------------------------

    def make(self) -> None:
        """Forecast the week, each queue by the method it has."""
        horizon = self._desk.horizon
        methods = {
            item.queue.key: item.forecast.method
            for item in (self.week.queues if self.week is not None else ())
            if item.forecast is not None and item.forecast.method
        }
        self._write(
            lambda workspace: workspace.demand.make_forecast(horizon, methods),
            message("The week is forecast."),
        )

    def use_method(self, method: str) -> None:
        """Forecast the queue shown by another method."""
        horizon, queue = self._desk.horizon, self.queue
        if method:
            self._write(
                lambda workspace: workspace.demand.make_forecast(horizon, {queue: method}, queue)
            )

    def start_by_hand(self) -> None:
        """Begin with empty forecasts."""
        horizon = self._desk.horizon
        self._write(lambda workspace: workspace.demand.start_by_hand(horizon))

    # --- editing ---------------------------------------------------------------------------------

    def enter(self, numbers: dict[int, float]) -> None:
        """Write numbers by interval."""
        measure = self.measure
        self._edit(lambda entry, seen: entered(seen, entry.queue, measure, numbers))

    def clear(self, slots: Sequence[int]) -> None:
        """Delete contacts to 0; a handling time cannot be 0 and goes back to the method's."""
        if self.measure == VOLUME:
            self.enter(dict.fromkeys(slots, 0.0))
        else:
            self.put_back(slots)

    def enter_total(self, day: int, total: float) -> None:
        """Give a day a total of contacts."""
        self._edit(lambda entry, seen: day_total(seen, entry.queue, day, total, entry.is_open))

    def change_by(self, percent: float, slots: Sequence[int]) -> None:
        """Raise or lower intervals (none named: all) by a percentage."""
        measure = self.measure

        def make(entry: QueueForecast, seen: Forecast) -> ForecastEdit:
            chosen = slots or [slot for slot in range(len(entry.is_open)) if entry.is_open[slot]]
            return scaled(seen, entry.queue, measure, chosen, percent)

        self._edit(make)

    def put_back(self, slots: Sequence[int] = ()) -> None:
        """Give intervals (none named: all) the method's numbers again."""
        entry, seen, measure = self.entry, self.forecast, self.measure
        if entry is None or seen is None:
            return
        made = entry.made
        if made is None or not seen.method:
            chosen = tuple(slots)
            self._write(lambda workspace: workspace.demand.reset_forecast(seen, measure, chosen))
            return
        chosen = tuple(slots) or tuple(range(len(entry.is_open)))
        self._edit(lambda entry, seen: put_back(seen, made, entry.queue, measure, chosen))

    def _edit(self, make: Callable[[QueueForecast, Forecast], ForecastEdit]) -> None:
        entry, seen, week = self.entry, self.forecast, self.week
        if entry is None or seen is None or week is None:
            return
        try:
            edit = make(entry, seen)
            after = edited(seen, edit, entry.is_open)
        except WfmError as error:
            self._desk.fail(error)
            self.refused.emit()
            return
        self.week = week.replaced(entry.with_forecast(after))
        self.shown.emit()
        self._write(lambda workspace: workspace.demand.edit_forecast(seen, edit))

    # --- storing ---------------------------------------------------------------------------------

    def _write(self, work: Callable[[Workspace], Outcome], done: Message | None = None) -> None:
        self._writes += 1
        self._desk.do(work, self._written, done=done, failed=self._failed)

    def _written(self, _outcome: Outcome) -> None:
        # the desk tells every screen what changed, this one too: it reads again by itself
        self._writes -= 1

    def _failed(self, error: BaseException) -> None:
        self._writes -= 1
        self._desk.fail(error)
        self.lost.emit()
