"""`toban forecast`: a centre's week, or a CSV of history with nothing else."""

from __future__ import annotations

import csv
import io
import sys
from datetime import timedelta
from pathlib import Path

import click

from ui.commands.console import (
    existing_file,
    file_to_write,
    horizon_of,
    interval_start,
    open_centre,
    print_json,
    say,
    show_problems,
    text,
)
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.workload import Forecast

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
COLUMNS = ("interval_start", "queue", "volume", "aht_s", "p10", "p25", "p50", "p75", "p90")


@click.command(
    "forecast",
    help=text(
        message(
            "Forecast contacts and handle time. With CENTRE: a week, kept in the centre. With"
            " --history: the days after a CSV (interval_start,queue,offered,aht_s)."
        )
    ),
)
@click.argument("centre", required=False)
@click.option("--week", help=text(message("ISO week (2026-W49) or “next”.")))
@click.option("--history", help=text(message("CSV of past intervals.")))
@click.option("--horizon-days", type=int, help=text(message("Days to forecast after the history.")))
@click.option("--method", default="auto", show_default=True, help=text(message("Forecast method.")))
@click.option("--holidays", "country", help=text(message("Country of public holidays, as JP.")))
@click.option("--out", help=text(message("CSV to write (default: stdout).")))
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def forecast_command(
    centre: str | None,
    week: str | None,
    history: str | None,
    horizon_days: int | None,
    method: str,
    country: str | None,
    out: str | None,
    as_json: bool,
) -> None:
    """Dispatch to the centre's week or to the stand-alone file."""
    _refuse_unknown_method(method)
    if out is not None:
        file_to_write(out)
    if (centre is None) == (history is None):
        raise click.UsageError(text(message("Give either CENTRE and --week, or --history.")))
    if centre is not None:
        with open_centre(centre) as workspace:
            forecasts = workspace.demand.forecast_week(
                horizon_of(workspace, week or "next"), method
            )
    else:
        if horizon_days is None or not 1 <= horizon_days <= 366:
            raise click.UsageError(text(message("--history needs --horizon-days from 1 to 366.")))
        forecasts = forecast_file(existing_file(str(history)), horizon_days, method, country)
    for note in dict.fromkeys(note for item in forecasts for note in item.notes):
        say(note)
    write(forecasts, out, as_json=as_json, quiet=centre is not None)


def _refuse_unknown_method(method: str) -> None:
    from wfm.forecasting import METHODS

    names = ["auto", *(item.key for item in METHODS)]
    if method not in names:
        raise click.UsageError(
            text(
                message(
                    "There is no method “{method}”; there are: {names}.",
                    method=method,
                    names=", ".join(names),
                )
            )
        )


def forecast_file(
    path: Path, horizon_days: int, method: str, country: str | None
) -> tuple[Forecast, ...]:
    """Forecast every queue of a history file for the days after its last day."""
    from wfm.calendars import public_holidays
    from wfm.forecasting import forecast
    from wfm.imports import read_history_csv
    from wfm.model.time import Horizon

    read = read_history_csv(path)
    show_problems(read.problems)
    if not read.days:
        raise WfmError(message("{file} has no usable row of history.", file=str(path)))
    slot = min(day.interval_minutes for day in read.days)
    start = max(day.day for day in read.days) + timedelta(days=1)
    horizon = Horizon(start, horizon_days, slot)
    first = min(day.day for day in read.days)
    holidays = (
        public_holidays(country, first, horizon.end + timedelta(days=7), language="en")
        if country
        else {}
    )
    queues = dict.fromkeys(day.queue for day in read.days)
    return tuple(
        forecast(
            [day for day in read.days if day.queue == queue],
            None,
            horizon,
            method=method,
            holidays=holidays,
        )
        for queue in queues
    )


def rows(forecasts: tuple[Forecast, ...]) -> list[dict[str, object]]:
    """Return one row per queue and interval with contacts expected or possible."""
    result: list[dict[str, object]] = []
    for item in forecasts:
        for slot in range(item.horizon.slots):
            row: dict[str, object] = {
                "interval_start": interval_start(item.horizon, slot),
                "queue": item.queue,
                "volume": round(float(item.volume[slot]), 4),
                "aht_s": round(float(item.aht_s[slot]), 2),
            }
            for level in QUANTILES:
                row[f"p{round(level * 100)}"] = round(float(item.quantiles[level][slot]), 3)
            result.append(row)
    return result


def write(forecasts: tuple[Forecast, ...], out: str | None, *, as_json: bool, quiet: bool) -> None:
    """Write the forecast as CSV or JSON to a file or stdout; a summary where neither is asked."""
    if as_json:
        print_json({"intervals": rows(forecasts)})
    if out is not None:
        from wfm.publishing import write_atomically

        buffer = io.StringIO(newline="")
        table = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows(forecasts))
        write_atomically(Path(out), buffer.getvalue().encode())
        say(message("Forecast written: {file}", file=out))
    elif not as_json and not quiet:
        printed = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        printed.writeheader()
        printed.writerows(rows(forecasts))
    elif not as_json:
        for item in forecasts:
            say(
                message(
                    "{queue}: {volume} contact ({method})",
                    plural="{queue}: {volume} contacts ({method})",
                    count=round(float(item.volume.sum())),
                    queue=item.queue,
                    volume=f"{float(item.volume.sum()):,.0f}",
                    method=item.method,
                )
            )
