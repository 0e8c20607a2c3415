"""The list of queues beside the forecast, and the sentences below it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from ui.forecast.words import contacts, error_tip, error_words, opening_words
from ui.translate import Render, format_number, format_percent
from ui.widgets.queue_list import QueueRow
from wfm.forecasting import Accuracy
from wfm.messages import Message, message
from wfm.services.forecast_state import ForecastWeek, QueueForecast

Accuracies = Mapping[str, Sequence[Accuracy]]


def forecast_rows(
    week: ForecastWeek,
    accuracies: Accuracies,
    outdated: frozenset[str],
    render: Render,
    language: str,
) -> list[QueueRow]:
    """Return a row per queue: the week's contacts, recent weeks, and how good the method is."""
    return [
        _row(
            item,
            accuracies.get(item.queue.key, ()),
            item.queue.key in outdated,
            render,
            language,
        )
        for item in week.queues
    ]


def _row(
    item: QueueForecast,
    accuracies: Sequence[Accuracy],
    outdated: bool,
    render: Render,
    language: str,
) -> QueueRow:
    known = _accuracy(item, accuracies)
    note, tone = "", "muted"
    if outdated:
        note, tone = render(message("history changed")), "warn"
    elif item.forecast is None:
        note = render(message("no forecast yet") if item.has_history else message("no history"))
    elif known is not None:
        note = render(error_words(known, language))
    total = item.total
    figure = "" if math.isnan(total) else render(contacts(total, language))
    tips = [item.queue.name or item.queue.key, *_comparison(item, render, language)]
    tips += [render(error_tip(known, language))] if known is not None else []
    return QueueRow(
        key=item.queue.key,
        name=item.queue.name or item.queue.key,
        channel=item.queue.channel,
        figure=figure,
        note=note,
        tone=tone,
        spark=tuple(total for _, total in item.totals),
        tip="\n".join(tips),
    )


def _accuracy(item: QueueForecast, accuracies: Sequence[Accuracy]) -> Accuracy | None:
    """Return the error of the method that made the numbers, if it is known."""
    if item.forecast is None:
        return None
    method = item.forecast.method
    return next((known for known in accuracies if known.method == method), None)


def _comparison(item: QueueForecast, render: Render, language: str) -> list[str]:
    """Return how the week compares with the last four recorded ones."""
    usual = item.usual_total
    if math.isnan(item.total) or not usual or math.isnan(usual):
        return []
    change = item.total / usual - 1
    sign = "+" if change > 0 else ""
    return [
        render(
            message(
                "{change} against the mean of the last four recorded weeks ({usual})",
                change=f"{sign}{format_percent(change, language)}",
                usual=render(contacts(usual, language)),
            )
        )
    ]


def notes_text(item: QueueForecast, render: Render, language: str) -> str:
    """Return opening hours, comparison and the forecast's own notes, one after the other."""
    parts = [opening_words(item.queue, render, language), *_comparison(item, render, language)]
    if item.forecast is not None:
        parts += [render(note) for note in item.forecast.notes]
    return "　".join(parts) if language == "ja" else "   ".join(parts)


def selection_words(item: QueueForecast, slots: Sequence[int], language: str) -> Message | None:
    """Return what the selected intervals hold together: contacts and mean handling time."""
    if item.forecast is None or not slots:
        return None
    chosen = list(slots)
    volume = item.forecast.volume[chosen]
    total = float(volume.sum())
    weights = volume if total > 0 else np.ones(len(chosen))
    aht = float(np.average(item.forecast.aht_s[chosen], weights=weights))
    return message(
        "{count} interval selected: {contacts} contacts, mean handling time {seconds} s",
        plural="{count} intervals selected: {contacts} contacts, mean handling time {seconds} s",
        count=len(chosen),
        contacts=format_number(total, language, 1),
        seconds=format_number(aht, language),
    )
