"""What commands about rosters ask for alike: options, people by name, and words of changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui.commands.console import text
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import parse_date

if TYPE_CHECKING:
    from wfm.analysis.difference import AgentDifference
    from wfm.analysis.effects import Effect
    from wfm.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])

JSON = text(message("Print the result as JSON."))
PERSON = text(message("The person: key, employee number or name."))

week_option = click.option(
    "--week", default="next", show_default=True,
    help=text(message("ISO week (2026-W49) or “next”.")),
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help=JSON)


def limits(seconds: float) -> Callable[[Command], Command]:
    """Return the options that limit a run, with its usual time."""

    def add(command: Command) -> Command:
        options = (
            click.option(
                "--time-limit", type=click.FloatRange(min=1), default=seconds, show_default=True,
                help=text(message("Seconds to search.")),
            ),
            click.option(
                "--workers", type=click.IntRange(1, 64), default=2, show_default=True,
                help=text(message("Processor cores to use.")),
            ),
            click.option(
                "--seed", type=int, default=1, show_default=True,
                help=text(message("Number that starts the random choices.")),
            ),
            click.option(
                "--moves", type=click.IntRange(0, 10**9), default=0, show_default=True,
                help=text(message("Moves to search instead of seconds (0), to repeat it exactly.")),
            ),
        )  # fmt: skip
        for option in reversed(options):
            command = option(command)
        return command

    return add


def person_key(workspace: Workspace, wanted: str) -> str:
    """Return the key of a person named by key, number or name; raises where that is not one."""
    people = workspace.requests.people()
    found = [item for item in people if wanted in (item.key, item.number, item.name)]
    if len(found) > 1:
        raise WfmError(
            message(
                "“{agent}” is the name of several people; use the employee number.", agent=wanted
            )
        )
    if not found:
        raise WfmError(message("{agent} is not among the centre's people.", agent=wanted))
    return found[0].key


def person_day(workspace: Workspace, wanted: str) -> tuple[str, date]:
    """Return the person and the day of ``NAME:2026-12-01``."""
    name, colon, day = wanted.rpartition(":")
    if not colon:
        raise click.UsageError(
            text(message("Write a person and a day as NAME:2026-12-01, not “{value}”.",
                         value=wanted))
        )  # fmt: skip
    return person_key(workspace, name), parse_date(day)


def show_changes(agents: Sequence[AgentDifference], names: Mapping[str, str]) -> None:
    """Print whose duties change, and how."""
    from wfm.analysis.effects import change_words

    for item in agents:
        words = "; ".join(text(change_words(change)) for change in item.changes)
        click.echo(f"  {names.get(item.agent, item.agent)}: {words}")


def show_effect(found: Effect, names: Mapping[str, str]) -> None:
    """Print what a roster changes for the week and for whom."""
    from wfm.analysis.effects import hours_words

    for note in hours_words(found):
        click.echo(text(note))
    for title, items in (
        (message("No longer kept:"), found.gained),
        (message("Kept now:"), found.mended),
    ):
        if items:
            click.echo(text(title))
        for item in items:
            who = names.get(item.agent, item.agent)
            click.echo(f"  {who}: {text(item.text)}" if who else f"  {text(item.text)}")
    if found.agents:
        click.echo(text(_affected(len(found.people))))
    show_changes(found.agents, names)


def plain_effect(found: Effect) -> dict[str, Any]:
    """Return an effect as JSON data."""
    return {
        "short_hours": found.short_hours,
        "surplus_hours": found.surplus_hours,
        "cost": found.cost,
        "people": list(found.people),
        "shifts": found.shifts,
        "gained": [{"agent": item.agent, "kind": item.kind, "text": text(item.text)}
                   for item in found.gained],
        "mended": [{"agent": item.agent, "kind": item.kind, "text": text(item.text)}
                   for item in found.mended],
        "changes": plain_changes(found.agents),
    }  # fmt: skip


def plain_changes(agents: Sequence[AgentDifference]) -> list[dict[str, Any]]:
    """Return changed duties as JSON data."""
    from wfm.model.codec import to_json

    return [to_json(change) for item in agents for change in item.changes]


def _affected(count: int) -> Message:
    return message(
        "The shifts of {count} person change:",
        plural="The shifts of {count} people change:",
        count=count,
    )
