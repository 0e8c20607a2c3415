"""What curve and grid show of one queue's forecast: values for both, made from one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ui.forecast.curve import CurveContent, DayMark
from ui.forecast.words import day_notes, special_words
from ui.models.interval_model import GridContent
from ui.plots.time_axis import TimeScale
from ui.translate import Render, format_day
from ui.widgets.interval_cells import ColumnHead
from wfm.calendars.day_grid import DayGrid
from wfm.forecasting.editing import AHT, VOLUME, numbers_of
from wfm.model.time import Horizon
from wfm.model.workload import Floats, Forecast, SpecialDay
from wfm.services.forecast_state import QueueForecast

LOW, HIGH = 0.10, 0.90
DECIMALS = {VOLUME: 1, AHT: 0}
STEPS = {VOLUME: (1.0, 0.1), AHT: (5.0, 1.0)}
"""Steps in which a curve is pulled: plain, and with Alt."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How texts are written: the language and what renders messages in it."""

    language: str
    render: Render


def column_heads(
    horizon: Horizon,
    holidays: Mapping[date, str],
    special_days: tuple[SpecialDay, ...],
    speech: Speech,
) -> list[ColumnHead]:
    """Return the heads of the days, in the colours people expect of them."""
    heads = []
    for day in horizon.dates:
        red, blue = day in holidays or day.weekday() == 6, day.weekday() == 5
        notes = day_notes(day, holidays, special_days, speech.render, speech.language)
        heads.append(
            ColumnHead(
                format_day(day, speech.language),
                "bad" if red else "accent" if blue else "text",
                notes,
                notes,
                rest_day=red or blue,
            )
        )
    return heads


def grid_content(
    entry: QueueForecast, forecast: Forecast, measure: str, grid: DayGrid, speech: Speech
) -> GridContent:
    """Return the grid of one measure."""
    made = None if entry.made is None else numbers_of(entry.made, measure)
    return GridContent(
        values=np.asarray(grid.sheet(numbers_of(forecast, measure)), dtype=np.float64),
        rows=grid.labels,
        columns=tuple(format_day(day, speech.language) for day in grid.horizon.dates),
        editable=np.asarray(grid.sheet(entry.is_open), dtype=np.bool_),
        decimals=DECIMALS[measure],
        own=np.asarray(grid.sheet(entry.own(measure)), dtype=np.bool_),
        made=None if made is None else np.asarray(grid.sheet(made), dtype=np.float64),
    )


def curve_content(
    entry: QueueForecast,
    forecast: Forecast,
    measure: str,
    grid: DayGrid,
    holidays: Mapping[date, str],
    speech: Speech,
    day: int | None = None,
) -> CurveContent:
    """Return the curve of one measure, of the week or of the ``day``-th day alone."""
    horizon = forecast.horizon
    part = slice(None)
    if day is not None:
        part = slice(day * horizon.slots_per_day, (day + 1) * horizon.slots_per_day)
        horizon = Horizon(horizon.dates[day], 1, horizon.slot_minutes, horizon.zone)
    own, values = entry.own(measure), numbers_of(forecast, measure)
    made = None
    if entry.made is not None and own[part].any():
        made = np.where(entry.is_open, numbers_of(entry.made, measure), np.nan)[part]
    volume = measure == VOLUME
    has_band = volume and {LOW, HIGH} <= set(forecast.quantiles)
    history = [week.volume if volume else week.aht_s for week in entry.recent]
    whole, fine = STEPS[measure]
    return CurveContent(
        scale=TimeScale(horizon, *grid.span),
        values=values[part],
        is_open=entry.is_open[part],
        history=[np.where(entry.is_open, past, np.nan)[part] for past in history],
        usual=entry.usual(measure)[part],
        made=made,
        low=forecast.quantiles[LOW][part] if has_band else None,
        high=forecast.quantiles[HIGH][part] if has_band else None,
        marks=_marks(entry, horizon, speech),
        holidays=frozenset(holidays),
        decimals=DECIMALS[measure],
        whole=whole,
        fine=fine,
    )


def _marks(entry: QueueForecast, horizon: Horizon, speech: Speech) -> list[DayMark]:
    inside = set(horizon.dates)
    return [
        DayMark(horizon.day_index(item.day), special_words(item, speech.render, speech.language))
        for item in entry.special_days
        if item.day in inside
    ]


def day_totals(entry: QueueForecast, measure: str) -> Floats:
    """Return the row of totals: contacts of each day, or its mean handling time (0: none)."""
    return np.nan_to_num(entry.by_day(measure))
