"""Forecast a week from the recorded history, change it by hand, and keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np

from wfm.errors import WfmError
from wfm.forecasting import Accuracy, backtest, forecast, method_named
from wfm.forecasting.editing import (
    MEASURES,
    VOLUME,
    Bools,
    ForecastEdit,
    blank_forecast,
    edited,
    entered,
    numbers_of,
    put_back,
)
from wfm.forecasting.forecast import AUTO
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.time import Horizon, format_iso_week
from wfm.model.workload import Forecast, HistoryDay
from wfm.persistence import Store, kind_of
from wfm.services.calendar import HISTORY_WEEKS, Calendar, read_calendar
from wfm.services.centre import Centre, kept
from wfm.services.session import Session

JUDGED_WEEKS = 26
"""How far back methods are judged: half a year says how they do now."""


def make_forecasts(
    store: Store, centre: Centre | Calendar, method: str | Mapping[str, str] = AUTO
) -> tuple[Forecast, ...]:
    """Forecast every queue on the centre's horizon; shape of each as the horizon's grid.

    ``method`` is one for all, or queue → method (others: the default).  A queue that has no
    history yet is left out while others have some.
    """
    calendar = centre if isinstance(centre, Calendar) else read_calendar(store, centre.horizon)
    return _make(store, calendar, method)[0]


def _make(
    store: Store, centre: Calendar, method: str | Mapping[str, str]
) -> tuple[tuple[Forecast, ...], tuple[WfmError, ...]]:
    """Return the forecasts, and why queues have none; raises when no queue has one."""
    horizon = centre.horizon
    since = horizon.start - timedelta(weeks=HISTORY_WEEKS)
    if not centre.queues:
        raise WfmError(
            message("The centre has no queue to forecast. Import contact history first.")
        )
    made: list[Forecast] = []
    failures: list[WfmError] = []
    for queue in centre.queues:
        name = method if isinstance(method, str) else method.get(queue.key, AUTO)
        method_named(name)
        try:
            made.append(
                forecast(
                    store.where(HistoryDay, queue=queue.key, since=since, until=horizon.start),
                    queue,
                    horizon,
                    method=name,
                    special_days=centre.special_days,
                    holidays=centre.holidays,
                    opening=centre.opening(queue),
                )
            )
        except WfmError as error:
            failures.append(error)
    if not made:
        raise failures[0]
    return tuple(made), tuple(failures)


def forecast_week(
    session: Session,
    horizon: Horizon,
    method: str | Mapping[str, str] = AUTO,
    *,
    only: str = "",
    keep_own: bool = False,
) -> tuple[tuple[Forecast, ...], Outcome]:
    """Forecast the horizon for all queues (or ``only`` one) and store it as one operation.

    With ``keep_own`` the planner's own numbers are put back in a second operation; without, they
    are replaced.
    """
    with session.database.read() as store:
        centre = read_calendar(store, horizon, only)
        forecasts, failures = _make(store, centre, method)
        own = _own_edits(store, centre) if keep_own else {}
    with session.database.write(session.who, session.clock) as unit:
        unit.put_all(forecasts)
        operation = unit.commit(_forecast_words(centre, len(forecasts)))
    notes = [note for item in forecasts for note in item.notes]
    notes += [error.message for error in failures]
    if own:
        outcome = _keep_own(session, centre, forecasts, own)
        operation = outcome.operation or operation
        notes += outcome.notes
        forecasts = _as_stored(session, horizon, forecasts)
    return forecasts, Outcome(operation, tuple(dict.fromkeys(notes)))


def _as_stored(
    session: Session, horizon: Horizon, forecasts: tuple[Forecast, ...]
) -> tuple[Forecast, ...]:
    """Return the forecasts as they stand now, in the same order."""
    with session.database.read() as store:
        stored = {item.queue: item for item in kept(store, Forecast, horizon)}
    return tuple(stored.get(item.queue, item) for item in forecasts)


def remake_forecast(
    session: Session, horizon: Horizon, method: str | Mapping[str, str] = AUTO, only: str = ""
) -> Outcome:
    """Forecast a week anew, own numbers kept; told are only queues left out and numbers kept.

    What each forecast has to say for itself stands in its notes.
    """
    forecasts, outcome = forecast_week(session, horizon, method, only=only, keep_own=True)
    own = {str(note) for item in forecasts for note in item.notes}
    notes = tuple(note for note in outcome.notes if str(note) not in own)
    return Outcome(outcome.operation, notes)


def _forecast_words(centre: Calendar, count: int) -> Message:
    week = format_iso_week(centre.horizon.start)
    if len(centre.queues) == 1:
        queue = centre.queues[0]
        return message("Forecast {week} for {queue}", week=week, queue=queue.name or queue.key)
    return message(
        "Forecast {week} for {count} queue",
        plural="Forecast {week} for {count} queues",
        week=week,
        count=count,
    )


# --- a planner's own numbers ----------------------------------------------------------------------


def made_by_method(store: Store, current: Forecast) -> Forecast | None:
    """Return a forecast as its method made it, before anybody changed numbers by hand.

    The quantiles are the method's for good, so the log's first version with the same ones is it;
    ``None`` where the log no longer holds it.
    """
    kind = kind_of(Forecast)
    key = kind.key(current)
    if store.version(Forecast, key) == 1:
        return current
    for _, value in store.past(Forecast, key):
        if value is not None and value.method == current.method and _same_bands(value, current):
            return value
    return None


def _same_bands(one: Forecast, other: Forecast) -> bool:
    return one.quantiles.keys() == other.quantiles.keys() and all(
        np.array_equal(one.quantiles[level], other.quantiles[level]) for level in one.quantiles
    )


def own_slots(made: Forecast | None, current: Forecast, measure: str) -> Bools:
    """Return which numbers of a measure are the planner's own, shape ``(slots,)``."""
    if made is None:
        return np.zeros(current.horizon.slots, dtype=np.bool_)
    return np.asarray(numbers_of(made, measure) != numbers_of(current, measure))


def _own_edits(store: Store, centre: Calendar) -> dict[str, dict[str, dict[int, float]]]:
    """Return queue → measure → the planner's own numbers by interval."""
    found: dict[str, dict[str, dict[int, float]]] = {}
    for item in kept(store, Forecast, centre.horizon):
        made = made_by_method(store, item)
        for measure in MEASURES:
            slots = np.flatnonzero(own_slots(made, item, measure))
            if len(slots) and centre.queue(item.queue) is not None:
                numbers = {int(slot): float(numbers_of(item, measure)[slot]) for slot in slots}
                found.setdefault(item.queue, {})[measure] = numbers
    return found


def _keep_own(
    session: Session,
    centre: Calendar,
    forecasts: tuple[Forecast, ...],
    own: dict[str, dict[str, dict[int, float]]],
) -> Outcome:
    """Put own numbers into fresh forecasts, except where the queue is closed by now."""
    kept_values, count = [], 0
    for item in forecasts:
        queue = centre.queue(item.queue)
        if queue is None or item.queue not in own:
            continue
        is_open, result = centre.opening(queue), item
        for measure, numbers in own[item.queue].items():
            still = {slot: value for slot, value in numbers.items() if is_open[slot]}
            result = edited(result, entered(result, queue, measure, still), is_open)
            count += len(still)
        kept_values.append(result)
    with session.database.write(session.who, session.clock) as unit:
        unit.put_all(kept_values)
        words = message(
            "Keep {count} number of your own in the forecast {week}",
            plural="Keep {count} numbers of your own in the forecast {week}",
            count=count,
            week=format_iso_week(centre.horizon.start),
        )
        operation = unit.commit(words)
    note = message(
        "Kept as you entered it: {count} number.",
        plural="Kept as you entered them: {count} numbers.",
        count=count,
    )
    return Outcome(operation, (note,) if operation is not None else ())


def edit_forecast(session: Session, seen: Forecast, edit: ForecastEdit) -> Outcome:
    """Write a planner's own numbers into the forecast that was seen, as one operation.

    Raises :class:`~wfm.errors.WfmError` for numbers that cannot be, naming the place, and
    :class:`~wfm.errors.Conflict` when the forecast is another one by now.
    """
    with session.database.write(session.who, session.clock) as unit:
        centre = read_calendar(unit, seen.horizon, seen.queue)
        unit.put(edited(seen, edit, centre.opening(centre.queues[0])), seen=seen)
        return Outcome(unit.commit(edit.words))


def reset_edit(
    store: Store, seen: Forecast, measure: str, slots: tuple[int, ...] = ()
) -> ForecastEdit:
    """Return the edit that gives intervals (none named: all) the method's numbers again.

    Raises :class:`~wfm.errors.WfmError` for a forecast entered by hand from the start.
    """
    centre = read_calendar(store, seen.horizon, seen.queue)
    queue = centre.queues[0]
    if not seen.method:
        raise WfmError(
            message(
                "The forecast of {queue} was entered by hand, so no method has numbers to go back"
                " to. Forecast the week first.",
                queue=queue.name or queue.key,
            )
        )
    made = made_by_method(store, seen)
    if made is None:
        made = _make(store, centre, seen.method)[0][0]
    chosen = slots or tuple(range(seen.horizon.slots))
    return put_back(seen, made, queue, measure, chosen)


def reset_forecast(
    session: Session, seen: Forecast, measure: str = VOLUME, slots: tuple[int, ...] = ()
) -> Outcome:
    """Give intervals (none named: all) of a measure the method's numbers again."""
    with session.database.read() as store:
        edit = reset_edit(store, seen, measure, slots)
    return edit_forecast(session, seen, edit)


def start_by_hand(session: Session, horizon: Horizon) -> Outcome:
    """Store an empty forecast for every queue that has none, to be filled by hand."""
    with session.database.write(session.who, session.clock) as unit:
        centre = read_calendar(unit, horizon)
        there = {item.queue for item in kept(unit, Forecast, horizon)}
        missing = [queue for queue in centre.queues if queue.key not in there]
        if not missing:
            raise WfmError(message("Every queue has a forecast already: change its numbers."))
        unit.put_all(blank_forecast(queue, horizon) for queue in missing)
        words = message("Start the forecast {week} by hand", week=format_iso_week(horizon.start))
        return Outcome(unit.commit(words))


# --- how good, how fresh --------------------------------------------------------------------------


def accuracies(store: Store, horizon: Horizon) -> dict[str, tuple[Accuracy, ...]]:
    """Return queue → each method's error two weeks ahead over the last half year of records.

    Intervals are as long as the records, for a record split in parts hides its noise.  A queue
    without enough history is left out.
    """
    centre = read_calendar(store, horizon)
    found = {}
    for queue in centre.queues:
        days = store.where(HistoryDay, queue=queue.key, until=horizon.start)
        if not days:
            continue
        since = days[-1].day - timedelta(weeks=JUDGED_WEEKS)
        judged = backtest(
            [day for day in days if day.day > since],
            queue,
            slot_minutes=max(day.interval_minutes for day in days),
            zone=horizon.zone,
            special_days=centre.special_days,
            holidays=centre.holidays,
        )
        if any(item.days and np.isfinite(item.day_wape) for item in judged):
            found[queue.key] = judged
    return found


def outdated_forecasts(store: Store, horizon: Horizon) -> frozenset[str]:
    """Return the queues whose stored forecast is not what its method would say now.

    History, opening hours or special days may have changed since; the planner's own numbers do not
    count, because the quantiles compared are the method's.
    """
    centre = read_calendar(store, horizon)
    stored = {item.queue: item for item in kept(store, Forecast, horizon) if item.method}
    if not stored:
        return frozenset()
    methods = {queue: item.method for queue, item in stored.items()}
    try:
        fresh = make_forecasts(store, centre.only(methods), methods)
    except WfmError:
        return frozenset()
    return frozenset(item.queue for item in fresh if not _same_bands(item, stored[item.queue]))
