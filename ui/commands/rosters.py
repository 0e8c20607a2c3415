"""`toban publish | fairness`: a week's roster shown to staff, and who carries what in it."""

from __future__ import annotations

import click

from ui.commands.console import horizon_of, open_centre, print_json, say, text
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
