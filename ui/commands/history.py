"""`toban history`: what contact history a centre holds, and the recorded intervals as a file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from ui.commands.console import file_to_write, open_centre, print_json, say, text
from wfm.messages import message
from wfm.model.time import format_clock

if TYPE_CHECKING:
    from wfm.services.history import QueueHistory

SHOWN = 5


@click.command(
    "history",
    help=text(
        message(
            "Show the contact history of a centre: totals by queue, gaps in opening hours, and days"
            " that look like an outage, a campaign or a closure."
        )
    ),
)
@click.argument("centre")
@click.option("--out", help=text(message("Write the recorded intervals to this CSV.")))
@click.option(
    "--interval-min", type=int, default=30, show_default=True,
    help=text(message("Length of the intervals in that file, minutes.")),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def history_command(centre: str, out: str | None, interval_min: int, as_json: bool) -> None:
    """Show and write history."""
    target = file_to_write(out) if out is not None else None
    with open_centre(centre, read_only=True) as workspace:
        found = workspace.history.summary()
        if target is not None:
            workspace.history.write_csv(target, interval_min)
    if as_json:
        print_json({"queues": [_entry(item) for item in found]})
    else:
        for item in found:
            show(item)
        if target is not None:
            say(message("Contact history written: {file}", file=str(target)))


def show(item: QueueHistory) -> None:
    """Print one queue's history."""
    click.echo(
        text(
            message(
                "{queue}: {days} days from {first} to {last}, {offered} contacts, answer rate"
                " {rate}, AHT {aht} s",
                queue=item.name,
                days=item.days,
                first=item.first,
                last=item.last,
                offered=f"{item.offered:,.0f}",
                rate="–" if math.isnan(item.answer_rate) else f"{item.answer_rate:.1%}",
                aht="–" if math.isnan(item.aht_s) else f"{item.aht_s:,.0f}",
            )
        )
    )
    for gap in item.gaps[:SHOWN]:
        click.echo(
            text(
                message(
                    "  not recorded: {day} {start}–{end}",
                    day=gap.day,
                    start=format_clock(gap.start),
                    end=format_clock(gap.end),
                )
            )
        )
    for proposal in item.proposals[:SHOWN]:
        click.echo(
            text(
                message(
                    "  odd: {day}: {reason}",
                    day=proposal.special_day.day,
                    reason=proposal.reason,
                )
            )
        )
    more = max(0, len(item.gaps) - SHOWN) + max(0, len(item.proposals) - SHOWN)
    if more:
        click.echo(text(message("  … and {count} more", count=more)))


def _entry(item: QueueHistory) -> dict[str, object]:
    return {
        "queue": item.queue,
        "name": item.name,
        "first": str(item.first),
        "last": str(item.last),
        "days": item.days,
        "offered": item.offered,
        "answer_rate": None if math.isnan(item.answer_rate) else item.answer_rate,
        "aht_s": None if math.isnan(item.aht_s) else item.aht_s,
        "gaps": [
            {"day": str(gap.day), "start": format_clock(gap.start), "end": format_clock(gap.end)}
            for gap in item.gaps
        ],
        "odd_days": [
            {
                "day": str(proposal.special_day.day),
                "kind": proposal.special_day.kind,
                "actual": proposal.actual,
                "expected": proposal.expected,
                "reason": text(proposal.reason),
            }
            for proposal in item.proposals
        ],
    }
