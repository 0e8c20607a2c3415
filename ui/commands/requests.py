"""`toban requests …`: swaps and leave entered, looked at and decided from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ui.commands.console import LANGUAGE, open_centre, print_json, say, text
from ui.requests.words import STATE_WORDS, days_of, title
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import to_json
from wfm.model.request import REQUEST_ABSENCES
from wfm.model.time import parse_date

if TYPE_CHECKING:
    from wfm.model.change import Outcome
    from wfm.services.requests import RequestCard
    from wfm.workspace import Workspace

JSON = text(message("Print the result as JSON."))
NOTE = text(message("What the person says about it."))
REASON = text(message("Why it is decided so."))
AGENT = text(message("The person: key, employee number or name."))


@click.group(
    "requests", help=text(message("Swaps and leave: list, enter, look at the figures, decide."))
)
def requests_command() -> None:
    """Group of what can be done with requests."""


@requests_command.command("list", help=text(message("List the requests that wait for a decision.")))
@click.argument("centre")
@click.option(
    "--all", "every", is_flag=True, help=text(message("List those already decided as well."))
)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def list_command(centre: str, every: bool, as_json: bool) -> None:
    """List requests."""
    with open_centre(centre, read_only=True) as workspace:
        rows = [row for row in workspace.requests.rows() if every or row.request.is_open]
    if as_json:
        print_json({"requests": [_plain(row.request) for row in rows]})
        return
    for row in rows:
        what = text(title(row.request, row.name, row.other))
        days = days_of(row.request, text, LANGUAGE)
        state = text(STATE_WORDS[row.request.state])
        click.echo(f"{row.request.key}  {state}  {what}  {days}")
    if not rows:
        say(message("No request is waiting."))


@requests_command.command(
    "show", help=text(message("Show what a request would do, and what is proposed."))
)
@click.argument("centre")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help=JSON)
def show_command(centre: str, key: str, as_json: bool) -> None:
    """Show the figures of a request."""
    with open_centre(centre, read_only=True) as workspace:
        _show(workspace.requests.card(key), as_json)


@requests_command.command("swap", help=text(message("Enter a swap of shifts.")))
@click.argument("centre")
@click.option("--agent", required=True, help=AGENT)
@click.option("--day", required=True, help=text(message("Day of the shift (2026-12-01).")))
@click.option("--with", "other", required=True, help=text(message("The other person.")))
@click.option(
    "--other-day", help=text(message("Day the other person gives (default: the same day)."))
)
@click.option("--note", default="", help=NOTE)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def swap_command(
    centre: str, agent: str, day: str, other: str, other_day: str | None, note: str, as_json: bool
) -> None:
    """Enter a swap."""
    first, second = parse_date(day), parse_date(other_day) if other_day else None
    with open_centre(centre) as workspace:
        outcome = workspace.requests.enter_swap(
            _agent(workspace, agent), first, _agent(workspace, other), second, note
        )
        _show_entered(workspace, outcome, as_json)


@requests_command.command("leave", help=text(message("Enter a leave of whole days.")))
@click.argument("centre")
@click.option("--agent", required=True, help=AGENT)
@click.option("--from", "first", required=True, help=text(message("First day (2026-12-01).")))
@click.option("--to", "last", help=text(message("Last day (default: the first one).")))
@click.option(
    "--kind",
    type=click.Choice(REQUEST_ABSENCES),
    default="paid_leave",
    show_default=True,
    help=text(message("Kind of leave")),
)
@click.option("--note", default="", help=NOTE)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def leave_command(
    centre: str, agent: str, first: str, last: str | None, kind: str, note: str, as_json: bool
) -> None:
    """Enter a leave."""
    begin, end = parse_date(first), parse_date(last) if last else None
    with open_centre(centre) as workspace:
        outcome = workspace.requests.enter_leave(_agent(workspace, agent), begin, end, kind, note)
        _show_entered(workspace, outcome, as_json)


@requests_command.command(
    "approve", help=text(message("Carry out a request on the figures of this moment."))
)
@click.argument("centre")
@click.argument("key")
@click.option("--reason", default="", help=REASON)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def approve_command(centre: str, key: str, reason: str, as_json: bool) -> None:
    """Approve a request."""
    with open_centre(centre) as workspace:
        found = workspace.requests.card(key)
        if found.evidence is None:
            raise WfmError(message("There is no request {key}.", key=key))
        workspace.requests.approve(key, found.evidence, reason)
        _show(workspace.requests.card(key), as_json)


@requests_command.command("refuse", help=text(message("Refuse a request, with the reason.")))
@click.argument("centre")
@click.argument("key")
@click.option("--reason", required=True, help=REASON)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def refuse_command(centre: str, key: str, reason: str, as_json: bool) -> None:
    """Refuse a request."""
    with open_centre(centre) as workspace:
        found = workspace.requests.card(key)
        workspace.requests.refuse(key, reason, found.evidence)
        _show(workspace.requests.card(key), as_json)


@requests_command.command(
    "withdraw", help=text(message("Close a request that the person took back."))
)
@click.argument("centre")
@click.argument("key")
@click.option("--reason", default="", help=REASON)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def withdraw_command(centre: str, key: str, reason: str, as_json: bool) -> None:
    """Withdraw a request."""
    with open_centre(centre) as workspace:
        workspace.requests.withdraw(key, reason)
        _show(workspace.requests.card(key), as_json)


@requests_command.command(
    "reopen", help=text(message("Take a decision back, with all it did to the roster."))
)
@click.argument("centre")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help=JSON)
def reopen_command(centre: str, key: str, as_json: bool) -> None:
    """Take a decision back."""
    with open_centre(centre) as workspace:
        workspace.requests.reopen(key)
        _show(workspace.requests.card(key), as_json)


# --- shared --------------------------------------------------------------------------------------


def _agent(workspace: Workspace, wanted: str) -> str:
    """Return the key of a person named by key, number or name."""
    people = workspace.requests.people()
    found = [item for item in people if wanted in (item.key, item.number, item.name)]
    if len(found) > 1:
        raise WfmError(
            message(
                "“{agent}” is the name of several people; use the employee number.", agent=wanted
            )
        )
    return found[0].key if found else wanted


def _show_entered(workspace: Workspace, outcome: Outcome, as_json: bool) -> None:
    assert outcome.operation is not None
    _show(workspace.requests.card(outcome.operation.changes[0].key), as_json)


def _plain(request: Any) -> dict[str, Any]:
    """Return a request as JSON, without the figures it was decided on."""
    body: dict[str, Any] = to_json(request)
    body.pop("evidence")
    return body


def _show(card: RequestCard, as_json: bool) -> None:
    request, found = card.request, card.evidence
    if as_json:
        print_json(
            {
                **_plain(request),
                "proposal": "" if found is None else found.proposal,
                "reasons": [] if found is None else list(found.reasons),
                "lights": [
                    {"topic": item.topic, "tone": item.tone, "text": text(item.text)}
                    for item in card.lights
                ],
                "faults": [text(item) for item in card.faults],
                "evidence": None if found is None else to_json(found),
            }
        )
        return
    what = text(title(request, card.names[request.agent], card.names.get(request.other, "")))
    days = days_of(request, text, LANGUAGE)
    click.echo(f"{request.key}  {text(STATE_WORDS[request.state])}  {what}  {days}")
    signs = {"ok": "✓", "warn": "!", "bad": "×", "": "–"}
    for light in card.lights:
        click.echo(f"  {signs[light.tone]} {text(light.text)}")
    for fault in card.faults:
        click.echo(f"  × {text(fault)}")
    if card.proposal is not None:
        click.echo(text(message("Proposal: {proposal}", proposal=card.proposal)))
        for reason in card.reasons:
            click.echo(f"  {text(reason)}")
