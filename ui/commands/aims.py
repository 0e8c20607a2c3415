"""`toban aims`: what the rosters of a centre are to achieve, in order."""

from __future__ import annotations

import click

from ui.commands.asked import json_option
from ui.commands.console import open_centre, print_json, say, text
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.aims import AIM_HELP, AIM_NAMES, AIMS, STRENGTHS, Aim, Aims


@click.command(
    "aims",
    help=text(
        message(
            "What the rosters of a centre are to achieve, the most important first. --order and"
            " --strength change it for the runs to come."
        )
    ),
)
@click.argument("centre")
@click.option(
    "--order",
    help=text(message("All aims, most important first: {keys}.", keys=",".join(AIMS))),
)
@click.option(
    "--strength", "strengths", multiple=True,
    help=text(message("How strongly one is pursued, as wishes=strong ({names}); may be repeated.",
                      names=", ".join(STRENGTHS))),
)  # fmt: skip
@json_option
def aims_command(centre: str, order: str | None, strengths: tuple[str, ...], as_json: bool) -> None:
    """Show or change the aims."""
    changes = order is not None or bool(strengths)
    with open_centre(centre, read_only=not changes) as workspace:
        aims = seen = workspace.site.aims
        if order is not None:
            known = {aim.key: aim for aim in aims.order}
            keys = [key.strip() for key in order.split(",")]
            aims = Aims(tuple(known.get(key) or Aim(key) for key in keys))
        for item in strengths:
            key, _, strength = item.partition("=")
            if key not in AIMS:
                raise WfmError(
                    message("There is no aim “{key}”; there are: {keys}.", key=key,
                            keys=", ".join(AIMS))
                )  # fmt: skip
            aims = aims.with_strength(key, strength)
        if changes:
            workspace.settings.change_aims(aims, seen=seen)
            say(message("The aims were changed; the next run follows them."))
    if as_json:
        print_json({"aims": [{"key": aim.key, "strength": aim.strength} for aim in aims.order]})
        return
    for place, aim in enumerate(aims.order, 1):
        click.echo(
            f"{place}. {text(AIM_NAMES[aim.key])} ({text(STRENGTHS[aim.strength])}):"
            f" {text(AIM_HELP[aim.key])}"
        )
