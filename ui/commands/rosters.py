"""`toban publish | fairness | queues`: a week's roster shown to staff, and who does what in it."""

from __future__ import annotations

import click

from ui.commands.console import (
    LANGUAGE,
    file_to_write,
    horizon_of,
    open_centre,
    print_json,
    say,
    text,
)
from wfm.messages import message
from wfm.model.time import format_iso_week

WEEK = text(message("ISO week (2026-W49) or “next”."))


@click.command(
    "publish",
    help=text(
        message("Mark a week's roster as shown to staff; a backup of the centre is made first.")
    ),
)
@click.argument("centre")
@click.option("--week", default="next", show_default=True, help=WEEK)
def publish_command(centre: str, week: str) -> None:
    """Publish a week."""
    with open_centre(centre) as workspace:
        horizon = horizon_of(workspace, week)
        outcome = workspace.files.publish(horizon)
    if outcome.operation is None:
        say(message("{week} was published as it is already.", week=format_iso_week(horizon.start)))
    else:
        say(message("{week} is published.", week=format_iso_week(horizon.start)))


@click.command(
    "fairness",
    help=text(
        message(
            "Who works how many hours, lates, nights and weekend days in a week, and whose wishes"
            " are granted."
        )
    ),
)
@click.argument("centre")
@click.option("--week", default="next", show_default=True, help=WEEK)
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def fairness_command(centre: str, week: str, as_json: bool) -> None:
    """Show the burdens of a week."""
    with open_centre(centre, read_only=True) as workspace:
        state = workspace.week_state(horizon_of(workspace, week))
    names = {agent.key: agent.name for agent in state.centre.agents}
    if as_json:
        print_json(
            {
                "agents": [
                    {
                        "agent": item.agent,
                        "name": names[item.agent],
                        "duties": item.duties,
                        "worked_minutes": item.worked_minutes,
                        "lates": item.lates,
                        "nights": item.nights,
                        "night_minutes": item.night_minutes,
                        "weekend_days": item.weekends,
                        "wishes": item.wishes,
                        "wishes_granted": item.wishes_granted,
                    }
                    for item in state.shares
                ]
            }
        )
        return
    for item in state.shares:
        click.echo(
            text(
                message(
                    "{name}: {hours} h, {lates} late, {nights} night, {weekends} weekend days,"
                    " wishes {granted}/{wishes}",
                    name=names[item.agent],
                    hours=f"{item.worked_minutes / 60:g}",
                    lates=item.lates,
                    nights=item.nights,
                    weekends=item.weekends,
                    granted=item.wishes_granted,
                    wishes=item.wishes,
                )
            )
        )


@click.command(
    "queues",
    help=text(
        message(
            "Who works at which queue when, so that nobody changes queue all the time. Between two"
            " breaks nobody leaves a queue sooner than after --least minutes."
        )
    ),
)
@click.argument("centre")
@click.option("--week", default="next", show_default=True, help=WEEK)
@click.option(
    "--least", type=click.IntRange(1, 24 * 60), default=60, show_default=True,
    help=text(message("Least minutes at one queue.")),
)  # fmt: skip
@click.option("--out", help=text(message("CSV file to write, one row per block.")))
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def queues_command(centre: str, week: str, least: int, out: str | None, as_json: bool) -> None:
    """Share a week's roster out among the queues."""
    from wfm.publishing.atomic import write_atomically
    from wfm.publishing.plain_table import table_csv
    from wfm.services.queues import queue_week

    path = None if out is None else file_to_write(out)
    with open_centre(centre, read_only=True) as workspace:
        situation = workspace.rosters.queues(horizon_of(workspace, week))
    found = queue_week(situation, least)
    plan = found.plan
    if path is not None:
        write_atomically(path, table_csv(found.rows(LANGUAGE)))
    if as_json:
        print_json(
            {
                "cost": plan.cost,
                "least_cost": plan.least_cost,
                "missing_hours": plan.missing_hours,
                "free_missing_hours": plan.free_missing_hours,
                "switches": plan.switches,
                "blocks": [
                    {
                        "agent": item.agent,
                        "day": item.day.isoformat(),
                        "skill": item.skill,
                        "start": item.start,
                        "end": item.end,
                    }
                    for item in plan.blocks
                ],
            }
        )
    elif path is None:
        for row in found.rows(LANGUAGE)[1:]:
            click.echo("  ".join(row))
    say(
        message(
            "{blocks} blocks, {switches} changes of queue. {missing} agent-hours are missing;"
            " {free} if people could change queue in every interval.",
            blocks=len(plan.blocks),
            switches=plan.switches,
            missing=f"{plan.missing_hours:.1f}",
            free=f"{plan.free_missing_hours:.1f}",
        )
    )
    if path is not None:
        say(message("{file} is written.", file=str(path)))
